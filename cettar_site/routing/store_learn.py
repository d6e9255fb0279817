"""What a model may learn from: the public words of complaints, and what was decided about them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from cettar_site.complaints.store_rows import EVENT, PUBLIC, STATE, event_of
from cettar_site.routing.rules import Asked
from cettar_site.routing.rules_label import TRIAGE_DESK, Channel, Decided, Event, Example, Shown, State, decided
from cettar_site.routing.store import SUGGESTED

AT_ONCE = 400
_PUBLIC = (STATE.c.shown != Shown.CONFIDENTIAL, STATE.c.hidden == "", STATE.c.erased.is_(False))


def examples(session: Session, n: int) -> list[Example]:
    """The newest decided complaints, oldest first, in the words that everyone may read now.

    Confidential, hidden and erased ones are left out: a model is made of what is public and nothing else.
    """
    rows: Sequence[Any] = session.execute(
        select(STATE.c.complaint_id, STATE.c.category_code, STATE.c.region_code, STATE.c.filed_at, PUBLIC.c.text)
        .join(PUBLIC, (PUBLIC.c.complaint_id == STATE.c.complaint_id) & (PUBLIC.c.seq == 1))
        .where(*_PUBLIC, STATE.c.state != State.TRIAGE)
        .order_by(STATE.c.complaint_id.desc()).limit(n)).all()
    known = decisions(session, [row.complaint_id for row in rows])
    found = [Example(Asked(row.text, row.category_code, row.region_code), known[row.complaint_id].label, row.filed_at,
                     known[row.complaint_id].at) for row in rows if row.complaint_id in known]
    return sorted(found, key=lambda one: one.filed_at)


def decisions(session: Session, complaint_ids: Iterable[int]) -> dict[int, Decided]:
    """What was decided about these complaints; those that nobody decided are left out."""
    asked = sorted(set(complaint_ids))
    events: defaultdict[int, list[Event]] = defaultdict(list)
    for at in range(0, len(asked), AT_ONCE):
        rows = session.execute(select(EVENT).where(
            EVENT.c.complaint_id.in_(asked[at:at + AT_ONCE])).order_by(EVENT.c.complaint_id, EVENT.c.seq))
        for row in rows:
            events[row.complaint_id].append(event_of(row))
    made = {id_: decided(happened) for id_, happened in events.items()}
    return {id_: one for id_, one in made.items() if one is not None}


@dataclass(frozen=True, slots=True)
class Unsorted:
    """A complaint at the triage desk for which nothing was suggested, in the words that everyone may read."""

    complaint_id: int
    asked: Asked
    filed_at: datetime
    taken_over: bool
    """Whether it came from SP4N-LAPOR!."""


def without_suggestion(session: Session, n: int) -> list[Unsorted]:
    """The newest complaints at the triage desk for which nothing was suggested; confidential ones are left out."""
    rows = session.execute(
        select(STATE.c.complaint_id, STATE.c.category_code, STATE.c.region_code, STATE.c.filed_at, STATE.c.channel,
               PUBLIC.c.text)
        .join(PUBLIC, (PUBLIC.c.complaint_id == STATE.c.complaint_id) & (PUBLIC.c.seq == 1))
        .outerjoin(SUGGESTED, (SUGGESTED.c.complaint_id == STATE.c.complaint_id) & (SUGGESTED.c.rank == 1))
        .where(*_PUBLIC, STATE.c.agency_code == TRIAGE_DESK, STATE.c.state == State.TRIAGE,
               SUGGESTED.c.complaint_id.is_(None))
        .order_by(STATE.c.complaint_id.desc()).limit(n))
    return [Unsorted(row.complaint_id, Asked(row.text, row.category_code, row.region_code), row.filed_at,
                     row.channel != Channel.SITE) for row in rows]
