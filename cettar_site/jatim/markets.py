"""Markets known by name, and how publishers spell the points at which they ask for prices.

The list is not complete: 26 of at least 121. A point that is not here is still a point; its published name is
its name.
"""

from __future__ import annotations

from dataclasses import dataclass

from cettar_site.jatim.tables import fold, index, rows, squeeze


@dataclass(frozen=True, slots=True)
class Market:
    """A market; `siskaperbapo_id` only where the publisher's own list was seen to hold it."""

    code: str
    name: str
    region_code: str
    siskaperbapo_id: str | None
    monitored_by: str
    source: str
    confidence: str


ALL: tuple[Market, ...] = tuple(
    Market(
        code=row["code"],
        name=row["name"],
        region_code=row["region_code"],
        siskaperbapo_id=row["siskaperbapo_id"] or None,
        monitored_by=row["monitored_by"],
        source=row["source"],
        confidence=row["confidence"],
    )
    for row in rows("markets.csv")
)

_BY_CODE = index(ALL, lambda market: market.code)
_POINT_NAMES: dict[tuple[str, str], str] = {
    (row["region_code"], fold(row["published"])): row["name"] for row in rows("point_names.csv")
}


def by_code(code: str) -> Market | None:
    """Find a market by our code ("3525-01")."""
    return _BY_CODE.get(code)


def of(region_code: str) -> tuple[Market, ...]:
    """List the markets known in a region."""
    return tuple(market for market in ALL if market.region_code == region_code)


def point_name(region_code: str, published: str) -> str:
    """Give one spelling for a point whatever its publisher's: in 35.13 "Pasar Dlinggu" is "Pasar Dringu".

    A name not in the table comes back as it is, without superfluous space.
    """
    return _POINT_NAMES.get((region_code, fold(published)), squeeze(published))
