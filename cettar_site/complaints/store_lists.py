"""Lists of complaints: the newest that all may read, how many there are, a desk's queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlmodel import Session

from cettar_site.base.seal import Vault
from cettar_site.complaints import store_search
from cettar_site.complaints.rules import Shown, State
from cettar_site.complaints.rules_brief import Brief, Counts
from cettar_site.complaints.store_rows import PRIVATE, PUBLIC, SALT, STATE, opened

_COLUMNS = (STATE.c.number, STATE.c.shown, STATE.c.category_code, STATE.c.region_code, STATE.c.agency_code,
            STATE.c.state, STATE.c.filed_at, STATE.c.due_at, STATE.c.owed_at, STATE.c.acknowledged_at,
            STATE.c.first_answer_at, STATE.c.ended_at, STATE.c.paused_until, STATE.c.hidden, STATE.c.erased,
            STATE.c.supports)
_LINE = len(_COLUMNS)
END = (1 << 63) - 1
"""Above every id."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which public complaints a reader asks for; empty means all. `before` is the id where the last page ended."""

    words: tuple[str, ...] = ()
    region_code: str = ""
    agency_code: str = ""
    group_code: str = ""
    state: str = ""
    before: int = END


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list: its lines, and the id below which the next one begins (None: there is no more)."""

    briefs: tuple[Brief, ...]
    next_before: int | None


def newest(session: Session, n: int) -> tuple[Brief, ...]:
    """The newest complaints that everyone may read, with their public text, newest first."""
    return listed(session, Wanted(), n).briefs


def listed(session: Session, wanted: Wanted, n: int) -> Listed:
    """A page of the public list: no confidential ones; hidden and erased ones without their text."""
    rows = select(*_COLUMNS, STATE.c.complaint_id, PUBLIC.c.text).select_from(STATE).outerjoin(
        PUBLIC, (PUBLIC.c.complaint_id == STATE.c.complaint_id) & (PUBLIC.c.seq == 1)).where(
        STATE.c.shown != Shown.CONFIDENTIAL)
    for column, value in ((STATE.c.region_code, wanted.region_code), (STATE.c.agency_code, wanted.agency_code),
                          (STATE.c.group_code, wanted.group_code), (STATE.c.state, wanted.state)):
        if value:
            rows = rows.where(column == value)
    if wanted.words:
        found = _found(session, wanted, rows, n)
    else:
        found = session.execute(rows.where(STATE.c.complaint_id < wanted.before)
                                .order_by(STATE.c.complaint_id.desc()).limit(n + 1)).all()
    shown = found[:n]
    return Listed(tuple(_brief(row, "" if row.hidden or row.erased else row.text or "") for row in shown),
                  shown[-1].complaint_id if len(found) > n else None)


def _found(session: Session, wanted: Wanted, rows: Select[Any], n: int) -> Sequence[Any]:
    """Rows that hold the words: found ids are looked through in steps until a page is full."""
    words = (*wanted.words, *store_search.tags_of(wanted.region_code, wanted.group_code))
    before, step, found = wanted.before, 4 * n, list[Any]()
    for _ in range(MOST_STEPS):
        ids = store_search.find(session, words, before, step)
        if ids:
            found += session.execute(rows.where(STATE.c.complaint_id.in_(ids))
                                     .order_by(STATE.c.complaint_id.desc())).all()
        if len(ids) < step or len(found) > n:
            break
        before, step = ids[-1], min(step * 4, 800)
    return found


MOST_STEPS = 12
"""At most some eight thousand matches are looked through for a page."""


def counts(session: Session, now: datetime) -> Counts:
    """How many complaints were ever filed, wait for a first answer, wait too long, were answered."""
    waits = STATE.c.first_answer_at.is_(None) & STATE.c.ended_at.is_(None)
    row = session.execute(select(
        func.count(), func.sum(case((waits, 1), else_=0)),
        func.sum(case((waits & (STATE.c.due_at < now), 1), else_=0))).select_from(STATE)).one()
    filed, waiting, late = (int(value or 0) for value in row)
    return Counts(filed, waiting, late, filed - waiting)


def queue(session: Session, agency_code: str | None, owed: bool | None, limit: int, vault: Vault,
          offset: int = 0) -> tuple[Brief, ...]:
    """A desk's complaints (None: everyone's) with their whole text: what is owed first, by when it is due.

    Of those with nothing owed (`owed` False) the newest come first.
    """
    rows = select(*_COLUMNS, PRIVATE.c.sealed, SALT.c.salt).select_from(STATE).outerjoin(
        PRIVATE, (PRIVATE.c.complaint_id == STATE.c.complaint_id) & (PRIVATE.c.seq == 1)).outerjoin(
        SALT, SALT.c.complaint_id == STATE.c.complaint_id)
    rows = _of(rows, agency_code, owed)
    order = (STATE.c.owed_at,) if owed else (STATE.c.complaint_id.desc(),)
    found = session.execute(rows.order_by(*order).limit(limit).offset(offset)).all()
    return tuple(_brief(row, opened(1, row.sealed, row.salt, vault).text if row.salt else "") for row in found)


def queue_counts(session: Session, agency_code: str | None, now: datetime) -> Counts:
    """How a desk's queue (None: everyone's) is made up: all, owed, late among these, nothing owed."""
    late = STATE.c.owed_at < now
    owed = session.execute(_of(select(func.count(), func.sum(case((late, 1), else_=0))), agency_code, True)).one()
    rest = int(session.execute(_of(select(func.count()), agency_code, False)).scalar() or 0)
    waiting = int(owed[0] or 0)
    return Counts(waiting + rest, waiting, int(owed[1] or 0), rest)


def _of(rows: Any, agency_code: str | None, owed: bool | None) -> Any:
    if agency_code is not None:
        rows = rows.where(STATE.c.agency_code == agency_code)
    if owed is None:
        return rows
    return rows.where(STATE.c.owed_at.is_not(None) if owed else STATE.c.owed_at.is_(None))


def _brief(row: Any, text: str) -> Brief:
    line: Any = (*row[:_LINE], text)
    return Brief(line[0], Shown(line[1]), line[2], line[3], line[4], State(line[5]), *line[6:])
