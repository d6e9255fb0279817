"""What a complaint is, what may happen to it, and what its events add up to.

Events are facts that are only ever added. The state is derived by replaying them; what the database keeps of
the state is a copy for quick questions, which replaying gives again (tests compare).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from cettar_site.base.errors import Conflict
from cettar_site.base.period import add_working_days, calendar_days_between, working_days_between

PROMISE_DAYS = 2
"""Working days to the first answer: the promise of Quick CETTAR."""

CITIZEN = "citizen"
SYSTEM = "system"


class Shown(StrEnum):
    """Who may read a complaint: everyone, or the agency alone. Whoever filed it is anonymous in both."""

    OPEN = "open"
    CONFIDENTIAL = "confidential"


class Kind(StrEnum):
    """What may happen to a complaint."""

    SUBMITTED = "submitted"
    ROUTED = "routed"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"


class State(StrEnum):
    """Where a complaint stands."""

    WAITING = "waiting"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"


class Phase(StrEnum):
    """How the promise stands: still in time, broken and waiting, kept, or answered too late."""

    RUNNING = "running"
    LATE = "late"
    KEPT = "kept"
    BROKEN = "broken"


OPEN_STATES = frozenset({State.WAITING, State.ACKNOWLEDGED})

# What may follow what. A complaint begins with `submitted` and is always routed at once.
_MAY: dict[State | None, frozenset[Kind]] = {
    None: frozenset({Kind.SUBMITTED}),
    State.WAITING: frozenset({Kind.ROUTED, Kind.ACKNOWLEDGED, Kind.ANSWERED}),
    State.ACKNOWLEDGED: frozenset({Kind.ANSWERED}),
    State.ANSWERED: frozenset({Kind.ANSWERED}),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `actor` is "citizen", "system" or an officer's pseudonym; never a name."""

    seq: int
    kind: Kind
    at: datetime
    actor: str
    agency_code: str = ""
    hint: str = ""
    """Of a routing: the level of government that may be the right one ("KAB", "PUSAT:Kemenag")."""


@dataclass(frozen=True, slots=True)
class Life:
    """What the events of one complaint add up to."""

    state: State
    seq: int
    filed_at: datetime
    due_at: datetime
    agency_code: str = ""
    acknowledged_at: datetime | None = None
    first_answer_at: datetime | None = None
    answers: int = 0

    @property
    def open(self) -> bool:
        """Whether the first answer is still owed."""
        return self.state in OPEN_STATES


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """A complaint as it was filed, without its words: what can never change."""

    id: int
    number: str
    shown: Shown
    category_code: str
    region_code: str
    district_code: str
    happened_on: date | None
    filed_at: datetime


@dataclass(frozen=True, slots=True)
class Writing:
    """What a person wrote at one event: the filing (with its place), or an answer."""

    seq: int
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A complaint whole: filing, events, the writings still kept, and what the events add up to."""

    request: ServiceRequest
    events: tuple[Event, ...]
    writings: tuple[Writing, ...]
    life: Life

    def writing(self, seq: int) -> Writing | None:
        """What was written at an event; None when nothing was, or it is no longer kept."""
        return next((one for one in self.writings if one.seq == seq), None)


@dataclass(frozen=True, slots=True)
class Brief:
    """A complaint in one line: for lists. `text` is empty when the list may not show it."""

    number: str
    shown: Shown
    category_code: str
    region_code: str
    agency_code: str
    state: State
    filed_at: datetime
    due_at: datetime
    first_answer_at: datetime | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many complaints there are: all, still waiting, late among these, answered."""

    filed: int
    waiting: int
    late: int
    answered: int


@dataclass(frozen=True, slots=True)
class Clock:
    """The promise at one moment. Days are those left (running), over (late, broken) or used (kept)."""

    phase: Phase
    working_days: float
    calendar_days: float


def due_after(filed_at: datetime) -> datetime:
    """When the first answer is due: two working days after filing, in UTC. Nothing ever moves it."""
    return add_working_days(filed_at, PROMISE_DAYS)


def step(life: Life | None, event: Event) -> Life:
    """What a complaint becomes by one more event. Raises Conflict when that can't happen to it now."""
    if event.kind not in _MAY[life.state if life else None]:
        raise Conflict("event out of order", kind=event.kind, state=life.state if life else None)
    if life is None:
        if event.seq != 1:
            raise Conflict("events begin at 1", seq=event.seq)
        return Life(State.WAITING, 1, event.at, due_after(event.at))
    if event.seq != life.seq + 1:
        raise Conflict("events follow each other", seq=event.seq, after=life.seq)
    if event.kind is Kind.ROUTED:
        return replace(life, seq=event.seq, agency_code=event.agency_code)
    if not life.agency_code:
        raise Conflict("nobody has this complaint yet", kind=event.kind)
    if event.kind is Kind.ACKNOWLEDGED:
        return replace(life, seq=event.seq, state=State.ACKNOWLEDGED, acknowledged_at=event.at)
    return replace(life, seq=event.seq, state=State.ANSWERED, answers=life.answers + 1,
                   first_answer_at=life.first_answer_at or event.at)


def replay(events: Iterable[Event]) -> Life:
    """What all the events add up to. Raises Conflict when they can't have happened in this order."""
    life: Life | None = None
    for event in events:
        life = step(life, event)
    if life is None:
        raise Conflict("a complaint without events")
    return life


def clock_of(filed_at: datetime, due_at: datetime, first_answer_at: datetime | None, now: datetime) -> Clock:
    """How the promise stands at `now`. An acknowledgement does not count; only an answer stops the clock."""
    if first_answer_at is not None:
        if first_answer_at <= due_at:
            return Clock(Phase.KEPT, *_between(filed_at, first_answer_at))
        return Clock(Phase.BROKEN, *_between(due_at, first_answer_at))
    if now <= due_at:
        return Clock(Phase.RUNNING, *_between(now, due_at))
    return Clock(Phase.LATE, *_between(due_at, now))


def _between(a: datetime, b: datetime) -> tuple[float, float]:
    return working_days_between(a, b), calendar_days_between(a, b)
