"""Rules 1 to 4 and 11: what a row shows by itself."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.jatim import commodities
from cettar_site.prices.rules import Level, Reason, Status
from cettar_site.prices.rules_bounds import ANYTHING, BY_CODE, BY_GROUP, bounds
from cettar_site.prices.rules_check import Builder, check, fold_unit, personal_keys
from tests.prices.makers import DAY, key, observation, origin


def built(**changes: object) -> Builder:
    builder = Builder(origin(), Level.PRODUCER)
    row: dict[str, object] = {
        "day": DAY,
        "good": "Bawang Merah",
        "region": "35.18",
        "point": "Pasar Sukomoro",
        "unit": "Kg",
        "price": 20_000,
        "raw": "a row",
    }
    builder.add(**(row | changes))  # type: ignore[arg-type]
    return builder


def test_an_ordinary_row_waits_for_its_history() -> None:
    assert check(observation(20_000), DAY) is None


@pytest.mark.parametrize("price", [None, 0, -5])
def test_no_price_is_refused(price: int | None) -> None:
    verdict = check(observation(price), DAY)
    assert verdict is not None
    assert (verdict.status, verdict.reason) == (Status.REFUSED, Reason.MISSING)


@pytest.mark.parametrize("price", [1_350, 290_000])
def test_an_unbelievable_price_is_held_without_history(price: int) -> None:
    verdict = check(observation(price), DAY)
    assert verdict is not None
    assert (verdict.status, verdict.reason) == (Status.HELD, Reason.OUT_OF_RANGE)


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2026, 8, 20), date(9999, 12, 31)])
def test_a_day_out_of_time_is_refused(day: date) -> None:
    verdict = check(observation(20_000, day), DAY)
    assert verdict is not None
    assert verdict.reason is Reason.DATE


@pytest.mark.parametrize("fault", [Reason.FILLED, Reason.REGION, Reason.NOT_A_PRICE, Reason.DUPLICATE])
def test_what_the_reader_found_wrong_is_refused(fault: Reason) -> None:
    verdict = check(observation(20_000, fault=fault), DAY)
    assert verdict is not None
    assert (verdict.status, verdict.reason) == (Status.REFUSED, fault)


def test_a_row_gets_its_place_and_one_spelling() -> None:
    (row,) = built(point="pasar  dlinggu", region="35.13").done().observations
    assert (row.key, row.price, row.rupiah_per_kg) == (
        key(region="35.13", point="Pasar Dringu"),
        20_000,
        20_000,
    )


def test_a_price_in_another_unit_keeps_it_and_says_what_a_kilo_costs() -> None:
    (row,) = built(unit="400 gr/dos", price=40_000).done().observations
    assert (row.key.unit, row.price, row.rupiah_per_kg) == ("400 gr/dos", 40_000, 100_000)
    (bird,) = built(good="Daging Ayam Kampung", unit="ekor").done().observations
    assert (bird.key.unit, bird.rupiah_per_kg) == ("ekor", None)


@pytest.mark.parametrize(
    ("written", "unit"), [("Kg", "kg"), (" KG ", "kg"), ("1 liter", "liter"), ("Rp/kg", "kg"), ("", "kg")]
)
def test_units_have_one_spelling(written: str, unit: str) -> None:
    assert fold_unit(written, commodities.get("bawang-merah")) == unit


@pytest.mark.parametrize("change", [{"good": "Durian"}, {"region": "Kabupaten Antah"}])
def test_what_we_do_not_follow_is_told_and_not_kept(change: dict[str, str]) -> None:
    parsed = built(**change).done()
    assert parsed.observations == ()
    assert [one.name for one in parsed.unplaced] == list(change.values())


def test_two_prices_of_one_day_in_one_answer_contradict() -> None:
    builder = built()
    builder.add(day=DAY, good="Bawang Merah", region="35.18", point="Pasar Sukomoro", unit="Kg", price=21_000, raw="b")
    builder.add(day=DAY, good="Bawang Merah", region="35.18", point="Pasar Sukomoro", unit="Kg", price=20_000, raw="c")
    assert [row.fault for row in builder.done().observations] == [Reason.NONE, Reason.DUPLICATE, Reason.NONE]


def test_personal_data_are_seen_in_any_case() -> None:
    assert personal_keys(["Tanggal", " NIK", "e-mail", "Email"]) == ("email", "nik")
    assert personal_keys(["tanggal", "harga"]) == ()


def test_every_bound_is_of_a_good_or_group_that_is_there() -> None:
    assert set(BY_CODE) <= {good.code for good in commodities.ALL}
    assert set(BY_GROUP) <= set(commodities.GROUPS)
    assert bounds("no-such-good") == ANYTHING


@given(st.sampled_from(commodities.ALL))
def test_every_good_has_bounds_in_order(good: commodities.Commodity) -> None:
    lowest, highest = bounds(good.code)
    assert 0 < lowest < highest
