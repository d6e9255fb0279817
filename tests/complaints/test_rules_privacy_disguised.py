"""Numbers, addresses and names in disguise: letters that nobody sees, digits of other scripts, gaps without need."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.complaints.rules_filing import clean
from cettar_site.complaints.rules_privacy import MASK, masked
from cettar_site.complaints.rules_privacy_plain import plain
from tests.complaints.test_rules_privacy import TEXTS

PHONE, NIK = "081234567890", "3518085107790002"
UNSEEN = ["\u200d", "\u200c", "\u00ad", "\u034f", "\ufe0f", "\u0336", "\u20e3", "\u180e", "\U000e0020",
          "\u061c", "\u2062"]
GAPS = [" ", "-", ".", "\u00a0", "\u2009", "\u202f", "\u3000", "\u2010", "\u2011", "\u2014", "\u2212", "_", "*", "~",
        "|", "\u2022", "\u00b7", "'", ",", ":", "+", "\t", "     ", " _ ", " | ", " ~ ", "--", " -- "]
SCRIPTS = ["\uff10", "\u0660", "\u06f0", "\u0966", "\u0e50", "\U0001d7ce", "\U0001d7d8", "\U0001d7f6"]


def left(said: str) -> str:
    """What everyone reads of it, as it is kept: only the digits, in ours."""
    hidden = masked(clean(f"Hubungi {said} ya")).text
    return "".join(one for one in plain(hidden)[0] if one.isdigit())


@pytest.mark.parametrize("number", [PHONE, NIK])
@pytest.mark.parametrize("unseen", UNSEEN)
def test_a_number_with_unseen_letters_inside_is_a_number(number: str, unseen: str) -> None:
    assert left(unseen.join(number)) == "" and left(number[:6] + unseen + number[6:]) == ""


@pytest.mark.parametrize("gap", GAPS)
def test_a_number_with_any_gap_is_a_number(gap: str) -> None:
    assert left(gap.join((PHONE[:4], PHONE[4:8], PHONE[8:]))) == ""


@pytest.mark.parametrize("zero", SCRIPTS)
@pytest.mark.parametrize("number", [PHONE, NIK])
def test_a_number_in_other_digits_is_a_number(number: str, zero: str) -> None:
    assert left("".join(chr(ord(zero) + int(one)) for one in number)) == ""
    assert left(number[:6] + chr(ord(zero) + int(number[6])) + number[7:]) == ""


@pytest.mark.parametrize("said", ["O812 3456 7890", "o81234567890",
                                  "0 8 1 2 3 4 5 6 7 8 9 0", "⓪⑧①②③④⑤⑥⑦⑧⑨⓪", "⁰⁸¹²³⁴⁵⁶⁷⁸⁹⁰"])
def test_a_number_in_small_tricks_is_a_number(said: str) -> None:
    assert left(said) == ""


@pytest.mark.parametrize("said", [
    "siti＠contoh.id", "siti@con\u200dtoh.id", "siti\u00ad@contoh.id", "siti @ contoh.id", "siti@ contoh . co . id",
    "ｓｉｔｉ@contoh.id", "𝐬𝐢𝐭𝐢@contoh.id"])
def test_an_address_in_disguise_is_an_address(said: str) -> None:
    assert "contoh" not in masked(clean(f"Surel saya {said} ya")).text


@pytest.mark.parametrize("said", ["Pak Su\u200dtrisno", "Pak \u00adSutrisno", "Pak Ｓｕｔｒｉｓｎｏ",
                                  "Pak\u00a0Sutrisno", "Pak 𝐒𝐮𝐭𝐫𝐢𝐬𝐧𝐨", "Pak  Sutrisno"])
def test_a_name_in_disguise_is_a_name(said: str) -> None:
    assert "trisno" not in plain(masked(clean(f"Kemarin {said} datang")).text)[0].lower()


@pytest.mark.parametrize("said", [
    "Buka 08:00–16:00, tutup 12:00", "Harga 1,250,000 sampai 2,500,000 rupiah", "Panjang 1.200 m² dan lebar 3½ m",
    "Skor 10:12:14 pada 2026", "Kumpul @ balai. Kami menunggu", "Antrean 5 * 3 dan 2 + 2", "Suhu 30–35 °C",
    "😀 😀  😀 2026"])
def test_what_is_nobody_s_stays(said: str) -> None:
    assert masked(said).text == said


@given(TEXTS | st.text(max_size=120))
def test_a_plain_reading_says_where_each_letter_stood(text: str) -> None:
    said, places = plain(text)
    assert len(said) == len(places) <= len(text) and list(places) == sorted(set(places))


@given(st.text(st.sampled_from("0123456789 Aa@.\u200d\u00ad\uff10\u0660\u0301_*,:\t-Oo\u00a0"), max_size=60))
def test_masking_the_disguised_twice_is_masking_it_once(text: str) -> None:
    once = masked(text).text
    assert masked(once).text == once and len(once) <= len(text)


@pytest.mark.parametrize("piece", ["\u200d", "\uff10", "0\u200d", "a \u00a0", "  ", "0_", "\u0301", "0O",
                                   "a @ b . co ", "@ "])
def test_no_disguise_takes_longer_than_its_length(piece: str) -> None:
    began = time.process_time()
    masked((piece * 4000)[:4000])
    assert time.process_time() - began < 1, MASK
