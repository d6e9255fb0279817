"""Writing prices, and the history that judging needs. Bulk statements; the caller commits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, insert, select
from sqlmodel import Session

from cettar_site.prices.models import PriceBatch
from cettar_site.prices.rules import Level, Origin, Reason, SeriesKey, Status, Verdict
from cettar_site.prices.rules_news import Stored
from cettar_site.prices.rules_plan import Change, NewRow
from cettar_site.prices.store_parts import (
    NEWEST_VERDICT,
    ROW,
    SERIES,
    STANDS,
    VERDICT,
    chunks,
    present_reason,
    present_status,
)

History = dict[int, dict[int, list[Stored]]]


def series_ids(session: Session, keys: Collection[SeriesKey]) -> dict[SeriesKey, int]:
    """The number of each series; those not known yet are made."""
    ids = known_ids(session, keys)
    missing = [key for key in dict.fromkeys(keys) if key not in ids]
    if missing:
        session.execute(
            insert(SERIES),
            [
                {
                    "source": key.source,
                    "level": key.level.value,
                    "commodity": key.commodity,
                    "region": key.region,
                    "point": key.point,
                    "unit": key.unit,
                }
                for key in missing
            ],
        )
        ids = known_ids(session, keys)
    return {key: ids[key] for key in keys}


def known_ids(session: Session, keys: Collection[SeriesKey]) -> dict[SeriesKey, int]:
    """The numbers of the series of the same goods that are known already."""
    goods = sorted({key.commodity for key in keys})
    rows = session.execute(select(SERIES).where(SERIES.c.commodity.in_(goods)))
    return {
        SeriesKey(row.source, Level(row.level), row.commodity, row.region, row.point, row.unit): row.id
        for row in rows
    }


def sister_ids(session: Session, ids: Collection[int]) -> dict[int, tuple[str, str, str]]:
    """The (source, level, commodity) of every series that shares them with one of these."""
    shared = {
        (row.source, row.level, row.commodity)
        for chunk in chunks(sorted(ids))
        for row in session.execute(
            select(SERIES.c.source, SERIES.c.level, SERIES.c.commodity).where(SERIES.c.id.in_(chunk))
        )
    }
    rows = session.execute(
        select(SERIES.c.id, SERIES.c.source, SERIES.c.level, SERIES.c.commodity).where(
            SERIES.c.commodity.in_(sorted({good for _, _, good in shared}))
        )
    )
    families = {row.id: (row.source, row.level, row.commodity) for row in rows}
    return {number: family for number, family in families.items() if family in shared}


def history(session: Session, ids: Collection[int], since: date, until: date = date.max) -> History:
    """The rows of these series between two days, by series and day ordinal, with verdicts."""
    found: History = {number: {} for number in ids}
    for chunk in chunks(sorted(ids)):
        rows = session.execute(
            select(
                ROW.c.series_id,
                ROW.c.observed_on,
                ROW.c.revision,
                ROW.c.price,
                ROW.c.fingerprint,
                ROW.c.status,
                ROW.c.reason,
                present_status.label("now"),
                present_reason.label("why"),
            )
            .select_from(ROW.outerjoin(VERDICT, NEWEST_VERDICT))
            .where(ROW.c.series_id.in_(chunk), ROW.c.observed_on.between(since, until))
        )
        for row in rows:
            day = row.observed_on.toordinal()
            first = Verdict(Status(row.status), Reason(row.reason))
            final = (
                first
                if row.now == row.status and row.why == row.reason
                else Verdict(Status(row.now), Reason(row.why))
            )
            found[row.series_id].setdefault(day, []).append(
                Stored(day, row.revision, row.price, row.fingerprint, first, final)
            )
    return found


def believed(
    session: Session, ids: Collection[int], since: date, until: date
) -> dict[int, list[tuple[int, int]]]:
    """The accepted (day ordinal, price) pairs of these series between two days."""
    found: dict[int, list[tuple[int, int]]] = {}
    for chunk in chunks(sorted(ids)):
        rows = session.execute(
            select(ROW.c.series_id, ROW.c.observed_on, ROW.c.price)
            .select_from(ROW.outerjoin(VERDICT, NEWEST_VERDICT))
            .where(
                ROW.c.series_id.in_(chunk),
                ROW.c.observed_on.between(since, until),
                STANDS,
                present_status == Status.ACCEPTED.value,
            )
        )
        for row in rows:
            found.setdefault(row.series_id, []).append((row.observed_on.toordinal(), row.price))
    return found


def add_many(session: Session, rows: Iterable[tuple[int, NewRow]], decided_at: datetime) -> None:
    """Store new rows of (series number, row); a mind changed at once is a verdict of its own."""
    kept = list(rows)
    batches = _add_batches(session, {new.observation.origin for _, new in kept})
    if kept:
        session.execute(insert(ROW), [_values(number, new, batches) for number, new in kept])
    add_verdicts(
        session,
        [
            (number, Change(new.observation.observed_on.toordinal(), new.revision, new.final))
            for number, new in kept
            if new.first != new.final
        ],
        decided_at,
    )


def _add_batches(session: Session, origins: Collection[Origin]) -> Mapping[Origin, int]:
    numbers: dict[Origin, int] = {}
    for origin in sorted(origins, key=lambda one: (one.address, one.fetched_at)):
        batch = PriceBatch(source=origin.source, address=origin.address, fetched_at=origin.fetched_at)
        session.add(batch)
        session.flush()
        numbers[origin] = batch.id or 0
    return numbers


def _values(number: int, new: NewRow, batches: Mapping[Origin, int]) -> dict[str, object]:
    seen = new.observation
    return {
        "series_id": number,
        "observed_on": seen.observed_on,
        "revision": new.revision,
        "batch_id": batches[seen.origin],
        "price": seen.price,
        "rupiah_per_kg": seen.rupiah_per_kg,
        "status": new.first.status.value,
        "reason": new.first.reason.value,
        "fingerprint": seen.fingerprint,
        "raw": seen.raw,
    }


def add_verdicts(session: Session, changes: Sequence[tuple[int, Change]], decided_at: datetime) -> None:
    """Store changed minds, each behind the verdicts that its row already has."""
    if not changes:
        return
    last: dict[tuple[int, int, int], int] = {}
    for chunk in chunks(sorted({number for number, _ in changes})):
        for row in session.execute(
            select(VERDICT.c.series_id, VERDICT.c.observed_on, VERDICT.c.revision, func.max(VERDICT.c.number))
            .where(VERDICT.c.series_id.in_(chunk))
            .group_by(VERDICT.c.series_id, VERDICT.c.observed_on, VERDICT.c.revision)
        ):
            last[row[0], row[1].toordinal(), row[2]] = row[3]
    session.execute(
        insert(VERDICT),
        [
            {
                "series_id": number,
                "observed_on": date.fromordinal(change.day),
                "revision": change.revision,
                "number": last.get((number, change.day, change.revision), 0) + 1,
                "status": change.verdict.status.value,
                "reason": change.verdict.reason.value,
                "decided_at": decided_at,
            }
            for number, change in changes
        ],
    )
