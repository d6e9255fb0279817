"""Rule 8: a price that leaves its sister points, which stand still, is more likely a slip than news.

The basis is the log of a point's price less that of a sister (same good, same level, elsewhere) on the same
day. A price is doubted when it is more than 40 % above its last accepted price, or as far below, while the
sister moved by less than 5 % meanwhile, and when the basis lies more than 4 MAD from its middle over the last
90 days on which both have a price (of at most 120, and at least 30). A price that comes back is therefore not
doubted. Of several sisters more than half must say so; a point without sisters is never doubted.

Sisters are asked for the price as it was quoted, whatever was thought of it: so the verdict on one point
never waits for that on the other. A slip of the sister makes it no witness, for then it does not stand still.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence

STEP = math.log(1.4)
FLAT = math.log(1.05)
MADS = 4.0
BASIS_PRICES = 90
BASIS_DAYS = 120
BASIS_LEAST = 30
NEAR_DAYS = 7


class Sister:
    """The prices of one point, for asking what it cost on a day."""

    def __init__(self, prices: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(prices)
        self._days = [day for day, _ in ordered]
        self._logs = [math.log(price) for _, price in ordered]

    def at(self, day: int) -> float | None:
        """The log price on a day, or of at most NEAR_DAYS before it."""
        found = bisect_right(self._days, day) - 1
        return self._logs[found] if found >= 0 and self._days[found] > day - NEAR_DAYS else None

    def on(self, day: int) -> float | None:
        """The log price on that very day."""
        found = bisect_right(self._days, day) - 1
        return self._logs[found] if found >= 0 and self._days[found] == day else None


def median(ordered: Sequence[float]) -> float:
    """The middle of values in ascending order."""
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def mad(ordered: Sequence[float], middle: float) -> float:
    """The median absolute deviation from `middle`."""
    return median(sorted([abs(value - middle) for value in ordered]))


def leaves_sisters(
    own: Sequence[tuple[int, float]], value: tuple[int, float], sisters: Sequence[Sister]
) -> bool:
    """Whether a (day, log price) is doubted, after the accepted ones before it, ascending by day."""
    if not own or own[-1][0] <= value[0] - NEAR_DAYS or abs(value[1] - own[-1][1]) <= STEP:
        return False
    said = [one for sister in sisters if (one := _doubts(own, value, sister)) is not None]
    return sum(said) * 2 > len(said)


def _doubts(own: Sequence[tuple[int, float]], value: tuple[int, float], sister: Sister) -> bool | None:
    """What one sister says; None when it does not know."""
    now, before = sister.on(value[0]), sister.at(own[-1][0])
    both = [
        price - there
        for day, price in own
        if day > value[0] - BASIS_DAYS and (there := sister.on(day)) is not None
    ]
    basis = sorted(both[-BASIS_PRICES:])
    if now is None or before is None or len(basis) < BASIS_LEAST:
        return None
    middle = median(basis)
    return abs(now - before) <= FLAT and abs(value[1] - now - middle) > MADS * mad(basis, middle)
