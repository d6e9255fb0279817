"""Load files of past prices: `python -m jobs import_prices FILE …`. Loading a file twice changes nothing."""

import argparse
from datetime import datetime
from pathlib import Path

from cettar_site.base.errors import ForeignFailure
from cettar_site.base.words import mark
from cettar_site.infra.db import Database
from cettar_site.prices.parse_file import parse_file
from cettar_site.prices.rules import SISKAPERBAPO, Origin, Parsed
from jobs.keep_prices import job_report, keep
from jobs.report import JobOptions, JobReport

LARGEST = 200_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """The job's own options."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path,
                        help="a CSV of Siskaperbapo's producer points, markets or province mean")


def run(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    """Read every file whole before anything is kept. Raises ForeignFailure for one that is not understood."""
    read = [_read(Path(file), now) for file in options.values["files"]]
    return job_report(keep(db, read, now, options.progress))


def _read(file: Path, now: datetime) -> Parsed:
    """The rows of a file; only its name, not its folder, is kept as their address."""
    try:
        if file.stat().st_size > LARGEST:
            raise ForeignFailure("too_big", mark("Berkas terlalu besar"), file.name)
        content = file.read_bytes()
    except OSError as fault:
        raise ForeignFailure("file", mark("Berkas tidak dapat dibuka"), file.name) from fault
    return parse_file(content, Origin(SISKAPERBAPO, file.name, now, archive=True))
