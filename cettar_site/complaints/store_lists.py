"""Lists of complaints: the newest, how many, an agency's queue."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlmodel import Session

from cettar_site.complaints.rules import Brief, Counts, Shown, State
from cettar_site.complaints.store import PRIVATE, REQUEST, STATE

_COLUMNS = (REQUEST.c.number, STATE.c.shown, REQUEST.c.category_code, REQUEST.c.region_code,
            STATE.c.agency_code, STATE.c.state, STATE.c.filed_at, STATE.c.due_at, STATE.c.first_answer_at)


def newest(session: Session, n: int) -> tuple[Brief, ...]:
    """The newest complaints that everyone may read, with their text, newest first."""
    return _briefs(session, _lines().where(STATE.c.shown == Shown.OPEN)
                   .order_by(STATE.c.filed_at.desc()).limit(n))


def counts(session: Session, now: datetime) -> Counts:
    """How many complaints were ever filed, wait for a first answer, wait too long, were answered."""
    row = session.execute(select(
        func.count(), func.sum(case((STATE.c.is_open, 1), else_=0)),
        func.sum(case((STATE.c.is_open & (STATE.c.due_at < now), 1), else_=0))).select_from(STATE)).one()
    filed, waiting, late = (int(value or 0) for value in row)
    return Counts(filed, waiting, late, filed - waiting)


def queue(session: Session, agency_code: str | None, is_open: bool | None, limit: int,
          offset: int = 0) -> tuple[Brief, ...]:
    """An agency's complaints (None: everyone's) with their text: what waits first, by due time.

    Of the answered alone (`is_open` False) the newest come first.
    """
    order = (STATE.c.due_at.desc(),) if is_open is False else (STATE.c.is_open.desc(), STATE.c.due_at)
    return _briefs(session, _of(_lines(), agency_code, is_open).order_by(*order).limit(limit).offset(offset))


def queue_counts(session: Session, agency_code: str | None, now: datetime) -> Counts:
    """How an agency's queue (None: everyone's) is made up."""
    late = STATE.c.due_at < now
    rows = _of(select(STATE.c.is_open, late, func.count()).select_from(STATE), agency_code, None)
    sums = {(bool(is_open), bool(is_late)): int(n)
            for is_open, is_late, n in session.execute(rows.group_by(STATE.c.is_open, late))}
    waiting = sums.get((True, True), 0) + sums.get((True, False), 0)
    total = sum(sums.values())
    return Counts(total, waiting, sums.get((True, True), 0), total - waiting)


def _lines() -> Select[Any]:
    rows = select(*_COLUMNS, PRIVATE.c.text).select_from(STATE)
    rows = rows.join(REQUEST, REQUEST.c.id == STATE.c.complaint_id)
    return rows.outerjoin(PRIVATE, (PRIVATE.c.complaint_id == STATE.c.complaint_id) & (PRIVATE.c.seq == 1))


def _of(rows: Select[Any], agency_code: str | None, is_open: bool | None) -> Select[Any]:
    if agency_code is not None:
        rows = rows.where(STATE.c.agency_code == agency_code)
    return rows if is_open is None else rows.where(STATE.c.is_open.is_(is_open))


def _briefs(session: Session, rows: Select[Any]) -> tuple[Brief, ...]:
    found: Sequence[Any] = session.execute(rows).all()
    return tuple(Brief(row[0], Shown(row[1]), row[2], row[3], row[4], State(row[5]), row[6], row[7], row[8],
                       row[9] or "") for row in found)
