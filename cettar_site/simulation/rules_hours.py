"""When people write and when offices answer, on the clock of Western Indonesia."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from cettar_site.base.period import WIB, in_wib, is_working_day, start_of_day
from cettar_site.simulation.rules_dice import Dice, Lot

OPENS, CLOSES = 7.5, 16.0
"""Office hours, 07.30 to 16.00."""
_FILED_BY_HOUR = (4, 2, 1, 1, 2, 6, 14, 24, 34, 38, 36, 30, 24, 28, 30, 28, 24, 20, 20, 28, 30, 24, 16, 8)
_FILED_BY_WEEKDAY = (1.22, 1.14, 1.08, 1.04, 0.94, 0.8, 0.78)
_HOURS = Lot(range(24), _FILED_BY_HOUR)
A_DAY = 28.4
"""Complaints of a common day; with all that moves it, about 2,500 in 90 days."""


def filed_on(seed: int, day: date) -> tuple[datetime, ...]:
    """The instants at which complaints are filed on a day, ascending, to the millisecond, no two the same."""
    dice = Dice(seed, "day", day.toordinal())
    usual = A_DAY * _FILED_BY_WEEKDAY[day.weekday()]
    if day.weekday() < 5 and not is_working_day(day):
        usual *= 0.7
    count = round(dice.around(usual, 0.14))
    begin = start_of_day(day)
    moments = {_HOURS.draw(dice) * 3_600_000 + dice.below(3_600_000) for _ in range(count)}
    return tuple(begin + timedelta(milliseconds=moment) for moment in sorted(moments))


def is_open(moment: datetime) -> bool:
    """Whether offices are open."""
    wib = in_wib(moment)
    return is_working_day(wib.date()) and OPENS <= _hour(wib) < CLOSES


def after_office_hours(moment: datetime, hours: float) -> datetime:
    """The instant after so many hours during which offices were open."""
    wib = in_wib(moment)
    day, left = wib.date(), timedelta(hours=hours)
    begin = max(_hour(wib), OPENS)
    while True:
        if is_working_day(day) and begin < CLOSES:
            rest = timedelta(hours=CLOSES - begin)
            if left < rest:
                return _at(day, begin) + left
            left -= rest
        day, begin = day + timedelta(days=1), OPENS


def _hour(wib: datetime) -> float:
    return wib.hour + wib.minute / 60 + wib.second / 3600 + wib.microsecond / 3.6e9


def _at(day: date, hour: float) -> datetime:
    return (datetime.combine(day, time(), WIB) + timedelta(hours=hour)).astimezone(UTC)
