"""The check before sending: what the public will read, and no word lost on the way there and back."""

import html
import io
import logging
import re
from types import SimpleNamespace

import pytest
from PIL import Image
from starlette.testclient import TestClient

from cettar_site.base.period import wib_date
from cettar_site.base.words import words
from cettar_site.complaints import api
from cettar_site.complaints.island_form import Mail, filing_page
from cettar_site.complaints.rules import Shown
from cettar_site.complaints.rules_preview import Preview, preview_of
from cettar_site.complaints.rules_privacy import MASK, Personal
from cettar_site.infra import log
from cettar_site.infra.db import Database
from cettar_site.infra.settings import settings
from cettar_site.ui.script import ASSETS, versioned
from tests.complaints.makers import NOW, TEXT, filing, key, raw, visitor
from tests.complaints.test_api import NUMBER, complaints, found, hidden_key
from tests.complaints.test_following import harmless

PHONE, EMAIL = "0812-3456-7890", "sulastri@contoh.id"
STORY = f"{TEXT} Hubungi {PHONE} atau {EMAIL}."
PREVIEW = "/aduan/pratinjau"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)"(?: form="aduan")? value="([^"]*)"')
AS_DATA = {"accept": "application/json"}


def carried(page: str) -> dict[str, str]:
    """What a page sends on unseen."""
    return {name: html.unescape(value) for name, value in HIDDEN.findall(page)}


def jpeg(colour: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(made, "JPEG")
    return made.getvalue()


def test_the_public_version_is_masked_and_what_was_hidden_is_counted() -> None:
    made = preview_of(filing(text=STORY, place=f"rumah {PHONE}", position=(-7.6012345, 111.9054321)))
    assert made.text == f"{TEXT} Hubungi {MASK} atau {MASK}." and made.place == f"rumah {MASK}"
    assert made.position == (-7.601, 111.905)
    assert dict(made.hidden) == {Personal.EMAIL: 1, Personal.PHONE: 2}
    assert preview_of(filing(text=STORY, shown=Shown.CONFIDENTIAL)) == Preview()


def test_the_check_shows_the_public_version_and_stores_nothing(visit: TestClient, database: Database) -> None:
    typed = raw(text=STORY, place="depan <pasar>", happened_on="2026-11-20") | {"key": key()}
    answer = visit.post(PREVIEW, data=typed)
    page = html.unescape(answer.text)
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    seen = re.sub(r"<input[^>]*>", "", answer.text)
    assert PHONE not in seen and EMAIL not in seen and MASK in seen and "depan &lt;pasar&gt;" in seen
    assert "1 nomor telepon" in page and "1 alamat surel" in page and "Kabupaten Nganjuk" in page
    assert "20 November 2026" in page and "Petugas penyalur" in page
    assert carried(answer.text) == {name: value for name, value in typed.items() if value}
    assert complaints(database) == 0
    harmless(answer.text)


def test_from_the_check_it_is_sent_with_the_same_key(visit: TestClient, database: Database) -> None:
    typed = raw(text=STORY, district="Kertosono") | {"key": key()}
    onward = carried(visit.post(PREVIEW, data=typed).text)
    first = visit.post("/aduan", data=onward | {"act": "send"})
    again = visit.post("/aduan", data=typed)
    assert (first.status_code, again.status_code) == (201, 200)
    assert found(NUMBER, first.text) == found(NUMBER, again.text) and complaints(database) == 1


def test_from_the_check_one_goes_back_to_every_word(visit: TestClient, database: Database) -> None:
    typed = raw(text=f"\n{STORY}\n\nBaris <kedua>.", category="S08.001", place="depan pasar", position="-7.6,111.9",
                happened_on="2026-11-20", visibility="open", name="Sulastri") | {"key": key()}
    answer = visit.post("/aduan", data=carried(visit.post(PREVIEW, data=typed).text) | {"act": "edit"})
    page = html.unescape(answer.text)
    assert answer.status_code == 200 and "Ada yang perlu diperbaiki<" not in answer.text and complaints(database) == 0
    assert hidden_key(answer.text) == typed["key"]
    for words_typed in (STORY, "Baris <kedua>.", "depan pasar", "-7.6,111.9", "2026-11-20", "Sulastri"):
        assert words_typed in page
    assert re.search(r'value="S08.001"[^>]* selected', answer.text)
    assert re.search(r'value="open"[^>]* checked', answer.text)


def test_what_is_wrong_is_said_before_the_check(visit: TestClient) -> None:
    typed = raw(text="pendek", region="", place="depan <pasar>") | {"key": key()}
    answer = visit.post(PREVIEW, data=typed)
    assert answer.status_code == 422 and 'href="#text"' in answer.text and 'href="#region"' in answer.text
    assert "depan &lt;pasar&gt;" in answer.text and hidden_key(answer.text) == typed["key"]
    without = visit.post(PREVIEW, data=raw())
    assert without.status_code == 422 and TEXT in without.text
    assert visit.post(PREVIEW, data=raw() | {"key": hidden_key(without.text)}).status_code == 200


def test_a_confidential_one_shows_its_filer_all_and_the_public_nothing(visit: TestClient) -> None:
    answer = visit.post(PREVIEW, data=raw(text=STORY, visibility="confidential") | {"key": key()})
    assert PHONE in re.sub(r"<input[^>]*>", "", answer.text) and "Yang dibaca instansi" in answer.text
    data = visit.post(PREVIEW, data=raw(text=STORY, visibility="confidential"), headers=AS_DATA).json()
    assert (data["text"], data["place"], data["hidden"]) == ("", "", [])


def test_programs_get_the_check_as_data_in_the_readers_language(visit: TestClient, database: Database) -> None:
    answer = visit.post("/en" + PREVIEW, data=raw(text=STORY, place=PHONE), headers=AS_DATA)
    data = answer.json()
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    assert set(data) == {"text", "place", "hidden", "problems", "html"}
    assert data["text"] == f"{TEXT} Hubungi {MASK} atau {MASK}." and data["place"] == MASK and data["problems"] == []
    assert {(one["kind"], one["n"], one["said"]) for one in data["hidden"]} == {
        ("phone", 2, "2 telephone numbers hidden"), ("email", 1, "1 e-mail address hidden")}
    assert "What everybody reads" in data["html"] and PHONE not in data["html"]
    wrong = visit.post("/en" + PREVIEW, data=raw(region=""), headers=AS_DATA).json()
    assert wrong["problems"] == [{"field": "region", "text": "Choose the regency or city where it happened."}]
    assert (wrong["text"], wrong["html"]) == ("", "") and complaints(database) == 0


def test_the_check_is_limited_and_the_words_stay(sqlite_database: Database, at_now: None) -> None:
    flood = visitor(api.routes)
    typed = raw() | {"key": key()}
    answers = [flood.post(PREVIEW, data=typed) for _ in range(61)]
    assert [answer.status_code for answer in answers] == [200] * 60 + [429]
    assert TEXT in answers[-1].text and int(answers[-1].headers["retry-after"]) >= 1
    assert hidden_key(answers[-1].text) == typed["key"]
    data = flood.post(PREVIEW, data=raw(), headers=AS_DATA)
    assert data.status_code == 429 and data.json()["error"]["code"] == "too_many"


def test_reloaded_it_leads_to_the_form(visit: TestClient) -> None:
    answer = visit.get("/en" + PREVIEW)
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/aduan")


def test_photos_travel_on_and_can_be_taken_out(visit: TestClient, database: Database) -> None:
    files = [("photo", ("IMG_0001.jpg", jpeg("red"), "image/jpeg")), ("photo", ("b.jpg", jpeg("blue"), "image/jpeg"))]
    typed = raw() | {"key": key()}
    onward = carried(visit.post(PREVIEW, data=typed, files=files).text)
    first, second = onward["photos"].split()
    back = visit.post("/aduan", data=onward | {"act": "edit"})
    assert carried(back.text)["photos"] == f"{first} {second}" and back.text.count('type="file"') == 1
    kept = visit.post(PREVIEW, data=onward | {"without1": first})
    assert carried(kept.text)["photos"] == second and "1 foto" in kept.text
    assert visit.post("/aduan", data=carried(kept.text) | {"act": "send"}).status_code == 201


def test_a_file_that_is_no_photo_costs_no_word(visit: TestClient) -> None:
    files = [("photo", ("a.jpg", jpeg("green"), "image/jpeg")), ("photo", ("b.jpg", b"not a photo", "image/jpeg"))]
    answer = visit.post(PREVIEW, data=raw(text=STORY) | {"key": key()}, files=files)
    assert answer.status_code == 422 and 'href="#photos"' in answer.text and 'id="photos-error"' in answer.text
    assert STORY in answer.text and len(carried(answer.text)["photos"].split()) == 1


def test_the_check_logs_nothing_of_what_was_typed(visit: TestClient) -> None:
    stream = io.StringIO()
    log.configure(SimpleNamespace(log_level="debug"), stream)
    try:
        visit.post(PREVIEW, data=raw(text=STORY, name="Sulastri", visibility="open") | {"key": key()})
        visit.post(PREVIEW, data=raw(text=STORY, region="Sulastri"))
        logging.getLogger("cettar_site.test").info("the log is on")
    finally:
        log.configure(settings())
    assert "the log is on" in stream.getvalue()
    assert not [one for one in (PHONE, EMAIL, "Sulastri", TEXT) if one in stream.getvalue()]


@pytest.mark.parametrize("can", [True, False])
def test_an_address_is_asked_for_only_where_letters_can_be_sent(can: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Mail, "on", lambda: can)
    page = str(filing_page(words("id"), raw(), key(), wib_date(NOW)))
    assert ('name="contact"' in page) is can


def test_a_script_s_address_changes_with_its_content() -> None:
    name, _, version = versioned("aduan.js").partition("?v=")
    assert (ASSETS / name.removeprefix("/")).is_file() and re.fullmatch("[0-9a-f]{8}", version)
    assert versioned("sw.js").partition("?v=")[2] != version
