"""Rupiah are whole numbers (int); a price per kilo is comparable, a price per box is not.

Only strict readings are given: what does not look exactly like an amount is None, never a guess, because a
misread thousands mark turns 16.500 into 16.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Literal

_AMOUNT = {
    # "16.500", "16500", "Rp 16.500,00", "Rp16.500,-"; not "16.5", "16,500", "016.500" or "-3"
    ".": re.compile(
        r"(?:Rp\.?\s*)?(0|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]*)(?:,00|,-)?", re.IGNORECASE | re.ASCII
    ),
    # "16,500", "16500", "Rp16,500.00"
    ",": re.compile(
        r"(?:Rp\.?\s*)?(0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)(?:\.00)?", re.IGNORECASE | re.ASCII
    ),
}
_LONGEST = 15

_MASS = re.compile(
    r"(?:rp\.?\s*/\s*|per\s+)?(?:(?P<grouped>[1-9][0-9]{0,2}(?:\.[0-9]{3})+)|(?P<plain>[0-9]+(?:,[0-9]+)?))?"
    r"\s*(?P<name>[a-z]+)\.?(?:\s*/\s*[a-z]+\.?)?",
    re.ASCII,
)
_KILOS = {
    **dict.fromkeys(("kg", "kilo", "kilogram"), Fraction(1)),
    **dict.fromkeys(("g", "gr", "gram"), Fraction(1, 1000)),
    **dict.fromkeys(("ons",), Fraction(1, 10)),
    **dict.fromkeys(("kw", "ku", "kwintal", "kuintal"), Fraction(100)),
    **dict.fromkeys(("ton",), Fraction(1000)),
}


def parse_rupiah(text: str, thousands: Literal[".", ","] = ".") -> int | None:
    """Read an amount of whole rupiah; None when the text is not exactly one ("-", "", "16.5", "kosong").

    `thousands` is the mark the publisher uses between thousands; the other may only introduce zero cents.
    A zero is read as 0: whether zero means "no price today" is the business of the caller.
    """
    found = _AMOUNT[thousands].fullmatch(text.replace("\u00a0", " ").strip())
    if found is None:
        return None
    digits = found.group(1).replace(thousands, "")
    return int(digits) if len(digits) <= _LONGEST else None


@lru_cache(maxsize=512)
def kg_per_unit(unit: str) -> Fraction | None:
    """Say how many kilograms one such unit weighs; None when the words do not tell (liter, ekor, ikat, zak).

    "kg" is 1, "400 gr/dos" is 2/5, "kwintal" is 100, "ons" is 1/10 (the Indonesian ons of 100 g).
    """
    found = _MASS.fullmatch(unit.replace("\u00a0", " ").strip().lower())
    if found is None or found["name"] not in _KILOS:
        return None
    if found["grouped"]:
        count = Fraction(found["grouped"].replace(".", ""))
    else:
        count = Fraction((found["plain"] or "1").replace(",", "."))
    return count * _KILOS[found["name"]] or None


def per_kg(price: int, unit: str) -> int | None:
    """Turn rupiah per `unit` into whole rupiah per kg, half up; None when the unit has no known weight."""
    weight = kg_per_unit(unit)
    if weight is None:
        return None
    return int((price / weight + Fraction(1, 2)) // 1)
