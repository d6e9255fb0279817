"""What may be filed, what is wrong with what may not, and to whom it goes."""

import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.base.errors import Refused
from cettar_site.complaints import rules_filing as rules
from cettar_site.complaints.rules import Shown
from cettar_site.complaints.rules_filing import clean
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


def test_every_topic_goes_to_an_agency_that_exists_or_to_triage() -> None:
    ways = {topic.code: rules.route(topic.code) for topic in categories.ALL}
    assert [code for code, to in ways.items() if to.agency_code and agencies.by_code(to.agency_code) is None] == []


def test_what_another_level_may_claim_or_nobody_named_is_sorted_by_hand() -> None:
    assert rules.route("") == rules.route("S01") == rules.Destination()
    plain = next(topic for topic in categories.ALL if not topic.other_level)
    assert rules.route(plain.code) == rules.Destination(plain.agency_code, "category")


@pytest.mark.parametrize(("changes", "fields"), [
    ({"position": "-7.6015, 111.9034"}, set()), ({"position": "-6.2,106.8"}, {"position"}),
    ({"position": "x"}, {"position"}), ({"contact": "siti@contoh.id"}, set()), ({"contact": "siti"}, {"contact"}),
    ({"contact": "a@b.id,c@d.id"}, {"contact"}), ({"name": "x" * 81}, {"name"}), ({"photos": "0" * 32}, set()),
    ({"photos": "../x"}, {"photos"}), ({"photos": " ".join(str(n) * 32 for n in range(4))}, {"photos"})])
def test_what_may_be_left_out_is_checked_where_it_is_given(changes: dict[str, str], fields: set[str]) -> None:
    assert problems(**changes) == fields


def test_a_name_is_kept_only_where_the_filer_wants_the_agency_to_know_it() -> None:
    named = [rules.check_filing(raw(name=" Siti  Aminah ", visibility=shown), TODAY).name for shown in Shown]
    assert named == ["Siti Aminah", "", ""]


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


@pytest.mark.parametrize("heap", ["a" + "\u0315" * 15_500 + "\u0300" * 15_500, "a" + "\u0315\u0300" * 15_500,
                                  "\u0315\u0300\u0344" * 9_000,
                                  "a" + "\u0315\u200b\u0300\u200b" * 7_500, ("e" + "\u0323\u0301" * 40) * 400])
def test_a_heap_of_marks_over_one_letter_costs_no_time_and_is_cut(heap: str) -> None:
    """Putting marks in order takes the square of their number: 64 KB of them held the whole site for four seconds."""
    began = time.process_time()
    kept = clean(heap)
    assert time.process_time() - began < 0.5
    assert "\u0300" * 9 not in kept and clean(kept) == kept


@pytest.mark.parametrize("said", ["Nganjuk, Jl. Café Ọ́lá", "ꦲꦏ꧀ꦱꦫ", "বাংলাদেশ", "שָׁלוֹם", "Việt Nam", "👨‍👩‍👧‍👦 👍🏽 1️⃣"])
def test_marks_that_scripts_need_stay(said: str) -> None:
    assert clean(said) == unicodedata.normalize("NFC", said)
