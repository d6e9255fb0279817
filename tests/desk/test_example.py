"""The simulation's accounts: anybody can try them there, and nobody anywhere else."""

from pathlib import Path

import pytest

from cettar_site.base.errors import Refused
from cettar_site.base.factor import code_at, step_of
from cettar_site.desk import actions_door, actions_factor, api, store_factor
from cettar_site.desk.rules_door import Officer, Role, check_account
from cettar_site.desk.rules_example import EXAMPLE_OFFICERS, FACTOR, PASSWORD, PASSWORD_HASH
from cettar_site.infra import clock
from cettar_site.infra.db import Database
from cettar_site.infra.vault import vault
from cettar_site.simulation.actions_write import add_officers
from tests.complaints.makers import NOW, visitor
from tests.desk.makers import STEPS, form_token_of, step


@pytest.fixture
def demo(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The simulation, with its accounts."""
    monkeypatch.setattr(sqlite_database, "realm", "demo")
    for _ in range(2):  # again changes nothing
        with sqlite_database.write() as session:
            add_officers(session, NOW, 1, vault())
    return sqlite_database


@pytest.mark.parametrize("example", EXAMPLE_OFFICERS, ids=lambda one: one.role)
def test_each_role_can_be_tried(demo: Database, example: Officer) -> None:
    desk = visitor(api.routes)
    door = desk.get("/masuk").text
    assert example.email in door and PASSWORD in door
    assert desk.post("/masuk", data={"email": example.email, "password": PASSWORD}).status_code == 303
    page = desk.get(STEPS).text
    code = page.partition('<strong translate="no">')[2].partition("<")[0]
    assert len(code) == 6 and code.isdigit()
    assert step(desk, page, code=code).status_code == 303
    assert desk.get("/meja/saya").status_code == 200
    assert {one.role for one in EXAMPLE_OFFICERS} == set(Role)


def test_an_account_that_all_share_cannot_be_taken_from_the_others(demo: Database) -> None:
    desk = visitor(api.routes)
    desk.post("/masuk", data={"email": "pengelola@contoh.invalid", "password": PASSWORD})
    page = desk.get(STEPS).text
    step(desk, page, code=page.partition('<strong translate="no">')[2].partition("<")[0])
    token = form_token_of(desk)
    for act in ("password", "recovery", "end_all"):
        answer = desk.post("/meja/saya", data={"token": token, "act": act, "password": PASSWORD, "new": "x" * 20,
                                               "again": "x" * 20, "key": "0"})
        assert answer.status_code == 422 and "Akun contoh" in answer.text
    with demo.read() as session:
        other = actions_door.store.officer_by_email(session, "petugas@contoh.invalid")
    assert other is not None
    answer = desk.post(f"/meja/akun/{other[0].pseudonym}", data={"token": token, "act": "disable"})
    assert answer.status_code == 422
    for email, status in (("siapa@example.go.id", 422), ("baru@contoh.invalid", 200)):
        form = {"token": token, "email": email, "role": "officer", "agency": "DINKES"}
        made = desk.post("/meja/akun/baru", data=form)
        assert made.status_code == status, "no letter can go to who is typed here"


def test_nothing_of_it_opens_a_real_site(sqlite_database: Database) -> None:
    for simulated in (False, True):
        with pytest.raises(Refused):
            check_account("a@example.go.id" if simulated else "a@contoh.invalid", "DINKES", simulated=simulated)
    # Planted: the simulation's account in a real database, however it came there.
    with sqlite_database.write() as session:
        who = actions_door.add_officer(session, "pengelola@contoh.invalid", "KOMINFO", Role.ADMIN, PASSWORD_HASH, NOW,
                                       simulated=True)
        salt = bytes(32)
        actions_factor.set_factor(session, who, salt, store_factor.sealed(FACTOR, salt, vault()), 0, NOW)
    desk = visitor(api.routes)
    door = desk.get("/masuk").text
    assert PASSWORD not in door and "contoh.invalid" not in door
    answer = desk.post("/masuk", data={"email": who.email, "password": PASSWORD})
    assert answer.status_code == 401 and "set-cookie" not in answer.headers
    assert code_at(FACTOR, step_of(clock.now())) not in answer.text


def test_the_code_is_shown_in_the_simulation_alone(demo: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = visitor(api.routes)
    desk.post("/masuk", data={"email": "petugas@contoh.invalid", "password": PASSWORD})
    assert "Kode akun contoh" in desk.get(STEPS).text
    monkeypatch.setattr(demo, "realm", "real")
    assert "Kode akun contoh" not in desk.get(STEPS).text
    assert Path(demo.url.removeprefix("sqlite:///")).exists()
