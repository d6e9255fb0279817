"""What may be filed, what is wrong with what may not, and to whom it goes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.base.errors import Refused
from cettar_site.complaints import rules_filing as rules
from cettar_site.complaints.rules import Shown
from cettar_site.jatim import agencies, categories, regions
from tests.complaints.makers import TEXT, filing, raw

TODAY = date(2026, 11, 23)


def problems(**changes: str) -> set[str]:
    """The fields that are found wrong."""
    try:
        rules.check_filing(raw(**changes), TODAY)
    except Refused as refused:
        return {problem.field for problem in refused.problems}
    return set()


def test_a_plain_filing_is_accepted() -> None:
    given_ = raw(district="kec. kertosono", place="  depan\n pasar ", happened_on="2026-11-22",
                 visibility="confidential")
    assert rules.check_filing(given_, TODAY) == filing(
        shown=Shown.CONFIDENTIAL, district_code="35.18.08", place="depan pasar", happened_on=date(2026, 11,
                                                                                                  22))


@pytest.mark.parametrize(("changes", "fields"), [
    ({"text": ""}, {"text"}),
    ({"text": "terlalu pendek"}, {"text"}),
    ({"text": " " * 30 + "x"}, {"text"}),
    ({"text": "x" * 20}, set()),
    ({"text": "x" * 4000}, set()),
    ({"text": "x" * 4001}, {"text"}),
    ({"text": "é" * 4000}, set()),
    ({"category": ""}, set()),
    ({"category": "?"}, set()),
    ({"category": "S99"}, {"category"}),
    ({"category": "S02"}, {"category"}),  # legacy
    ({"category": "S18"}, set()),  # only the centre can answer, still taken
    ({"region": ""}, {"region"}),
    ({"region": "31.71"}, {"region"}),
    ({"district": "Atlantis"}, {"district"}),
    ({"district": "Atlantis", "region": ""}, {"region"}),
    ({"district": "35.18.08"}, set()),
    ({"district": "35.01.01"}, {"district"}),  # of another regency
    ({"place": "x" * 201}, {"place"}),
    ({"happened_on": "2026-11-23"}, set()),
    ({"happened_on": "2026-11-24"}, {"happened_on"}),
    ({"happened_on": "2026-02-30"}, {"happened_on"}),
    ({"happened_on": "23/11/2026"}, {"happened_on"}),
    ({"happened_on": "20261122"}, {"happened_on"}),
    ({"happened_on": "1999-12-31"}, {"happened_on"}),
    ({"visibility": ""}, {"visibility"}),
    ({"visibility": "public"}, {"visibility"}),
    ({"text": "", "region": "", "visibility": ""}, {"text", "region", "visibility"}),
])
def test_each_problem_is_found_at_its_field(changes: dict[str, str], fields: set[str]) -> None:
    assert problems(**changes) == fields


@given(st.dictionaries(st.sampled_from(rules.FIELDS), st.text(), max_size=7))
def test_nothing_that_is_typed_breaks_the_check(typed: dict[str, str]) -> None:
    try:
        rules.check_filing(typed, TODAY)
    except Refused as refused:
        assert refused.problems


@given(st.text())
def test_a_clean_text_stays_as_it_is_and_can_be_stored(typed: str) -> None:
    kept = rules.clean(typed)
    assert rules.clean(kept) == kept
    kept.encode("utf-8")
    assert not set(kept) & {"\0", "\r", "\x1b", "\u202e", "\u2066", "\ufeff"}


def test_line_breaks_stay_and_tricks_go() -> None:
    assert rules.clean("satu\r\n\r\n\r\n\r\ndua\u202e tiga\x00 \ud800") == "satu\n\ndua tiga ?"


def test_every_topic_goes_to_an_agency_that_exists() -> None:
    assert [topic.code for topic in categories.ALL
            if agencies.by_code(rules.route(topic.code).agency_code) is None] == []


def test_without_a_topic_the_general_desk_gets_it() -> None:
    assert rules.route("") == rules.Route("PEMPROV")
    assert agencies.by_code(rules.GENERAL_DESK)


def test_the_other_level_is_remembered_as_a_hint() -> None:
    assert rules.route("S01") == rules.Route("BIRO-KESRA", "PUSAT:Kemenag")
    assert max(len(category.other_level) for category in categories.ALL) <= 48


def test_a_key_is_a_random_uuid_in_any_spelling() -> None:
    assert rules.check_key(" 6F1D3C9E-5B7A-4C2D-9E8F-0A1B2C3D4E5F ") == "6f1d3c9e-5b7a-4c2d-9e8f-0a1b2c3d4e5f"


@pytest.mark.parametrize("text", [
    "", "x", "6f1d3c9e-5b7a-1c2d-9e8f-0a1b2c3d4e5f", "6f1d3c9e5b7a4c2d9e8f0a1b2c3d4e5f",
    "6f1d3c9e-5b7a-4c2d-7e8f-0a1b2c3d4e5f", "٦f1d3c9e-5b7a-4c2d-9e8f-0a1b2c3d4e5f"])
def test_what_can_be_guessed_is_no_key(text: str) -> None:
    with pytest.raises(Refused):
        rules.check_key(text)


def test_a_fingerprint_tells_any_difference() -> None:
    one = filing()
    others = [filing(text=TEXT + "."), filing(shown=Shown.CONFIDENTIAL), filing(category_code=""),
              filing(region_code="35.01"), filing(district_code="35.18.08"), filing(place="x"),
              filing(happened_on=TODAY), filing(place="35.18.08")]
    prints = {rules.fingerprint(b"s", each) for each in (one, *others)}
    assert len(prints) == len(others) + 1
    assert rules.fingerprint(b"s", one) == rules.fingerprint(b"s", filing()) != rules.fingerprint(b"t", one)


def test_every_region_can_be_chosen() -> None:
    assert [region.code for region in regions.ALL if problems(region=region.code)] == []
