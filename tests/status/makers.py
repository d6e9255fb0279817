"""Jobs, runs and leases with plain defaults."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from cettar_site.infra.db import Database
from cettar_site.status import actions
from cettar_site.status.rules import Ending, Job, Lease, Outcome, Run

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # Monday, 12.00 WIB
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def a_job(name: str = "sweep", cron: str = "0 * * * *", function: str = "tests.jobs.work:sweep",
          stale_after: timedelta | None = 3 * HOUR, description: str = "Menyapu", needs: str = "",
          source: str = "") -> Job:
    return Job(name, cron, function, stale_after, description, needs, source)


def an_ending(outcome: Outcome = Outcome.OK, rows_in: int = 10, rows_refused: int = 1, detail: str = "",
              error_kind: str = "", error_text: str = "", error_address: str = "") -> Ending:
    return Ending(outcome, rows_in, rows_refused, detail, {}, error_kind, error_text, error_address)


def a_run(number: int = 1, job: str = "sweep", ending: Ending | None = None, started_at: datetime = NOON,
          seconds: float | None = 4, counts: bool = True) -> Run:
    ended = None if seconds is None else started_at + timedelta(seconds=seconds)
    return Run(number, job, number, "site-1-ab12", False, counts, started_at, started_at, ended,
               ending or an_ending())


def plan(db: Database, *jobs: Job, now: datetime = NOON) -> None:
    with db.write("jobs") as session:
        actions.plan(session, jobs, now)


def ran(db: Database, job: str = "sweep", window: datetime = NOON, ending: Ending | None = None,
        seconds: float = 4) -> Lease:
    """A finished run of the timetable's window, begun when it was due."""
    with db.write("jobs") as session:
        lease = must_claim(session, job, window)
        ended = window + timedelta(seconds=seconds)
        actions.finish(session, lease, ending or an_ending(), ended, counts=True)
    return lease


def must_claim(session: Session, job: str, window: datetime, owner: str = "site-1-ab12") -> Lease:
    lease = actions.claim(session, job, window, owner=owner, now=window)
    assert lease is not None
    return lease
