"""Reading prices: rows in, facts out. The session is given; nothing here commits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Select, func, select, tuple_
from sqlmodel import Session

from cettar_site.prices.rules import Coverage, Freshness, Level, Reason, Seen, Status
from cettar_site.prices.store_parts import (
    BATCH,
    NEWEST_VERDICT,
    ROW,
    SERIES,
    STANDS,
    VERDICT,
    chunks,
    present_reason,
    present_status,
)

Cursor = tuple[date, int, int]  # the day, series and revision after which to go on

_COLUMNS = (
    ROW.c.observed_on,
    SERIES.c.commodity,
    SERIES.c.region,
    SERIES.c.point,
    SERIES.c.level,
    SERIES.c.unit,
    ROW.c.price,
    ROW.c.rupiah_per_kg,
    present_status.label("now"),
    present_reason.label("why"),
    SERIES.c.source,
    BATCH.c.address,
    BATCH.c.fetched_at,
    ROW.c.raw,
    ROW.c.revision,
    ROW.c.series_id,
)
_LEVELS = {level.value: level for level in Level}
_STATUSES = {status.value: status for status in Status}
_REASONS = {reason.value: reason for reason in Reason}


def _select() -> Select:  # type: ignore[type-arg]
    return (
        select(*_COLUMNS)
        .select_from(
            ROW.join(SERIES, SERIES.c.id == ROW.c.series_id)
            .join(BATCH, BATCH.c.id == ROW.c.batch_id)
            .outerjoin(VERDICT, NEWEST_VERDICT)
        )
        .where(STANDS)
    )


def _seen(session: Session, query: Select) -> list[Seen]:  # type: ignore[type-arg]
    return [
        Seen(
            day,
            good,
            region,
            point,
            _LEVELS[level],
            unit,
            price,
            rupiah_per_kg,
            _STATUSES[status],
            _REASONS[reason],
            source,
            address,
            fetched_at,
            raw,
            revision,
            number,
        )
        for (
            day,
            good,
            region,
            point,
            level,
            unit,
            price,
            rupiah_per_kg,
            status,
            reason,
            source,
            address,
            fetched_at,
            raw,
            revision,
            number,
        ) in session.execute(query)
    ]


def series(
    session: Session,
    commodity: str,
    *,
    region: str | None = None,
    level: Level | None = None,
    since: date | None = None,
    until: date | None = None,
    statuses: Collection[Status] = (Status.ACCEPTED,),
    after: Cursor | None = None,
    limit: int | None = None,
    newest_first: bool = False,
) -> list[Seen]:
    """The observations of a good, by day, then series; both days belong. `after`: behind a given row."""
    query = _select().where(SERIES.c.commodity == commodity)
    if region is not None:
        query = query.where(SERIES.c.region == region)
    if level is not None:
        query = query.where(SERIES.c.level == level.value)
    if since is not None:
        query = query.where(ROW.c.observed_on >= since)
    if until is not None:
        query = query.where(ROW.c.observed_on <= until)
    if len(statuses) < len(Status):
        query = query.where(present_status.in_([status.value for status in statuses]))
    place = (ROW.c.observed_on, ROW.c.series_id, ROW.c.revision)
    if after is not None:
        query = query.where(tuple_(*place) > tuple_(*after))
    order = [column.desc() for column in place] if newest_first else list(place)
    return _seen(session, query.order_by(*order).limit(limit))


def latest(session: Session, commodity: str, level: Level, *, region: str | None = None) -> list[Seen]:
    """The newest accepted observation of every point of a good, newest day first."""
    accepted = (
        select(ROW.c.series_id, func.max(ROW.c.observed_on))
        .select_from(ROW.join(SERIES, SERIES.c.id == ROW.c.series_id).outerjoin(VERDICT, NEWEST_VERDICT))
        .where(
            SERIES.c.commodity == commodity,
            SERIES.c.level == level.value,
            present_status == Status.ACCEPTED.value,
            STANDS,
        )
    )
    if region is not None:
        accepted = accepted.where(SERIES.c.region == region)
    newest = [(row[0], row[1]) for row in session.execute(accepted.group_by(ROW.c.series_id))]
    found: list[Seen] = []
    for chunk in chunks(newest):
        found += _seen(
            session,
            _select().where(
                present_status == Status.ACCEPTED.value,
                tuple_(ROW.c.series_id, ROW.c.observed_on).in_(list(chunk)),
            ),
        )
    return sorted(found, key=lambda row: (-row.observed_on.toordinal(), row.region, row.point))


def coverage(session: Session) -> tuple[Coverage, ...]:
    """What there is: every series with its first and last day of a price that was not refused."""
    query = (
        select(
            SERIES.c.id,
            SERIES.c.source,
            SERIES.c.level,
            SERIES.c.commodity,
            SERIES.c.region,
            SERIES.c.point,
            SERIES.c.unit,
            func.min(ROW.c.observed_on),
            func.max(ROW.c.observed_on),
        )
        .select_from(ROW.join(SERIES, SERIES.c.id == ROW.c.series_id))
        .where(ROW.c.status != Status.REFUSED.value)
        .group_by(SERIES.c.id)
        .order_by(SERIES.c.commodity, SERIES.c.level, SERIES.c.region, SERIES.c.point)
    )
    return tuple(
        Coverage(number, source, _LEVELS[level], good, region, point, unit, first, last)
        for number, source, level, good, region, point, unit, first, last in session.execute(query)
    )


def last_good(session: Session, source: str, level: Level) -> Freshness | None:
    """The newest day with an accepted price of a source at a level, and when we last took from it."""
    day = session.execute(
        select(func.max(ROW.c.observed_on))
        .select_from(ROW.join(SERIES, SERIES.c.id == ROW.c.series_id).outerjoin(VERDICT, NEWEST_VERDICT))
        .where(
            SERIES.c.source == source, SERIES.c.level == level.value, present_status == Status.ACCEPTED.value
        )
    ).scalar()
    if day is None:
        return None
    taken = session.execute(
        select(BATCH.c.fetched_at)
        .where(BATCH.c.source == source)
        .order_by(BATCH.c.fetched_at.desc())
        .limit(1)
    )
    return Freshness(day, taken.scalar_one())


def points(
    rows: Sequence[Coverage],
    commodity: str,
    level: Level | None = None,
    region: str | None = None,
) -> tuple[Coverage, ...]:
    """Those series of a coverage that are of a good, a level and a region."""
    return tuple(
        row
        for row in rows
        if row.commodity == commodity
        and (level is None or row.level is level)
        and (region is None or row.region == region)
    )
