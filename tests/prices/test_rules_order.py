"""Rule 9: a producers' price above retail is accepted with a warning."""

import pytest

from cettar_site.prices.rules import ACCEPTED, NEW_LEVEL, PROVINCE, WARNED, Reason, Verdict, held
from cettar_site.prices.rules_news import Stored
from cettar_site.prices.rules_order import Retail, order_changes
from cettar_site.prices.rules_plan import Change

DAY = 1_000
NGANJUK, PROBOLINGGO = "35.18", "35.13"


def changes(
    price: int, retail: list[tuple[str, int, int]], verdict: Verdict = ACCEPTED, day: int = DAY
) -> list[Change]:
    return order_changes(NGANJUK, {day: [Stored(day, 0, price, "f", verdict, verdict)]}, Retail(retail))


def test_above_retail_is_warned_of_and_stays_accepted() -> None:
    assert changes(22_001, [(NGANJUK, DAY, 22_000)]) == [Change(DAY, 0, WARNED)]
    assert WARNED.status is ACCEPTED.status and WARNED.reason is Reason.LEVEL_ORDER


@pytest.mark.parametrize("price", [22_000, 15_000])
def test_as_much_or_less_is_in_order(price: int) -> None:
    assert changes(price, [(NGANJUK, DAY, 22_000)]) == []


def test_the_middle_market_of_the_regency_counts() -> None:
    shops = [(NGANJUK, DAY, 10_000), (NGANJUK, DAY, 22_000), (NGANJUK, DAY, 25_000), (PROBOLINGGO, DAY, 5_000)]
    assert changes(20_000, shops) == []
    assert changes(23_000, shops) == [Change(DAY, 0, WARNED)]


def test_where_the_regency_has_none_the_province_counts() -> None:
    assert changes(23_000, [(PROBOLINGGO, DAY, 22_000), (PROVINCE, DAY, 50_000)]) == [Change(DAY, 0, WARNED)]
    assert changes(23_000, [(PROVINCE, DAY, 22_000)]) == [Change(DAY, 0, WARNED)]


def test_only_retail_prices_of_the_day_or_the_six_before_are_asked() -> None:
    assert changes(23_000, [(NGANJUK, DAY - 6, 22_000)]) == [Change(DAY, 0, WARNED)]
    assert changes(23_000, [(NGANJUK, DAY - 7, 22_000)]) == []
    assert changes(23_000, [(NGANJUK, DAY + 1, 22_000)]) == []


def test_a_warning_goes_when_its_cause_goes_and_is_given_once() -> None:
    assert changes(22_000, [(NGANJUK, DAY, 22_000)], WARNED) == [Change(DAY, 0, ACCEPTED)]
    assert changes(23_000, [(NGANJUK, DAY, 22_000)], WARNED) == []


@pytest.mark.parametrize("verdict", [held(Reason.JUMP), NEW_LEVEL])
def test_a_row_that_has_a_reason_keeps_it(verdict: Verdict) -> None:
    assert changes(23_000, [(NGANJUK, DAY, 22_000)], verdict) == []
