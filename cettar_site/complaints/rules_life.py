"""What may happen to a complaint, and what it becomes by it. Deciding only: the events are given.

`MAY` says in which states a kind of event can happen at all, `rules_step.STEPS` what it changes. Invariants that hold
after every sequence (tests/complaints/test_life_machine.py walks them): one custodian at a time; the filer's
`due_at` never moves; a state in TERMINAL never changes; replaying gives the same life.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from cettar_site.base.errors import Conflict
from cettar_site.complaints.rules import TERMINAL, UNANSWERED, Event, Kind, Life, State
from cettar_site.complaints.rules_step import IN_TIME, STEPS, begun

_ALL = frozenset(State)
_LIVING = _ALL - TERMINAL
_HELD = frozenset({State.WAITING, State.DISPUTED})
_REPLY_TO = frozenset({State.WAITING, State.ANSWERED, State.CLAIMED, State.DISPUTED})
_OUTCOMES = frozenset({State.ANSWERED, State.CLAIMED, State.REJECTED, State.FORWARDED})

MAY: dict[Kind, frozenset[State]] = {
    Kind.SUBMITTED: frozenset(),  # only as the first
    Kind.ROUTED: frozenset({State.TRIAGE, State.DISPUTED}),
    Kind.ACKNOWLEDGED: frozenset({State.WAITING}),
    Kind.REPLIED: _REPLY_TO,
    Kind.ANSWERED: _REPLY_TO | {State.TRIAGE},
    Kind.PLANNED: _REPLY_TO,
    Kind.ASKED: UNANSWERED,
    Kind.CLAIMED: frozenset({State.WAITING, State.ANSWERED, State.DISPUTED}),
    Kind.OFFERED: _HELD,
    Kind.ACCEPTED: _HELD,
    Kind.DECLINED: _HELD,
    Kind.ASSIGNED: _REPLY_TO,
    Kind.CONTRIBUTED: _REPLY_TO,
    Kind.NOTED: _ALL,
    Kind.REJECTED: frozenset({State.TRIAGE, State.WAITING, State.DISPUTED}),
    Kind.FORWARDED: frozenset({State.TRIAGE, State.DISPUTED}),
    Kind.MERGED: _LIVING,
    Kind.PARTED: _LIVING,
    Kind.HIDDEN: _ALL,
    Kind.REVEALED: _ALL,
    Kind.MESSAGED: _REPLY_TO | {State.TRIAGE},
    Kind.CONFIRMED: frozenset({State.ANSWERED, State.CLAIMED, State.DISPUTED}),
    Kind.DISPUTED: _OUTCOMES,
    Kind.RATED: _ALL,
    Kind.WITHDRAWN: _LIVING,
    Kind.ERASED: _ALL,
    Kind.REMINDED: _LIVING,
    Kind.ESCALATED: _LIVING,
    Kind.DRAWN: frozenset({State.CLAIMED}),
    Kind.AUDITED: frozenset({State.CLAIMED, State.CONFIRMED, State.DISPUTED, State.ANSWERED, State.WITHDRAWN}),
    Kind.CLOSED: _LIVING,
}


def step(life: Life | None, event: Event) -> Life:
    """What a complaint becomes by one more event. Raises Conflict when that can't happen to it now."""
    after = _stepped(life, event)
    if life is not None and event.kind in IN_TIME:
        IN_TIME[event.kind](life, event)
    return after


def _stepped(life: Life | None, event: Event) -> Life:
    """The same, whatever the calendar says."""
    if life is None:
        return begun(event)
    if event.seq != life.seq + 1:
        raise Conflict("events follow each other", seq=event.seq, after=life.seq)
    if event.at < life.moved_at:
        raise Conflict("events do not go back in time", kind=event.kind)
    if life.state not in MAY[event.kind]:
        raise Conflict("event out of order", kind=event.kind, state=life.state)
    after = STEPS[event.kind](life, event)
    return replace(after, seq=event.seq, moved_at=event.at)


def replay(events: Iterable[Event]) -> Life:
    """What all the events add up to. Raises Conflict when they can't happen in this order and at these times."""
    return _told(step, events)


def recalled(events: Iterable[Event]) -> Life:
    """What kept events add up to: they came in time when they happened, whatever today's calendar makes of it."""
    return _told(_stepped, events)


def _told(one_more: Callable[[Life | None, Event], Life], events: Iterable[Event]) -> Life:
    life: Life | None = None
    for event in events:
        life = one_more(life, event)
    if life is None:
        raise Conflict("a complaint without events")
    return life


def may_now(life: Life, kind: Kind, agency_code: str = "", detail: str = "") -> bool:
    """Whether an event of this kind could happen at the moment of the last one; for what a page offers."""
    try:
        step(life, Event(life.seq + 1, kind, life.moved_at, "", agency_code, detail))
    except (Conflict, ValueError):
        return False
    return True
