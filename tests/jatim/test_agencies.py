"""Agencies, topics and contacts: who there is, who answers what, and what is not shown."""

import re
from collections import Counter
from dataclasses import FrozenInstanceError

import pytest

from cettar_site.base.errors import NotFound
from cettar_site.jatim import agencies, categories, contacts, regions

WITHOUT_A_SOURCED_NAME = ("BIRO-PBJ", "BIRO-ADBANG", "BIRO-UMUM", "CABDIN")


def test_the_agencies_by_kind():
    assert Counter(agency.kind for agency in agencies.ALL) == {
        "provinsi": 1,
        "sekretariat_daerah": 1,
        "sekretariat_dprd": 1,
        "inspektorat": 1,
        "biro": 6,
        "dinas": 24,
        "badan": 9,
        "satuan": 1,
        "bakorwil": 5,
        "rsud": 14,
        "upt": 7,
        "upt_keluarga": 4,
        "pemkab": 29,
        "pemkot": 9,
    }


def test_the_leaderboard_measures_the_province_and_only_it():
    assert len(agencies.PROVINCIAL) == 74
    assert all(agency.is_provincial and agency.region_code is None for agency in agencies.PROVINCIAL)
    assert len(agencies.HOSPITALS) == 14
    assert set(agencies.HOSPITALS) <= set(agencies.PROVINCIAL)


@pytest.mark.parametrize("agency", agencies.ALL, ids=lambda agency: agency.code)
def test_an_agency_is_whole(agency: agencies.Agency):
    assert re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", agency.code)
    assert agency.name and agency.abbr and agency.duties
    assert agency.parent is None or agencies.by_code(agency.parent)
    assert agency.website is None or re.match(r"https?://[a-z0-9.-]+", agency.website)
    assert agency.email is None or re.fullmatch(r"[a-z0-9.]+@[a-z0-9.]+", agency.email)
    assert agency.phone is None or re.fullmatch(r"\(0\d+\) \d+", agency.phone)
    assert bool(agency.contact_source) == bool(agency.email or agency.phone)
    assert "own wording" in agency.duty_source
    assert agency.city is None or agency.city == "Jakarta" or regions.by_name(agency.city)
    assert agencies.get(agency.code) is agency


def test_names_and_abbreviations_are_unique():
    assert len({agency.name for agency in agencies.ALL}) == len(agencies.ALL)
    assert len({agency.abbr for agency in agencies.ALL}) == len(agencies.ALL)


def test_every_region_has_its_government():
    for region in regions.ALL:
        government = agencies.of_region(region.code)
        assert government is not None
        assert government.name == f"Pemerintah {region.name}"
        assert government.code == f"KAB-{region.bps_code}"
        assert not government.is_provincial
    assert agencies.of_region("35.99") is None


def test_guessed_websites_and_names_are_not_there():
    assert agencies.get("PEMPROV").website is None
    assert agencies.get("DISHUT").website is None
    assert agencies.get("KAB-3518").website is None
    assert agencies.get("RSMM").address is None
    assert agencies.get("UPT-PPP-MAYANGAN").city is None
    assert agencies.get("KOMINFO").website == "https://kominfo.jatimprov.go.id/"
    for code in WITHOUT_A_SOURCED_NAME:
        assert agencies.by_code(code) is None
        with pytest.raises(NotFound):
            agencies.get(code)


def test_facts_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        agencies.get("DINKES").name = "x"  # type: ignore[misc]


def test_the_topics_are_counted():
    assert Counter(category.status for category in categories.ALL) == {
        "active": 771,
        "legacy": 180,
        "central_only": 7,
    }
    assert len(categories.OFFERED) == 778
    assert len(categories.GROUPS) == 35


@pytest.mark.parametrize("group", range(1, 39))
def test_a_group_is_whole(group: int):
    head = categories.get(f"S{group:02}")
    members = [category for category in categories.ALL if category.group == head.code]
    assert head.is_group and head in members
    assert len({category.status for category in members}) == 1
    for category in members:
        assert re.fullmatch(r"S\d\d(\.\d{3})?", category.code)
        assert category.code.startswith(category.group)
        assert category.name == category.name.strip() != ""
        assert agencies.get(category.agency_code).is_provincial
        assert re.fullmatch(r"|KAB( \(PDAM\))?|PUSAT(:.+)?", category.other_level)
        assert "own mapping" in category.mapping_source
    names = [category.name for category in members if not category.is_group]
    assert len(set(names)) == len(names)
    offered = tuple(category for category in members if not category.is_group) if head.active else ()
    assert categories.of(head.code) == offered


def test_legacy_topics_are_hidden_but_can_still_be_read():
    pandemic = categories.get("S02.001")
    assert not pandemic.active
    assert pandemic not in categories.OFFERED
    assert categories.get("S02") not in categories.GROUPS
    assert categories.of("S02") == ()
    assert pandemic.name == "Alat dan Logistik Kesehatan"


def test_a_topic_says_who_else_may_be_in_charge():
    card = categories.get("S20.006")
    assert card.regency_may_answer and card.central_body is None
    insurance = categories.get("S04.011")
    assert insurance.central_body == "BPJS Kesehatan" and not insurance.regency_may_answer
    assert categories.get("S18").central_only and categories.get("S18").central_body is None
    assert categories.get("S03.057").other_level == ""


def test_what_an_unsourced_bureau_would_answer_goes_to_its_parent():
    assert categories.get("S03.037").agency_code == "SETDA"


def test_unknown_topics_are_none_or_not_found():
    assert categories.by_code("S99") is None
    assert categories.of("S99") == ()
    with pytest.raises(NotFound):
        categories.get("S01.999")


def test_contacts_belong_to_agencies():
    assert len(contacts.ALL) == 10
    assert all(agencies.by_code(contact.agency_code) and contact.source for contact in contacts.ALL)
    assert {contact.kind for contact in contacts.of("KOMINFO")} == {"web", "sms", "phone", "email"}
    assert contacts.of("DLH") == ()
