"""A stored observation as open data: the fields of a row, the same in JSON and CSV."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from cettar_site.base.period import in_wib, start_of_day
from cettar_site.prices.rules import Seen

FIELDS = (
    "date",
    "commodity",
    "region",
    "point",
    "level",
    "price",
    "status",
    "reason",
    "source",
    "observed_at",
    "fetched_at",
)
CSV_FIELDS = (*FIELDS, "unit", "rupiah_per_kg", "address", "raw")
NOT_A_START = "=+-@\t\r\n"  # a spreadsheet would run a cell that begins so


def row_data(seen: Seen) -> dict[str, object]:
    """The fields of a row; `price` in rupiah per unit (see `unit_of`), instants with the offset of WIB."""
    return {
        "date": seen.observed_on.isoformat(),
        "commodity": seen.commodity,
        "region": seen.region,
        "point": seen.point,
        "level": seen.level.value,
        "price": seen.price,
        "status": seen.status.value,
        "reason": seen.reason.value or None,
        "source": seen.source,
        "observed_at": in_wib(start_of_day(seen.observed_on)).isoformat(),
        "fetched_at": in_wib(seen.fetched_at).isoformat(timespec="seconds"),
    }


def csv_row(seen: Seen) -> list[str]:
    """The same fields and the row's unit, address and text, safe for a spreadsheet."""
    more = (f"Rp/{seen.unit}", seen.rupiah_per_kg, seen.address, seen.raw)
    return [safe_cell(value) for value in (*row_data(seen).values(), *more)]


def safe_cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula: one that begins so gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    text = str(value)
    first = unicodedata.normalize("NFKC", text.lstrip(" \u00a0\u200b\ufeff")[:1])
    return f"'{text}" if (first and first in NOT_A_START) or text[:1] in NOT_A_START else text


def unit_of(rows: Sequence[Seen], usual: str | None) -> str:
    """The unit of most rows ("Rp/kg"); without rows, that of the good."""
    if rows:
        ((unit, _),) = Counter(row.unit for row in rows).most_common(1)
        return f"Rp/{unit}"
    return f"Rp/{usual}" if usual else "Rp"
