"""Rule 4: no kilo of this has ever cost so little or so much, in rupiah per kg (or unit without a weight).

The bounds are wide on purpose: about a third of the lowest and three times the highest price of 2016 to 2026
in the official series of East Java. What lies outside is held, not refused, because one day it may be true.
"""

from __future__ import annotations

from cettar_site.jatim import commodities

BY_CODE: dict[str, tuple[int, int]] = {
    "bawang-merah": (2_000, 150_000),
    "bawang-putih": (4_000, 200_000),
    "cabe-rawit-merah": (1_500, 350_000),
    "cabe-merah-besar": (1_500, 250_000),
    "cabe-merah-keriting": (1_500, 250_000),
    "kentang": (1_500, 60_000),
    "daging-sapi": (30_000, 400_000),
    "daging-sapi-produsen": (30_000, 350_000),
    "daging-ayam-ras": (8_000, 120_000),
    "daging-ayam-kampung": (15_000, 400_000),
    "ayam-potong-produsen": (5_000, 100_000),
    "telur-ayam-ras": (6_000, 90_000),
    "telur-produsen": (5_000, 80_000),
    "beras-produsen": (4_000, 40_000),
    "beras-premium": (5_000, 50_000),
    "beras-medium": (4_000, 45_000),
}
BY_GROUP: dict[str, tuple[int, int]] = {
    "beras": (4_000, 80_000),
    "gula": (5_000, 60_000),
    "minyak goreng": (5_000, 80_000),
    "palawija": (1_000, 80_000),
    "sayur mayur": (500, 80_000),
    "ikan segar": (5_000, 300_000),
    "ikan asin": (10_000, 400_000),
}
ANYTHING = (100, 20_000_000)


def bounds(commodity: str) -> tuple[int, int]:
    """Give the lowest and highest believable price of a good."""
    if commodity in BY_CODE:
        return BY_CODE[commodity]
    known = commodities.by_code(commodity)
    return BY_GROUP.get(known.group, ANYTHING) if known is not None else ANYTHING
