"""Numbers and codes survive people: every small mistake is caught, every spelling understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.complaints import rules_number as rules

BITS = st.integers(0, (1 << rules.NUMBER_BITS) - 1)
SECRET = b"s" * 32


def characters(number: str) -> str:
    return number.removeprefix("JTM-").replace("-", "")


@given(BITS)
def test_a_number_is_read_as_it_is_written(bits: int) -> None:
    number = rules.number_from(bits)
    assert rules.parse_number(number) == number
    assert len(number) == 13


@given(BITS, st.integers(0, 7), st.sampled_from(rules.ALPHABET))
def test_every_single_wrong_character_is_caught(bits: int, place: int, wrong: str) -> None:
    typed = list(characters(rules.number_from(bits)))
    if typed[place] != wrong:
        typed[place] = wrong
        assert rules.parse_number("".join(typed)) is None


@given(BITS, st.integers(0, 7), st.integers(0, 7))
def test_every_swap_is_caught_adjacent_or_not(bits: int, a: int, b: int) -> None:
    typed = list(characters(rules.number_from(bits)))
    if typed[a] != typed[b]:
        typed[a], typed[b] = typed[b], typed[a]
        assert rules.parse_number("".join(typed)) is None


def test_single_errors_and_swaps_are_caught_exhaustively_for_one_number() -> None:
    number = characters(rules.number_from(20_260_000_123 & ((1 << 35) - 1)))
    wrong = [number[:at] + other + number[at + 1:] for at in range(8) for other in rules.ALPHABET
             if other != number[at]]
    wrong += [number[:at] + number[at + 1] + number[at] + number[at + 2:] for at in range(7)
              if number[at] != number[at + 1]]
    assert [one for one in wrong if rules.parse_number(one)] == []


@pytest.mark.parametrize("spell", [
    str.lower,
    lambda n: n.replace("-", " "),
    lambda n: n.replace("-", ""),
    lambda n: n.removeprefix("JTM-"),
    lambda n: f"  {n.lower()}\n",
    lambda n: n.replace("-", "–"),
    lambda n: n.replace("0", "O").replace("1", "l"),
    lambda n: n.replace("0", "o").replace("1", "I"),
    lambda n: "jtm " + " ".join(characters(n)),
    lambda n: f"#{n}",
])
@given(bits=BITS)
def test_what_people_type_is_understood(spell: object, bits: int) -> None:
    number = rules.number_from(bits)
    assert callable(spell)
    assert rules.parse_number(spell(number)) == number


@pytest.mark.parametrize("typed", ["", "JTM", "JTM-0000-000", "JTM-UUUU-UUUU", "JTM-0000-0001", "9" * 65,
                                   "JTM-0000-0000-0",
                                   "ABC-0000-0000", "<script>", "JTM-000\x000-0000"])
def test_what_no_complaint_can_have_is_refused(typed: str) -> None:
    assert rules.parse_number(typed) is None


def test_a_number_that_begins_like_the_prefix_is_read_with_and_without_it() -> None:
    data = "JTM0000"
    number = f"JTM-{data[:4]}-{data[4:]}{rules.check_character(data)}"
    assert rules.parse_number(number) == number
    assert rules.parse_number(characters(number)) == number


def test_a_number_needs_thirty_five_bits() -> None:
    with pytest.raises(ValueError):
        rules.number_from(1 << 35)


def test_the_code_is_derived_from_secret_key_and_number() -> None:
    code = rules.derive_code(SECRET, "key", "JTM-0000-0000")
    assert code == rules.derive_code(SECRET, "key", "JTM-0000-0000")
    others = {rules.derive_code(b"t" * 32, "key", "JTM-0000-0000"), rules.derive_code(SECRET, "kez",
                                                                                      "JTM-0000-0000"),
              rules.derive_code(SECRET, "key", "JTM-0000-0001")}
    assert code not in others and len(others) == 3


@given(st.text(max_size=40))
def test_a_code_has_120_bits_in_six_groups_and_is_read_as_people_type_it(key: str) -> None:
    code = rules.derive_code(SECRET, key, "JTM-0000-0000")
    assert [len(group) for group in code.split("-")] == [4] * 6
    assert rules.parse_code(code.lower().replace("-", " ").replace("0", "O").replace("1", "I")) == code


@pytest.mark.parametrize("typed", ["", "A" * 23, "A" * 25, "U" * 24, "é" * 24, "A" * 129])
def test_what_no_code_can_be_is_refused(typed: str) -> None:
    assert rules.parse_code(typed) is None


def test_hashes_are_keyed_and_kept_apart() -> None:
    hashes = {rules.code_hash(SECRET, "x"), rules.key_hash(SECRET, "x"), rules.code_hash(b"t" * 32, "x"),
              rules.key_hash(b"t" * 32, "x")}
    assert len(hashes) == 4 and {len(one) for one in hashes} == {32}
