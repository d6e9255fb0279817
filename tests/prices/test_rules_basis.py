"""Rule 8: what leaves its sister points, while these stand still, is held."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.prices.rules import ACCEPTED, NEW_LEVEL, VINDICATED, Reason, Status
from cettar_site.prices.rules_basis import BASIS_DAYS, BASIS_LEAST, Sister
from cettar_site.prices.rules_judge import Judged, Past, judge_series
from tests.prices.makers import walk

FIRST = 1_000
LENGTH = 60


def days(prices: list[int]) -> list[tuple[int, int]]:
    return [(FIRST + at, price) for at, price in enumerate(prices)]


def calm(*then: int, length: int = LENGTH) -> list[int]:
    """A price that moves a little each day, then these."""
    return [*[20_000 + 500 * (at % 3) for at in range(length)], *then]


def judged(prices: list[int], *sisters: list[int]) -> list[Judged]:
    return list(judge_series([], days(prices), [Sister(days(one)) for one in sisters]).values())


def last(prices: list[int], *sisters: list[int]) -> Reason:
    return judged(prices, *sisters)[-1].final.reason


FLAT = [23_000] * (LENGTH + 10)


@pytest.mark.parametrize("price", [30_500, 14_000])
def test_a_step_alone_is_held_as_a_matter_between_markets(price: int) -> None:
    verdict = judged(calm(price), FLAT)[-1].final
    assert (verdict.status, verdict.reason) == (Status.HELD, Reason.CROSS_MARKET)


def test_without_a_sister_it_passes() -> None:
    assert last(calm(30_500)) is Reason.NONE


def test_a_small_step_passes() -> None:
    assert last(calm(27_000), FLAT) is Reason.NONE


def test_a_step_with_the_sister_passes() -> None:
    assert last(calm(30_500), [*FLAT[:LENGTH], 30_000]) is Reason.NONE


def test_a_sister_silent_that_day_is_no_witness() -> None:
    assert last(calm(30_500), FLAT[:LENGTH]) is Reason.NONE


def test_a_young_acquaintance_is_no_witness() -> None:
    short = BASIS_LEAST - 1
    assert last(calm(30_500, length=short), FLAT) is Reason.NONE
    assert last(calm(30_500, length=short + 1), FLAT) is Reason.CROSS_MARKET


def test_a_basis_that_always_swings_says_nothing() -> None:
    wild = [20_000 + 4_000 * (at % 3) for at in range(LENGTH)]
    assert last([*wild, 20_500, 29_500], FLAT) is Reason.NONE


def test_more_than_half_of_the_sisters_must_say_so() -> None:
    moving = [*FLAT[:LENGTH], 33_000]
    assert last(calm(30_500), FLAT, moving) is Reason.NONE
    assert last(calm(30_500), FLAT, moving, FLAT) is Reason.CROSS_MARKET


def test_the_way_back_passes() -> None:
    assert [one.final.reason for one in judged(calm(30_500, 20_500), FLAT)[-2:]] == [Reason.CROSS_MARKET, Reason.NONE]


def test_three_days_alone_are_a_new_level() -> None:
    said = judged(calm(30_500, 31_000, 30_000, 30_500), FLAT)[LENGTH:]
    assert [one.first.reason for one in said[:3]] == [Reason.CROSS_MARKET, Reason.CROSS_MARKET, Reason.NEW_LEVEL]
    assert [one.final for one in said] == [VINDICATED, VINDICATED, NEW_LEVEL, ACCEPTED]


def test_a_sister_that_follows_a_day_later_vindicates() -> None:
    follows = [*FLAT[: LENGTH + 1], 32_000, 33_000, 33_000]
    said = judged(calm(30_500, 31_000, 30_000), follows)[LENGTH:]
    assert [one.final for one in said] == [VINDICATED, ACCEPTED, ACCEPTED]


def test_a_gap_longer_than_a_week_is_not_compared() -> None:
    prices = [*days(calm()), (FIRST + LENGTH + 9, 30_500)]
    verdicts = judge_series([], prices, [Sister(days(FLAT))])
    assert verdicts[FIRST + LENGTH + 9].final == ACCEPTED


sister_prices = st.lists(st.sampled_from([19_000, 20_000, 30_000]), min_size=80, max_size=80)
steps = st.lists(st.sampled_from([14_000, 20_000, 21_000, 30_500, 31_000, 200_000]), min_size=1, max_size=30)


@given(then=steps, sister=sister_prices, cut=st.integers(0, 90))
def test_day_by_day_beside_a_sister_gives_the_same_as_all_at_once(
    then: list[int], sister: list[int], cut: int
) -> None:
    prices, beside = days(calm(*then, length=40)), [Sister(days(sister))]
    whole = judge_series([], prices, beside)
    early = judge_series([], prices[:cut], [Sister(days(sister)[:cut])])
    past = [Past(day, price, early[day].final) for day, price in prices[:cut]]
    late = judge_series(past, prices[cut:], beside)
    both = {day: one.final for day, one in early.items()} | {day: one.final for day, one in late.items()}
    assert both == {day: one.final for day, one in whole.items()}


@given(then=steps, sister=sister_prices)
def test_no_sister_tells_the_future(then: list[int], sister: list[int]) -> None:
    prices = days(calm(*then, length=40))
    half = len(prices) - len(then) // 2
    whole = judge_series([], prices, [Sister(days(sister))])
    part = judge_series([], prices[:half], [Sister(days(sister)[:half])])
    assert all(whole[day].first == one.first for day, one in part.items())


def test_only_the_last_months_are_asked() -> None:
    """What is loaded before a new day is enough: older days change no verdict."""
    prices, sister = days(walk(400, seed=3, step=0.12)), [Sister(days(walk(400, seed=4, step=0.02)))]
    whole = judge_series([], prices, sister)
    for at in range(200, 400, 20):
        past = [Past(day, price, whole[day].first) for day, price in prices[at - BASIS_DAYS - 7 : at]]
        day = prices[at][0]
        assert judge_series(past, prices[at : at + 1], sister)[day].first == whole[day].first
