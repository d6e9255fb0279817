"""Rule 10: a price that stands still while its sisters move is copied, not asked.

Held, once a price has been the same for 14 days or more and the sister points (same good, same level,
elsewhere) have moved by 10 % or more meanwhile: the middle one of their moves counts, the lower of two, so
that one odd price elsewhere says nothing. Only the last 45 days are looked at. A good whose price is simply
stable is never held, because its sisters stand still too; a point without sisters is never held.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from cettar_site.prices.rules_basis import Sister

UNCHANGED_DAYS = 14
LOOK_DAYS = 45
SISTERS_MOVED = math.log(1.1)


def sisters_move(sisters: Sequence[Sister], start: int, end: int) -> float:
    """How far, in logs, the middle sister moved between two days (of two the lower); 0 if unknown."""
    moves = []
    for sister in sisters:
        before, after = sister.at(start), sister.at(end)
        if before is not None and after is not None:
            moves.append(abs(after - before))
    return sorted(moves)[(len(moves) - 1) // 2] if moves else 0.0


def stale_days(prices: Sequence[tuple[int, int]], sisters: Sequence[Sister]) -> frozenset[int]:
    """The days, among ascending (day, price) pairs of one point, on which its price is stale."""
    stale: set[int] = set()
    start = 0
    for at, (day, price) in enumerate(prices):
        if price != prices[start][1] or (at and day - prices[at - 1][0] > UNCHANGED_DAYS):
            start = at
        since = max(prices[start][0], day - LOOK_DAYS)
        stands = day - prices[start][0] >= UNCHANGED_DAYS
        if stands and sisters_move(sisters, since, day) >= SISTERS_MOVED:
            stale.add(day)
    return frozenset(stale)
