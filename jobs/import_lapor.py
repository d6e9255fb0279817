"""Take complaints over from SP4N-LAPOR!'s file: `python -m jobs import_lapor FILE …`. Twice changes nothing."""

import argparse
from datetime import datetime
from pathlib import Path

from cettar_site.base.errors import ForeignFailure
from cettar_site.base.words import mark
from cettar_site.complaints.actions_lapor import Import, take_over
from cettar_site.complaints.parse_lapor import parse_lapor
from cettar_site.complaints.rules_lapor import Row
from cettar_site.infra.apart import read_apart
from cettar_site.infra.db import Database
from cettar_site.infra.vault import vault
from jobs.report import JobOptions, JobReport

LARGEST = 200_000_000
AT_ONCE = 250


def arguments(parser: argparse.ArgumentParser) -> None:
    """The job's own options."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path,
                        help="SP4N-LAPOR!'s file of 21 columns, CSV or Excel")


def run(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    """Read every file whole before anything is kept. Raises ForeignFailure for one that is not understood."""
    rows = [row for file in options.values["files"] for row in read(Path(file))]
    total = Import()
    for at in options.progress(range(0, len(rows), AT_ONCE), None, "rows"):
        with db.write("complaints") as session:
            total += take_over(session, rows[at:at + AT_ONCE], now, vault())
    return JobReport(
        rows_in=total.read, rows_refused=total.refused,
        detail=mark("{read} dibaca: {added} baru, {changed} diperbarui, {unchanged} sudah ada, {refused} ditolak"),
        facts={"read": total.read, "added": total.added, "changed": total.changed, "unchanged": total.unchanged,
               "refused": total.refused})


def read(file: Path) -> list[Row]:
    """The rows of a file. Raises ForeignFailure."""
    try:
        if file.stat().st_size > LARGEST:
            raise ForeignFailure("too_big", mark("Berkas terlalu besar"), file.name)
        content = file.read_bytes()
    except OSError as fault:
        raise ForeignFailure("file", mark("Berkas tidak dapat dibuka"), file.name) from fault
    return read_apart(parse_lapor, content, file.name)
