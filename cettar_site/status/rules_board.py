"""How the jobs stand, judged from their plans, leases and runs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cettar_site.status.rules import FAILURES, SUCCESSES, Lease, Outcome, Plan, Run, is_held


class Standing(StrEnum):
    """How a job stands."""

    GOOD = "good"
    FAILING = "failing"  # the last run failed, what it brought before is still fresh
    LATE = "late"  # the last success is older than it may be
    WAITING = "waiting"  # never ran yet, and need not have
    BY_HAND = "by_hand"  # runs only when somebody asks


@dataclass(frozen=True, slots=True)
class JobState:
    """A job, who runs it, and its newest runs: any, the last success, the last failure."""

    plan: Plan
    lease: Lease
    last: Run | None = None
    success: Run | None = None
    failure: Run | None = None
    recent: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """All jobs of a realm."""

    realm: str
    jobs: tuple[JobState, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """How many jobs there are, and how many of them are in trouble; late sources counted apart."""

    jobs: int
    late_sources: int
    late_jobs: int
    failing: int

    @property
    def good(self) -> bool:
        """Whether there is nothing to tell."""
        return self.jobs > 0 and not (self.late_sources or self.late_jobs or self.failing)


def job_state(plan: Plan, lease: Lease, newest: Iterable[Run], recent: tuple[Run, ...] = ()) -> JobState:
    """The state of a job; `newest` holds the newest run of each outcome, oldest first, of any jobs."""
    runs = [run for run in newest if run.job == plan.job.name]
    by_plan = not plan.job.cron
    success = [run for run in runs if run.ending.outcome in SUCCESSES and (run.counts or by_plan)]
    failure = [run for run in runs if run.ending.outcome in FAILURES]
    return JobState(plan, lease, runs[-1] if runs else None, success[-1] if success else None,
                    failure[-1] if failure else None, recent)


def is_running(state: JobState, now: datetime) -> bool:
    """Whether a process runs the job at this moment."""
    return is_held(state.lease, now)


def standing(state: JobState, now: datetime) -> Standing:
    """How a job stands."""
    if not state.plan.job.cron:
        return Standing.BY_HAND
    if _is_older(state, state.success, now):
        return Standing.LATE
    if state.success is None and state.failure is None:
        return Standing.WAITING
    newest = max((run for run in (state.success, state.failure) if run), key=lambda run: run.id)
    return Standing.GOOD if newest.ending.outcome is Outcome.OK else Standing.FAILING


def is_unattended(state: JobState, now: datetime) -> bool:
    """Whether nobody even tried to run the job for as long as its success may be old: no scheduler lives."""
    return bool(state.plan.job.cron) and not is_running(state, now) and _is_older(state, state.last, now)


def summary(board: Board, now: datetime) -> Summary:
    """The board in four numbers."""
    standings = [(bool(state.plan.job.source), standing(state, now)) for state in board.jobs]
    late = [is_source for is_source, how in standings if how is Standing.LATE]
    return Summary(len(standings), sum(late), len(late) - sum(late),
                   sum(how is Standing.FAILING for _, how in standings))


def _is_older(state: JobState, run: Run | None, now: datetime) -> bool:
    if state.plan.job.stale_after is None:
        return False
    since = state.plan.since if run is None else run.ended_at or run.started_at
    return now - since > state.plan.job.stale_after
