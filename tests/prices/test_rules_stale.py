"""Rule 10: what stands still while its sisters move."""

from hypothesis import given
from hypothesis import strategies as st

from cettar_site.prices.rules_stale import Sister, sisters_move, stale_days


def still(length: int, price: int = 20_000) -> list[tuple[int, int]]:
    return [(1_000 + day, price) for day in range(length)]


def rising(length: int, share: float) -> Sister:
    return Sister([(1_000 + day, round(20_000 * (1 + share * day / length))) for day in range(length)])


def test_a_point_that_stands_still_while_the_sister_rises_is_stale_after_two_weeks() -> None:
    assert stale_days(still(30), [rising(30, 0.5)]) == frozenset(range(1_014, 1_030))


def test_a_good_whose_price_is_stable_everywhere_is_not() -> None:
    assert stale_days(still(60), [Sister(still(60)), Sister(still(60))]) == frozenset()


def test_a_point_alone_is_not() -> None:
    assert stale_days(still(60), []) == frozenset()


def test_one_odd_sister_of_two_says_nothing() -> None:
    assert stale_days(still(30), [rising(30, 0.5), Sister(still(30))]) == frozenset()


def test_a_new_price_ends_it() -> None:
    prices = [*still(30), (1_030, 25_000), (1_031, 25_000)]
    assert 1_030 not in stale_days(prices, [rising(32, 0.5)])


def test_a_gap_begins_the_count_again() -> None:
    prices = [*still(10), *((1_030 + day, 20_000) for day in range(10))]
    assert stale_days(prices, [rising(45, 0.9)]) == frozenset()


def test_a_sister_without_both_days_is_not_asked() -> None:
    assert sisters_move([Sister([(1_000, 20_000)])], 1_000, 1_020) == 0
    assert sisters_move([], 1_000, 1_020) == 0


@given(st.lists(st.sampled_from([20_000, 20_500, 30_000]), min_size=1, max_size=80))
def test_only_days_with_a_price_are_stale(prices: list[int]) -> None:
    days = [(1_000 + at, price) for at, price in enumerate(prices)]
    stale = stale_days(days, [rising(80, 1.0)])
    assert stale <= {day for day, _ in days}
    assert not stale & {day for day, _ in days[:14]}
