"""The second factor: codes once, half-way sign-ins that open nothing, enrolment, recovery, delays."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from cettar_site.base.factor import code_at, code_to_use, fitting_step, step_of
from cettar_site.desk import actions_door, actions_factor, api
from cettar_site.desk.rules_door import (
    HALFWAY,
    LONGEST_CODE_WAIT,
    WRONG_CODES,
    Half,
    Officer,
    Role,
    Step,
    Tries,
    counted,
    is_half_over,
    next_step,
    wait,
)
from cettar_site.infra import auth, clock
from cettar_site.infra.db import Database
from cettar_site.infra.settings import settings
from cettar_site.infra.vault import vault
from tests.complaints.makers import NOW, visitor
from tests.desk.makers import FACTOR, HASH, PASSWORD, STEPS, at_desk, code_of, filed, half_in, hidden, officer, step

# RFC 6238, appendix B (SHA-1), the last six of its eight digits: the secret is "12345678901234567890".
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")]
OWN = "jagung bakar tepi pantai"


@pytest.mark.parametrize(("seconds", "code"), RFC)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert code_at(RFC_SECRET, seconds // 30) == code


def test_a_code_fits_a_step_either_side_and_only_once() -> None:
    here = step_of(NOW)
    for step_, fits in ((here - 2, False), (here - 1, True), (here, True), (here + 1, True), (here + 2, False)):
        code = code_at(FACTOR, step_)
        assert fitting_step(FACTOR, f" {code[:3]} {code[3:]}", NOW, 0) == (step_ if fits else None)
        assert fitting_step(FACTOR, code, NOW, step_) is None, "used"
    assert [code_to_use(FACTOR, NOW, used) for used in (0, here, here + 1)] == [
        code_at(FACTOR, here), code_at(FACTOR, here + 1), None]


def some(**changes: bool) -> Officer:
    return Officer(1, "P-234567", "a@example.go.id", "DINKES", Role.OFFICER, **changes)


@pytest.mark.parametrize(("who", "proved", "expected"), [
    (some(), False, Step.ENROL), (some(), True, Step.ENROL),
    (some(must_change=True), False, Step.PASSWORD),
    (some(enrolled=True), False, Step.CODE), (some(enrolled=True), True, Step.ENTER),
    (some(enrolled=True, must_change=True), False, Step.CODE),
    (some(enrolled=True, must_change=True), True, Step.PASSWORD),
])
def test_what_is_asked_for_next(who: Officer, proved: bool, expected: Step) -> None:
    assert next_step(Half(who, NOW, proved)) is expected


def test_a_sign_in_on_its_way_ends() -> None:
    half = Half(some(), NOW)
    assert not is_half_over(half, NOW + HALFWAY - timedelta(seconds=1)) and is_half_over(half, NOW + HALFWAY)
    assert is_half_over(Half(some(), NOW, failures=WRONG_CODES), NOW)
    assert is_half_over(Half(some(disabled=True), NOW), NOW)


def inside(database: Database) -> list[tuple[str, str]]:
    """Every address of the desk that is behind the door, with its method."""
    number = filed(database, clock.now()).number
    found = []
    for route in api.routes:
        if route.path.startswith("/meja"):
            path = route.path.replace("{number}", number).replace("{name}", "P-234567").replace("{seq}", "1")
            found += [(method, path) for method in route.methods or () if method in ("GET", "POST")]
    return found


def is_outside(desk: TestClient, method: str, path: str) -> bool:
    answer = desk.request(method, path, data={"text": "x" * 30, "act": "answer"} if method == "POST" else None)
    return answer.status_code == 401 or (
        answer.status_code == 303 and answer.headers["location"].startswith("/masuk"))


def test_a_half_session_reaches_nothing(sqlite_database: Database) -> None:
    who = officer(sqlite_database, role=Role.ADMIN)
    desk = half_in(who)
    half = desk.cookies[auth.cookie_name(halfway=True)]
    everywhere = inside(sqlite_database)
    assert len(everywhere) >= 12
    for method, path in everywhere:
        assert is_outside(desk, method, path), (method, path)
    desk.cookies.set(auth.cookie_name(), half)  # as if it were a session's
    for method, path in everywhere:
        assert is_outside(desk, method, path), (method, path)
    whole = at_desk(who)
    thief = visitor(api.routes)
    thief.cookies.set(auth.cookie_name(halfway=True), whole.cookies[auth.cookie_name()])
    assert thief.get(STEPS).headers["location"] == "/masuk", "and a session is no half one"


def test_a_session_of_an_account_that_is_not_ready_opens_nothing(sqlite_database: Database) -> None:
    who = officer(sqlite_database)
    for change in ("must_change = 1", "enrolled_at = NULL", "disabled_at = '2026-11-01 00:00:00'"):
        desk = at_desk(who)
        with sqlite_database.write() as session:
            session.execute(text(f"UPDATE desk_officer SET {change}"))
        assert desk.get("/meja").status_code == 303, change
        with sqlite_database.write() as session:
            session.execute(text("UPDATE desk_officer SET must_change = 0, disabled_at = NULL, "
                                 "enrolled_at = '2026-11-01 00:00:00'"))


def test_a_code_is_taken_once(database: Database) -> None:
    who = officer(database)
    first, second = half_in(who), half_in(who)
    code = code_of(who)
    assert step(first, code=code).status_code == 303
    refused = step(second, code=code)
    assert refused.status_code == 401 and "sudah dipakai" in refused.text
    assert second.get("/meja").status_code == 303
    assert step(second, code=code_of(who)).status_code == 303


def test_of_many_with_one_code_at_once_one_comes_in(database: Database) -> None:
    who, code = officer(database), code_at(FACTOR, step_of(NOW))

    def knock(_: int) -> bool:
        with database.write() as session:
            return actions_factor.try_code(session, who, code, b"", NOW, vault())

    with ThreadPoolExecutor(6) as crowd:
        assert sorted(crowd.map(knock, range(6))) == [False] * 5 + [True]


def test_wrong_codes_wait_longer_and_longer_and_end_the_way(database: Database, later: "list[timedelta]") -> None:
    who = officer(database)
    desk = half_in(who)
    page = desk.get(STEPS).text
    assert [step(desk, page, code="000000").status_code for _ in range(3)] == [401, 401, 429]
    later[0] = timedelta(seconds=16)
    assert step(desk, page, code="000000").status_code == 401
    later[0] = timedelta(seconds=40)
    assert step(desk, page, code=code_of(who)).status_code == 429, "the wait has doubled"
    later[0] = timedelta(seconds=50)
    assert step(desk, page, code="000000").status_code == 401
    later[0] = timedelta(seconds=115)
    over = step(desk, page, code="000000")
    assert over.status_code == 401 and "Surel dinas" in over.text, "after five the password is asked for again"
    later[0] = timedelta(minutes=5)
    assert step(desk, page, code=code_of(who)).status_code == 401
    with database.read() as session:
        rows = session.execute(text("SELECT count(*) FROM desk_trail WHERE act = 'code_refused'")).scalar_one()
    assert rows == WRONG_CODES


def test_a_day_of_guessing_codes_is_a_hundred_guesses() -> None:
    tries, now, guesses = Tries(), NOW, 0
    while now < NOW + timedelta(days=1):
        now += timedelta(seconds=max(wait(tries, now, LONGEST_CODE_WAIT), 1))
        tries, guesses = counted(tries, now), guesses + 1
    assert guesses <= 105, "of a million codes, three fit at a time: 0.03 % a day, and the password must be known"


def test_the_wait_for_codes_reaches_a_quarter_of_an_hour() -> None:
    tries = Tries(20, NOW)
    assert wait(tries, NOW, 900.0) == 900.0 and wait(tries, NOW) == 60.0


def new_account(database: Database) -> Officer:
    with database.write() as session:
        return actions_door.add_officer(session, "baru@example.go.id", "DPUBM", Role.OFFICER, HASH, NOW,
                                        must_change=True)


def offered(page: str) -> str:
    """The secret that an enrolment page shows."""
    return page.partition('class="code" translate="no">')[2].partition("<")[0].replace(" ", "")


def test_a_new_account_makes_its_password_sets_its_factor_and_is_in(database: Database) -> None:
    who = new_account(database)
    desk = half_in(who)
    page = desk.get(STEPS).text
    assert "Buat kata sandi Anda sendiri" in page and 'class="qr"' not in page
    for new, again, wrong in (("pendek", "pendek", "terlalu pendek"), (PASSWORD, PASSWORD, "lain dari yang lama"),
                              (OWN, OWN + "!", "tidak sama"), ("aaaaaaaaaaaaaa", "aaaaaaaaaaaaaa", "mudah ditebak"),
                              (who.email, who.email, "mudah ditebak"), ("x" * 257, "x" * 257, "terlalu panjang")):
        answer = step(desk, page, new=new, again=again)
        assert answer.status_code == 422 and wrong in answer.text
    page = step(desk, page, new=OWN, again=OWN).text
    secret = offered(page)
    assert 'class="qr"' in page and len(secret) == 32 and desk.get("/meja").status_code == 303
    assert step(desk, page, code="000000").status_code == 401
    done = step(desk, page, code=code_at(secret, step_of(clock.now())))
    assert done.status_code == 200 and done.text.count("<code>") == auth.RECOVERY_CODES
    assert desk.get("/meja").status_code == 200
    with database.read() as session:
        kept = session.execute(text("SELECT factor_sealed FROM desk_officer")).scalar_one()
        hashes = session.execute(text("SELECT code_hash FROM desk_recovery")).scalars().all()
    assert secret.encode() not in bytes(kept) and len(hashes) == auth.RECOVERY_CODES
    again = visitor(api.routes)
    assert again.post("/masuk", data={"email": who.email, "password": PASSWORD}).status_code == 401
    assert again.post("/masuk", data={"email": who.email, "password": OWN}).status_code == 303
    page = again.get(STEPS).text
    assert 'class="qr"' not in page and secret not in page.replace(" ", "")
    code = done.text.partition("<code>")[2].partition("<")[0]
    assert step(again, page, recovery=code.upper().replace("-", " ")).status_code == 303, "a recovery code, once"
    more = visitor(api.routes)
    more.post("/masuk", data={"email": who.email, "password": OWN})
    assert step(more, recovery=code).status_code == 401


def test_a_step_that_is_not_asked_for_does_nothing(sqlite_database: Database) -> None:
    who = officer(sqlite_database)
    desk = half_in(who)
    form = hidden(desk.get(STEPS).text)
    for jump in ("password", "enrol", "enter", ""):
        answer = desk.post(STEPS, data=form | {"step": jump, "new": OWN, "again": OWN, "code": "1"})
        assert answer.status_code == 403 and desk.get("/meja").status_code == 303
    assert desk.post(STEPS, data=form | {"token": "0" * 32, "code": code_of(who)}).status_code == 403
    assert visitor(api.routes).post(STEPS, data=form | {"code": code_of(who)}).status_code == 401


def test_a_disabled_account_is_answered_like_a_wrong_password(sqlite_database: Database) -> None:
    who = officer(sqlite_database)
    with sqlite_database.write() as session:
        session.execute(text("UPDATE desk_officer SET disabled_at = '2026-11-01 00:00:00'"))
    answer = visitor(api.routes).post("/masuk", data={"email": who.email, "password": PASSWORD})
    assert answer.status_code == 401 and "kata sandi salah" in answer.text


def test_the_cookie_of_a_half_session_is_short_and_out_of_reach(sqlite_database: Database) -> None:
    cookie = visitor(api.routes).post(
        "/masuk", data={"email": officer(sqlite_database).email, "password": PASSWORD}).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=600"} <= set(cookie.split("; "))
    assert settings().secret and auth.code_hash("P-234567") != auth.account_hash("P-234567")
