"""The desk's queue: one page at a time from where the last one ended, and how many there are up to a limit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlmodel import Session

from cettar_site.base.period import wib_date
from cettar_site.base.seal import Vault
from cettar_site.complaints import store_search
from cettar_site.complaints.store_rows import CUSTODY, EVENT, PRIVATE, SALT, STATE, opened
from cettar_site.desk.rules import PAGE, TRIAGE_DESK, Brief, Kind, Shown, State
from cettar_site.desk.rules_matrix import TOLD_AT, units_of
from cettar_site.desk.rules_queue import COUNTED, OWED, Cursor, Line, Lines, Tab, Wanted

_BRIEF = (STATE.c.number, STATE.c.shown, STATE.c.category_code, STATE.c.region_code, STATE.c.agency_code,
          STATE.c.state, STATE.c.filed_at, STATE.c.due_at, STATE.c.owed_at, STATE.c.acknowledged_at,
          STATE.c.first_answer_at, STATE.c.ended_at, STATE.c.paused_until, STATE.c.hidden, STATE.c.erased,
          STATE.c.supports)
_SORTED = CUSTODY.alias("sorted")
_MORE = (STATE.c.complaint_id, STATE.c.seq, STATE.c.offered_to, STATE.c.escalated, STATE.c.audited)
_STEPS, _FIRST_STEP, _STEP = 8, 200, 1000
"""At most some seven thousand matches are looked through for a page of a search."""


def page(session: Session, wanted: Wanted, now: datetime, vault: Vault, n: int = PAGE) -> Lines:
    """A page of the queue, its complaints' whole texts opened."""
    rows: Select[Any] = select(*_BRIEF, *_MORE, PRIVATE.c.sealed, SALT.c.salt).select_from(STATE).outerjoin(
        PRIVATE, and_(PRIVATE.c.complaint_id == STATE.c.complaint_id, PRIVATE.c.seq == 1)).outerjoin(
        SALT, SALT.c.complaint_id == STATE.c.complaint_id)
    rows = _filtered(_of(rows, wanted, now), wanted)
    found = _searched(session, rows, wanted, n) if wanted.search else _next(session, rows, wanted, n)
    shown = found[:n]
    lines = tuple(_line(row, vault) for row in shown)
    last = shown[-1] if len(found) > n else None
    by_due = wanted.tab in OWED and not wanted.search
    return Lines(lines, last and Cursor(last.owed_at if by_due else None, last.complaint_id))


def counts(session: Session, wanted: Wanted, tabs: Sequence[Tab], now: datetime) -> dict[Tab, int]:
    """How many complaints each tab has, counted up to a limit, so that it costs the same in a million."""
    found = {}
    for tab in tabs:
        whole = Wanted(tab, wanted.agency_code, wanted.sorting)
        some = _of(select(STATE.c.complaint_id), whole, now).limit(COUNTED).subquery()
        found[tab] = int(session.execute(select(func.count()).select_from(some)).scalar() or 0)
    return found


def _next(session: Session, rows: Select[Any], wanted: Wanted, n: int) -> Sequence[Any]:
    after = wanted.after
    if wanted.tab in OWED:
        if after is not None and after.owed_at is not None:
            rows = rows.where(or_(STATE.c.owed_at > after.owed_at, and_(
                STATE.c.owed_at == after.owed_at, STATE.c.complaint_id > after.id)))
            rows = rows.where(STATE.c.owed_at >= after.owed_at)  # what an index can begin at
        return session.execute(rows.order_by(STATE.c.owed_at, STATE.c.complaint_id).limit(n + 1)).all()
    # The column that an index runs along: what was sorted is found by its custody there.
    row = _SORTED.c.complaint_id if wanted.tab is Tab.SENT else STATE.c.complaint_id
    if after is not None:
        rows = rows.where(row < after.id)
    found = session.execute(rows.order_by(row.desc()).limit(n + 1)).all()
    # What came to the sorting desk twice stands there twice.
    return list({one.complaint_id: one for one in found}.values()) if wanted.tab is Tab.SENT else found


def _searched(session: Session, rows: Select[Any], wanted: Wanted, n: int) -> Sequence[Any]:
    """Those that hold the words, newest first: matches are looked through in steps until a page is full."""
    words = store_search.words_of(wanted.search)
    if not words:
        return []
    words = (*words, *store_search.tags_of(wanted.region_code, wanted.group_code))
    before, found, step = wanted.after.id if wanted.after else (1 << 63) - 1, list[Any](), _FIRST_STEP
    for _ in range(_STEPS):
        ids = store_search.find(session, words, before, step)
        if ids:
            found += session.execute(rows.where(STATE.c.complaint_id.in_(ids))
                                     .order_by(STATE.c.complaint_id.desc()).limit(n + 1)).all()
        if len(ids) < step or len(found) > n:
            break
        before, step = ids[-1], _STEP
    return found


def _filtered(rows: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.group_code:
        rows = rows.where(STATE.c.group_code == wanted.group_code)
    if wanted.region_code:
        rows = rows.where(STATE.c.region_code == wanted.region_code)
    return rows


def _of(rows: Select[Any], wanted: Wanted, now: datetime) -> Select[Any]:
    """Which complaints a tab holds."""
    tab, agency = wanted.tab, wanted.agency_code
    if tab is Tab.OFFERED:
        return rows.where(STATE.c.offered_to == agency, STATE.c.offered_to != "", STATE.c.offered_until >= now)
    if tab is Tab.UNIT:
        return rows.where(STATE.c.complaint_id.in_(_assigned(agency)))
    if tab is Tab.AUDIT:
        return rows.where(STATE.c.audit_by == agency, STATE.c.audit_by != "", STATE.c.audited == "")
    if tab is Tab.AUDITED:
        return rows.where(STATE.c.audit_by == agency, STATE.c.audit_by != "", STATE.c.audited != "")
    if tab is Tab.SENT:
        return rows.where(_SORTED.c.complaint_id == STATE.c.complaint_id, _SORTED.c.triage.is_(True),
                          _SORTED.c.until.is_not(None), ~_in_triage())
    if tab is Tab.ESCALATED and agency in TOLD_AT:
        return rows.where(STATE.c.owed_at.is_not(None), STATE.c.escalated >= TOLD_AT[agency])
    if tab is Tab.BELOW:
        return rows.where(STATE.c.agency_code.in_(units_of(agency)), STATE.c.owed_at.is_not(None))
    rows = rows.where(STATE.c.agency_code == agency)
    if agency == TRIAGE_DESK:
        rows = rows.where(_in_triage() if wanted.sorting else ~_in_triage())
    if tab is Tab.WAITING:
        return rows.where(STATE.c.owed_at.is_not(None))
    if tab is Tab.LATE:
        return rows.where(STATE.c.owed_at.is_not(None), STATE.c.owed_at < now)
    if tab is Tab.PROMISED:
        return rows.where(STATE.c.planned_on.is_not(None), STATE.c.state == State.ANSWERED,
                          STATE.c.planned_on < wib_date(now))
    if tab is Tab.ESCALATED:
        return rows.where(STATE.c.owed_at.is_not(None), STATE.c.escalated > 0)
    return rows.where(STATE.c.owed_at.is_(None)) if tab is Tab.ANSWERED else rows


def _in_triage() -> Any:
    """Whether the triage desk holds it now, or held it when it ended."""
    last = select(func.max(CUSTODY.c.seq)).where(
        CUSTODY.c.complaint_id == STATE.c.complaint_id).correlate(STATE).scalar_subquery()
    return select(CUSTODY.c.seq).where(CUSTODY.c.complaint_id == STATE.c.complaint_id, CUSTODY.c.seq == last,
                                       CUSTODY.c.triage.is_(True)).correlate(STATE).exists()


def _assigned(unit: str) -> Any:
    """The complaints that were given to a unit by the desk that holds them still."""
    return select(EVENT.c.complaint_id).join(CUSTODY, and_(
        CUSTODY.c.complaint_id == EVENT.c.complaint_id, CUSTODY.c.seq < EVENT.c.seq, CUSTODY.c.until.is_(None))).where(
            EVENT.c.kind == Kind.ASSIGNED, EVENT.c.agency_code == unit)


def _line(row: Any, vault: Vault) -> Line:
    text = opened(1, row.sealed, row.salt, vault).text if row.salt else ""
    values: Any = (*row[:len(_BRIEF)], text)
    brief = Brief(values[0], Shown(values[1]), values[2], values[3], values[4], State(values[5]), *values[6:])
    return Line(brief, row.complaint_id, row.seq, row.offered_to, row.escalated, row.audited)
