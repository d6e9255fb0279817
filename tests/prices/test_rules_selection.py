"""What /harga is asked, and the nearest sensible view."""

from datetime import date
from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from cettar_site.prices.rules import Coverage, Level
from cettar_site.prices.rules_selection import QUERY_KEYS, Selection, good_name, read_selection, region_name

FIRST, LAST = date(2020, 1, 1), date(2026, 8, 18)


def covered(good: str, level: Level, region: str) -> Coverage:
    return Coverage(1, "siskaperbapo", level, good, region, "Pasar", "kg", FIRST, LAST)


HAVE = (
    covered("bawang-merah", Level.PRODUCER, "35.18"),
    covered("bawang-merah", Level.PRODUCER, "35.13"),
    covered("bawang-merah", Level.CONSUMER, "35.78"),
    covered("minyakita", Level.CONSUMER, "35.78"),
)


def asked(**query: str) -> tuple[Selection, list[str]]:
    selection, problems = read_selection(query, HAVE)
    assert selection is not None
    return selection, [problem.field for problem in problems]


def test_without_prices_there_is_no_view() -> None:
    assert read_selection({"komoditas": "bawang-merah"}, ()) == (None, ())


def test_the_first_view_is_shallots_of_a_year() -> None:
    assert asked() == (Selection("bawang-merah", Level.PRODUCER, None, date(2025, 8, 18), LAST, "1t"), [])


def test_every_choice_is_taken() -> None:
    selection, problems = asked(komoditas="bawang-merah", wilayah="35.78", tingkat="konsumen", periode="30h")
    assert selection == Selection("bawang-merah", Level.CONSUMER, "35.78", date(2026, 7, 19), LAST, "30h")
    assert problems == []


def test_a_region_decides_the_level_when_none_was_asked() -> None:
    assert asked(komoditas="bawang-merah", wilayah="35.78")[0].level is Level.CONSUMER
    assert asked(komoditas="minyakita")[0].level is Level.CONSUMER


def test_days_override_the_period() -> None:
    selection, problems = asked(dari="2023-09-01", sampai="2023-09-30", periode="30h")
    assert (selection.since, selection.until, selection.period) == (date(2023, 9, 1), date(2023, 9, 30), "")
    assert problems == []


def test_wrong_values_are_told_and_the_nearest_view_is_shown() -> None:
    assert asked(komoditas="durian") == (asked()[0], ["komoditas"])
    assert asked(wilayah="99.99") == (asked()[0], ["wilayah"])
    assert asked(wilayah="35.01") == (asked()[0], ["wilayah"])
    assert asked(tingkat="petani") == (asked()[0], ["tingkat"])
    assert asked(periode="selamanya") == (asked()[0], ["periode"])
    assert asked(dari="kemarin") == (asked()[0], ["dari"])


def test_turned_days_are_turned_back() -> None:
    selection, problems = asked(dari="2023-09-30", sampai="2023-09-01")
    assert (selection.since, selection.until) == (date(2023, 9, 1), date(2023, 9, 30))
    assert problems == ["dari"]


def test_days_outside_give_everything() -> None:
    selection, problems = asked(dari="1990-01-01", sampai="1991-01-01")
    assert (selection.since, selection.until, selection.period) == (FIRST, LAST, "semua")
    assert problems == ["dari"]


@given(st.dictionaries(st.sampled_from(sorted(QUERY_KEYS)), st.text(max_size=30)))
def test_whatever_is_asked_a_view_with_prices_is_given(query: dict[str, str]) -> None:
    selection, _ = read_selection(query, HAVE)
    assert selection is not None
    assert FIRST <= selection.since <= selection.until <= LAST
    assert any(
        row.commodity == selection.commodity and row.level is selection.level and selection.region in (None, row.region)
        for row in HAVE
    )


@given(st.sampled_from(HAVE), st.booleans(), st.sampled_from(["30h", "90h", "1t", "5t", "semua", ""]))
def test_the_address_of_a_view_gives_the_same_view(row: Coverage, everywhere: bool, period: str) -> None:
    since = date(2024, 1, 1)
    first, _ = read_selection(
        {
            "komoditas": row.commodity,
            "wilayah": "" if everywhere else row.region,
            "tingkat": "produsen" if row.level is Level.PRODUCER else "konsumen",
            "periode": period,
            "dari": "" if period else since.isoformat(),
        },
        HAVE,
    )
    assert first is not None
    again, problems = read_selection(dict(parse_qsl(first.query())), HAVE)
    assert (again, problems) == (first, ())


def test_names() -> None:
    assert (good_name("bawang-merah", "id"), good_name("bawang-merah", "en")) == ("Bawang Merah", "Shallot")
    assert good_name("nothing", "id") == "nothing"
    assert (region_name("35.18"), region_name("35")) == ("Kab. Nganjuk", "Jawa Timur")
