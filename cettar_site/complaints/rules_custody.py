"""Who held a complaint for how long, and what its desk owed in that time: what the custody timeline shows.

Read from what everyone sees (desk-only events are missing there), so it is not a replay: only the acts that change
whose turn it is are looked at.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from cettar_site.base.period import add_working_days
from cettar_site.complaints.rules import SUBSTANTIAL, TO_MESSAGE, Case, Custody, Event, Kind
from cettar_site.complaints.rules_clock import PAUSE_DAYS, due_after


class Turn(StrEnum):
    """Whose turn it is: the desk's in time, the desk's too late, the filer's after a question, nobody's."""

    OWED = "owed"
    LATE = "late"
    PAUSED = "paused"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time with one turn."""

    turn: Turn
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Segment:
    """One custody: its spans follow each other from its begin to its end (or to now), `events` happened in it."""

    custody: Custody
    spans: tuple[Span, ...]
    events: tuple[Event, ...]

    def spent(self, *turns: Turn) -> list[Span]:
        """The spans with one of these turns."""
        return [span for span in self.spans if span.turn in turns]


def segments(case: Case, now: datetime) -> tuple[Segment, ...]:
    """The custodies of a complaint in their order, each with what was owed when."""
    custodies = case.life.custodies
    ends = [after.seq for _, after in pairwise(custodies)] + [case.life.seq + 1]
    return tuple(_segment(custody, [event for event in case.events if custody.seq < event.seq < end], now)
                 for custody, end in zip(custodies, ends, strict=True))


def picture_ends(found: Iterable[Segment], now: datetime) -> datetime:
    """Until when a picture needs to reach: to now while something is owed, else to the last thing that happened."""
    last = [span.since if span.turn is Turn.DONE else span.until for one in found for span in one.spans]
    happened = [event.at for one in found for event in one.events]
    return min(now, max([*last, *happened], default=now))


def _segment(custody: Custody, events: list[Event], now: datetime) -> Segment:
    end = max(custody.until or now, custody.since)
    spans: list[Span] = []
    for turn, since, until in _turns(custody, events, end):
        if until > since:
            spans.append(Span(turn, since, until))
    return Segment(custody, tuple(spans), tuple(events))


def _turns(custody: Custody, events: list[Event], end: datetime) -> Iterator[tuple[Turn, datetime, datetime]]:
    since, due, owed, to_message = custody.since, custody.due_at, True, False
    asked: datetime | None = None
    replied: datetime | None = None
    last = Kind.ROUTED
    for event in events:
        if owed and (event.kind in SUBSTANTIAL or (to_message and _is_enough(event))):
            yield from _owed(since, event.at, due, asked, replied)
            since, owed, asked = event.at, False, None
        elif owed and event.kind is Kind.ASKED and event.at <= due and asked is None:
            asked = event.at
        elif owed and event.kind is Kind.MESSAGED and asked is not None:
            replied = replied or event.at
        elif not owed and _owes_again(event, last):
            yield Turn.DONE, since, event.at
            since, due, owed, to_message = event.at, due_after(event.at), True, event.kind is Kind.MESSAGED
        elif owed and _owes_again(event, last):
            to_message = to_message and event.kind is Kind.MESSAGED
        last = event.kind if event.kind in _TURNING else last
    if owed:
        yield from _owed(since, end, due, asked, replied)
    else:
        yield Turn.DONE, since, end


_TURNING = SUBSTANTIAL | {Kind.DISPUTED, Kind.CONFIRMED, Kind.WITHDRAWN}
"""After these a claim stands no more as it did, or for good."""


def _is_enough(event: Event) -> bool:
    return event.kind is Kind.REPLIED and event.detail == TO_MESSAGE


def _owes_again(event: Event, last: Kind) -> bool:
    failed = event.kind is Kind.AUDITED and event.detail == "fail" and last is Kind.CLAIMED
    return failed or event.kind in (Kind.DISPUTED, Kind.MESSAGED)


def _owed(since: datetime, until: datetime, due: datetime, asked: datetime | None,
          replied: datetime | None) -> Iterator[tuple[Turn, datetime, datetime]]:
    """The desk's turn, without the pause for the filer's reply; what lies after `due` is late."""
    if asked is None:
        yield from _split(since, until, due)
        return
    resumed = min(until, add_working_days(asked, PAUSE_DAYS), replied or until)
    yield from _split(since, asked, due)
    yield Turn.PAUSED, asked, resumed
    yield from _split(resumed, until, due)


def _split(since: datetime, until: datetime, due: datetime) -> Iterator[tuple[Turn, datetime, datetime]]:
    yield Turn.OWED, since, min(until, max(since, due))
    yield Turn.LATE, max(since, due), until
