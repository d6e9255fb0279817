"""Rules 5 to 7: typing errors are held, seasons pass, a new level is believed after three days."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.prices.rules import ACCEPTED, NEW_LEVEL, VINDICATED, Reason, Status
from cettar_site.prices.rules_basis import mad, median
from cettar_site.prices.rules_judge import Judged, Past, judge_series
from tests.prices.makers import walk


def judged(prices: list[int], past: list[Past] | None = None, first: int = 1_000) -> list[Judged]:
    return list(judge_series(past or [], [(first + at, price) for at, price in enumerate(prices)]).values())


def reasons(prices: list[int]) -> list[Reason]:
    return [one.final.reason for one in judged(prices)]


STILL = [20_000] * 20


@pytest.mark.parametrize("error", [200_000, 2_000, 190_000, 2_200])
def test_ten_times_or_a_tenth_is_a_slipped_zero(error: int) -> None:
    verdict = judged([*STILL, error])[-1].final
    assert (verdict.status, verdict.reason) == (Status.HELD, Reason.DECIMAL_SHIFT)


def test_a_slipped_zero_is_seen_against_yesterday_when_the_month_was_steep() -> None:
    steep = [
        10_000,
        11_000,
        12_500,
        14_000,
        16_000,
        18_000,
        20_000,
        23_000,
        26_000,
        29_000,
        33_000,
        37_000,
        42_000,
    ]
    assert judged([*steep, 420_000])[-1].final.reason is Reason.DECIMAL_SHIFT


@pytest.mark.parametrize("price", [98_000, 40_000, 9_000])
def test_a_jump_is_held(price: int) -> None:
    assert judged([*STILL, price])[-1].final.reason is Reason.JUMP


@pytest.mark.parametrize("price", [20_500, 26_000, 31_500, 13_000])
def test_a_believable_change_passes(price: int) -> None:
    assert judged([*STILL, price])[-1].final == ACCEPTED


def test_a_steep_but_steady_season_passes() -> None:
    prices = [round(10_000 * 1.06**day / 100) * 100 for day in range(40)]
    assert set(reasons(prices)) == {Reason.NONE}


def test_three_days_that_agree_are_a_new_level() -> None:
    verdicts = judged([*STILL, 40_000, 42_000, 39_000, 40_000, 41_000])
    assert [one.first.reason for one in verdicts[20:23]] == [Reason.JUMP, Reason.JUMP, Reason.NEW_LEVEL]
    assert [one.final for one in verdicts[20:]] == [VINDICATED, VINDICATED, NEW_LEVEL, ACCEPTED, ACCEPTED]


def test_days_that_do_not_agree_are_no_new_level() -> None:
    assert reasons([*STILL, 40_000, 80_000, 40_000, 80_000])[20:] == [Reason.JUMP] * 4


def test_a_price_of_the_old_level_between_breaks_the_run() -> None:
    assert reasons([*STILL, 40_000, 40_000, 20_000, 40_000])[20:] == [
        Reason.JUMP,
        Reason.JUMP,
        Reason.NONE,
        Reason.JUMP,
    ]


@pytest.mark.parametrize("then", [[33_000, 31_000, 31_500], [33_000, 33_500, 31_000]])
def test_three_days_that_agree_vindicate_though_the_last_would_pass_alone(then: list[int]) -> None:
    verdicts = judged([*STILL, *then])[20:]
    assert verdicts[0].first.reason is Reason.JUMP
    assert [one.final.status for one in verdicts] == [Status.ACCEPTED] * 3
    assert verdicts[0].final == VINDICATED and verdicts[2].final == ACCEPTED


def test_jumps_far_apart_are_no_run() -> None:
    days = [(1_000 + day, 20_000) for day in range(20)] + [(1_020, 40_000), (1_028, 40_000), (1_036, 40_000)]
    assert [one.final.reason for one in list(judge_series([], days).values())[20:]] == [Reason.JUMP] * 3


def test_a_slipped_zero_that_sticks_is_never_believed() -> None:
    assert set(reasons([*STILL, *[200_000] * 40])[20:]) == {Reason.DECIMAL_SHIFT}


def test_after_a_new_level_slipped_zeros_are_still_seen() -> None:
    assert reasons([*STILL, 40_000, 40_000, 40_000, 400_000])[-1] is Reason.DECIMAL_SHIFT


def test_the_first_prices_pass_because_nothing_can_be_said() -> None:
    assert reasons([20_000, 60_000]) == [Reason.NONE, Reason.NONE]


def test_a_new_point_is_judged_with_more_patience() -> None:
    young = [20_000, 20_000, 21_000, 20_000]
    assert reasons([*young, 40_000])[-1] is Reason.NONE
    assert reasons([*young, 60_000])[-1] is Reason.JUMP
    assert reasons([*young, 200_000])[-1] is Reason.DECIMAL_SHIFT


def test_after_a_long_gap_the_old_prices_still_speak() -> None:
    days = [(1_000 + day, 20_000) for day in range(20)] + [(1_200, 200_000), (1_201, 21_000)]
    verdicts = list(judge_series([], days).values())
    assert [one.final.reason for one in verdicts[20:]] == [Reason.DECIMAL_SHIFT, Reason.NONE]


def test_after_years_they_do_not() -> None:
    days = [(1_000 + day, 20_000) for day in range(20)] + [(2_000, 200_000)]
    assert list(judge_series([], days).values())[-1].final == ACCEPTED


def test_a_held_past_is_vindicated_by_what_follows() -> None:
    days = [(1_000 + day, price) for day, price in enumerate([*STILL, 40_000, 40_000, 40_000])]
    whole = judge_series([], days)
    past = [Past(day, price, whole[day].first) for day, price in days[:-1]]
    later = judge_series(past, days[-1:])
    assert {day: one.final for day, one in later.items()} == {
        1_020: VINDICATED,
        1_021: VINDICATED,
        1_022: NEW_LEVEL,
    }


prices_of = st.lists(
    st.sampled_from([9_000, 10_000, 11_000, 15_000, 20_000, 22_000, 40_000, 41_000, 100_000, 200_000]),
    min_size=1,
    max_size=60,
)


@given(prices=prices_of, cut=st.integers(0, 60))
def test_day_by_day_gives_the_same_as_all_at_once(prices: list[int], cut: int) -> None:
    days = [(1_000 + at, price) for at, price in enumerate(prices)]
    whole = judge_series([], days)
    early = judge_series([], days[:cut])
    past = [Past(day, price, early[day].final) for day, price in days[:cut]]
    late = judge_series(past, days[cut:])
    assert {
        **{day: one.final for day, one in early.items()},
        **{day: one.final for day, one in late.items()},
    } == {day: one.final for day, one in whole.items()}


@given(prices=prices_of)
def test_no_verdict_looks_ahead(prices: list[int]) -> None:
    days = [(1_000 + at, price) for at, price in enumerate(prices)]
    whole, half = judge_series([], days), judge_series([], days[: len(days) // 2])
    assert all(whole[day].first == one.first for day, one in half.items())


@given(prices=prices_of)
def test_whatever_comes_has_one_verdict_a_day(prices: list[int]) -> None:
    verdicts = judged(prices)
    assert len(verdicts) == len(prices)
    assert all(one.final.status is not Status.REFUSED for one in verdicts)
    assert sum(one.final == VINDICATED for one in verdicts) >= 2 * sum(one.final == NEW_LEVEL for one in verdicts)


def caught(series: list[int], factor: float, at: list[int]) -> float:
    held = 0
    for place in at:
        verdicts = judged([*series[:place], round(series[place] * factor)])
        held += verdicts[-1].first.status is Status.HELD
    return held / len(at)


@pytest.mark.parametrize(("step", "name"), [(0.06, "shallot"), (0.10, "chilli"), (0.02, "egg")])
def test_injected_typing_errors_are_held(step: float, name: str) -> None:
    dice = random.Random(name)
    series = walk(900, seed=len(name), step=step)
    clean = [at for at, one in enumerate(judged(series)) if one.final == ACCEPTED and at > 60]
    at = dice.sample(clean, 36)
    assert caught(series, 10, at) >= 0.97
    assert caught(series, 0.1, at) >= 0.92
    assert caught(series, 2, at) > caught(series, 1.5, at)


@pytest.mark.parametrize(("step", "most"), [(0.06, 0.01), (0.10, 0.02), (0.02, 0.0)])
def test_few_true_prices_are_held(step: float, most: float) -> None:
    verdicts = judged(walk(3_000, seed=7, step=step))
    assert sum(one.final.status is Status.HELD for one in verdicts) / len(verdicts) <= most


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=40))
def test_median_and_mad_are_the_textbooks(values: list[float]) -> None:
    ordered = sorted(values)
    middle = median(ordered)
    assert sum(value <= middle + 1e-12 for value in values) * 2 >= len(values)
    assert math.isclose(mad(ordered, middle), median(sorted(abs(value - middle) for value in values)))
