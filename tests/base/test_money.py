"""Strict readings of rupiah and of units of weight."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.base.money import kg_per_unit, parse_rupiah, per_kg


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("16.500", 16_500),
        ("16500", 16_500),
        ("1.234.567", 1_234_567),
        ("0", 0),
        ("22", 22),
        ("Rp16.500", 16_500),
        ("Rp. 16.500", 16_500),
        ("rp 16.500,00", 16_500),
        ("Rp16.500,-", 16_500),
        (" 16.500\n", 16_500),
        ("Rp\u00a016.500", 16_500),
    ],
)
def test_amounts_are_read(text: str, amount: int):
    assert parse_rupiah(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "-",
            "–",
            "kosong",
            "16.5",
            "16.50",
            "16,500",
            "1650.0",
            "016.500",
            "0.500",
            "16.5000",
            "1.23.456",
        ),
        *("-3", "+3", "1e3", "16 500", "16.500,5", "16.500.", ".500", "Rp", "١٢٣", "9" * 16, "16.500 17.000"),
    ],
)
def test_what_is_not_exactly_an_amount_is_none(text: str):
    assert parse_rupiah(text) is None


def test_the_thousands_mark_is_the_publishers():
    assert parse_rupiah("35,750", thousands=",") == 35_750
    assert parse_rupiah("Rp5,494.00", thousands=",") == 5_494
    assert parse_rupiah("35.750", thousands=",") is None
    assert parse_rupiah("35,75", thousands=",") is None


@given(st.integers(0, 10**12), st.sampled_from([".", ","]))
def test_what_is_printed_is_read_back(amount: int, mark: str):
    printed = f"{amount:,}".replace(",", mark)
    assert parse_rupiah(printed, thousands=mark) == amount  # type: ignore[arg-type]
    assert parse_rupiah(f"Rp{printed}", thousands=mark) == amount  # type: ignore[arg-type]


@given(st.text(max_size=20))
def test_any_text_gives_an_amount_or_none(text: str):
    amount = parse_rupiah(text)
    assert amount is None or amount >= 0


@pytest.mark.parametrize(
    ("unit", "kilos"),
    [
        ("kg", Fraction(1)),
        (" KG ", Fraction(1)),
        ("1 kg", Fraction(1)),
        ("Rp/kg", Fraction(1)),
        ("RP/KG", Fraction(1)),
        ("Rp./Kg", Fraction(1)),
        ("per kg", Fraction(1)),
        ("2,5 kg", Fraction(5, 2)),
        ("370 gr/kl", Fraction(37, 100)),
        ("400 gr/dos", Fraction(2, 5)),
        ("400gr", Fraction(2, 5)),
        ("1.000 gram", Fraction(1)),
        ("ons", Fraction(1, 10)),
        ("kwintal", Fraction(100)),
        ("kw", Fraction(100)),
        ("ton", Fraction(1000)),
    ],
)
def test_units_of_weight(unit: str, kilos: Fraction):
    assert kg_per_unit(unit) == kilos


@pytest.mark.parametrize(
    "unit",
    [
        "",
        "1 liter",
        "liter",
        "ekor",
        "bungkus",
        "ikat",
        "zak",
        "tabung",
        "0 kg",
        "kg kg",
        "m3",
        "85 gr x 5",
        "-1 kg",
    ],
)
def test_what_does_not_say_its_weight_is_none(unit: str):
    assert kg_per_unit(unit) is None
    assert per_kg(10_000, unit) is None


def test_prices_per_kg_are_whole_rupiah_half_up():
    assert per_kg(16_500, "kg") == 16_500
    assert per_kg(1_800_000, "kwintal") == 18_000
    assert per_kg(11_000, "370 gr/kl") == 29_730  # 29,729.73
    assert per_kg(1, "2 kg") == 1  # 0.5
    assert per_kg(0, "kg") == 0


@given(st.integers(0, 10**9), st.sampled_from(["kg", "ons", "400 gr/dos", "370 gr/kl", "kwintal", "ton"]))
def test_a_price_per_kg_is_off_by_half_a_rupiah_at_most(price: int, unit: str):
    weight, rupiah = kg_per_unit(unit), per_kg(price, unit)
    assert weight is not None and rupiah is not None
    assert abs(rupiah - price / weight) <= Fraction(1, 2)
