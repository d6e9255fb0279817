"""Following a complaint: the public page, the filer's own view, and what neither may ever show."""

import io
import logging
import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient

from cettar_site.base.words import words
from cettar_site.complaints import api, island, island_form, rules_view, store_lists
from cettar_site.complaints.rules import Kind, Shown
from cettar_site.complaints.rules_filing import Destination
from cettar_site.infra import log
from cettar_site.infra.db import Database
from cettar_site.infra.settings import settings
from cettar_site.infra.site_pages import FRESH
from cettar_site.infra.vault import vault
from tests.complaints.makers import NOW, TEXT, case_of, filed, happens, key, raw, visitor
from tests.complaints.test_api import CODE, NUMBER, found

HOSTILE = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</textarea><svg/onload=alert(1)>",
           "'-alert(1)-'", "{{7*7}}${7*7}<%= 7*7 %>", "javascript:alert(1)", "@@NUMBER@@ @@CODE@@",
           "<!--island:x-->",
           "&lt;b&gt;", "\u202egpj.exe")
ANSWER = "Kami perbaiki hari Kamis, 26 November 2026."


pytestmark = pytest.mark.usefixtures("at_now")


def do(database: Database, number: str, kind: Kind, text: str = "", hours: int = 1) -> None:
    happens(database, number, kind, hours, text, vault=vault())


def mine(database: Database, **changes: object) -> tuple[str, str]:
    """Number and code of a complaint filed under this site's own secret."""
    receipt = filed(database, secret=settings().secret, **changes)  # type: ignore[arg-type]
    return receipt.number, receipt.code


def test_everyone_reads_an_open_complaint_and_its_answer(visit: TestClient, database: Database) -> None:
    number, _code = mine(database)
    before = visit.get(f"/aduan/{number}")
    assert before.status_code == 200 and TEXT in before.text and "Menunggu jawaban" in before.text
    do(database, number, Kind.ACKNOWLEDGED)
    do(database, number, Kind.ANSWERED, ANSWER)
    after = visit.get(f"/aduan/{number}")
    assert ANSWER in after.text and "tepat waktu" in after.text and "P-234567" in after.text
    data = visit.get(f"/api/v1/complaints/{number}").json()
    assert [event["kind"] for event in data["events"]] == ["submitted", "routed", "acknowledged", "answered"]
    assert data["events"][3]["text"] == ANSWER


def test_a_confidential_complaint_shows_that_it_exists_and_nothing_else(visit: TestClient,
                                                                        database: Database) -> None:
    number, code = mine(database, shown=Shown.CONFIDENTIAL, place="rumah nomor tujuh",
                        category_code="S04.001", to=Destination("DINKES"),
                        district_code="35.18.08", happened_on=NOW.date() - timedelta(days=3))
    do(database, number, Kind.ANSWERED, ANSWER)
    page = visit.get(f"/aduan/{number}").text
    data = visit.get(f"/api/v1/complaints/{number}").text
    for secret in (TEXT, ANSWER, "rumah nomor tujuh", "Nganjuk", "Kertosono", "20 November", "10.00",
                   "T03:00",
                   "S04", "35.18", "P-234567", code):
        assert secret not in page, secret
        assert secret not in data, secret
    for said in (number, "Dinas Kesehatan", "23 November 2026", "rahasia"):
        assert said in page
    with database.read() as session:
        assert store_lists.newest(session, 9) == ()
    own = visit.post("/lacak", data={"number": number, "code": code}).text
    assert TEXT in own and ANSWER in own and "rumah nomor tujuh" in own


def test_the_page_has_a_name_by_its_content(visit: TestClient, database: Database) -> None:
    number, _code = mine(database)
    etag = visit.get(f"/aduan/{number}").headers["etag"]
    again = visit.get(f"/aduan/{number}", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    do(database, number, Kind.ANSWERED, ANSWER)
    assert visit.get(f"/aduan/{number}", headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("lang", ["", "/en"])
def test_a_number_typed_otherwise_leads_to_the_page(visit: TestClient, database: Database, lang: str) -> None:
    number, _code = mine(database)
    typed = number.lower().replace("-", "")
    answer = visit.get(f"{lang}/aduan/{typed}")
    assert (answer.status_code, answer.headers["location"]) == (308, f"{lang}/aduan/{number}")
    assert visit.get(f"{lang}/aduan/{number}").status_code == 200


@pytest.mark.parametrize("number", ["JTM-0000-0000", "JTM-0000-0001", "kirim", "%3Cscript%3E", "%00"])
def test_a_number_that_nobody_has_is_a_plain_page(visit: TestClient, number: str) -> None:
    answer = visit.get(f"/aduan/{number}")
    assert answer.status_code == 404 and "tidak ada" in answer.text and "<script>" not in answer.text


def test_the_filer_sees_it_all_and_no_browser_keeps_it(visit: TestClient) -> None:
    receipt = visit.post("/aduan", data=raw(place="depan pasar") | {"key": key()}).text
    number, code = found(NUMBER, receipt), found(CODE, receipt)
    own = visit.post("/lacak", data={"number": number.lower(), "code": code.lower().replace("-", " ")})
    assert own.status_code == 200 and own.headers["cache-control"] == "no-store"
    assert TEXT in own.text and "depan pasar" in own.text
    # The code stands only where the next form carries it on, in its body.
    assert code not in re.sub(r'<input type="hidden" name="code" value="[^"]*">', "", own.text)


def test_wrong_number_and_wrong_code_are_answered_alike(visit: TestClient, database: Database) -> None:
    (number, code), (other, other_code) = mine(database), mine(database)
    guesses = ({"number": number, "code": other_code}, {"number": other, "code": code},
               {"number": number, "code": "0000-" * 5 + "0000"}, {"number": "JTM-0000-0000", "code": code})
    answers = [visit.post("/lacak", data=guess) for guess in guesses]
    assert {answer.status_code for answer in answers} == {404}
    pages = {NUMBER.sub("JTM", answer.text) for answer in answers}
    assert len(pages) == 1 and "tidak cocok" in pages.pop()
    assert all(code not in answer.text and other_code not in answer.text for answer in answers)


def test_a_mistyped_number_or_code_is_said_before_any_search(visit: TestClient) -> None:
    answer = visit.post("/lacak", data={"number": "JTM-0000-0001", "code": "abc"})
    assert answer.status_code == 422 and 'href="#number"' in answer.text and 'href="#code"' in answer.text
    assert "JTM-0000-0001" in answer.text


def test_without_a_code_the_public_page_is_shown(visit: TestClient, database: Database) -> None:
    number, _code = mine(database)
    answer = visit.post("/lacak", data={"number": number, "code": ""})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/aduan/{number}")


def test_guessing_is_slowed(sqlite_database: Database) -> None:
    guesser = visitor(api.routes)
    statuses = [guesser.post("/lacak", data={"number": "JTM-0000-0000", "code": "0" * 24}).status_code
                for _ in range(31)]
    assert statuses == [404] * 30 + [429]


OWN_PICTURE = re.compile(r"/aduan/JTM-[0-9A-Z]{4}-[0-9A-Z]{4}/qr\.svg")


class Tags(HTMLParser):
    """Reads a page as a browser does and remembers what could act."""

    def __init__(self) -> None:
        super().__init__()
        self.acting: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        src = dict(attrs).get("src") or ""
        foreign = tag == "script" and not src.startswith("/aduan")
        if foreign or (tag == "img" and not OWN_PICTURE.fullmatch(src)) or tag in ("b", "iframe", "object"):
            self.acting.append(tag)
        self.acting += [name for name, value in attrs
                        if name.startswith("on") or ((value or "").strip().lower().startswith("javascript:")
                        and name in ("href", "src", "action"))]


def harmless(page: str) -> None:
    """No typed mark-up came through as mark-up."""
    tags = Tags()
    tags.feed(page)
    assert tags.acting == [], page


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_only_words(visit: TestClient, database: Database, text: str) -> None:
    story = f"{text} dan cerita yang cukup panjang."
    wrong = visit.post("/aduan", data=dict.fromkeys(raw(), text) | {"key": text, "topic": text})
    assert wrong.status_code == 422
    receipt = visit.post("/aduan", data=raw(text=story, place=text) | {"key": key()})
    assert receipt.status_code == 201
    number, code = found(NUMBER, receipt.text), found(CODE, receipt.text)
    do(database, number, Kind.ANSWERED, story)
    pages = [wrong.text, receipt.text, visit.get(f"/aduan/{number}").text,
             visit.get(f"/en/aduan/{number}").text,
             visit.post("/lacak", data={"number": number, "code": code}).text,
             visit.post("/lacak", data={"number": text, "code": text}).text]
    for page in pages:
        harmless(page)


def test_nothing_about_a_person_is_logged_or_stored(visit: TestClient, database: Database) -> None:
    stream = io.StringIO()
    log.configure(SimpleNamespace(log_level="debug"), stream)
    canaries = ["Sulastri Binti Karto", "3518085107790002", "0812-3456-7890", "sulastri@example.org"]
    agent = "Mozilla/5.0 (CanaryPhone 7)"
    story = ", ".join(canaries) + " melapor."
    try:
        headers = {"user-agent": agent, "referer": "http://example.org/sulastri",
                   "x-forwarded-for": "192.0.2.77"}
        receipt = visit.post("/aduan", data=raw(text=story, visibility="confidential") | {"key": key()},
                             headers=headers)
        number, code = found(NUMBER, receipt.text), found(CODE, receipt.text)
        visit.post("/lacak", data={"number": number, "code": code}, headers=headers)
        visit.post("/aduan", data=raw(text=story, region="") | {"key": key()}, headers=headers)
        visit.get(f"/aduan/{number}", headers=headers)
        logging.getLogger("cettar_site.test").info("the log is on")
    finally:
        log.configure(settings())
    assert "the log is on" in stream.getvalue()
    for secret in (*canaries, agent, "192.0.2.77", "198.18.", code, story):
        assert secret not in stream.getvalue()
    public = visit.get(f"/aduan/{number}").text + visit.get(f"/api/v1/complaints/{number}").text
    assert not [canary for canary in canaries if canary in public]
    if database.is_sqlite:
        kept = b"".join(path.read_bytes() for path in sorted(
            Path(database.url.removeprefix("sqlite:///")).parent.glob("*sqlite*")))
        for secret in (agent, "192.0.2.77", "198.18.", code, code.replace("-", "")):
            assert secret.encode() not in kept


@pytest.mark.parametrize("lang", ["id", "en"])
def test_both_forms_stand_in_each_language(lang: str) -> None:
    w = words(lang)
    page = str(island.h.fragment[island_form.form(w, {"kategori": "S08.001", "wilayah": "35.18"})])
    assert page.count(FRESH) == 1 and page.endswith(f'name="key" form="aduan" value="{FRESH}">')
    assert re.search(r'value="35.18"[^>]* selected', page) and re.search(r'value="S08.001"[^>]* selected',
                                                                         page)
    assert 'value="anonymous" checked' in page
    track = str(island.h.fragment[island.lacak_form(w, {"nomor": '"><b>'})])
    assert "<b>" not in track


@pytest.mark.parametrize(("hours", "said"), [
    (0, "masih 2 hari kerja"), (19.2, "masih 1,2 hari kerja"), (24, "masih 1 hari kerja"), (43, "masih 5 jam"),
    (47.9999, "masih 1 menit"), (50, "terlambat 2 jam"), (72, "terlambat 1 hari kerja")])
def test_the_clock_in_words(sqlite_database: Database, hours: float, said: str) -> None:
    number, _code = mine(sqlite_database)
    case = case_of(sqlite_database, number, vault())
    assert rules_view.clock_words(words("id"), case, NOW + timedelta(hours=hours)) == said
