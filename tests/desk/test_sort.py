"""Sorting: one tap, many at once, each by itself, and what could not be done is said."""

import re
from datetime import timedelta

from httpx import Response
from starlette.testclient import TestClient

from cettar_site.complaints.rules import Kind, State
from cettar_site.complaints.rules_filing import Destination
from cettar_site.desk.rules import Role
from cettar_site.desk.rules_sort import MOST
from cettar_site.infra import clock
from cettar_site.infra.db import Database
from cettar_site.infra.vault import vault
from tests.complaints.makers import case_of, happens
from tests.desk.makers import at_desk, filed, form_token, officer, seen

NOWHERE = Destination()


def sorter(database: Database) -> TestClient:
    return at_desk(officer(database, "KOMINFO", Role.TRIAGE))


def send(desk: TestClient, *pairs: tuple[str, str]) -> Response:
    pairs = (("token", form_token(desk)), *pairs)
    return desk.post("/meja/pilah", data={name: [v for n, v in pairs if n == name] for name, _ in pairs})


def holder(database: Database, number: str) -> str:
    return case_of(database, number, vault()).life.agency_code


def test_one_tap_routes_to_the_suggestion(database: Database) -> None:
    number = filed(database, clock.now(), to=NOWHERE, category_code="S08.001").number
    desk = sorter(database)
    page = desk.get("/meja/pilah").text
    taps = re.findall(rf'name="one" value="({number}~{seen(number, 1)}~[^"]+)"', page)
    assert taps, "our own table suggests where the topic goes"
    answer = send(desk, ("one", taps[0]))
    assert answer.status_code == 200 and "1 dari 1 disalurkan" in answer.text
    case = case_of(database, number, vault())
    assert case.life.state in (State.WAITING, State.FORWARDED)
    assert number not in desk.get("/meja/pilah").text and number in desk.get("/meja?keadaan=tersalur").text


def test_many_at_once_each_by_itself(database: Database) -> None:
    numbers = [filed(database, clock.now() - timedelta(hours=1), to=NOWHERE).number for _ in range(4)]
    elsewhere = filed(database, clock.now()).number
    desk = sorter(database)
    happens(database, numbers[1], Kind.NOTED, 0.5, text="Sudah ditelepon.", vault=vault())
    picks = [("pick", f"{one}~{seen(one, 1)}~") for one in (*numbers, elsewhere)]
    answer = send(desk, *picks, ("to", "DISHUB"))
    assert "3 dari 5 disalurkan" in answer.text and "baru saja berubah" in answer.text
    assert [holder(database, one) for one in numbers] == ["DISHUB", "KOMINFO", "DISHUB", "DISHUB"]
    assert holder(database, elsewhere) == "DPUBM" and "tidak ada di meja ini" in answer.text


def test_many_go_outside_the_province(database: Database) -> None:
    numbers = [filed(database, clock.now(), to=NOWHERE).number for _ in range(2)]
    desk = sorter(database)
    picks = [("pick", f"{one}~{seen(one, 1)}~") for one in numbers]
    assert "Tulis lembaga pusat" in send(desk, *picks, ("to", "PUSAT")).text
    assert "2 dari 2" in send(desk, *picks, ("to", "KAB-3518")).text
    assert case_of(database, numbers[0], vault()).life.elsewhere == "KAB-3518"


def test_what_is_wrong_with_the_form_is_said(sqlite_database: Database) -> None:
    desk = sorter(sqlite_database)
    assert send(desk).status_code == 422
    assert send(desk, ("pick", "x~1~"), ("to", "DISHUB")).status_code == 422
    number = filed(sqlite_database, clock.now(), to=NOWHERE).number
    assert send(desk, ("pick", f"{number}~{seen(number, 1)}~")).status_code == 422
    many = [("pick", f"{number}~{seen(number, n)}~") for n in range(MOST + 1)]
    assert "Paling banyak 50" in send(desk, *many, ("to", "DISHUB")).text
    strange = {"token": "x", "pick": f"{number}~{seen(number, 1)}~", "to": "DISHUB"}
    assert desk.post("/meja/pilah", data=strange).status_code == 403
    assert holder(sqlite_database, number) == "KOMINFO"


def test_only_the_sorting_desk_sorts(sqlite_database: Database) -> None:
    number = filed(sqlite_database, clock.now(), to=NOWHERE).number
    for role in (Role.OFFICER, Role.SUPERVISOR, Role.AUDITOR, Role.ADMIN):
        desk = at_desk(officer(sqlite_database, "KOMINFO", role))
        assert send(desk, ("pick", f"{number}~{seen(number, 1)}~"), ("to", "DISHUB")).status_code == 403
    assert holder(sqlite_database, number) == "KOMINFO"
