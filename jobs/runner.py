"""One run of a job: claim it, keep the lease alive, do it, write down what became of it."""

import importlib
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import cast

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from cettar_site.base.errors import CettarError, ForeignFailure
from cettar_site.infra import clock, cron, metrics
from cettar_site.infra.db import Database
from cettar_site.infra.log import get_logger
from cettar_site.status import actions, rules, store
from cettar_site.status.rules import LEASE, Ending, Job, Lease, LeaseLost, Outcome
from jobs.report import JobOptions, JobReport, Progress, Stopped, Work, quietly, watched

log = get_logger(__name__)
ROOT = Path(__file__).resolve().parent.parent


class LeasedDatabase(Database):
    """The same database, whose transactions commit only while the lease is still this run's."""

    def __init__(self, db: Database, lease: Lease) -> None:
        vars(self).update(vars(db))
        self._lease = lease

    @contextmanager
    def write(self, *topics: str) -> Iterator[Session]:
        """As Database.write, with the fence checked just before the commit. Raises LeaseLost."""
        with super().write(*topics) as session:
            yield session
            actions.guard(session, self._lease)


class Heartbeat:
    """Renews a lease in a thread of its own for as long as the context lasts; `lost` once it is another's."""

    def __init__(self, db: Database, lease: Lease, every: timedelta, length: timedelta,
                 now: Callable[[], datetime]) -> None:
        self._db, self._lease, self._every, self._length, self._now = db, lease, every, length, now
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"lease {lease.job}", daemon=True)
        self.lost = False

    def __enter__(self) -> "Heartbeat":
        """Begin to renew."""
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        """Stop renewing, and wait until the last renewal is through."""
        self._end.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._end.wait(self._every.total_seconds()):
            try:
                with self._db.write() as session:
                    held = actions.renew(session, self._lease, self._now(), self._length)
            except SQLAlchemyError as fault:  # tried again at the next beat; the fence guards what is written
                log.warning("lease_not_renewed", job=self._lease.job, fault=type(fault).__name__)
                continue
            if not held:
                self.lost = True
                return


class Runner:
    """Runs jobs in the name of one process."""

    def __init__(self, db: Database, process: str, *, now: Callable[[], datetime] = clock.now,
                 progress: Progress = quietly, length: timedelta = LEASE) -> None:
        self._db, self._process, self._now, self._progress = db, process, now, progress
        self._length = length
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Ask what runs to end at its next step, and begin nothing new."""
        self._stopping.set()

    def on_time(self, job: Job) -> Ending | None:
        """Run a job if its newest window is due and nobody else's; None when there was nothing to do."""
        now = self._now()
        window = cron.last_time(job.cron, now)
        if window is None or self._stopping.is_set():
            return None
        with self._db.read() as session:  # most rings find nothing to do, and a read disturbs nobody
            if not rules.may_run(store.lease_of(session, job.name), window, now):
                return None
        with self._db.write("jobs") as session:
            lease = actions.claim(session, job.name, window, owner=self._process, now=now,
                                  length=self._length)
        return None if lease is None else self._run(job, lease, JobOptions(), counts=True)

    def by_hand(self, job: Job, options: JobOptions, *, counts: bool) -> Ending | None:
        """Run a job now; None while another process runs it. `counts` if this is the timetable's own work."""
        now = self._now()
        window = cron.last_time(job.cron, now) if counts else None
        with self._db.write("jobs") as session:
            actions.plan_by_hand(session, job, now)
            lease = actions.claim_by_hand(session, job.name, window, owner=self._process, now=now,
                                          length=self._length)
        return None if lease is None else self._run(job, lease, options, counts=window is not None)

    def _run(self, job: Job, lease: Lease, options: JobOptions, *, counts: bool) -> Ending:
        began = self._now()
        with Heartbeat(self._db, lease, self._length / 4, self._length, self._now) as heart:
            progress = watched(self._progress, lambda: heart.lost or self._stopping.is_set())
            ending = attempt(job, LeasedDatabase(self._db, lease), began, replace(options, progress=progress))
        if heart.lost:
            ending = replace(ending, outcome=Outcome.LOST)
        with self._db.write("jobs") as session:
            if not actions.finish(session, lease, ending, self._now(), counts=counts):
                ending = replace(ending, outcome=Outcome.LOST)
        seconds = (self._now() - began).total_seconds()
        metrics.count_job_run(job.name, ending.outcome, seconds)
        log.info("job_ran", job=job.name, outcome=str(ending.outcome), fence=lease.fence, seconds=seconds,
                 rows_in=ending.rows_in, rows_refused=ending.rows_refused, kind=ending.error_kind,
                 place=ending.error_text)
        return ending


def attempt(job: Job, db: Database, now: datetime, options: JobOptions) -> Ending:
    """Do a job's work and say what became of it; nothing that it raises comes out."""
    try:
        return ending_of(work_of(job)(db, now=now, options=options))
    except (Stopped, KeyboardInterrupt):
        return Ending(Outcome.STOPPED)
    except LeaseLost as fault:
        return Ending(Outcome.LOST, error_kind="lease_lost", error_text=fault.message)
    except ForeignFailure as fault:
        return Ending(Outcome.FAILED, error_kind=fault.kind, error_text=rules.short(fault.detail),
                      error_address=rules.public_address(fault.address))
    except CettarError as fault:
        return Ending(Outcome.FAILED, error_kind=type(fault).__name__, error_text=rules.short(fault.message))
    except (Exception, SystemExit) as fault:
        # Its text may quote a row, and a row may hold personal data: only its type and place are kept.
        return Ending(Outcome.FAILED, error_kind=type(fault).__name__, error_text=place_of(fault))


def ending_of(report: JobReport) -> Ending:
    """What a report says became of the run."""
    ending = Ending(Outcome.OK, report.rows_in, report.rows_refused, report.detail, dict(report.facts))
    if not report.failures:
        return ending
    first = report.failures[0]
    return replace(ending, outcome=Outcome.PARTLY, facts={**ending.facts, "failed": len(report.failures)},
                   error_kind=first.kind, error_text=rules.short(first.detail),
                   error_address=rules.public_address(first.address))


def work_of(job: Job) -> Work:
    """The function of a job, its module imported on first use."""
    module, _, name = job.function.partition(":")
    return cast(Work, getattr(importlib.import_module(module), name))


def place_of(error: BaseException) -> str:
    """Where in this project an error came up: "cettar_site/prices/store.py:88"."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(ROOT) and "site-packages" not in path.parts:
            return f"{path.relative_to(ROOT).as_posix()}:{frame.lineno}"
    return ""
