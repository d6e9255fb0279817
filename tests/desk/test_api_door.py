"""The door over HTTP: who gets in, how long a session lasts, that no typed word is lost."""

import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from cettar_site.desk import api
from cettar_site.infra import auth, clock
from cettar_site.infra.db import Database
from cettar_site.infra.vault import vault
from tests.complaints.makers import case_of, visitor
from tests.desk.makers import ANSWER, PASSWORD, at_desk, filed, form_token, officer

SIGN_IN = "Masuk sebagai petugas"


def test_a_wrong_address_and_a_wrong_password_are_answered_alike(database: Database) -> None:
    who = officer(database)
    wrong = visitor(api.routes).post("/masuk", data={"email": who.email, "password": "bukan ini "
                                                                                     "kata sandinya"})
    unknown = visitor(api.routes).post("/masuk", data={"email": "siapa@example.go.id", "password": PASSWORD})
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.text.replace(who.email, "E") == unknown.text.replace("siapa@example.go.id", "E")
    assert PASSWORD not in unknown.text and "set-cookie" not in wrong.headers


def test_guessing_waits_and_the_right_password_enters_afterwards(database: Database,
                                                                 later: "list[timedelta]") -> None:
    who = officer(database)

    def knock(password: str) -> int:
        return visitor(api.routes).post("/masuk", data={"email": who.email, "password": password}).status_code

    assert [knock("bukan ini kata sandinya") for _ in range(3)] == [401, 401, 429]
    assert knock(PASSWORD) == 429, "the delay holds for everybody, from whatever network"
    later[0] = timedelta(seconds=20)
    assert knock(PASSWORD) == 303
    assert knock("bukan ini kata sandinya") == 401, "entering forgets the failures"


def test_many_tries_from_one_network_are_slowed(sqlite_database: Database) -> None:
    crowd = visitor(api.routes)
    statuses = [crowd.post("/masuk", data={"email": f"{n}@example.go.id", "password": "x"}).status_code
                for n in range(11)]
    assert statuses == [401] * 10 + [429]


def test_each_sign_in_has_a_new_session_and_ends_the_old_one(database: Database) -> None:
    who = officer(database)
    desk = visitor(api.routes)
    desk.cookies.set(auth.cookie_name(), "chosen-by-somebody-else")
    form = {"email": who.email, "password": PASSWORD}
    tokens = []
    for _ in range(2):
        answer = desk.post("/masuk", data=form)
        tokens.append(answer.headers["set-cookie"].partition("=")[2].partition(";")[0])
    assert "chosen-by-somebody-else" not in tokens and tokens[0] != tokens[1]
    with database.read() as session:
        kept = [bytes(row) for row in session.execute(text("SELECT token_hash FROM desk_session")).scalars()]
    assert kept == [auth.token_hash(tokens[1])]


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 303)])
def test_a_session_that_is_not_used_ends(database: Database, later: "list[timedelta]", minutes: int,
                                         status: int) -> None:
    desk = at_desk(officer(database))
    later[0] = timedelta(minutes=minutes)
    assert desk.get("/meja").status_code == status


def test_a_session_in_use_ends_after_twelve_hours(database: Database, later: "list[timedelta]") -> None:
    desk = at_desk(officer(database))
    for minutes in range(20, 12 * 60, 20):
        later[0] = timedelta(minutes=minutes)
        assert desk.get("/meja").status_code == 200
    later[0] = timedelta(hours=12)
    assert desk.get("/meja").status_code == 303


def test_words_typed_in_a_session_that_ended_survive_signing_in(database: Database,
                                                                later: "list[timedelta]") -> None:
    who, number = officer(database), filed(database, clock.now()).number
    desk = at_desk(who)
    token = form_token(desk)
    later[0] = timedelta(minutes=31)
    door = desk.post(f"/meja/{number}", data={"text": ANSWER + ' "ya"', "seen": "2", "token": token,
                                              "act": "answer"})
    assert door.status_code == 401 and SIGN_IN in door.text
    carried = dict(re.findall(r'type="hidden" name="([\w.]+)" value="([^"]*)"', door.text))
    carried = {name: html.unescape(value) for name, value in carried.items()}
    again = desk.post("/masuk", data={"email": who.email, "password": PASSWORD} | carried)
    assert again.status_code == 200
    assert ANSWER + ' "ya"' in html.unescape(again.text)
    sent = dict(re.findall(r'type="hidden" name="([\w.]+)" value="([^"]*)"', again.text))
    assert desk.post(f"/meja/{number}", data=sent | {"text": ANSWER}).status_code == 303
    assert case_of(database, number, vault()).life.first_answer_at is not None


@pytest.mark.parametrize("going", ["//evil.example", "https://evil.example", "/meja/../masuk", "/keluar",
                                   "/meja/x\r\ny: z"])
def test_signing_in_leads_nowhere_else(sqlite_database: Database, going: str) -> None:
    who = officer(sqlite_database)
    answer = visitor(api.routes).post("/masuk", data={"email": who.email, "password": PASSWORD, "ke": going})
    assert (answer.status_code, answer.headers["location"]) == (303, "/meja")
    assert going not in visitor(api.routes).get("/masuk", params={"ke": going}).text
