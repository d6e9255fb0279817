"""Rules 1, 2, 3, 4 and 11: what one row shows by itself, before any history is asked.

The numbers are those of the validation order: 1 no personal data, 2 the unit, 3 zero or "-" is no price, 4
the hard range, 11 the region. Rules 5 to 7 are in rules_judge, rule 10 in rules_stale.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from cettar_site.base.money import per_kg
from cettar_site.jatim import commodities, markets, regions
from cettar_site.jatim.commodities import Commodity
from cettar_site.prices.rules import (
    PROVINCE,
    Level,
    Observation,
    Origin,
    Parsed,
    Reason,
    SeriesKey,
    Unplaced,
    Verdict,
    held,
    refused,
)
from cettar_site.prices.rules_bounds import bounds

PERSONAL_KEYS = frozenset({"nik", "nip", "no_telp", "no_hp", "telepon", "alamat", "email", "creator"})
FIRST_DAY = date(2000, 1, 1)
RAW_LENGTH = 400


def personal_keys(names: Iterable[str]) -> tuple[str, ...]:
    """Rule 1: the names among these that mean personal data; an answer that has any is refused whole."""
    return tuple(sorted({name.strip().lower() for name in names} & PERSONAL_KEYS))


def fold_unit(unit: str, good: Commodity) -> str:
    """Rule 2: one spelling for a unit ("Kg" is "kg", "1 LITER" is "liter"); empty means the good's."""
    folded = " ".join(unit.split()).lower().removeprefix("rp/").removeprefix("1 ")
    return folded or good.unit or ""


class Builder:
    """Builds the observations of one answer or file, and notices rows that contradict each other."""

    def __init__(self, origin: Origin, level: Level) -> None:
        self._origin, self._level = origin, level
        self._observations: list[Observation] = []
        self._unplaced: list[Unplaced] = []
        self._seen: dict[tuple[SeriesKey, date], int | None] = {}
        self._keys: dict[tuple[str, str, str, str], SeriesKey | str] = {}

    def add(
        self,
        *,
        day: date,
        good: str,
        region: str,
        point: str,
        unit: str,
        price: int | None,
        raw: str,
        fault: Reason = Reason.NONE,
    ) -> None:
        """Take one row: `region` is our code, `price` rupiah per `unit` or None where there was no number."""
        raw = raw[:RAW_LENGTH]
        key = self._key(good, region, point, unit)
        if isinstance(key, str):
            self._unplaced.append(Unplaced(key, raw))
            return
        if not fault and not price:
            fault = Reason.MISSING
        if not fault and (key, day) in self._seen and self._seen[key, day] != price:
            fault = Reason.DUPLICATE
        if not fault:
            self._seen[key, day] = price
        weight = price if key.unit == "kg" else None if price is None else per_kg(price, key.unit)
        self._observations.append(Observation(self._origin, key, day, raw, price, weight, fault))

    def done(self) -> Parsed:
        """Everything taken so far."""
        return Parsed(tuple(self._observations), tuple(self._unplaced))

    def _key(self, good: str, region: str, point: str, unit: str) -> SeriesKey | str:
        """The series of a row, or the name in it that we do not know."""
        asked = (good, region, point, unit)
        if asked not in self._keys:
            known = commodities.by_publisher_name(good)
            if known is None:
                self._keys[asked] = good
            elif region != PROVINCE and regions.by_code(region) is None:
                self._keys[asked] = region
            else:
                self._keys[asked] = SeriesKey(
                    self._origin.source,
                    self._level,
                    known.code,
                    region,
                    markets.point_name(region, point),
                    fold_unit(unit, known),
                )
        return self._keys[asked]


def check(observation: Observation, today: date) -> Verdict | None:
    """The verdict that a row deserves by itself; None when history must be asked. `today` is in WIB."""
    if observation.fault:
        return refused(observation.fault)
    if not FIRST_DAY <= observation.observed_on <= today + timedelta(days=1):
        return refused(Reason.DATE)
    if not observation.price or observation.price < 0:
        return refused(Reason.MISSING)
    per_weight = observation.rupiah_per_kg
    lowest, highest = bounds(observation.key.commodity)
    if not lowest <= (observation.price if per_weight is None else per_weight) <= highest:
        return held(Reason.OUT_OF_RANGE)
    return None
