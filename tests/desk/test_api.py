"""The desk over HTTP: who gets in, whose complaints they see, and that no typed word is lost."""

import html
import re
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from cettar_site.complaints.rules import Kind, Shown, State
from cettar_site.complaints.rules_filing import Destination
from cettar_site.desk import api
from cettar_site.desk.rules import PAGE, Role
from cettar_site.infra import clock
from cettar_site.infra.db import Database
from cettar_site.infra.vault import vault
from tests.complaints.makers import TEXT, case_of, visitor
from tests.desk.makers import ANSWER, answered, at_desk, filed, form_token, officer, seen

SIGN_IN = "Masuk sebagai petugas"


def events(database: Database, number: str) -> list[Kind]:
    return [event.kind for event in case_of(database, number, vault()).events][2:]


def test_without_signing_in_there_is_only_the_door(database: Database) -> None:
    number = filed(database, clock.now()).number
    stranger = visitor(api.routes)
    for path in ("/meja", f"/meja/{number}"):
        answer = stranger.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/masuk?ke={path}")
        assert TEXT not in answer.text
    assert stranger.post(f"/meja/{number}", data={"text": ANSWER, "act": "answer"}).status_code == 401
    assert SIGN_IN in stranger.get("/masuk").text and stranger.get("/en/masuk").status_code == 200
    assert events(database, number) == []


def test_an_officer_signs_in_answers_and_signs_out(database: Database) -> None:
    who, number = officer(database), filed(database, clock.now()).number
    desk = at_desk(who)
    assert number in desk.get("/meja").text
    page = desk.get(f"/meja/{number}").text
    assert TEXT in page and "Kirim jawaban" in page
    answer = desk.post(f"/meja/{number}", data={"text": ANSWER, "seen": seen(number), "token": form_token(desk),
                                                "act": "answer"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/meja/{number}?pesan=answer")
    after = desk.get(answer.headers["location"]).text
    assert ANSWER in after and "tersimpan" in after
    case = case_of(database, number, vault())
    assert case.events[-1].actor == who.pseudonym and case.life.state is State.ANSWERED
    assert number not in desk.get("/meja").text and number in desk.get("/meja?keadaan=dijawab").text
    old = dict(desk.cookies)
    out = desk.post("/keluar", data={"token": form_token(desk)})
    assert out.status_code == 303 and "clear-site-data" in out.headers
    thief = visitor(api.routes)
    thief.cookies.update(old)
    assert thief.get("/meja").status_code == 303, "the session ended on the server, not only in the browser"


def test_an_acknowledgement_is_an_event_that_stops_no_clock(database: Database) -> None:
    who, number = officer(database), filed(database, clock.now()).number
    desk = at_desk(who)
    form = {"seen": seen(number), "token": form_token(desk), "act": "acknowledge"}
    assert desk.post(f"/meja/{number}", data=form).status_code == 303
    assert events(database, number) == [Kind.ACKNOWLEDGED]
    case = case_of(database, number, vault())
    assert case.life.open and case.life.first_answer_at is None
    assert number in desk.get("/meja").text and "sudah dibaca" in desk.get("/meja").text
    assert desk.post(f"/meja/{number}", data=form | {"seen": seen(number, 3)}).status_code == 409
    assert "Tandai sudah dibaca" not in desk.get(f"/meja/{number}").text


WHO = [("none", None, ""), ("own", Role.OFFICER, "DPUBM"), ("other", Role.OFFICER, "DINKES"),
       ("supervisor", Role.SUPERVISOR, "INSPEKTORAT"), ("admin", Role.ADMIN, "DPUBM")]
EXPECTED = {  # who → status of reading, answering, acknowledging
    "none": (303, 401, 401), "own": (200, 303, 303), "other": (404, 404, 404),
    "supervisor": (404, 404, 404), "admin": (404, 404, 404)}


@pytest.mark.parametrize(("name", "role", "agency"), WHO)
@pytest.mark.parametrize("shown", list(Shown))
def test_every_role_at_every_door(database: Database, name: str, role: Role | None, agency: str,
                                  shown: Shown) -> None:
    first, second = (filed(database, clock.now(), shown=shown).number for _ in range(2))
    desk = visitor(api.routes) if role is None else at_desk(officer(database, agency, role))
    token = form_token(desk) if role is not None else "0" * 32
    read = desk.get(f"/meja/{first}")
    statuses = (read.status_code,
                desk.post(f"/meja/{first}", data={"text": ANSWER, "seen": seen(first), "token": token,
                                                  "act": "answer"}).status_code,
                desk.post(f"/meja/{second}", data={"seen": seen(second), "token": token,
                                                   "act": "acknowledge"}).status_code)
    assert statuses == EXPECTED[name]
    assert (TEXT in read.text) == (name == "own")
    assert (first in desk.get("/meja?keadaan=semua").text) == (name == "own")
    happened = (events(database, first), events(database, second))
    assert happened == (([Kind.ANSWERED], [Kind.ACKNOWLEDGED]) if name == "own" else ([], []))


def test_another_agencys_complaint_looks_like_none_at_all(database: Database) -> None:
    number = filed(database, clock.now(), to=Destination("DINKES")).number
    desk = at_desk(officer(database))
    real, none = desk.get(f"/meja/{number}"), desk.get("/meja/JTM-0000-0000")
    assert (real.status_code, none.status_code) == (404, 404)
    assert real.text.replace(number, "N") == none.text.replace("JTM-0000-0000", "N")


@pytest.mark.parametrize("token", ["", "0" * 32, "another"])
def test_a_form_from_elsewhere_changes_nothing_and_keeps_the_words(database: Database, token: str) -> None:
    who, number = officer(database), filed(database, clock.now()).number
    desk = at_desk(who)
    given = form_token(at_desk(who)) if token == "another" else token
    form = {"text": ANSWER, "seen": seen(number), "token": given, "act": "answer"}
    answer = desk.post(f"/meja/{number}", data=form)
    assert answer.status_code == 403 and ANSWER in answer.text
    assert events(database, number) == []
    assert desk.post("/keluar", data={"token": given}).status_code == 403
    assert desk.get("/meja").status_code == 200


@pytest.mark.parametrize("words", ["", "Siap.", "x" * 4001])
def test_an_answer_that_says_nothing_is_shown_again(database: Database, words: str) -> None:
    number = filed(database, clock.now()).number
    desk = at_desk(officer(database))
    form = {"text": words, "seen": seen(number), "token": form_token(desk), "act": "answer"}
    answer = desk.post(f"/meja/{number}", data=form)
    assert answer.status_code == 422 and words in answer.text and 'href="#text"' in answer.text
    assert events(database, number) == []


def test_an_answer_sent_twice_is_one_answer(database: Database) -> None:
    number = filed(database, clock.now()).number
    desk = at_desk(officer(database))
    assert [answered(desk, number), answered(desk, number)] == [303, 409]
    assert events(database, number) == [Kind.ANSWERED]
    assert answered(desk, number, "Sudah selesai diperbaiki kemarin.", after=3) == 303
    assert events(database, number) == [Kind.ANSWERED, Kind.ANSWERED]


def test_a_queue_in_pages_by_due_time(sqlite_database: Database) -> None:
    now = clock.now()
    numbers = [filed(sqlite_database, now - timedelta(hours=hours)).number for hours in range(PAGE + 5)]
    desk = at_desk(officer(sqlite_database))
    first = desk.get("/meja").text
    further = re.search(r'rel="next" href="([^"]+)"', first)
    assert further is not None
    second = desk.get(html.unescape(further[1])).text
    oldest_first = numbers[::-1]
    assert [number for number in oldest_first if number in first] == oldest_first[:PAGE]
    assert [number for number in oldest_first if number in second] == oldest_first[PAGE:]
    assert first.index(oldest_first[0]) < first.index(oldest_first[1])
    for odd in ("lanjut=0", "lanjut=-1.2", "lanjut=x.y", f"lanjut={9 ** 30}.1", "keadaan=rahasia", "lanjut=٣.٣",
                "lanjut=1.99999999999999999999", "topik=x", "wilayah=35", "cari=%22%20AND", "cari=JTM-0000-0000"):
        assert desk.get(f"/meja?{odd}").status_code == 200


def test_a_confidential_complaint_is_marked(database: Database) -> None:
    number = filed(database, clock.now(), shown=Shown.CONFIDENTIAL).number
    desk = at_desk(officer(database))
    assert "rahasia" in desk.get("/meja").text
    assert "Aduan ini rahasia" in desk.get(f"/meja/{number}").text


def test_hostile_words_are_only_words(database: Database) -> None:
    hostile = '</textarea><script>alert(1)</script>"><img src=x onerror=alert(1)> dan cerita panjang.'
    number = filed(database, clock.now(), text=hostile, place='"><b>').number
    desk = at_desk(officer(database))
    form = {"text": hostile * 90, "seen": seen(number), "token": form_token(desk), "act": "answer"}
    pages = [desk.get("/meja").text, desk.get(f"/meja/{number}").text, desk.post(f"/meja/{number}",
                                                                                 data=form).text,
             desk.post("/masuk", data={"email": hostile, "password": hostile, "ke": hostile,
                                       "text": hostile}).text]
    for page in pages:
        assert "<script>" not in page and "<img" not in page and "<b>" not in page


def test_no_page_of_the_desk_is_kept_or_indexed(sqlite_database: Database) -> None:
    number = filed(sqlite_database, clock.now()).number
    desk = at_desk(officer(sqlite_database))
    for path in ("/meja", f"/meja/{number}", "/masuk"):
        assert desk.get(path).headers["cache-control"] == "no-store"
    assert 'content="noindex"' in desk.get("/meja").text


def test_the_body_is_bounded(sqlite_database: Database) -> None:
    desk: TestClient = visitor(api.routes)
    for path in ("/masuk", "/keluar", "/meja/JTM-0000-0000"):
        assert desk.post(path, data={"text": "x" * 70_000}).status_code == 413
