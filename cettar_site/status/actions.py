"""The verbs of a run: plan, claim, renew, guard, finish, forget."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from cettar_site.status import rules, store
from cettar_site.status.rules import Ending, Job, Lease, LeaseLost, Outcome, Run

# What runs quietly is soon uninteresting; what failed is kept for a year.
KEEP = timedelta(days=14)
KEEP_FAILURES = timedelta(days=365)
VANISHED = Ending(Outcome.LOST, error_kind="vanished", error_text="")


def plan(session: Session, jobs: Sequence[Job], now: datetime) -> None:
    """Make the timetable known to this database, where it knows another."""
    store.lock_lease(session, "timetable")  # one process at a time
    if not is_planned(session, jobs):
        store.save_plans(session, jobs, now)


def plan_by_hand(session: Session, job: Job, now: datetime) -> None:
    """Make a job known that somebody runs by hand, where no scheduler has: without its hours, nobody keeps them."""
    store.lock_lease(session, "timetable")
    known = [one.job for one in store.plans(session)]
    if job.name not in [one.name for one in known]:
        store.save_plans(session, [*known, replace(job, cron="", stale_after=None)], now)


def is_planned(session: Session, jobs: Sequence[Job]) -> bool:
    """Whether the database knows exactly these jobs."""
    def shown(job: Job) -> tuple[object, ...]:
        return job.name, job.cron, job.stale_after, job.description, job.needs, job.source

    return [shown(known.job) for known in store.plans(session)] == [shown(job) for job in jobs]


def claim(session: Session, job: str, window: datetime, *, owner: str, now: datetime,
          length: timedelta = rules.LEASE) -> Lease | None:
    """Take the timetable's window of a job; None when it is done, or another's, or not to be tried yet."""
    held = store.lock_lease(session, job)
    if not rules.may_run(held, window, now):
        return None
    return _grant(session, held, owner, now, window, length, by_hand=False)


def claim_by_hand(session: Session, job: str, window: datetime | None, *, owner: str, now: datetime,
                  length: timedelta = rules.LEASE) -> Lease | None:
    """Take a job now, whatever the timetable says; None while another process runs it.

    `window` is the timetable's window that this run fulfils; None when it does other work (another day).
    """
    held = store.lock_lease(session, job)
    if rules.is_held(held, now):
        return None
    return _grant(session, held, owner, now, window, length, by_hand=True)


def renew(session: Session, lease: Lease, now: datetime, length: timedelta = rules.LEASE) -> bool:
    """Hold a lease for another length of time; False when another process has it."""
    return store.extend_lease(session, lease, now + length)


def guard(session: Session, lease: Lease) -> None:
    """Make sure, to the end of this transaction, that the lease is still its holder's. Raises LeaseLost."""
    current = store.lock_lease(session, lease.job)
    if (current.fence, current.owner) != (lease.fence, lease.owner):
        raise LeaseLost("another process has taken the job over", job=lease.job, fence=lease.fence)


def finish(session: Session, lease: Lease, ending: Ending, now: datetime, *, counts: bool) -> bool:
    """Write down what became of a run and give its lease back; False when it had lost it meanwhile."""
    current = store.lock_lease(session, lease.job)
    if (current.fence, current.owner) != (lease.fence, lease.owner):
        return False
    store.end_run(session, lease.job, lease.fence, ending, now)
    store.save_lease(session, rules.released(current, ending.outcome, now, counts))
    return True


def forget_old_runs(session: Session, now: datetime) -> int:
    """Delete runs that nobody will ask for; how many."""
    return store.delete_runs(session, now - KEEP, now - KEEP_FAILURES)


def _grant(session: Session, held: Lease, owner: str, now: datetime, window: datetime | None,
           length: timedelta, *, by_hand: bool) -> Lease:
    for fence in store.open_fences(session, held.job):
        store.end_run(session, held.job, fence, VANISHED, now)
    lease = rules.granted(held, owner, now, window, length)
    store.save_lease(session, lease)
    store.add_run(session, Run(0, lease.job, lease.fence, owner, by_hand, window is not None, window,
                               now, None, Ending(Outcome.RUNNING)))
    return lease
