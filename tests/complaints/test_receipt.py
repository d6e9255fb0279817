"""The receipt: who finds the agency, and the saved file that opens the complaint by one tap."""

import pytest
from starlette.testclient import TestClient

from cettar_site.base.words import words
from cettar_site.complaints.actions import Receipt
from cettar_site.complaints.island_receipt import receipt, saved_text
from cettar_site.complaints.rules_view import agency_name
from cettar_site.infra.settings import settings
from tests.complaints.makers import NOW, key, raw

pytestmark = pytest.mark.usefixtures("at_now")


def frame(w: object, title: str, body: object) -> str:
    return f"{title}{body}"


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("triage", [True, False])
def test_a_receipt_says_who_finds_the_agency(lang: str, triage: bool) -> None:
    code = "ABCD-" * 5 + "ABCD"
    given = Receipt("JTM-0000-0000", code, "KOMINFO" if triage else "DPUBM", NOW, NOW, triage=triage)
    page = receipt(words(lang), frame, given, "25 November 2026")
    assert "@@" not in page and code in page and agency_name(given.agency_code) in page
    assert ({"id": "Meja penyalur", "en": "triage desk"}[lang] in page) == triage


def test_the_saved_file_opens_the_complaint_by_one_tap(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "ABCD-" * 5 + "ABCD"
    assert "#" not in saved_text(words("id"), "JTM-0000-0000", code), "no address where the site does not know its own"
    named = type("Named", (), {"site_url": "https://cettar.example"})
    monkeypatch.setattr("cettar_site.complaints.island_receipt.settings", named)
    lines = saved_text(words("en"), "JTM-0000-0000", code).split("\r\n")
    assert f"https://cettar.example/en/lacak#JTM-0000-0000:{code}" in lines


def test_what_went_to_triage_says_so_on_its_receipt(visit: TestClient) -> None:
    sorted_out, unsure = (visit.post("/aduan", data=raw(category=topic) | {"key": key()}).text
                          for topic in ("S04", ""))
    assert "Meja penyalur di Dinas Komunikasi" in unsure
    assert settings().site_url == "" and "/qr.svg" in sorted_out
