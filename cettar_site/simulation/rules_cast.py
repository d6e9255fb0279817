"""The agencies of the demo and their tempers, and the places where its citizens live."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cettar_site.jatim import bakorwil, regions
from cettar_site.jatim.regions import Region
from cettar_site.simulation.rules_dice import Lot
from cettar_site.simulation.rules_topic import HOSPITAL


@dataclass(frozen=True, slots=True)
class Temper:
    """How an agency of the demo answers. Hours are office hours; the promise is 17 of them."""

    silent: float
    """The share of complaints that it never answers."""
    hours: float
    """The median to a first answer."""
    spread: float
    """Standard deviation of the logarithm of those hours."""
    acknowledges: float
    """The share of complaints that it says it has read, before it answers."""
    more: float
    """The share of answers that a further one follows."""
    always_open: float = 0.0
    """The share of answers that is given outside office hours too."""


QUICK = Temper(silent=0.015, hours=3.5, spread=0.85, acknowledges=0.45, more=0.16)
WATCHFUL = Temper(silent=0.02, hours=4.5, spread=0.9, acknowledges=0.6, more=0.2, always_open=0.45)
STEADY = Temper(silent=0.05, hours=9.0, spread=0.75, acknowledges=0.5, more=0.1)
SLOW = Temper(silent=0.13, hours=24.0, spread=0.65, acknowledges=0.35, more=0.05)
SILENT = Temper(silent=0.66, hours=26.0, spread=0.7, acknowledges=0.1, more=0.0)

_TEMPERS: dict[str, Temper] = {
    "DISHUB": QUICK, "DINSOS": QUICK, "KOMINFO": QUICK, "BAPENDA": QUICK, "SAMSAT": QUICK, "DPMPTSP": QUICK,
    "DISKOPUKM": QUICK, "RSUD-SOETOMO": QUICK, "BIRO-KESRA": QUICK,
    "BPBD": WATCHFUL, "DINKES": WATCHFUL, "SATPOLPP": WATCHFUL, "DP3AK": WATCHFUL,
    "DPUBM": SLOW, "DLH": SLOW, "DPUSDA": SLOW, "INSPEKTORAT": SLOW, "BKD": SLOW, "DISBUDPAR": SLOW,
    "PEMPROV": SLOW, "RSUD-SOEDONO": SLOW, "BIRO-EKON": SLOW,
    "DPRKPCK": SILENT, "ESDM": SILENT, "DISHUT": SILENT, "BIRO-PEMOTDA": SILENT, "SETDA": SILENT,
}
_HOSPITALS: dict[str, tuple[str, ...]] = {
    "I": ("RSUD-SOEDONO", "RSUD-DUNGUS"),
    "II": ("RSUD-DAHAHUSADA",),
    "III": ("RSUD-SAIFULANWAR", "RSUD-KARSAHUSADA"),
    "V": ("RSP-JEMBER",),
}
_IN_SURABAYA = ("RSUD-SOETOMO", "RSUD-SOETOMO", "RSUD-SOETOMO", "RSUD-HAJI")
_ON_MADURA = ("RSUD-MOHNOER",)
_NEAR_SURABAYA = frozenset({"35.15", "35.16", "35.24", "35.25", "35.76", "35.78"})
_MADURA = frozenset({"35.26", "35.27", "35.28", "35.29"})
_COAST = frozenset({
    "35.01", "35.03", "35.04", "35.05", "35.07", "35.08", "35.09", "35.10", "35.12", "35.13", "35.14",
    "35.15", "35.23", "35.24", "35.25", "35.26", "35.27", "35.28", "35.29", "35.74", "35.75", "35.78"})


def temper(agency_code: str) -> Temper:
    """How an agency answers in the demo; none of this is known of the real one."""
    return _TEMPERS.get(agency_code, STEADY)


def takers(onward: str, region_code: str) -> tuple[str, ...]:
    """The agencies to which a complaint of a region may be passed on."""
    if onward != HOSPITAL:
        return (onward,)
    if region_code in _MADURA:
        return _ON_MADURA
    if region_code in _NEAR_SURABAYA:
        return _IN_SURABAYA
    seat = bakorwil.of_region(region_code)
    return _HOSPITALS.get(seat.number if seat else "", _IN_SURABAYA)


@lru_cache(maxsize=4)
def homes(where: str) -> Lot[Region]:
    """The regions to draw a complaint's from, by population: all, those on the coast, or the regencies."""
    chosen = [region for region in regions.ALL
              if not where or (where == "coast" and region.code in _COAST)
              or (where == "country" and region.kind == "kabupaten")]
    return Lot(chosen, [region.population for region in chosen])
