"""What everyone may know of a complaint: what is left of it when all that is private is taken out."""

from dataclasses import replace
from datetime import datetime

from cettar_site.complaints.rules import (
    DESK_ONLY,
    FILER_ONLY,
    Case,
    Event,
    Kind,
    ServiceRequest,
    Shown,
    Writing,
    seen_by_filer,
)
from cettar_site.complaints.rules_privacy import masked

PLACES = 3
"""Decimals of a public position: about a hundred metres."""
UNKNOWN_PLACE = ""
_BARE = frozenset({Kind.HIDDEN, Kind.REPLIED, Kind.RATED, Kind.AUDITED, Kind.ESCALATED})


def public_writing(shown: Shown, kind: Kind, writing: Writing) -> Writing | None:
    """What everyone reads of what was written at an event: masked, nameless, its position blurred; None: nothing."""
    if not shown.public or kind in DESK_ONLY | FILER_ONLY:
        return None
    return Writing(writing.seq, masked(writing.text).text, masked(writing.place).text, _blurred(writing.lat),
                   _blurred(writing.lon))


def _blurred(degrees: float | None) -> float | None:
    return None if degrees is None else round(degrees, PLACES)


def is_bare(case: Case) -> bool:
    """Whether everyone sees only that it exists: hidden, erased or confidential."""
    return bool(case.life.hidden) or case.life.erased or not case.request.shown.public


def public_case(case: Case) -> Case:
    """The complaint as everyone sees it; `case` holds the public writings.

    A hidden or erased one keeps number, agency, dates and what happened: a tombstone. Of a confidential one the
    topic and the place are unknown too, and what happened is known by the day.
    """
    events = seen_by_filer(case.events)
    if not is_bare(case):
        return replace(case, events=events)
    request, shown = case.request, case.request.shown
    if not shown.public:
        request = ServiceRequest(request.id, request.number, shown, UNKNOWN_PLACE, UNKNOWN_PLACE, UNKNOWN_PLACE,
                                 None, request.filed_at, request.channel)
    return replace(case, request=request, events=tuple(_plain(event) for event in events), writings=())


def _plain(event: Event) -> Event:
    """An event of which only the bare fact is told; a level, a verdict and a rating tell nothing of the story."""
    return replace(event, detail=event.detail if event.kind in _BARE else "")


def minute(moment: datetime | None) -> datetime | None:
    """Public instants are cut to the minute: enough for a clock, too little to find a sender by."""
    return moment and moment.replace(second=0, microsecond=0)
