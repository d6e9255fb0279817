"""Open complaints of a region that everyone may read, for comparing."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from cettar_site.complaints.store_rows import PUBLIC, REQUEST, STATE
from cettar_site.routing.rules_alike import OPEN_STATES, Candidate, Shown, State

ID_BITS = 22
"""A complaint's id begins with the milliseconds of its filing."""
_OPEN = (STATE.c.shown != Shown.CONFIDENTIAL, STATE.c.hidden == "", STATE.c.erased.is_(False),
         STATE.c.merged_into == "", STATE.c.state.in_(sorted(OPEN_STATES)))
_JOINED = (PUBLIC.c.complaint_id == STATE.c.complaint_id) & (PUBLIC.c.seq == 1)


def open_ids(session: Session, region_code: str, since: datetime, n: int) -> list[int]:
    """The newest open public complaints of a region since an instant, at most `n`, oldest first."""
    first = int((since - datetime.fromtimestamp(0, UTC)).total_seconds() * 1000) << ID_BITS
    rows = select(STATE.c.complaint_id).where(
        *_OPEN, STATE.c.region_code == region_code, STATE.c.complaint_id >= first
    ).order_by(STATE.c.complaint_id.desc()).limit(n)
    return sorted(session.execute(rows).scalars())


def texts(session: Session, ids: Sequence[int]) -> list[tuple[int, str]]:
    """What everyone reads of these complaints, of those that may be read."""
    rows = session.execute(select(STATE.c.complaint_id, PUBLIC.c.text).join(PUBLIC, _JOINED).where(
        *_OPEN, STATE.c.complaint_id.in_(ids)).order_by(STATE.c.complaint_id))
    return [(row.complaint_id, row.text) for row in rows]


def candidates(session: Session, ids: Iterable[int]) -> dict[int, Candidate]:
    """These complaints as they stand now; what was hidden, erased or ended meanwhile is left out."""
    rows: Iterable[Any] = session.execute(
        select(STATE.c.complaint_id, STATE.c.number, STATE.c.region_code, STATE.c.category_code, STATE.c.agency_code,
               STATE.c.state, STATE.c.filed_at, STATE.c.supports, REQUEST.c.district_code, PUBLIC.c.text, PUBLIC.c.lat,
               PUBLIC.c.lon)
        .join(REQUEST, REQUEST.c.id == STATE.c.complaint_id).join(PUBLIC, _JOINED)
        .where(*_OPEN, STATE.c.complaint_id.in_(list(ids))))
    return {row.complaint_id: Candidate(
        row.number, row.text, row.region_code, row.district_code, row.category_code, row.agency_code,
        State(row.state), row.filed_at, row.supports, (row.lat, row.lon) if row.lat is not None else None)
        for row in rows}
