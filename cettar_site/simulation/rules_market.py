"""Invented prices: smooth wanderings, a season, a week, gaps, slips of the pen, days that stand still.

The price of a day follows from the seed, the point and the day alone, so any day is had without its past.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from cettar_site.base.money import per_kg
from cettar_site.base.period import holiday_name, start_of_day, wib_date
from cettar_site.jatim import commodities, regions
from cettar_site.prices.rules import Level, Observation, Origin, Reason, SeriesKey
from cettar_site.simulation.rules_dice import Dice, hashed, mixed, wave
from cettar_site.simulation.rules_goods import CONSUMER, CONSUMER_DAYS, PRODUCER, SOURCE, Point, Walk

ADDRESS = "/tentang#simulasi"
TAKEN_AT = timedelta(hours=14)
"""When the prices of a past day were taken; those of the running day come from morning on."""
FEAST = "Hari Raya Idul Fitri"
FEAST_NEAR = 15
_WEEK = (0.008, 0.003, -0.004, -0.006, -0.002, 0.006, 0.004)
_GAP = {"producer": 0.025, "consumer": 0.008}
_DASH = 0.2
_SLIP = {"producer": 0.003, "consumer": 0.0006}
_WEEK_AWAY = 0.006
_STUCK = 0.02
_STUCK_DAYS = 60


@dataclass(frozen=True, slots=True)
class Quote:
    """What a point says on a day: rupiah per unit, or None where it says "-"."""

    point: Point
    day: date
    price: int | None


def quotes(seed: int, points: Iterable[Point], first: date, now: datetime) -> Iterator[Quote]:
    """What these points say from a day on until now, point by point, days ascending; no silent days."""
    today = wib_date(now)
    for point in points:
        begin = max(first, today - timedelta(days=round(point.years * 365)))
        name = hashed(seed, point.good.code, point.good.level, point.region, point.name)
        for back in range((today - begin).days, -1, -1):
            day = today - timedelta(days=back)
            if back or said_at(name, day) <= now:
                quote = _quote(seed, point, name, day)
                if quote is not None:
                    yield quote


def said_at(name: int, day: date) -> datetime:
    """When a point tells the price of a day: between 07.30 and 12.30."""
    return start_of_day(day) + timedelta(minutes=450 + _part(name, 7, day.toordinal() // 30) * 300)


def observations(told: Iterable[Quote], now: datetime) -> tuple[Observation, ...]:
    """The quotes as observations, each day's and each past month's from one answer, as a feed gives them."""
    origins: dict[date, Origin] = {}
    keys: dict[Point, tuple[SeriesKey, str]] = {}
    rows: list[Observation] = []
    for quote in told:
        origin = origins.get(quote.day)
        if origin is None:
            origin = origins[quote.day] = Origin(SOURCE, ADDRESS, _taken_at(quote.day, now))
        if quote.point not in keys:
            keys[quote.point] = _key(quote.point)
        key, text = keys[quote.point]
        if quote.price is None:
            rows.append(Observation(origin, key, quote.day, f"{text}|-", None, None, Reason.MISSING))
            continue
        raw = f"{text}|{quote.price:,}".replace(",", ".")
        weight = per_kg(quote.price, key.unit) if key.unit != "kg" else quote.price
        rows.append(Observation(origin, key, quote.day, raw, quote.price, weight))
    return tuple(rows)


def _key(point: Point) -> tuple[SeriesKey, str]:
    """The series of a point, and how its rows begin."""
    known, region = commodities.get(point.good.code), regions.get(point.region)
    key = SeriesKey(SOURCE, Level(point.good.level), known.code, region.code, point.name, known.unit or "")
    return key, f"{known.name}|{point.name}|{region.name}|{key.unit}"


def requoted(seed: int, price: int, moment: int) -> int:
    """A price asked again on the same day: one to four hundred rupiah more or less, never below a hundred."""
    dice = Dice(seed, "again", moment)
    return max(price + dice.one((-400, -300, -200, -100, 100, 200, 300, 400)), 100)


def points(level: str) -> tuple[Point, ...]:
    """The points of a level."""
    return PRODUCER if level == "producer" else CONSUMER


def _taken_at(day: date, now: datetime) -> datetime:
    """When the prices of a day were taken: that day, long past ones when their month was over."""
    back = (wib_date(now) - day).days
    if back > CONSUMER_DAYS:
        return start_of_day((day.replace(day=28) + timedelta(days=4)).replace(day=1)) + timedelta(hours=1)
    return min(start_of_day(day) + TAKEN_AT, now)


def _quote(seed: int, point: Point, name: int, day: date) -> Quote | None:
    """What a point says on a day; None where it says nothing."""
    at, level = day.toordinal(), point.good.level
    if _part(name, 1, at) < _GAP[level] or (level == "producer" and _is_away(name, day)):
        return Quote(point, day, None) if _part(name, 2, at) < _DASH else None
    price = _price(seed, point, name, at)
    if _part(name, 3, at) < _SLIP[level]:
        price = price * 10 if _part(name, 4, at) < 0.7 else price // 10
    return Quote(point, day, price)


def _is_away(name: int, day: date) -> bool:
    return _part(name, 5, day.toordinal() // 7) < _WEEK_AWAY or FEAST in (holiday_name(day) or "")


def _price(seed: int, point: Point, name: int, at: int) -> int:
    """Rupiah per unit of a point on a day (its ordinal), rounded as markets round."""
    good, when = point.good, at
    if good.level == "consumer":
        if _part(name, 6, at // _STUCK_DAYS) < _STUCK:
            when = at - at % _STUCK_DAYS
        else:
            when = at - (at + name % 3) % 3 if _part(name, 8, 0) < 0.5 else at
        shared = _shared(seed, good.walk, when - 3)
        own = 0.07 * _lean(name) + 0.035 * wave(name, when / 17)
    else:
        shared = _shared(seed, good.walk, when) + _WEEK[(at - 1) % 7]
        own = 0.05 * _lean(name) + 0.05 * wave(name, when / 31) + 0.012 * (2 * _part(name, 9, when) - 1)
    price = good.rupiah * math.exp(shared + own)
    return max(round(price / good.rounded_to), 1) * good.rounded_to


def _lean(name: int) -> float:
    """How much dearer (to 1) or cheaper (to -1) a point is than others, always."""
    return 2 * _part(name, 10, 0) - 1


@lru_cache(maxsize=16_384)
def _shared(seed: int, walk: Walk, at: int) -> float:
    """How far the price of a family is from its usual one on a day, as a logarithm."""
    day = date.fromordinal(at)
    year = day.timetuple().tm_yday / 365.25
    season = walk.season * math.cos(math.tau * (year - (walk.peak_month - 0.5) / 12))
    slow, middle, fast = (wave(hashed(seed, walk.family, part), at / days)
                          for part, days in (("slow", 110), ("middle", 24), ("fast", 6)))
    return season + walk.slow * slow + walk.middle * middle + walk.fast * fast + walk.feast * _feast(at)


@lru_cache(maxsize=4_096)
def _feast(at: int) -> float:
    """How near Idul Fitri is: 0 from fifteen days before, 1 on its eve, and soon 0 again."""
    for days in range(FEAST_NEAR):
        if FEAST in (holiday_name(date.fromordinal(at + days)) or ""):
            return 1.0 - days / FEAST_NEAR
    return 0.0


def _part(name: int, what: int, at: int) -> float:
    """A number from 0 to below 1 of a point, for one question on one day."""
    return mixed(mixed((name + what) & (1 << 64) - 1) ^ at) / (1 << 64)
