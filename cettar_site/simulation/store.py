"""What the simulation asks of the other rooms' tables."""

from datetime import date, datetime
from itertools import groupby

from sqlalchemy import func, or_, select, text
from sqlmodel import Session

from cettar_site.complaints.store_rows import EVENT, STATE, event_of
from cettar_site.prices.store_parts import ROW, SERIES
from cettar_site.simulation.rules_case import Stored

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

    With `quiet_before`, without those that were both filed and last moved before it and owe nothing.
    """
    wanted = select(STATE.c.complaint_id, STATE.c.category_code, STATE.c.region_code).where(STATE.c.filed_at >= since)
    if quiet_before is not None:
        wanted = wanted.where(or_(STATE.c.owed_at.is_not(None), STATE.c.filed_at >= quiet_before,
                                  STATE.c.moved_at >= quiet_before))
    places = {row[0]: (row[1], row[2]) for row in session.execute(wanted)}
    chosen = wanted.subquery()
    rows = session.execute(select(EVENT).join(chosen, chosen.c.complaint_id == EVENT.c.complaint_id)
                           .order_by(EVENT.c.complaint_id, EVENT.c.seq))
    return {id_: Stored(tuple(event_of(row) for row in events), *places[id_])
            for id_, events in groupby(rows, key=lambda row: row.complaint_id)}


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
