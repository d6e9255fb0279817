"""Accounts: who may do what to whose, what ends with it, what is shown once and what never."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from httpx import Response
from sqlalchemy import text
from starlette.testclient import TestClient

from cettar_site.base.errors import Forbidden, Refused
from cettar_site.desk import actions_account, api, api_account
from cettar_site.desk.rules_account import check_managing, check_password
from cettar_site.desk.rules_door import Officer, Role
from cettar_site.infra import clock
from cettar_site.infra.db import Database
from tests.complaints.makers import NOW, visitor
from tests.desk.makers import HASH, PASSWORD, at_desk, code_of, form_token_of, half_in, hidden, officer, step

NEW = {"email": "baru@example.go.id", "role": "officer", "agency": "RSUD-SOETOMO"}
DEEDS = ("change", "disable", "enable", "password", "factor")
ONCE = re.compile(r'class="code" translate="no">([^<]+)<')


def admin(database: Database, email: str = "admin@example.go.id") -> Officer:
    return officer(database, "KOMINFO", Role.ADMIN, email)


def send(desk: TestClient, path: str, **typed: str) -> Response:
    return desk.post(path, data={"token": form_token_of(desk)} | typed)


def row(database: Database, who: Officer) -> dict[str, object]:
    with database.read() as session:
        found = session.execute(text("SELECT * FROM desk_officer WHERE id = :id"), {"id": who.id})
        return dict(found.mappings().one())


def trail(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as session:
        rows = session.execute(text("SELECT pseudonym, act, object FROM desk_trail ORDER BY id"))
        return [tuple(one) for one in rows]


# Role × account act → status. Only an admin does anything; the others are told that they may not.
MATRIX = [(role, act, 303 if role is Role.ADMIN and act not in ("make", "password", "list", "see", "new") else
           200 if role is Role.ADMIN else 403)
          for role in Role for act in ("list", "see", "new", "make", *DEEDS)]


@pytest.mark.parametrize("role", list(Role))
def test_every_role_at_every_account_act(database: Database, role: Role) -> None:
    target = officer(database, "DINKES")
    admin(database)
    desk = at_desk(officer(database, "KOMINFO", role, "pelaku@example.go.id"))
    path = f"/meja/akun/{target.pseudonym}"
    before, told = row(database, target), len(trail(database))
    found = {"list": desk.get("/meja/akun").status_code, "see": desk.get(path).status_code,
             "new": desk.get("/meja/akun/baru").status_code,
             "make": send(desk, "/meja/akun/baru", **NEW).status_code}
    for act in DEEDS:
        found[act] = send(desk, path, act=act, role="supervisor", agency="DINSOS").status_code
    assert found == {act: status for who, act, status in MATRIX if who is role}
    if role is not Role.ADMIN:
        assert row(database, target) == before and len(trail(database)) == told
    else:
        assert [act for _, act, _ in trail(database)[told:]] == [
            "account_made", "account_changed", "account_disabled", "account_enabled", "password_reset", "factor_reset"]


@pytest.mark.parametrize("act", DEEDS)
def test_an_admin_cannot_change_the_own_account(sqlite_database: Database, act: str) -> None:
    who = admin(sqlite_database)
    desk = at_desk(who)
    before = row(sqlite_database, who)
    answer = send(desk, f"/meja/akun/{who.pseudonym}", act=act, role="officer", agency="DINKES")
    assert answer.status_code == 422 and "pengelola lain" in answer.text
    assert row(sqlite_database, who) == before and desk.get("/meja/akun").status_code == 200


def test_one_admin_always_stays(database: Database) -> None:
    one, other = admin(database), admin(database, "lain@example.go.id")
    with database.write() as session:
        actions_account.disable(session, one, other.pseudonym, NOW)
    with database.write() as session, pytest.raises(Forbidden):
        # A request of the other that was on its way meanwhile.
        actions_account.disable(session, other, one.pseudonym, NOW)
    with pytest.raises(Forbidden):
        check_managing(other, one, {one.id})
    assert row(database, one)["disabled_at"] is None


def test_two_admins_who_close_each_other_at_once(database: Database) -> None:
    pair = admin(database), admin(database, "lain@example.go.id")

    def close(at: int) -> bool:
        try:
            with database.write() as session:
                actions_account.disable(session, pair[at], pair[1 - at].pseudonym, NOW)
        except Forbidden:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(close, (0, 1))) == [False, True]
    assert [row(database, one)["disabled_at"] is None for one in pair].count(True) == 1


@pytest.mark.parametrize("act", ["change", "disable", "password", "factor"])
def test_sessions_end_with_what_is_changed(database: Database, act: str) -> None:
    target = officer(database, "DINKES")
    chief, desk, halfway = at_desk(admin(database)), at_desk(target), half_in(target)
    assert desk.get("/meja").status_code == 200
    send(chief, f"/meja/akun/{target.pseudonym}", act=act, role="supervisor", agency="DINKES")
    assert desk.get("/meja").status_code == 303
    assert halfway.get("/masuk/langkah").headers["location"] == "/masuk"
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM desk_session")).scalar_one() == 1
    assert chief.get("/meja/akun").status_code == 200


def test_a_made_account_gets_a_password_for_once(database: Database) -> None:
    desk = at_desk(admin(database))
    answer = send(desk, "/meja/akun/baru", **NEW)
    password = ONCE.findall(answer.text)[0]
    page = desk.get("/meja/akun").text
    assert "baru@example.go.id" in page and password not in page and password not in str(trail(database))
    new = visitor(api.routes)
    assert new.post("/masuk", data={"email": NEW["email"], "password": password}).status_code == 303
    assert "Buat kata sandi Anda sendiri" in new.get("/masuk/langkah").text
    again = send(desk, "/meja/akun/baru", **NEW)
    assert again.status_code == 409 and "sudah punya akun" in again.text
    for wrong in ({"email": "x"}, {"role": "king"}, {"agency": "NOBODY"}, {"email": "a@contoh.invalid"}):
        assert send(desk, "/meja/akun/baru", **(NEW | wrong)).status_code == 422


def test_a_lost_phone(database: Database) -> None:
    target = officer(database, "DINKES")
    send(at_desk(admin(database)), f"/meja/akun/{target.pseudonym}", act="factor")
    assert row(database, target)["factor_sealed"] is None
    assert "Pasang kode masuk" in half_in(target).get("/masuk/langkah").text


def test_a_code_is_asked_for_again_after_ten_minutes(database: Database, later: "list[timedelta]") -> None:
    target, who = officer(database, "DINKES"), admin(database)
    desk = at_desk(who)
    path = f"/meja/akun/{target.pseudonym}"
    later[0] = timedelta(minutes=11)
    asked = send(desk, path, act="disable")
    assert asked.status_code == 401 and row(database, target)["disabled_at"] is None
    form = hidden(asked.text)
    assert form["act"] == "disable"
    assert desk.post(path, data=form | {"code": "000000"}).status_code == 401
    assert row(database, target)["disabled_at"] is None
    assert desk.post(path, data=form | {"code": code_of(who)}).status_code == 303
    assert row(database, target)["disabled_at"] is not None
    later[0] = timedelta(minutes=19)
    assert send(desk, path, act="enable").status_code == 303, "for ten minutes it is not asked for again"


def test_accounts_are_found_and_addresses_stay_out_of_urls(database: Database) -> None:
    names = [officer(database, agency).email for agency in ("DINKES", "DINSOS", "RSUD-SOETOMO")]
    desk = at_desk(admin(database))
    page = desk.get("/meja/akun").text
    assert all(name in page for name in names)
    assert not re.search(r'(href|action)="[^"]*(@|%40)', page)
    found = send(desk, "/meja/akun", cari="dinkes").text
    assert names[0] in found and names[1] not in found
    assert "admin@example.go.id" not in send(desk, "/meja/akun", cari="%").text
    for address, count in (("?peran=admin", 1), ("?keadaan=nonaktif", 0), ("?keadaan=semua", 4), ("?hal=x", 4)):
        assert desk.get(f"/meja/akun{address}").text.count('class="rowlink"') == count, address
    assert desk.get("/meja/akun/P-000000").status_code == desk.get("/meja/akun/siapa@example.go.id").status_code == 404


def test_a_form_from_elsewhere_changes_no_account(sqlite_database: Database) -> None:
    target = officer(sqlite_database, "DINKES")
    desk = at_desk(admin(sqlite_database))
    for token in ("", "0" * 32):
        answer = desk.post(f"/meja/akun/{target.pseudonym}", data={"token": token, "act": "disable"})
        assert answer.status_code == 403 and row(sqlite_database, target)["disabled_at"] is None
    assert send(desk, f"/meja/akun/{target.pseudonym}", act="promote").status_code == 400


def test_no_address_reaches_the_log_or_the_trail(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    target, who = officer(database, "DINKES", email="kanari-satu@example.go.id"), admin(database, "kanari-dua@x.go.id")
    desk = at_desk(who)
    send(desk, "/meja/akun/baru", **(NEW | {"email": "kanari-tiga@example.go.id"}))
    send(desk, "/meja/akun", cari="kanari-satu@example.go.id")
    for act in DEEDS:
        send(desk, f"/meja/akun/{target.pseudonym}", act=act, role="supervisor", agency="DINSOS")
    visitor(api.routes).post("/masuk", data={"email": "kanari-empat@example.go.id", "password": PASSWORD})
    said = "".join(capsys.readouterr())
    assert "kanari" not in said and PASSWORD not in said and "kanari" not in str(trail(database))


def test_a_password_of_ones_own(database: Database) -> None:
    who = officer(database)
    desk, elsewhere = at_desk(who), at_desk(who)
    new = "kelapa muda enam buah"
    form = {"act": "password", "new": new, "again": new}
    wrong = send(desk, "/meja/saya", **form, password="bukan ini kata sandinya")
    assert wrong.status_code == 422 and new not in wrong.text
    assert send(desk, "/meja/saya", **(form | {"again": "lain"}), password=PASSWORD).status_code == 422
    assert send(desk, "/meja/saya", **form, password=PASSWORD).status_code == 429, "guessing here waits as at the door"
    assert elsewhere.get("/meja").status_code == 200


def test_a_changed_password_ends_other_sessions(database: Database) -> None:
    who = officer(database)
    desk, elsewhere = at_desk(who), at_desk(who)
    new = "kelapa muda enam buah"
    answer = send(desk, "/meja/saya", act="password", password=PASSWORD, new=new, again=new)
    assert answer.status_code == 303
    assert (desk.get("/meja").status_code, elsewhere.get("/meja").status_code) == (200, 303)
    assert visitor(api.routes).post("/masuk", data={"email": who.email, "password": PASSWORD}).status_code == 401


def test_sessions_are_seen_and_ended(database: Database) -> None:
    who, other = officer(database), at_desk(officer(database, "DINKES"))
    desk, second, third = (at_desk(who) for _ in range(3))
    page = desk.get("/meja/saya").text
    keys = re.findall(r'name="key" value="([0-9a-f]+)"', page)
    assert len(keys) == 2
    send(other, "/meja/saya", act="end", key=keys[0])
    assert len(re.findall('name="key"', desk.get("/meja/saya").text)) == 2, "not another's"
    send(desk, "/meja/saya", act="end", key=keys[0])
    assert sorted(one.get("/meja").status_code for one in (second, third)) == [200, 303]
    assert send(desk, "/meja/saya", act="end_all").headers["location"] == "/masuk"
    assert [one.get("/meja").status_code for one in (desk, second, third)] == [303] * 3
    assert other.get("/meja").status_code == 200


def test_new_recovery_codes_replace_the_old(database: Database) -> None:
    who = officer(database)
    desk = at_desk(who)
    first, second = (re.findall("<code>([^<]+)", send(desk, "/meja/saya", act="recovery").text) for _ in range(2))
    assert len(first) == len(second) == 10 and not set(first) & set(second)
    halfway = half_in(who)
    assert step(halfway, recovery=first[0]).status_code == 401
    assert step(halfway, recovery=second[0]).status_code == 303
    assert "Tersisa 9 kode" in desk.get("/meja/saya").text


def test_the_same_password_again_is_no_new_one() -> None:
    with pytest.raises(Refused):
        check_password(Officer(1, "P-234567", "a@b.id", "DINKES", Role.OFFICER), PASSWORD, PASSWORD, same=True)
    assert api_account.PSEUDONYM.fullmatch("P-23456Z") and HASH and clock.now() > NOW - timedelta(days=9999)


@pytest.mark.parametrize("weak", [
    "password1234", "Surabaya2026!", "123456789012", "qwertyuiop123", "abcdefghijkl", "abcabcabcabc",
    "P-234567-2026", "ani@dinkes.id", "Bismillah123", "contoh-jawa-timur"])
def test_what_is_tried_first_is_no_password(weak: str) -> None:
    who = Officer(1, "P-234567", "ani@dinkes.id", "DINKES", Role.OFFICER)
    with pytest.raises(Refused):
        check_password(who, weak, weak, same=False)


@pytest.mark.parametrize("fine", [PASSWORD, "kelapa muda enam buah", "jagung bakar tepi pantai", "bf9g-9z4i-m8tk-yd5b",
                                  "Surabaya hujan lagi 2026"])
def test_words_that_are_not_tried_first_are_taken(fine: str) -> None:
    check_password(Officer(1, "P-234567", "ani@dinkes.id", "DINKES", Role.OFFICER), fine, fine, same=False)
