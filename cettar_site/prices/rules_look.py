"""One look at the prices: the facts of a view, ready for words, small enough to keep."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from cettar_site.base.errors import Problem
from cettar_site.prices.rules import PROVINCE, Coverage, Level, Reason, Seen, Status
from cettar_site.prices.rules_chart import Picture, picture
from cettar_site.prices.rules_selection import FIRST_CHOICE, Selection

NEWEST_ROWS = 30
HELD_ROWS = 20
STRIP_DAYS = 45
WEEK = timedelta(days=7)
LEADING = (
    FIRST_CHOICE,
    "cabe-rawit-merah",
    "beras-medium",
    "beras-produsen",
    "telur-ayam-ras",
    "telur-produsen",
    "cabe-merah-besar",
    "daging-ayam-ras",
    "kentang",
)
LEADING_COUNT = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: an accepted price, and the one before it at the same point, if at hand."""

    seen: Seen
    before: int | None


@dataclass(frozen=True, slots=True)
class Latest:
    """The middle price of the newest day, and that of a week before (or of up to 14 days)."""

    day: date
    price: int
    points: int
    newest: Seen
    before: int | None
    before_day: date | None


@dataclass(frozen=True, slots=True)
class Looked:
    """Everything that the page shows of a selection."""

    selection: Selection
    problems: tuple[Problem, ...]
    picture: Picture | None
    latest: Latest | None
    lines: tuple[Line, ...]
    held: tuple[Seen, ...]
    accepted_count: int
    held_count: int
    refused_count: int
    warned_count: int = 0


@dataclass(frozen=True, slots=True)
class Leading:
    """One good of the strip on the front page."""

    commodity: str
    level: Level
    latest: Latest


@dataclass(frozen=True, slots=True)
class Have:
    """What there is at all, and the strip."""

    coverage: tuple[Coverage, ...]
    strip: tuple[Leading, ...]


def look(selection: Selection, problems: tuple[Problem, ...], rows: Sequence[Seen]) -> Looked:
    """The facts of a view, from all of its rows in the order of their days, whatever their status."""
    accepted = [row for row in rows if row.status is Status.ACCEPTED and row.price]
    held = [row for row in rows if row.status is Status.HELD]
    return Looked(
        selection,
        problems,
        picture(accepted),
        latest(accepted),
        tuple(newest_lines(accepted)),
        tuple(held[: -HELD_ROWS - 1 : -1]),
        len(accepted),
        len(held),
        len(rows) - len(accepted) - len(held),
        sum(row.reason is Reason.LEVEL_ORDER for row in accepted),
    )


def newest_lines(accepted: Sequence[Seen], most: int = NEWEST_ROWS) -> list[Line]:
    """The newest accepted rows, newest first, each with the price before it at its point."""
    last: dict[int, int] = {}
    before: dict[int, int | None] = {}
    for at, row in enumerate(accepted):
        before[at] = last.get(row.series)
        last[row.series] = row.price or 0
    order = sorted(
        range(len(accepted)),
        key=lambda at: (-accepted[at].observed_on.toordinal(), accepted[at].region, accepted[at].point),
    )
    return [Line(accepted[at], before[at]) for at in order[:most]]


def latest(accepted: Iterable[Seen]) -> Latest | None:
    """The newest price: the middle one of the day's points; a province mean counts only where it is alone."""
    rows = [row for row in accepted if row.price]
    rows = [row for row in rows if row.region != PROVINCE] or rows
    if not rows:
        return None
    by_day: dict[date, list[Seen]] = {}
    for row in rows:
        by_day.setdefault(row.observed_on, []).append(row)
    day = max(by_day)
    earlier = [other for other in by_day if day - 2 * WEEK <= other <= day - WEEK]
    before_day = max(earlier, default=None)
    return Latest(
        day,
        _middle(by_day[day]),
        len(by_day[day]),
        by_day[day][0],
        None if before_day is None else _middle(by_day[before_day]),
        before_day,
    )


def _middle(rows: Sequence[Seen]) -> int:
    return round(median([row.price or 0 for row in rows]))


def leading_goods(have: Sequence[Coverage]) -> list[tuple[str, Level, date]]:
    """The goods of the strip that have prices, the level of each (producers' first), and its newest day."""
    chosen: list[tuple[str, Level, date]] = []
    for good in LEADING:
        for level in (Level.PRODUCER, Level.CONSUMER):
            days = [row.last_day for row in have if row.commodity == good and row.level is level]
            if days:
                chosen.append((good, level, max(days)))
                break
    return chosen[:LEADING_COUNT]
