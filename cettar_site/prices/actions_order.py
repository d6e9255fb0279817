"""Compare producers' with retail prices, from whichever side something new came."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlmodel import Session

from cettar_site.prices.rules import Level, SeriesKey
from cettar_site.prices.rules_basis import NEAR_DAYS
from cettar_site.prices.rules_order import Retail, order_changes
from cettar_site.prices.store_record import add_verdicts, believed, history, known_ids

NEAR = timedelta(days=NEAR_DAYS)


def warn_order(
    session: Session, keys: Collection[SeriesKey], first: date, last: date, now: datetime
) -> None:
    """Rule 9, for the goods of these series and what was observed between two days; all is stored already."""
    ids = known_ids(session, keys)
    sellers = {number: key for key, number in ids.items() if key.level is Level.PRODUCER}
    shops = {number: key for key, number in ids.items() if key.level is Level.CONSUMER}
    if not sellers or not shops:
        return
    prices = believed(session, shops, first - NEAR, last + NEAR)
    if not prices:
        return
    known_since = date.fromordinal(min(day for days in prices.values() for day, _ in days))
    stored = history(session, sellers, max(first, known_since), last + NEAR)
    changes = []
    for good, unit in sorted({(key.commodity, key.unit) for key in sellers.values()}):
        retail = Retail(
            (shops[number].region, day, price)
            for number, days in prices.items()
            if (shops[number].commodity, shops[number].unit) == (good, unit)
            for day, price in days
        )
        for number, key in sorted(sellers.items()):
            if (key.commodity, key.unit) == (good, unit):
                changes += [(number, one) for one in order_changes(key.region, stored[number], retail)]
    add_verdicts(session, changes, now)
