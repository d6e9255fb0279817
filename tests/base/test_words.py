"""Words: the reader's language, and the forms of numbers, money and dates in it."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.base.words import LANGUAGES, best_language, mark, split_path, words
from tests.base.catalogue import SLOT, missing, sentences, texts, translations

ID = words("id")
EN = words("en")
NOON = dt.datetime(2026, 11, 22, 7, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("shown", "indonesian", "english"),
    [
        (lambda w: w.rupiah(10500), "Rp10.500", "Rp10,500"),
        (lambda w: w.rupiah(0), "Rp0", "Rp0"),
        (lambda w: w.rupiah(-500), "−Rp500", "−Rp500"),
        (lambda w: w.signed_rupiah(1500), "+Rp1.500", "+Rp1,500"),
        (lambda w: w.number(2.4, 1), "2,4", "2.4"),
        (lambda w: w.number(1234567), "1.234.567", "1,234,567"),
        (lambda w: w.number(0.05, 1), "0,1", "0.1"),
        (lambda w: w.number(-0.04, 1), "0,0", "0.0"),
        (lambda w: w.number(Decimal("2.675"), 2), "2,68", "2.68"),
        (lambda w: w.number(3, 1), "3,0", "3.0"),
        (lambda w: w.percent(0.924), "92%", "92%"),
        (lambda w: w.percent(0.9249, 1), "92,5%", "92.5%"),
        (lambda w: w.percent(1), "100%", "100%"),
        (lambda w: w.signed_percent(0.034), "+3,4%", "+3.4%"),
        (lambda w: w.signed_percent(-0.2), "−20,0%", "−20.0%"),
        (lambda w: w.signed_percent(0), "0,0%", "0.0%"),
        (lambda w: w.date(dt.date(2026, 11, 22)), "22 November 2026", "22 November 2026"),
        (lambda w: w.date(dt.date(2026, 8, 2)), "2 Agustus 2026", "2 August 2026"),
        (lambda w: w.short_date(dt.date(2026, 8, 2)), "2 Agu 2026", "2 Aug 2026"),
        (lambda w: w.long_date(dt.date(2026, 1, 4)), "Minggu, 4 Januari 2026", "Sunday, 4 January 2026"),
        (lambda w: w.month(dt.date(2026, 5, 1)), "Mei 2026", "May 2026"),
        (lambda w: w.moment(NOON), "22 November 2026, 14.05 WIB", "22 November 2026, 14:05 WIB"),
        (lambda w: w.short_moment(NOON), "22 Nov 2026, 14.05 WIB", "22 Nov 2026, 14:05 WIB"),
        (lambda w: w.days(2.4), "2,4 hari", "2.4 days"),
        (lambda w: w.days(1), "1 hari", "1 day"),
        (lambda w: w.days(1.04), "1 hari", "1 day"),
        (lambda w: w.days(0), "0 hari", "0 days"),
        (lambda w: w.duration(0.42), "0,4 detik", "0.4 s"),
        (lambda w: w.duration(720), "12 menit", "12 min"),
        (lambda w: w.duration(9000), "2,5 jam", "2.5 h"),
        (lambda w: w.duration(86400), "1 hari", "1 day"),
    ],
)  # fmt: skip
def test_forms(shown, indonesian, english):
    assert (shown(ID), shown(EN)) == (indonesian, english)


def test_an_instant_is_read_in_wib_and_must_be_aware():
    late = dt.datetime(2026, 11, 22, 18, 30, tzinfo=dt.UTC)
    assert ID.date(late) == "23 November 2026"
    with pytest.raises(ValueError, match="aware"):
        ID.moment(dt.datetime(2026, 11, 22, 18, 30))  # noqa: DTZ001


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_survive(n):
    assert int(ID.number(n).replace(".", "").replace("−", "-")) == n
    assert int(EN.number(n).replace(",", "").replace("−", "-")) == n


def test_indonesian_is_the_sentence_itself():
    assert ID("Kalimat yang tidak ada di katalog") == "Kalimat yang tidak ada di katalog"
    assert mark("Menunggu") == "Menunggu"
    assert ID("Menunggu") == "Menunggu"


def test_a_sentence_without_translation_falls_back():
    assert EN("Kalimat yang tidak ada di katalog") == "Kalimat yang tidak ada di katalog"
    assert EN("Menunggu") == "Waiting"
    assert words("xx") is ID


def test_slots():
    assert ID("Dijawab {n} dari {m}", n=3000, m=4.25) == "Dijawab 3.000 dari 4,3"
    assert EN("Dijawab {n} dari {m}", n=3000, m="4") == "Dijawab 3,000 dari 4"
    assert ID("Kurung {apa adanya}") == "Kurung {apa adanya}"
    assert ID.parts("Baca {link} dulu", link=7) == ["Baca ", 7, " dulu"]
    assert ID.parts("{link}", link=7) == [7]


def test_plural():
    assert [ID.plural("{n} hari", "{n} hari", n) for n in (1, 1200)] == ["1 hari", "1.200 hari"]
    assert [EN.plural("{n} hari", "{n} hari", n) for n in (0, 1, 1200)] == ["0 days", "1 day", "1,200 days"]
    assert EN.plural("{n} tiada {x}", "{n} tiada {x}", 2, x="y") == "2 tiada y"


def test_paths():
    assert [EN.path(path) for path in ("/", "/harga", "/?x=1", "/#isi", "/aduan/A?b=1")] == [
        "/en", "/en/harga", "/en?x=1", "/en#isi", "/en/aduan/A?b=1",
    ]  # fmt: skip
    assert EN.path("/api/v1/prices") == "/api/v1/prices"
    assert ID.path("/harga") == "/harga"
    assert [split_path(path) for path in ("/en", "/en/", "/en/harga", "/harga", "/", "/enak",
        "/id/harga")] == [
        ("en", "/"), ("en", "/"), ("en", "/harga"), ("id", "/harga"), ("id", "/"), ("id", "/enak"),
        ("id", "/id/harga"),
    ]  # fmt: skip


@given(st.sampled_from(LANGUAGES), st.from_regex(r"/[a-z0-9/]{0,20}", fullmatch=True))
def test_a_path_comes_back(lang, path):
    # "//" would be another site's address: split_path takes such slashes away
    if split_path(path)[0] == "id" and not path.startswith(("/api", "//")):
        assert split_path(words(lang).path(path)) == (lang, path)


def test_best_language():
    assert best_language(["fr", "en-GB", "id"]) == "en"
    assert best_language(["fr"]) == "id"


def test_the_english_catalogue_is_complete():
    assert list(missing("en")) == []


def test_the_english_catalogue_has_nothing_to_spare():
    assert sorted(set(translations("en")) - set(sentences())) == []


def test_translations_keep_their_slots():
    for msgid, entry in translations("en").items():
        for text in texts(entry):
            assert sorted(set(SLOT.findall(text))) == sorted(set(SLOT.findall(msgid))), msgid


@pytest.mark.parametrize("path", [
    "/en//evil.example", "/en/\\evil.example", "/en///evil.example/x", "/en/\\/evil.example"])
def test_no_path_leads_to_another_site(path: str) -> None:
    bare = split_path(path)[1]
    assert bare.startswith("/evil.example") and bare[1:2] not in ("/", "\\")
