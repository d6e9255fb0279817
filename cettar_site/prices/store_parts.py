"""What reading and writing share: the present verdict of a row, and which row of a day counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Table, and_, exists, func, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import SQLModel

from cettar_site.prices.models import PriceBatch, PriceObservation, PriceSeries, PriceVerdict
from cettar_site.prices.rules import Status

T = TypeVar("T")
AT_ONCE = 500  # values in one IN (…): SQLite takes 32,766 in a statement


def table(model: type[SQLModel]) -> Table:
    """The table of a model, for statements that touch many rows."""
    found: Table = model.__table__  # type: ignore[attr-defined]
    return found


SERIES, BATCH, ROW, VERDICT = (table(m) for m in (PriceSeries, PriceBatch, PriceObservation, PriceVerdict))
_LATER, _OTHER = VERDICT.alias("later"), ROW.alias("other")

NEWEST_VERDICT = and_(
    VERDICT.c.series_id == ROW.c.series_id,
    VERDICT.c.observed_on == ROW.c.observed_on,
    VERDICT.c.revision == ROW.c.revision,
    VERDICT.c.number
    == select(func.max(_LATER.c.number))
    .where(
        _LATER.c.series_id == ROW.c.series_id,
        _LATER.c.observed_on == ROW.c.observed_on,
        _LATER.c.revision == ROW.c.revision,
    )
    .scalar_subquery(),
)
present_status: ColumnElement[str] = func.coalesce(VERDICT.c.status, ROW.c.status)
present_reason: ColumnElement[str] = func.coalesce(VERDICT.c.reason, ROW.c.reason)

# Refused rows all stand: each is a fact about what was published. Of the others the newest revision of a day
# does.
STANDS = or_(
    ROW.c.status == Status.REFUSED.value,
    ~exists().where(
        _OTHER.c.series_id == ROW.c.series_id,
        _OTHER.c.observed_on == ROW.c.observed_on,
        _OTHER.c.revision > ROW.c.revision,
        _OTHER.c.status != Status.REFUSED.value,
    ),
)


def chunks(values: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """The values in runs of at most `size`."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
