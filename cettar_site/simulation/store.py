"""What the simulation asks of the other rooms' tables, and the answers that it adds in bulk."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func, insert, or_, select, text
from sqlmodel import Session

from cettar_site.complaints.store import PRIVATE, REQUEST, STATE
from cettar_site.prices.store_parts import ROW, SERIES
from cettar_site.simulation.rules_case import Life, State, Stored

Told = tuple[str, str, str, date]
"""Good, region, point and day of an observation."""


def stamp(session: Session) -> str:
    """The realm that was written into this database when it was made; empty when none was."""
    return str(session.execute(text("SELECT name FROM realm")).scalar() or "")


def hold(session: Session) -> None:
    """Let no other process fill this database until the transaction ends."""
    session.execute(text("UPDATE realm SET name = name"))


def is_empty(session: Session) -> bool:
    """Whether there is neither a complaint nor a price."""
    return session.execute(select(STATE.c.complaint_id).limit(1)).first() is None \
        and session.execute(select(ROW.c.series_id).limit(1)).first() is None


def complaints(session: Session, since: datetime, quiet_before: datetime | None = None) -> dict[int, Stored]:
    """Every complaint filed since an instant, by row id.

    With `quiet_before`, without those that were both filed and first answered before it.
    """
    query = select(STATE, REQUEST.c.category_code, REQUEST.c.region_code).join(
        REQUEST, REQUEST.c.id == STATE.c.complaint_id).where(STATE.c.filed_at >= since)
    if quiet_before is not None:
        query = query.where(or_(STATE.c.is_open, STATE.c.filed_at >= quiet_before,
                                STATE.c.first_answer_at >= quiet_before))
    return {row.complaint_id: Stored(
        Life(State(row.state), row.seq, row.filed_at, row.due_at, row.agency_code, row.acknowledged_at,
             row.first_answer_at, row.answers), row.category_code, row.region_code)
        for row in session.execute(query)}


def add_answers(session: Session, written: Iterable[tuple[int, int, str]]) -> None:
    """Add what officers wrote: row id, number of the event, text."""
    rows = [{"complaint_id": id_, "seq": seq, "text": words, "place": ""} for id_, seq, words in written]
    if rows:
        session.execute(insert(PRIVATE), rows)


def last_day(session: Session, source: str, level: str) -> date | None:
    """The last day for which a source told any price of a level."""
    found: date | None = session.execute(
        select(func.max(ROW.c.observed_on)).select_from(ROW.join(SERIES, SERIES.c.id == ROW.c.series_id))
        .where(SERIES.c.source == source, SERIES.c.level == level)).scalar()
    return found


def told(session: Session, source: str, level: str, since: date) -> set[Told]:
    """What a source has told of a level since a day."""
    rows = session.execute(
        select(SERIES.c.commodity, SERIES.c.region, SERIES.c.point, ROW.c.observed_on)
        .select_from(ROW.join(SERIES, SERIES.c.id == ROW.c.series_id))
        .where(SERIES.c.source == source, SERIES.c.level == level, ROW.c.observed_on >= since))
    return {(row[0], row[1], row[2], row[3]) for row in rows}
