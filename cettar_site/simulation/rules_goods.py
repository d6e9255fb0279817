"""The goods of the demo's markets, how their prices move, and the points where they are asked.

The levels are of the size of East Java's in 2023 to 2026; every movement is invented.
"""

from __future__ import annotations

from dataclasses import dataclass

from cettar_site.jatim import markets, regions
from cettar_site.jatim.commodities import Level

SOURCE = "simulasi"
YEARS = 3
"""Days of shallot at the producers' markets, in years; other goods have YEARS_OF_OTHERS."""
YEARS_OF_OTHERS = 1
CONSUMER_DAYS = 90


@dataclass(frozen=True, slots=True)
class Walk:
    """How the price of a good moves: amplitudes of its natural logarithm."""

    family: str
    """Goods of one family move together: eggs at the breeder and in the shop."""
    season: float
    peak_month: int
    slow: float
    middle: float
    fast: float
    feast: float
    """How much dearer it is in the days before Idul Fitri."""


@dataclass(frozen=True, slots=True)
class Good:
    """A good at one level: rupiah per unit around which it moves, and to what its prices are rounded."""

    code: str
    level: Level
    rupiah: int
    rounded_to: int
    walk: Walk


@dataclass(frozen=True, slots=True)
class Point:
    """Where a good is asked for, and for how many years it has been."""

    good: Good
    region: str
    name: str
    years: float


_SHALLOT = Walk("bawang-merah", 0.2, 1, 0.22, 0.1, 0.03, 0.05)
_BIRDSEYE = Walk("cabe-rawit", 0.34, 1, 0.3, 0.2, 0.05, 0.1)
_CHILLI = Walk("cabe-besar", 0.26, 1, 0.26, 0.18, 0.05, 0.08)
_POTATO = Walk("kentang", 0.06, 2, 0.12, 0.06, 0.01, 0.02)
_RICE = Walk("beras", 0.02, 1, 0.04, 0.012, 0.0, 0.01)
_EGG = Walk("telur", 0.03, 12, 0.09, 0.06, 0.015, 0.06)
_CHICKEN = Walk("ayam", 0.03, 6, 0.1, 0.07, 0.02, 0.1)
_BEEF = Walk("sapi", 0.01, 5, 0.025, 0.01, 0.0, 0.05)
_GARLIC = Walk("bawang-putih", 0.03, 4, 0.09, 0.03, 0.0, 0.02)
_OIL = Walk("minyakita", 0.01, 2, 0.035, 0.01, 0.0, 0.01)
_SUGAR = Walk("gula", 0.02, 3, 0.03, 0.01, 0.0, 0.02)
_TOMATO = Walk("tomat", 0.22, 1, 0.26, 0.2, 0.06, 0.02)


def _asked(code: str, rupiah: int, rounded_to: int, walk: Walk,
           *places: tuple[str, str]) -> tuple[Point, ...]:
    years = YEARS if walk is _SHALLOT else YEARS_OF_OTHERS
    good = Good(code, "producer", rupiah, rounded_to, walk)
    return tuple(Point(good, region, name, years) for region, name in places)


PRODUCER: tuple[Point, ...] = (
    *_asked("bawang-merah", 20_500, 500, _SHALLOT, ("35.18", "Pasar Sukomoro"), ("35.13", "Pasar Dringu")),
    *_asked("cabe-rawit-merah", 34_000, 500, _BIRDSEYE, ("35.09", "Pasar Tanjung"),
            ("35.06", "Pasar Tulungrejo")),
    *_asked("cabe-merah-besar", 20_000, 500, _CHILLI, ("35.06", "Pasar Pare"), ("35.13", "Kec. Gending")),
    *_asked("beras-produsen", 13_100, 100, _RICE, ("35.13", "UD Hasil Tani"), ("35.78", "PS Bendul Merisi")),
    *_asked("telur-produsen", 24_500, 200, _EGG, ("35.05", "UD Telur Intan"),
            ("35.06", "Peternak Kec. Srengat")),
    *_asked("ayam-potong-produsen", 21_500, 200, _CHICKEN, ("35.05", "Peternak Desa Kambingan"),
            ("35.06", "Pasar Gringging")),
    *_asked("daging-sapi-produsen", 113_000, 500, _BEEF, ("35.78", "RPH Pegirikan"), ("35.73", "UD RPH"),
            ("35.15", "RPH Krian")),
    *_asked("kentang", 12_500, 250, _POTATO, ("35.07", "Distributor"), ("35.13", "Kawasan Bromo")),
)
SOLD: tuple[Good, ...] = (
    Good("bawang-merah", "consumer", 33_000, 500, _SHALLOT),
    Good("cabe-rawit-merah", "consumer", 47_000, 500, _BIRDSEYE),
    Good("cabe-merah-besar", "consumer", 31_000, 500, _CHILLI),
    Good("bawang-putih", "consumer", 38_000, 500, _GARLIC),
    Good("beras-medium", "consumer", 13_600, 50, _RICE),
    Good("telur-ayam-ras", "consumer", 28_500, 100, _EGG),
    Good("daging-ayam-ras", "consumer", 36_500, 250, _CHICKEN),
    Good("daging-sapi", "consumer", 121_000, 500, _BEEF),
    Good("minyakita", "consumer", 16_800, 100, _OIL),
    Good("gula-kristal-putih", "consumer", 17_700, 50, _SUGAR),
    Good("tomat", "consumer", 13_500, 250, _TOMATO),
    Good("kentang", "consumer", 18_000, 250, _POTATO),
)


def market_of(region_code: str) -> str:
    """The one market of a region that the demo asks: a known one, else one that calls itself an example."""
    known = markets.of(region_code)
    return known[0].name if known else f"Pasar Contoh {regions.get(region_code).short_name}"


CONSUMER: tuple[Point, ...] = tuple(
    Point(good, region.code, market_of(region.code), CONSUMER_DAYS / 365)
    for good in SOLD for region in regions.ALL)
