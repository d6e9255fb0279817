"""Jobs, their runs and leases as facts, and who may run what when."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

from cettar_site.base.errors import Conflict

# A process that dies in a run is succeeded after this long; one that lives renews four times in it.
LEASE = timedelta(seconds=120)
# The waits before the same window is tried again; afterwards the next window is waited for.
WAITS = (timedelta(minutes=5), timedelta(minutes=30))
ATTEMPTS = len(WAITS) + 1
TEXT_LIMIT = 300


class LeaseLost(Conflict):
    """Another process has taken this job over: what this run found must not be committed."""


class Outcome(StrEnum):
    """How a run stands."""

    RUNNING = "running"
    OK = "ok"
    PARTLY = "partly"  # some sources failed, the rest was stored
    FAILED = "failed"
    STOPPED = "stopped"  # the process was asked to stop
    LOST = "lost"  # the process vanished, or another took the job over


SUCCESSES = (Outcome.OK, Outcome.PARTLY)
FAILURES = (Outcome.FAILED, Outcome.LOST, Outcome.PARTLY)


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the timetable.

    `cron` is read in WIB: five fields, or six with seconds first; "" runs by hand only. `function` is
    "module:name", imported when it runs. `stale_after` is how old the last success may be. `needs` is the
    realm it belongs to ("real", "demo", "" for both); `source` names the publisher whose data it brings.
    """

    name: str
    cron: str
    function: str
    stale_after: timedelta | None
    description: str
    needs: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A job as the database of a realm knows it, since when."""

    job: Job
    since: datetime


@dataclass(frozen=True, slots=True)
class Lease:
    """Who may run a job, until when, and how its newest window stands.

    `fence` grows with each grant: only the newest holder's may be committed. `window` is the newest instant
    of the timetable that anyone took up; `attempts`, `outcome` and `ended_at` tell what became of it.
    """

    job: str
    fence: int = 0
    owner: str = ""
    until: datetime | None = None
    window: datetime | None = None
    attempts: int = 0
    outcome: Outcome | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """What became of a run. Public: neither personal data nor secrets."""

    outcome: Outcome
    rows_in: int = 0
    rows_refused: int = 0
    detail: str = ""
    facts: Mapping[str, str | int | float] = field(default_factory=dict)
    error_kind: str = ""
    error_text: str = ""
    error_address: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a job; `counts` when it did the timetable's work, not a special one asked for by hand."""

    id: int
    job: str
    fence: int
    process: str
    by_hand: bool
    counts: bool
    window: datetime | None
    started_at: datetime
    ended_at: datetime | None
    ending: Ending

    @property
    def seconds(self) -> float | None:
        """How long it took; None while it runs."""
        return None if self.ended_at is None else (self.ended_at - self.started_at).total_seconds()


def is_held(lease: Lease, now: datetime) -> bool:
    """Whether some process holds the lease and has renewed it in time."""
    return bool(lease.owner) and lease.until is not None and lease.until > now


def may_run(lease: Lease, window: datetime, now: datetime) -> bool:
    """Whether the timetable's `window` is still to be run, and by nobody at present.

    Windows only move forward, so a clock that jumps back runs nothing twice. A window whose process vanished
    or whose run failed is tried again after the WAITS; one that was stopped, at once.
    """
    if is_held(lease, now):
        return False
    if lease.window is None or window > lease.window:
        return True
    if window < lease.window or lease.outcome in SUCCESSES:
        return False
    if lease.outcome is Outcome.STOPPED:
        return True
    if lease.attempts >= ATTEMPTS:
        return False
    if lease.outcome is Outcome.RUNNING or lease.ended_at is None:
        return True
    return now >= lease.ended_at + WAITS[max(lease.attempts, 1) - 1]


def granted(lease: Lease, owner: str, now: datetime, window: datetime | None,
            length: timedelta = LEASE) -> Lease:
    """The lease after `owner` got it for a window of the timetable, or with None for work of its own."""
    lease = replace(lease, fence=lease.fence + 1, owner=owner, until=now + length)
    if window is None:
        return lease
    fresh = lease.window is None or window > lease.window
    return replace(lease, window=window if fresh else lease.window,
                   attempts=1 if fresh else lease.attempts + 1, outcome=Outcome.RUNNING, ended_at=None)


def released(lease: Lease, outcome: Outcome, now: datetime, counts: bool) -> Lease:
    """The lease after its holder's run ended; a stopped run is no attempt."""
    lease = replace(lease, owner="", until=None)
    if not counts:
        return lease
    attempts = lease.attempts - 1 if outcome is Outcome.STOPPED else lease.attempts
    return replace(lease, outcome=outcome, attempts=attempts, ended_at=now)


def short(text: str) -> str:
    """The text on one line, cut to what a table can show."""
    line = " ".join(text.split())
    return line if len(line) <= TEXT_LIMIT else line[: TEXT_LIMIT - 1] + "…"


def public_address(address: str) -> str:
    """An address without what may be secret in it: user, password, query."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def fits(job: Job, realm: str) -> bool:
    """Whether a job belongs to a realm."""
    return job.needs in ("", realm)
