"""What was decided about a complaint in the end: the labels that a model learns from and is measured by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cettar_site.complaints.rules import SUBSTANTIAL, SYSTEM, TRIAGE_DESK, Channel, Event, Kind, Shown, State
from cettar_site.routing.rules import Asked, label_of

__all__ = ["TRIAGE_DESK", "Channel", "Event", "Shown", "State"]

TAKEN_OVER = "lapor"
"""The detail of what SP4N-LAPOR!'s people had decided before it came here."""


@dataclass(frozen=True, slots=True)
class Decided:
    """Where people found that a complaint belongs, and since when that is known."""

    label: str
    agency_code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Example:
    """A complaint with its decision: what is learned from. `number` only tells examples apart."""

    asked: Asked
    label: str
    filed_at: datetime
    decided_at: datetime


def decided(events: Iterable[Event]) -> Decided | None:
    """The last word about where it belongs: the desk's, the one who took it on, or, of what the site sent alone, the
    agency's by answering it. None while nobody has said anything, or where it was refused.
    """
    holder, by_people, found = "", False, None
    for event in events:
        if event.kind is Kind.ROUTED:
            holder = event.agency_code
            by_people = event.actor != SYSTEM or event.detail == TAKEN_OVER
            found = Decided(label_of(holder), holder, event.at) if by_people else None
        elif event.kind is Kind.ACCEPTED:
            holder = event.agency_code
            found = None if holder == TRIAGE_DESK else Decided(label_of(holder), holder, event.at)
        elif event.kind is Kind.FORWARDED:
            found = Decided(label_of(event.agency_code), event.agency_code, event.at)
        elif event.kind is Kind.REJECTED:
            found = None
        elif event.kind in SUBSTANTIAL and found is None and event.agency_code:
            found = Decided(label_of(event.agency_code), event.agency_code, event.at)
    return found
