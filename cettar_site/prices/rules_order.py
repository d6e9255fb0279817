"""Rule 9: a good costs no more where it is grown than where it is eaten.

A producers' price above the retail price of the same good, in the same unit and the same regency, is accepted
with a warning: either of the two may be wrong, or both be true on a day when a market runs short, so that
nothing is held. The retail price is the middle one of the regency's accepted prices of that day, or of the
newest of the six days before it; where the regency has none, that of the province.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from cettar_site.prices.rules import ACCEPTED, PROVINCE, WARNED
from cettar_site.prices.rules_basis import NEAR_DAYS
from cettar_site.prices.rules_news import Stored, current
from cettar_site.prices.rules_plan import Change

ALL_REGIONS = ""


class Retail:
    """What a good costs its eaters: made of (region, day ordinal, rupiah per unit)."""

    def __init__(self, quotes: Iterable[tuple[str, int, int]]) -> None:
        found: dict[tuple[str, int], list[int]] = {}
        for region, day, price in quotes:
            found.setdefault((region, day), []).append(price)
            if region != PROVINCE:
                found.setdefault((ALL_REGIONS, day), []).append(price)
        self._middles = {place: median(prices) for place, prices in found.items()}

    def near(self, region: str, day: int) -> float | None:
        """The middle price in a region, or else in the province, on a day or at most six days before."""
        for place in (region, ALL_REGIONS, PROVINCE):
            for back in range(NEAR_DAYS):
                if (place, day - back) in self._middles:
                    return self._middles[place, day - back]
        return None


def order_changes(region: str, stored: Mapping[int, Sequence[Stored]], retail: Retail) -> list[Change]:
    """The producers' rows of one series that get a warning, or lose the one they have."""
    changes = []
    for day, rows in sorted(stored.items()):
        standing = current(rows)
        if standing is None or standing.final not in (ACCEPTED, WARNED):
            continue
        ceiling = retail.near(region, day)
        above = ceiling is not None and (standing.price or 0) > ceiling
        wanted = WARNED if above else ACCEPTED
        if wanted != standing.final:
            changes.append(Change(day, standing.revision, wanted))
    return changes
