"""What a price chart draws: lines that break where days are missing, few enough marks, and the finding.

Up to four points are drawn each; of more, the middle price of the day with the band in which half of them
lie. Long ranges are drawn by the middle price of a week, two or four (and say so), because a phone has no
more pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from cettar_site.prices.rules import PROVINCE, Seen, Status

MOST_LINES = 4
MOST_MARKS = 1_200
STEPS = (1, 7, 14, 28)  # days in one mark
AT_EDGES = 7  # prices compared at both ends of a range


@dataclass(frozen=True, slots=True)
class Mark:
    """One price drawn: its first day, and the run without a gap it is in. `low`, `high` only in a band."""

    day: date
    value: int
    run: int
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the point's name and region, or "" for the middle of all points."""

    point: str
    region: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the range says: the middle price at its ends (rupiah), the extremes, and how many points speak."""

    before: int
    now: int
    first_day: date
    last_day: date
    lowest: int
    lowest_on: date
    highest: int
    highest_on: date
    points: int
    observations: int

    @property
    def change(self) -> float:
        """The change from the beginning to the end, as a share of the beginning."""
        return self.now / self.before - 1


@dataclass(frozen=True, slots=True)
class Picture:
    """All that a chart draws."""

    lines: tuple[Line, ...]
    step: int
    unit: str
    finding: Finding


def picture(rows: Iterable[Seen]) -> Picture | None:
    """The chart of these rows; held and refused ones are not drawn. None when nothing is left to draw."""
    by_point: dict[tuple[str, str], dict[date, int]] = {}
    unit = ""
    for row in rows:
        if row.status is Status.ACCEPTED and row.price:
            by_point.setdefault((row.point, row.region), {})[row.observed_on] = row.price
            unit = unit or row.unit
    if not by_point:
        return None
    points = {key: days for key, days in by_point.items() if key[1] != PROVINCE} or by_point
    days = [day for prices in points.values() for day in prices]
    length = (max(days) - min(days)).days + 1
    drawn = len(points) if len(points) <= MOST_LINES else 1
    step = next((step for step in STEPS if drawn * length / step <= MOST_MARKS), STEPS[-1])
    if len(points) <= MOST_LINES:
        lines = tuple(
            Line(point, region, _marks({day: [price] for day, price in prices.items()}, step, False))
            for (point, region), prices in sorted(points.items(), key=_newest_dearest)
        )
    else:
        lines = (Line("", "", _marks(_together(points.values()), step, True)),)
    return Picture(lines, step, unit, _finding(points))


def _newest_dearest(item: tuple[tuple[str, str], Mapping[date, int]]) -> tuple[int, str]:
    """Order lines by their newest price, so that colours go from top to bottom."""
    (point, _), prices = item
    return -prices[max(prices)], point


def _together(points: Iterable[Mapping[date, int]]) -> dict[date, list[int]]:
    days: dict[date, list[int]] = {}
    for prices in points:
        for day, price in prices.items():
            days.setdefault(day, []).append(price)
    return days


def _marks(days: Mapping[date, Sequence[int]], step: int, band: bool) -> tuple[Mark, ...]:
    """The marks of a line: one a step of days; a step without any price ends the run."""
    steps: dict[int, list[int]] = {}
    for day, prices in days.items():
        steps.setdefault((day.toordinal() - 1) // step, []).extend(prices)  # weeks begin on Monday
    marks: list[Mark] = []
    run, last = 0, None
    for number in sorted(steps):
        if last is not None and number != last + 1:
            run += 1
        last = number
        prices = sorted(steps[number])
        low, high = (_quantile(prices, 0.25), _quantile(prices, 0.75)) if band else (None, None)
        marks.append(Mark(date.fromordinal(number * step + 1), round(median(prices)), run, low, high))
    return tuple(marks)


def _quantile(ordered: Sequence[int], share: float) -> int:
    """The value below which a share of the ordered values lies, between neighbours in proportion."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return round(ordered[low] + (place - low) * (ordered[high] - ordered[low]))


def _finding(points: Mapping[tuple[str, str], Mapping[date, int]]) -> Finding:
    together = {day: round(median(prices)) for day, prices in _together(points.values()).items()}
    days = sorted(together)
    edge = min(AT_EDGES, max(1, len(days) // 2))
    before = round(median([together[day] for day in days[:edge]]))
    now = round(median([together[day] for day in days[-edge:]]))
    lowest, highest = min(days, key=lambda day: together[day]), max(days, key=lambda day: together[day])
    return Finding(
        before,
        now,
        days[0],
        days[-1],
        together[lowest],
        lowest,
        together[highest],
        highest,
        len(points),
        sum(len(prices) for prices in points.values()),
    )


def spread(wanted: Sequence[float], least: float) -> list[float]:
    """Move positions apart until neighbours are at least `least` apart, keeping order and middle."""
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    placed = list(wanted)
    groups: list[list[int]] = []
    for at in order:
        groups.append([at])
        while (
            len(groups) > 1
            and _middle(groups[-1], wanted) - _middle(groups[-2], wanted)
            < least * (len(groups[-1]) + len(groups[-2])) / 2
        ):
            groups[-2:] = [groups[-2] + groups[-1]]
    for group in groups:
        middle = _middle(group, wanted)
        for place, at in enumerate(group):
            placed[at] = middle + (place - (len(group) - 1) / 2) * least
    return placed


def _middle(group: Sequence[int], wanted: Sequence[float]) -> float:
    return sum(wanted[at] for at in group) / len(group)
