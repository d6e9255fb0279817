"""`python -m jobs` keeps the timetable; `python -m jobs NAME [options]` runs one job now; `--list` lists."""

import argparse
import importlib
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy.exc import SQLAlchemyError
from tqdm import tqdm

from cettar_site.base.words import words
from cettar_site.infra import clock
from cettar_site.infra import db as infra_db
from cettar_site.infra.db import Database
from cettar_site.infra.log import configure
from cettar_site.infra.migrate import WrongRealm, migrate_all
from cettar_site.infra.settings import WrongSetting, settings
from cettar_site.infra.vitals import process_label
from cettar_site.status.rules import SUCCESSES, Ending, Job
from jobs.report import JobOptions
from jobs.runner import Runner
from jobs.scheduler import alone
from jobs.timetable import TIMETABLE, job_named

T = TypeVar("T")
OK, FAILED, BAD_USAGE = 0, 1, 2


def bar(steps: Iterable[T], total: int | None = None, unit: str = "rows") -> Iterator[T]:
    """The steps, with a bar on the terminal that goes when they are done."""
    yield from tqdm(steps, total=total, unit=f" {unit}", leave=False, disable=not sys.stderr.isatty())


def day(text: str) -> date:
    """A day of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"write a day as YYYY-MM-DD, not {text!r}") from None


def listing() -> str:
    """The timetable as text, one line a job."""
    english = words("en")
    width = max(len(job.name) for job in TIMETABLE)
    return "\n".join(f"  {job.name:<{width}}  {job.cron or 'by hand':<18}{english(job.description)}"
                     + (f" ({job.needs} data only)" if job.needs else "") for job in TIMETABLE)


def parser_of(job: Job) -> argparse.ArgumentParser:
    """What a job's command line may say: --date, and what its module adds."""
    parser = argparse.ArgumentParser(f"python -m jobs {job.name}", description=words("en")(job.description))
    parser.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="the day to work for")
    add = getattr(importlib.import_module(job.function.partition(":")[0]), "arguments", None)
    if add is not None:
        add(parser)
    return parser


def report_line(job: Job, ending: Ending, seconds: float) -> str:
    """What became of a run, on one line."""
    counted = f"{ending.rows_in} in, {ending.rows_refused} refused"
    line = f"{job.name}: {ending.outcome}, {counted}, {seconds:.1f} s"
    if ending.detail:
        line += f"; {words('en')(ending.detail, **ending.facts)}"
    if ending.error_kind:
        line += f"; {ending.error_kind}: {words('en')(ending.error_text)} {ending.error_address}".rstrip()
    return line


def run_one(job: Job, db: Database, options: JobOptions, *, counts: bool) -> int:
    """Run one job now and print its report; the exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # both end the run at once; it is written down
    began = clock.now()
    ending = Runner(db, process_label("hand"), progress=bar).by_hand(job, options, counts=counts)
    if ending is None:
        print(f"{job.name}: another process is running it now; see /status", file=sys.stderr)
        return FAILED
    print(report_line(job, ending, (clock.now() - began).total_seconds()))
    return OK if ending.outcome in SUCCESSES else FAILED


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says; the exit code: 0 done, 1 failed, 2 not understood."""
    os.umask(0o077)  # the database and all else that is kept: for this user alone
    name = arguments[0] if arguments else ""
    if name in ("--list", "-l", "--help", "-h"):
        print(f"{__doc__}\n\n{listing()}")
        return OK
    job = job_named(name)
    if name and job is None:
        print(f"python -m jobs: there is no job {name!r}. The jobs are:\n{listing()}", file=sys.stderr)
        return BAD_USAGE
    given: dict[str, Any] = {} if job is None else vars(parser_of(job).parse_args(arguments[1:]))
    try:
        config = settings()
    except WrongSetting as fault:
        print(fault, file=sys.stderr)
        return BAD_USAGE
    if job is not None and job.needs == "demo" and not config.demo:
        print(f"{job.name} works on simulated data only: set CETTAR_DEMO=1", file=sys.stderr)
        return BAD_USAGE
    configure(config)
    try:
        migrate_all(config)
        if job is None:
            return keep_time()
        # Real work goes to the real database, also while the site still shows the simulation.
        db = infra_db.open_database(config, job.needs) if job.needs else infra_db.database()
        options = JobOptions(date=given.pop("date"), values=given, by_hand=True)
        code = run_one(job, db, options, counts=len(arguments) == 1)
        if code == OK and job.needs == "real" and (config.data_dir / "demo.sqlite").exists():
            print("Kept in the real database; a site that shows simulated data shows it after its next start.")
        return code
    except (SQLAlchemyError, WrongRealm) as fault:
        print(f"python -m jobs: the database can't be used ({type(fault).__name__}). Is CETTAR_DB_URL right, "
              "does the server run, may this user write?", file=sys.stderr)
        return FAILED


def keep_time() -> int:
    """Keep the timetable until told to end; the exit code."""
    end = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: end.set())
    alone(infra_db.database(), end)
    return OK


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
