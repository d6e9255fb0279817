"""What happens next while somebody watches: seldom much, never nothing for long.

The common stream (28 complaints a day) is too slow for a visitor who stays for five minutes. So beside it
a few complaints are filed live, the fewer the more there were lately, and officers now and then answer earlier
than they would have. A slot is twenty seconds; what it brings follows from the seed and what is stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cettar_site.base.period import wib_date
from cettar_site.simulation.rules_case import Change, Plan, Standing, do, next_act, plan, row_id
from cettar_site.simulation.rules_dice import Dice
from cettar_site.simulation.rules_hours import filed_on, is_open
from cettar_site.simulation.rules_market import Quote

SLOT = 20
LIVE_SHARE = 0.4
LIVE_HOURS = timedelta(hours=3)
LIVE_AT_MOST = 60
"""After so many in LIVE_HOURS none is filed live; in the long run 47 are, one in four minutes."""
EARLY_SHARE = 0.4
EARLY_SHARE_CLOSED = 0.08
EARLY_BY = timedelta(days=2)
ALL_PRICES_EVERY = 90
"""Slots (half an hour) between two looks at what the markets say today."""
AGAIN_SHARE = 0.03
AGAIN_AT_MOST = 40
AGAIN = ("bawang-merah", "producer")


@dataclass(frozen=True, slots=True)
class Todo:
    """What is to be added."""

    filings: tuple[Plan, ...] = ()
    changes: tuple[Change, ...] = ()
    quotes: tuple[Quote, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.filings or self.changes or self.quotes)


def slot_of(now: datetime) -> int:
    """The number of the twenty seconds that now is in."""
    return int(now.timestamp()) // SLOT


def stream(seed: int, since: datetime, now: datetime) -> tuple[Plan, ...]:
    """The complaints of the common stream after an instant, until now."""
    first, last = wib_date(since), wib_date(now)
    days = (first + timedelta(days=days) for days in range((last - first).days + 1))
    return tuple(plan(seed, row_id(seed, moment, False)) for day in days for moment in filed_on(seed, day)
                 if since < moment <= now)


def live_complaint(seed: int, slot: int, lately: int) -> Plan | None:
    """The complaint that is filed live in a slot, if one is, shortly before it; `lately` were in LIVE_HOURS."""
    dice = Dice(seed, "live", slot)
    if not dice.happens(LIVE_SHARE * max(0.0, 1.0 - lately / LIVE_AT_MOST)):
        return None
    begin = datetime.fromtimestamp(slot * SLOT, UTC)
    return plan(seed, row_id(seed, begin - timedelta(milliseconds=dice.below(SLOT * 1000)), True))


def early_act(seed: int, slot: int, standing: Iterable[Standing], now: datetime) -> Change | None:
    """The officer's act that was soonest to come, done now, if this slot has one."""
    share = EARLY_SHARE if is_open(now) else EARLY_SHARE_CLOSED
    if not Dice(seed, "early", slot).happens(share):
        return None
    coming = [(act.at, one.plan.id, one, act) for one in standing
              if (act := next_act(one.plan, one.done)) is not None and now < act.at <= now + EARLY_BY]
    if not coming:
        return None
    _, _, found, act = min(coming, key=lambda one: one[:2])
    return do(found.plan, found.life, act, now)


def asks_all_prices(slot: int) -> bool:
    """Whether a slot is one in which all markets are asked."""
    return slot % ALL_PRICES_EVERY == 0


def asks_again(seed: int, slot: int) -> bool:
    """Whether one price of the day is asked again in a slot."""
    return Dice(seed, "ask", slot).happens(AGAIN_SHARE)
