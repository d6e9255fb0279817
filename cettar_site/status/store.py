"""Plans, leases and runs: rows in, facts out."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, insert, select, text, update

from cettar_site.status.models import JobLease, JobPlan, JobRun
from cettar_site.status.rules import Ending, Job, Lease, Outcome, Plan, Run

FIRST_LEASE = text("INSERT INTO job_lease (job, fence, owner, attempts, outcome) VALUES (:job, 0, '', 0, '') "
                   "ON CONFLICT (job) DO NOTHING")


def lease_of(session: Session, job: str) -> Lease:
    """The lease of a job; one that nobody ever had, where there is no row."""
    row = session.get(JobLease, job, populate_existing=True)
    return Lease(job) if row is None else _lease(row)


def lock_lease(session: Session, job: str) -> Lease:
    """The lease of a job, held against every other transaction until this one ends."""
    session.execute(FIRST_LEASE, {"job": job})
    return _lease(session.get_one(JobLease, job, populate_existing=True, with_for_update=True))


def save_lease(session: Session, lease: Lease) -> None:
    """Write a lease that this transaction has locked."""
    session.exec(update(JobLease).where(col(JobLease.job) == lease.job).values(
        fence=lease.fence, owner=lease.owner, until=lease.until, due_at=lease.window, attempts=lease.attempts,
        outcome=lease.outcome or "", ended_at=lease.ended_at))


def extend_lease(session: Session, lease: Lease, until: datetime) -> bool:
    """Move a lease's end; False when it is no longer this holder's."""
    done = session.exec(update(JobLease).where(
        col(JobLease.job) == lease.job, col(JobLease.fence) == lease.fence,
        col(JobLease.owner) == lease.owner).values(until=until))
    return bool(done.rowcount)


def add_run(session: Session, run: Run) -> None:
    """Write down that a run began; its id is given by the database."""
    session.add(JobRun(job=run.job, fence=run.fence, process=run.process, by_hand=run.by_hand,
                       counts=run.counts, due_at=run.window, started_at=run.started_at,
                       outcome=run.ending.outcome))


def end_run(session: Session, job: str, fence: int, ending: Ending, now: datetime) -> None:
    """Write down what became of a run, unless that is known already."""
    session.exec(update(JobRun).where(
        col(JobRun.job) == job, col(JobRun.fence) == fence, col(JobRun.ended_at).is_(None)).values(
            ended_at=now, outcome=ending.outcome, rows_in=ending.rows_in, rows_refused=ending.rows_refused,
            detail=ending.detail, facts=json.dumps(dict(ending.facts), ensure_ascii=False),
            error_kind=ending.error_kind, error_text=ending.error_text, error_address=ending.error_address))


def open_fences(session: Session, job: str) -> tuple[int, ...]:
    """The fences of a job's runs whose end nobody wrote down."""
    return tuple(session.exec(select(JobRun.fence).where(JobRun.job == job, col(JobRun.ended_at).is_(None))))


def plans(session: Session) -> tuple[Plan, ...]:
    """The timetable as this database knows it, in its order."""
    rows = session.exec(select(JobPlan).order_by(col(JobPlan.place)))
    return tuple(Plan(Job(row.job, row.cron, "", _span(row.stale_seconds), row.description, row.needs,
                          row.source), row.since) for row in rows)


def save_plans(session: Session, jobs: Sequence[Job], now: datetime) -> None:
    """Replace the timetable; a job that stays keeps the day it came."""
    since = {plan.job.name: plan.since for plan in plans(session)}
    session.exec(delete(JobPlan))
    for place, job in enumerate(jobs):
        stale = None if job.stale_after is None else int(job.stale_after.total_seconds())
        session.exec(insert(JobPlan).values(
            job=job.name, cron=job.cron, stale_seconds=stale, description=job.description, needs=job.needs,
            source=job.source, place=place, since=since.get(job.name, now)))


def recent_runs(session: Session, job: str, limit: int) -> tuple[Run, ...]:
    """The newest runs of a job, newest first."""
    return _runs(session.exec(select(JobRun).where(JobRun.job == job).order_by(col(JobRun.fence).desc())
                              .limit(limit)).all())


def newest_runs(session: Session) -> tuple[Run, ...]:
    """The newest run of each job, of each outcome, oldest first."""
    ids = select(func.max(JobRun.id)).group_by(col(JobRun.job), col(JobRun.outcome), col(JobRun.counts))
    return _runs(session.exec(select(JobRun).where(col(JobRun.id).in_(ids)).order_by(col(JobRun.id))).all())


def delete_runs(session: Session, before: datetime, failed_before: datetime) -> int:
    """Delete runs begun before the given instants, never the newest of a job's outcome; how many."""
    kept = [run.id for run in newest_runs(session)]
    quiet = col(JobRun.outcome).in_((Outcome.OK, Outcome.STOPPED)) & (col(JobRun.started_at) < before)
    done = session.exec(delete(JobRun).where(
        quiet | (col(JobRun.started_at) < failed_before), col(JobRun.id).not_in(kept)))
    return int(done.rowcount)


def _runs(rows: Sequence[JobRun]) -> tuple[Run, ...]:
    return tuple(
        Run(row.id or 0, row.job, row.fence, row.process, row.by_hand, row.counts, row.due_at, row.started_at,
            row.ended_at, Ending(Outcome(row.outcome), row.rows_in, row.rows_refused, row.detail,
                                 json.loads(row.facts), row.error_kind, row.error_text, row.error_address))
        for row in rows)


def _lease(row: JobLease) -> Lease:
    return Lease(row.job, row.fence, row.owner, row.until, row.due_at, row.attempts,
                 Outcome(row.outcome) if row.outcome else None, row.ended_at)


def _span(seconds: int | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
