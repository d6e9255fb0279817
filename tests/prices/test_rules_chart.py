"""What is drawn: gaps are gaps, many points become a band, long ranges become weeks."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.prices.rules import Reason, Seen, Status
from cettar_site.prices.rules_chart import MOST_MARKS, picture, spread
from tests.prices.makers import seen

FIRST = date(2026, 1, 1)


def line(prices: Sequence[int | None], **changes: Any) -> list[Seen]:
    return [seen(price, FIRST + timedelta(days=at), **changes) for at, price in enumerate(prices) if price]


def test_a_missing_day_breaks_the_line() -> None:
    drawn = picture(line([20_000, 20_500, None, 21_000]))
    assert drawn is not None
    assert [mark.run for mark in drawn.lines[0].marks] == [0, 0, 1]


def test_held_and_refused_rows_are_not_drawn() -> None:
    rows = line([20_000] * 5)
    rows.append(seen(200_000, FIRST + timedelta(days=5), status=Status.HELD, reason=Reason.DECIMAL_SHIFT))
    rows.append(seen(None, FIRST + timedelta(days=6), status=Status.REFUSED, reason=Reason.MISSING))
    drawn = picture(rows)
    assert drawn is not None
    assert [mark.value for mark in drawn.lines[0].marks] == [20_000] * 5


def test_nothing_to_draw_is_no_picture() -> None:
    assert picture([]) is None
    assert picture([seen(20_000, status=Status.HELD, reason=Reason.JUMP)]) is None


def test_four_points_are_four_lines_and_the_dearest_comes_first() -> None:
    rows = [
        row
        for number, price in enumerate([10_000, 40_000, 20_000, 30_000])
        for row in line([price] * 3, point=f"Pasar {number}", series=number)
    ]
    drawn = picture(rows)
    assert drawn is not None
    assert [one.point for one in drawn.lines] == ["Pasar 1", "Pasar 3", "Pasar 2", "Pasar 0"]


def test_five_points_are_one_line_in_a_band() -> None:
    rows = [
        row
        for number, price in enumerate([10_000, 20_000, 30_000, 40_000, 50_000])
        for row in line([price] * 3, point=f"Pasar {number}", series=number)
    ]
    drawn = picture(rows)
    assert drawn is not None
    (one,) = drawn.lines
    assert (one.point, one.marks[0].low, one.marks[0].value, one.marks[0].high) == (
        "",
        20_000,
        30_000,
        40_000,
    )
    assert (drawn.finding.points, drawn.finding.observations) == (5, 15)


def test_a_province_mean_is_drawn_only_alone() -> None:
    mean, point = line([50_000] * 3, region="35", point="Rata-rata pasar"), line([20_000] * 3)
    both, alone = picture([*mean, *point]), picture(mean)
    assert both is not None and alone is not None
    assert [one.region for one in both.lines] == ["35.18"]
    assert [one.region for one in alone.lines] == ["35"]


def test_ten_years_are_drawn_by_the_week() -> None:
    drawn = picture(line([20_000] * 3_650))
    assert drawn is not None
    assert drawn.step == 7
    assert len(drawn.lines[0].marks) <= 523
    assert all(mark.day.weekday() == 0 for mark in drawn.lines[0].marks)


def test_a_week_without_a_price_breaks_the_line() -> None:
    drawn = picture(line([20_000] * 2_000 + [None] * 14 + [20_000] * 100))
    assert drawn is not None
    assert drawn.step == 7
    assert {mark.run for mark in drawn.lines[0].marks} == {0, 1}


def test_the_finding_compares_both_ends() -> None:
    drawn = picture(line([10_000] * 7 + [30_000] * 10 + [12_000] * 7))
    assert drawn is not None
    found = drawn.finding
    assert (found.before, found.now, found.highest, found.lowest) == (10_000, 12_000, 30_000, 10_000)
    assert found.change == pytest.approx(0.2)


def test_one_price_is_a_picture_too() -> None:
    drawn = picture(line([20_000]))
    assert drawn is not None
    assert drawn.finding.change == 0


@given(st.lists(st.one_of(st.none(), st.integers(1_000, 90_000)), min_size=1, max_size=300))
def test_every_accepted_price_is_drawn_once(prices: list[int | None]) -> None:
    rows = line(prices)
    drawn = picture(rows)
    assert (drawn is None) == (not rows)
    if drawn is not None:
        assert [mark.value for mark in drawn.lines[0].marks] == [row.price for row in rows]
        assert len(drawn.lines[0].marks) <= MOST_MARKS


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8), st.floats(0.1, 20))
def test_labels_do_not_cover_each_other_and_keep_their_order(wanted: list[float], least: float) -> None:
    placed = spread(wanted, least)
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    apart = [placed[b] - placed[a] for a, b in pairwise(order)]
    assert all(gap >= least - 1e-6 for gap in apart)
    assert sum(placed) == pytest.approx(sum(wanted), abs=1e-6)
