"""The door over HTTP: who gets in, how long a session lasts, that no typed word is lost."""

import html
from datetime import timedelta

import pytest
from httpx import Response
from sqlalchemy import text

from cettar_site.desk import api
from cettar_site.infra import auth, clock
from cettar_site.infra.db import Database
from cettar_site.infra.vault import vault
from tests.complaints.makers import case_of, visitor
from tests.desk.makers import ANSWER, PASSWORD, STEPS, at_desk, code_of, filed, form_token, hidden, officer, seen, step

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
    desk.cookies.set(auth.cookie_name(halfway=True), "chosen-as-well")
    tokens = []
    for _ in range(2):
        half = cookie_of(desk.post("/masuk", data={"email": who.email, "password": PASSWORD}))
        whole = cookie_of(step(desk, code=code_of(who)))
        tokens += [half, whole]
    assert len({*tokens, "chosen-by-somebody-else", "chosen-as-well"}) == 6
    assert kept_hashes(database, "desk_session") == [auth.token_hash(tokens[3])]
    assert kept_hashes(database, "desk_half") == [], "the way in is over"


def cookie_of(answer: Response) -> str:
    """The token in the first cookie of an answer."""
    return str(answer.headers["set-cookie"].partition("=")[2].partition(";")[0])


def kept_hashes(database: Database, table: str) -> list[bytes]:
    """The tokens of a table, as they are kept."""
    with database.read() as session:
        return [bytes(row) for row in session.execute(text(f"SELECT token_hash FROM {table}")).scalars()]


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
    words = ANSWER + ' "ya"'
    door = desk.post(f"/meja/{number}", data={"text": words, "seen": seen(number), "token": token, "act": "answer"})
    assert door.status_code == 401 and SIGN_IN in door.text and token not in door.text
    asked = desk.post("/masuk", data=hidden(door.text) | {"email": who.email, "password": PASSWORD})
    assert asked.status_code == 200 and PASSWORD not in asked.text
    wrong = step(desk, asked.text, code="000000")
    assert wrong.status_code == 401
    again = step(desk, wrong.text, code=code_of(who))
    assert again.status_code == 200 and words in html.unescape(again.text)
    assert desk.post(f"/meja/{number}", data=hidden(again.text) | {"text": words}).status_code == 303
    assert case_of(database, number, vault()).life.first_answer_at is not None


@pytest.mark.parametrize("going", ["//evil.example", "https://evil.example", "/meja/../masuk", "/keluar",
                                   "/meja/x\r\ny: z"])
def test_signing_in_leads_nowhere_else(sqlite_database: Database, going: str) -> None:
    who = officer(sqlite_database)
    desk = visitor(api.routes)
    answer = desk.post("/masuk", data={"email": who.email, "password": PASSWORD, "ke": going})
    assert (answer.status_code, answer.headers["location"]) == (303, STEPS)
    answer = step(desk, code=code_of(who), ke=going)
    assert (answer.status_code, answer.headers["location"]) == (303, "/meja")
    assert going not in visitor(api.routes).get("/masuk", params={"ke": going}).text


def test_signing_in_leads_to_where_one_was_going(sqlite_database: Database) -> None:
    who = officer(sqlite_database)
    desk = visitor(api.routes)
    answer = desk.post("/masuk", data={"email": who.email, "password": PASSWORD, "ke": "/meja/saya"})
    assert answer.headers["location"] == f"{STEPS}?ke=/meja/saya"
    answer = step(desk, desk.get(answer.headers["location"]).text, code=code_of(who))
    assert (answer.status_code, answer.headers["location"]) == (303, "/meja/saya")
    assert desk.get("/masuk").headers["location"] == "/meja"
