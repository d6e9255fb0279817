"""What is masked by its look, what stays readable."""

import pytest

from cettar_site.base.errors import ForeignFailure
from cettar_site.infra.log_privacy import HIDDEN, LONGEST, elided, is_personal, masked, safe


@pytest.mark.parametrize("key", ["job", "status", "address", "host", "rows", "kind", "topic", "fault"])
def test_a_plain_key_is_shown(key: str) -> None:
    assert not is_personal(key)


@pytest.mark.parametrize("person", [
    "3578010101900001", "3578 0101 4190 0001", "35.78.01.410190.0001", "081234567890", "0812-3456-7890",
    "+62 812 3456 7890", "+6281234567890", "(031) 8280254", "031-8280254", "siti.aminah+lapor@contoh.co.id",
    "203.0.113.77", "2001:db8:85a3::8a2e:370:7334", "::ffff:203.0.113.77", "fe80::1",
])
@pytest.mark.parametrize("around", ["{}", "hubungi {} segera", "'{}'", "a={},b", "({})", "<{}>", "no: {}."])
def test_a_value_is_masked_by_its_look(person: str, around: str) -> None:
    assert masked(around.format(person)) == around.format(HIDDEN)


@pytest.mark.parametrize("text", [
    "2026-11-22 04:45:00.123456", "2026-11-22 2026-11-23", "Rp16.500", "35.18.01", "rows=62390",
    "127.0.0.1:8000", "0.0.0.0", "::1", "12:30:45", "reflex 0.10.1", "a3f5" * 16, "17.500-18.250", "http://127.0.0.1/harga",
    "0.123456789012", "1700000000", "S01.001",
])
def test_what_is_no_person_stays(text: str) -> None:
    assert masked(text) == text


def test_numbers_are_masked_too() -> None:
    assert safe(3578010101900001) == HIDDEN and safe(6281234567890) == HIDDEN and safe(16_500) == 16_500


def test_long_values_are_cut_and_a_number_at_the_cut_is_not_halved() -> None:
    said = str(safe("x" * (LONGEST - 8) + " 3578010101900001 " + "y" * 10_000))
    assert len(said) <= LONGEST + 3 and "3578" not in said


def test_our_own_errors_speak_and_are_masked() -> None:
    fault = ForeignFailure("slow", "Sumber terlalu lama menjawab, hubungi 081234567890", "https://a.example/x")
    said = str(safe(fault))
    assert "kind='slow'" in said and "https://a.example/x" in said and "0812" not in said


@pytest.mark.parametrize(("text", "says"), [
    ('duplicate key violates unique constraint "complaint_number_key"\nDETAIL: Key (phone)=(08) exists.',
     'duplicate key violates unique constraint "complaint_number_key"\n...'),
    ("invalid input for 'budi'", "invalid input for '...'"),
    ("{'nama': 'Budi'} is bad", "..."),
    ("Received data as a string. Event data: Budi\nSiti", "Received data as a string. Event data: ..."),
])
def test_what_others_say_is_elided(text: str, says: str) -> None:
    assert elided(text) == says
