"""Time as the site counts it: WIB in the eye, UTC underneath, deadlines in working days.

A working day is Monday to Friday, neither a national holiday nor a cuti bersama (the joint leave by which
government offices close). The table is the PyPI package `holidays` (country ID, categories public and
government). It was compared with a list of our own for 2019 to 2027 (220 days): every date and every kind
agreed, among them the moved holidays of 2021, the cancelled leave of 2020 and the elections; so there is no
second table here. Tests keep a sample of that list.

Outside the table: the package estimates the moving days of coming years and cannot know a joint leave that no
minister has signed yet (see `leave_is_decreed`), so a deadline in such a year may still move. Where the
package knows nothing (before 1946, after 2100) only weekends count.

Working time runs through whole working days, 00:00 to 24:00 WIB, and stands still on days off. What is filed
on a day off therefore starts at 00:00 WIB of the next working day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple

import holidays

# A fixed offset, not a zone of the tz database: Java has kept +07:00 without summer time since 1964, and a
# machine without the tz database must not stop the site.
WIB = timezone(timedelta(hours=7), "WIB")

_DAY_US = 86_400_000_000
_ONE_DAY = timedelta(days=1)


class _Year(NamedTuple):
    """One year, ready for quick questions; day numbers are proleptic ordinals (`date.toordinal`)."""

    first: int
    named: dict[date, str]
    working: tuple[int, ...]
    rank: tuple[int, ...]
    """rank[d] = how many working days lie before the d-th day (from 0) of the year."""
    decreed: bool


@lru_cache(maxsize=512)
def _year(year: int) -> _Year:
    public = holidays.country_holidays("ID", years=year, categories=("public",), language="id")
    leave = holidays.country_holidays("ID", years=year, categories=("government",), language="id")
    named = {day: name for table in (leave, public) for day, name in table.items() if day.year == year}
    first = date(year, 1, 1).toordinal()
    working: list[int] = []
    rank: list[int] = []
    for number in range(first, date(year, 12, 31).toordinal() + 1):
        rank.append(len(working))
        if number % 7 in (1, 2, 3, 4, 5) and date.fromordinal(number) not in named:
            working.append(number)
    return _Year(first, named, tuple(working), tuple(rank), bool(leave))


def in_wib(moment: datetime) -> datetime:
    """Show an aware instant on the clock of Western Indonesia; ValueError when it is naive."""
    if moment.tzinfo is None:
        raise ValueError(f"an instant needs a time zone: {moment!r}")
    return moment.astimezone(WIB)


def wib_date(moment: datetime) -> date:
    """Give the calendar day that an aware instant falls on in Western Indonesia."""
    return in_wib(moment).date()


def start_of_day(day: date) -> datetime:
    """Give the instant (UTC) at which a calendar day begins in Western Indonesia."""
    return datetime.combine(day, time.min, WIB).astimezone(UTC)


def holiday_name(day: date) -> str | None:
    """Name the national holiday or cuti bersama of a day, in Indonesian; None on any other day.

    A day that is only estimated so far carries "(perkiraan)" in its name.
    """
    return _year(day.year).named.get(day)


def leave_is_decreed(year: int) -> bool:
    """Say whether the cuti bersama of a year is known; if not, deadlines in it may still move."""
    return _year(year).decreed


def is_working_day(day: date) -> bool:
    """Say whether government offices work on a day: not a weekend, a national holiday or a cuti bersama."""
    return day.weekday() < 5 and day not in _year(day.year).named


def add_working_days(moment: datetime, n: int) -> datetime:
    """Give the instant (UTC) that lies `n` whole working days after `moment`; `n` may be negative.

    Monday 10.00 plus 2 is Wednesday 10.00; a Saturday plus 2 is Wednesday 00.00, because Monday and Tuesday
    are the two days. The answer is always on a working day. Plus 0 moves a day off to the next working day.
    """
    wib = in_wib(moment)
    year, number = wib.year, wib.toordinal()
    table = _year(year)
    index = table.rank[number - table.first]
    if index == len(table.working) or table.working[index] != number:
        wib = wib.replace(hour=0, minute=0, second=0, microsecond=0)
    index += n
    while index < 0:
        year -= 1
        table = _year(year)
        index += len(table.working)
    while index >= len(table.working):
        index -= len(table.working)
        year += 1
        table = _year(year)
    return (wib + (table.working[index] - number) * _ONE_DAY).astimezone(UTC)


def add_working_time(moment: datetime, days: float) -> datetime:
    """Give the instant (UTC) that lies so much working time after `moment`, in days; ValueError below zero.

    The inverse of `working_days_between`: Friday 12.00 plus 0.75 is Monday 06.00. Exactly at the end of a working
    day it gives the beginning of the next.
    """
    if days < 0:
        raise ValueError(f"working time does not run backwards: {days!r}")
    whole = int(days)
    wib = in_wib(add_working_days(moment, whole))
    later = wib + timedelta(microseconds=round((days - whole) * _DAY_US))
    if later.date() == wib.date():
        return later.astimezone(UTC)
    midnight = datetime.combine(wib.date() + _ONE_DAY, time.min, WIB)
    return add_working_days(midnight, 0) + (later - midnight)


def working_days_between(a: datetime, b: datetime) -> float:
    """Give the working time from `a` to `b` in days, fractions included; negative when `b` comes first."""
    if b < a:
        return -working_days_between(b, a)
    start, end = in_wib(a), in_wib(b)
    days = _rank(end) - _rank(start)
    for year in range(start.year, end.year):
        days += len(_year(year).working)
    return days + (_elapsed_us(end) - _elapsed_us(start)) / _DAY_US


def calendar_days_between(a: datetime, b: datetime) -> float:
    """Give the time from `a` to `b` in days of 24 hours, days off included; negative when `b` comes first."""
    return (in_wib(b) - in_wib(a)) / _ONE_DAY


def _rank(wib: datetime) -> int:
    table = _year(wib.year)
    return table.rank[wib.toordinal() - table.first]


def _elapsed_us(wib: datetime) -> int:
    """Microseconds since midnight on a working day, 0 on a day off, where working time stands still."""
    if not is_working_day(wib.date()):
        return 0
    return ((wib.hour * 60 + wib.minute) * 60 + wib.second) * 1_000_000 + wib.microsecond
