"""What is written can be filed and sent, names nobody, and says the same each time."""

import re
from datetime import timedelta

import pytest

from cettar_site.base.period import wib_date
from cettar_site.complaints.rules_filing import LONGEST, SHORTEST, check_filing, clean
from cettar_site.jatim import agencies, categories
from cettar_site.simulation.rules_case import SEED, Kind, Plan, plan, row_id
from cettar_site.simulation.rules_text import PLACES, answer_text, filing_text
from cettar_site.simulation.rules_topic import HOSPITAL, Topic
from cettar_site.simulation.rules_topics import ALL
from tests.simulation.makers import NOW

SLOTS = {"kec", "kab", "tempat", "lama", "jam", "siang", "n", "rp", "hari"}
DAYS = {"tgl", "periksa"}
SLOT = re.compile(r"\{([^}]*)\}")
PERSONAL = re.compile(r"\d{7,}|\+62|@|https?:|\b08\d|\bBapak [A-Z]|\bIbu [A-Z]|\bPak [A-Z]|\bBu [A-Z]")


def plans(n: int = 400) -> list[Plan]:
    """So many complaints, one each 5 hours and 7 minutes."""
    return [plan(SEED, row_id(SEED, NOW - k * timedelta(hours=5, minutes=7), k % 3 == 0)) for k in range(n)]


@pytest.mark.parametrize("topic", ALL, ids=lambda topic: topic.category)
def test_a_topic_is_of_a_topic_that_is_offered(topic: Topic) -> None:
    category = categories.get(topic.category)
    assert category.active
    assert agencies.get(category.agency_code).is_provincial
    assert topic.onward in ("", HOSPITAL) or agencies.get(topic.onward).is_provincial
    assert bool(topic.onward) == bool(topic.onward_share)


@pytest.mark.parametrize("topic", ALL, ids=lambda topic: topic.category)
def test_its_sentences_are_whole(topic: Topic) -> None:
    for sentence in (*topic.problems, *topic.effects, *topic.answers):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "  " not in sentence
        allowed = SLOTS | DAYS if sentence in topic.answers else SLOTS
        assert set(SLOT.findall(sentence)) <= allowed
        assert not PERSONAL.search(sentence)


def test_no_topic_stands_twice() -> None:
    assert len({topic.category for topic in ALL}) == len(ALL)


def test_every_filing_could_have_been_sent_through_the_form() -> None:
    for planned in plans():
        text, place = filing_text(SEED, planned)
        raw = {"text": text, "place": place, "category": planned.category_code, "region": planned.region_code,
               "district": planned.district_code, "visibility": planned.shown.value,
               "happened_on": planned.happened_on.isoformat() if planned.happened_on else ""}
        assert check_filing(raw, wib_date(planned.filed_at)).text == text
        assert not PERSONAL.search(text), text
        assert not SLOT.search(text)


def test_every_answer_could_have_been_sent_from_the_desk() -> None:
    answers = 0
    for planned in plans():
        for place, act in enumerate(planned.acts):
            if act.kind is Kind.ANSWERED:
                text = answer_text(SEED, planned, 3 + place, act.at, place == 0)
                assert clean(text) == text and SHORTEST <= len(text) <= LONGEST
                assert not PERSONAL.search(text), text
                answers += 1
    assert answers > 200


def test_a_text_that_could_not_be_sent_would_be_seen() -> None:
    assert PERSONAL.search("Hubungi 081234567890.")
    assert PERSONAL.search("Temui Bapak Slamet.")


def test_texts_repeat_and_differ() -> None:
    some = plans(60)
    assert [filing_text(SEED, one) for one in some] == [filing_text(SEED, one) for one in some]
    assert len({filing_text(SEED, one)[0] for one in some}) == len(some)
    assert all(place.startswith("di ") for place in PLACES)
