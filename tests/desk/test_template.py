"""Templates: an agency's own, kept by its supervisors."""

import re

import pytest
from starlette.testclient import TestClient

from cettar_site.base.errors import Refused
from cettar_site.desk import store_template
from cettar_site.desk.rules import Role
from cettar_site.desk.rules_template import MOST, Template, check_template
from cettar_site.infra.db import Database
from tests.complaints.makers import NOW
from tests.desk.makers import at_desk, form_token, officer


def change(desk: TestClient, **fields: str) -> int:
    return desk.post("/meja/templat", data={"token": form_token(desk), "do": "save"} | fields).status_code


def test_supervisors_add_change_and_delete_their_own(database: Database) -> None:
    boss = at_desk(officer(database, "DINKES", Role.SUPERVISOR))
    other = at_desk(officer(database, "DISHUB", Role.SUPERVISOR))
    assert change(boss, name="Antrean", text="Loket tambahan kami buka di [tempat].") == 303
    page = boss.get("/meja/templat").text
    assert "Loket tambahan" in page
    found = re.search(r"ubah=(\d+)", page)
    assert found is not None
    assert "Loket tambahan" not in other.get("/meja/templat").text
    assert change(other, id=found[1], name="x", text="y") == 404
    assert change(other, id=found[1], do="remove") == 303 and "Loket tambahan" in boss.get("/meja/templat").text
    assert "Loket tambahan" in boss.get(f"/meja/templat?ubah={found[1]}").text
    assert change(boss, id=found[1], name="Antrean", text="Loket baru.") == 303
    assert "Loket tambahan" not in boss.get("/meja/templat").text
    assert change(boss, id=found[1], do="remove") == 303
    assert "Belum ada templat" in boss.get("/meja/templat").text


def test_words_that_can_not_be_kept_are_given_back(sqlite_database: Database) -> None:
    boss = at_desk(officer(sqlite_database, "DINKES", Role.SUPERVISOR))
    form = {"token": form_token(boss), "do": "save", "name": "", "text": "Loket tambahan."}
    again = boss.post("/meja/templat", data=form)
    assert again.status_code == 422 and "Loket tambahan." in again.text
    assert boss.post("/meja/templat", data=form | {"token": "x"}).status_code == 403


def test_officers_do_not_change_templates(sqlite_database: Database) -> None:
    for role in (Role.OFFICER, Role.TRIAGE, Role.AUDITOR, Role.ADMIN):
        assert change(at_desk(officer(sqlite_database, "KOMINFO", role)), name="a", text="b") == 403


def test_there_is_a_limit(sqlite_database: Database) -> None:
    boss = at_desk(officer(sqlite_database, "DINKES", Role.SUPERVISOR))
    with sqlite_database.write() as session:
        for n in range(MOST):
            store_template.save(session, "DINKES", Template(0, f"Nama {n}", "Isi"), "P-234567", NOW)
    assert change(boss, name="Lagi", text="Satu lagi.") == 422


@pytest.mark.parametrize("typed", [{}, {"name": "a"}, {"text": "b"}, {"name": "a" * 81, "text": "b"},
                                   {"name": "a", "text": "b" * 2001}])
def test_a_template_has_a_name_and_a_text(typed: dict[str, str]) -> None:
    with pytest.raises(Refused):
        check_template(typed)
