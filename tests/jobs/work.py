"""Work for jobs under test. Each commit raises the pulse `work`, so that commits can be counted."""

import threading
import time
from datetime import datetime

from cettar_site.base.errors import ForeignFailure, NotFound
from cettar_site.infra.db import Database
from cettar_site.status.rules import Ending, Job
from jobs.report import JobOptions, JobReport
from jobs.runner import Runner

ENTERED = threading.Event()
LEAVE = threading.Event()


def sweep(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    with db.write("work"):
        pass
    return JobReport(412, 3, "{held} ditahan", {"held": 2})


def partly(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    failure = ForeignFailure("timeout", "no answer in 10 s", "https://u:p@harga.example/tabel?key=s")
    return JobReport(38, 0, failures=(failure,))


def no_source(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    with db.write("work"):
        raise ForeignFailure("status", "the publisher answered 403", "https://harga.example/tabel?key=s")


def no_agency(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    raise NotFound("no such agency", name="Siti Aminah")


def broken(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    raise ValueError("row 7: 3578010101010001 Siti Aminah")


def leaves(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    raise SystemExit("enough")


def long(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    """Goes on until it is told to end."""
    for _step in options.progress(range(3_000), unit="steps"):
        ENTERED.set()
        time.sleep(0.01)
    return JobReport()


def waits(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    """Commits only after LEAVE is set."""
    ENTERED.set()
    LEAVE.wait(30)
    with db.write("work"):
        pass
    return JobReport()


def ring_many(url: str, job: Job, windows: list[datetime], barrier: threading.Barrier) -> list[Ending | None]:
    """In a process of its own: at each window, together with the others, ask whether the job is due."""
    db = Database(url)
    endings = []
    for window in windows:
        barrier.wait(60)
        endings.append(Runner(db, "child", now=lambda at=window: at).on_time(job))  # type: ignore[misc]
    db.close()
    return endings
