"""Rules 5 to 8: is this price believable after those before it? Causal: no verdict looks ahead.

5  decimal shift   |log10(p / median)| within 0.08 of 1, or the same against the last accepted price: held
6  jump            |ln p - median| > max(5 * 1.4826 * MAD, ln 1.6) over 30 days with at least 8 prices: held,
                   unless it is within 30 % of the last accepted price, so that a steep but steady season
                   passes
7  new level       3 prices in a row that agree within 30 %, the first held by rule 6 or 8: what was held of them
                   is accepted; where the third is doubted too, a new level has begun and history starts anew
8  cross-market    it leaves its sister points, which stand still (see rules_basis): held

The window holds accepted prices only. With fewer than 8 of them in 30 days (a new point, a long gap, a new
level) the last 30 of at most 400 days are asked with the wider tolerance ln 2.5; with fewer than 3, nothing
can be said and the price passes. A decimal shift is never vindicated by rule 7: a stuck zero repeats for
days.

Each price costs two bisections in a window of at most 30: a series of ten years takes some milliseconds.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from cettar_site.prices.rules import ACCEPTED, NEW_LEVEL, VINDICATED, Reason, Status, Verdict, held
from cettar_site.prices.rules_basis import BASIS_DAYS, Sister, leaves_sisters, mad, median

WINDOW_DAYS = 30
WINDOW_LEAST = 8
THIN_PRICES = 30
THIN_DAYS = 400
THIN_LEAST = 3
SHIFT_WIDTH = 0.08
MAD_TO_SIGMA = 1.4826
SIGMAS = 5.0
TOLERANCE = math.log(1.6)
THIN_TOLERANCE = math.log(2.5)
AGREEMENT = math.log(1.3)
RUN = 3
RECENT_DAYS = 7
WAITS = (Reason.JUMP, Reason.CROSS_MARKET)  # what rule 7 may vindicate

_LN10 = math.log(10)


@dataclass(frozen=True, slots=True)
class Past:
    """A price already judged: the day's ordinal (`date.toordinal`), rupiah, and the present verdict."""

    day: int
    price: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said when the price came, and what is said now that later ones are known."""

    first: Verdict
    final: Verdict


class SeriesJudge:
    """The memory of one series; `remember` what is known and `judge` what is new, in day order."""

    def __init__(self, sisters: Sequence[Sister] = ()) -> None:
        self._sisters = sisters
        self._long: deque[tuple[int, float]] = deque(maxlen=BASIS_DAYS)
        self._days: deque[tuple[int, float]] = deque()
        self._ordered: list[float] = []
        self._recent: deque[tuple[int, float]] = deque(maxlen=THIN_PRICES)
        self._pending: list[tuple[int, float]] = []
        self._vindicated: list[tuple[int, float]] = []

    def remember(self, past: Past) -> None:
        """Take a judged price into the memory, so that judging can go on from here."""
        value = (past.day, math.log(past.price))
        if past.verdict == VINDICATED:
            self._vindicated.append(value)
        elif past.verdict == NEW_LEVEL:
            self._start_anew([*self._vindicated[1 - RUN :], value])
            self._vindicated.clear()
        elif past.verdict.status is Status.ACCEPTED or past.verdict.reason is Reason.STALE:
            self._accept(value)
            self._confirm(value)
        elif past.verdict.reason in WAITS:
            self._extend_run(value)

    def judge(self, day: int, price: int) -> tuple[Verdict, tuple[int, ...]]:
        """The verdict on a price, and the held days before it that are accepted with it."""
        value = (day, math.log(price))
        base, tolerance = self._base(day)
        if len(base) >= THIN_LEAST:
            middle = median(base)
            if self._is_shift(value, middle):
                return held(Reason.DECIMAL_SHIFT), ()
            doubt = self._doubt(value, base, middle, tolerance)
            if doubt:
                self._extend_run(value)
                if len(self._pending) < RUN:
                    return held(doubt), ()
                vindicated = tuple(when for when, _ in self._pending[:-1])
                self._start_anew(self._pending)
                return NEW_LEVEL, vindicated
        self._accept(value)
        return ACCEPTED, self._confirm(value)

    def _accept(self, value: tuple[int, float]) -> None:
        self._days.append(value)
        insort(self._ordered, value[1])
        self._recent.append(value)
        self._long.append(value)

    def _start_anew(self, run: Sequence[tuple[int, float]]) -> None:
        self._days = deque(run)
        self._ordered = sorted(price for _, price in run)
        self._recent = deque(run, maxlen=THIN_PRICES)
        self._long.extend(run)
        self._pending = []

    def _extend_run(self, value: tuple[int, float]) -> None:
        """Put a doubted price behind those that wait, or in their place when it does not agree with them."""
        if not self._agrees(value):
            self._pending = []
        self._pending.append(value)

    def _confirm(self, value: tuple[int, float]) -> tuple[int, ...]:
        """What an accepted price does for those that wait: the held days that it is the third to agree with."""
        if not self._pending:
            return ()
        run = [*self._pending, value] if self._agrees(value) else []
        self._pending = run if len(run) < RUN else []
        return tuple(one[0] for one in run if one not in self._recent) if len(run) == RUN else ()

    def _agrees(self, value: tuple[int, float]) -> bool:
        """Whether a price is near those that wait, in days and in rupiah."""
        levels = [price for _, price in self._pending] + [value[1]]
        near = not self._pending or value[0] - self._pending[-1][0] <= RECENT_DAYS
        return near and max(levels) - min(levels) <= AGREEMENT

    def _base(self, day: int) -> tuple[Sequence[float], float]:
        """The accepted log prices to compare with, ascending, and the least tolerance against them."""
        while self._days and self._days[0][0] <= day - WINDOW_DAYS:
            _, price = self._days.popleft()
            del self._ordered[bisect_left(self._ordered, price)]
        if len(self._ordered) >= WINDOW_LEAST:
            return self._ordered, TOLERANCE
        return sorted(price for when, price in self._recent if when > day - THIN_DAYS), THIN_TOLERANCE

    def _last(self, day: int) -> float | None:
        """The last accepted log price, if it is at most RECENT_DAYS old."""
        if self._recent and self._recent[-1][0] >= day - RECENT_DAYS:
            return self._recent[-1][1]
        return None

    def _is_shift(self, value: tuple[int, float], middle: float) -> bool:
        last = self._last(value[0])
        return any(
            abs(abs(value[1] - level) / _LN10 - 1) <= SHIFT_WIDTH
            for level in (middle, last)
            if level is not None
        )

    def _doubt(
        self, value: tuple[int, float], base: Sequence[float], middle: float, tolerance: float
    ) -> Reason:
        """Rule 6, then rule 8; NONE when both let the price pass."""
        if self._is_jump(value, base, middle, tolerance):
            return Reason.JUMP
        return Reason.CROSS_MARKET if leaves_sisters(self._long, value, self._sisters) else Reason.NONE

    def _is_jump(
        self, value: tuple[int, float], base: Sequence[float], middle: float, tolerance: float
    ) -> bool:
        distance = abs(value[1] - middle)
        if distance <= tolerance or distance <= SIGMAS * MAD_TO_SIGMA * mad(base, middle):
            return False
        last = self._last(value[0])
        return last is None or abs(value[1] - last) > AGREEMENT


def judge_series(
    past: Sequence[Past], prices: Sequence[tuple[int, int]], sisters: Sequence[Sister] = ()
) -> dict[int, Judged]:
    """Judge (day, price) pairs, ascending, after a `past` that ends before the first of them.

    The answer has each given day, and those held days of the past that are accepted by what follows them.
    """
    judge = SeriesJudge(sisters)
    for known in past:
        judge.remember(known)
    verdicts = {known.day: Judged(known.verdict, known.verdict) for known in past[-THIN_PRICES:]}
    told = {day for day, _ in prices}
    for day, price in prices:
        verdict, vindicated = judge.judge(day, price)
        verdicts[day] = Judged(verdict, verdict)
        for when in vindicated:
            verdicts[when] = Judged(verdicts[when].first, VINDICATED)
            told.add(when)
    return {day: verdicts[day] for day in sorted(told)}
