"""The file for SP4N-LAPOR!: whose complaints are in it, what stays secret, and that who took it is known."""

import csv
import io

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from cettar_site.complaints.rules import Shown
from cettar_site.complaints.rules_filing import Destination
from cettar_site.complaints.rules_lapor import COLUMNS, NAME
from cettar_site.desk import api_export
from cettar_site.desk.rules import Role
from cettar_site.desk.rules_export import WITHHELD
from cettar_site.infra import clock
from cettar_site.infra.db import Database
from tests.desk.makers import at_desk, filed, officer

SECRET = "Petugas loket itu minta uang rokok setiap kali saya datang ke sana."


def rows(desk: TestClient) -> dict[str, dict[str, str]]:
    answer = desk.get("/meja/lapor.csv")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["cache-control"] == "no-store"
    read = list(csv.DictReader(io.StringIO(answer.text)))
    assert all(tuple(row) == COLUMNS for row in read)
    return {row["Tracking ID"]: row for row in read}


def test_a_supervisors_file_holds_the_own_agencys(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_export, "AT_ONCE", 2)
    own = {filed(database, clock.now()).number for _ in range(5)}
    secret = filed(database, clock.now(), shown=Shown.CONFIDENTIAL, text=SECRET).number
    filed(database, clock.now(), to=Destination("DINKES"))
    who = officer(database, role=Role.SUPERVISOR)
    found = rows(at_desk(who))
    assert found.keys() == own | {secret}
    assert found[secret]["Isi Laporan Akhir"] == SECRET
    assert found[secret]["Tipe Laporan (Anonim/Rahasia)"] == "Rahasia"
    with database.read() as session:
        noted = session.execute(text("SELECT pseudonym, object FROM desk_trail WHERE act = 'exported'")).all()
    assert [row[0] for row in noted] == [who.pseudonym] and noted[0][1].startswith("lapor-dpubm-")


def test_the_sorting_desks_file_holds_all_but_others_secrets(database: Database) -> None:
    story = "=1+1 jalan rusak di desa."
    named = filed(database, clock.now(), shown=Shown.OPEN, name="Kenari Sukmawati", text=story).number
    secret = filed(database, clock.now(), shown=Shown.CONFIDENTIAL, text=SECRET).number
    sorting = filed(database, clock.now(), shown=Shown.CONFIDENTIAL, text=SECRET, to=Destination()).number
    found = rows(at_desk(officer(database, "KOMINFO", Role.TRIAGE)))
    assert found.keys() == {named, secret, sorting}
    assert found[named][NAME] == "" and found[named]["Isi Laporan Akhir"].startswith("'=1+1")
    assert found[secret]["Isi Laporan Akhir"] == WITHHELD and SECRET not in str(found[secret])
    assert found[sorting]["Isi Laporan Akhir"] == SECRET, "what it holds, it reads"


def test_a_file_shows_no_more_than_the_pages(database: Database) -> None:
    sorting = filed(database, clock.now(), to=Destination(), text="Nomor saya 081234567890, lampu jalan mati.").number
    public = filed(database, clock.now(), text="Nomor saya 081234567890, jalan berlubang.").number
    assert sorting not in rows(at_desk(officer(database, "KOMINFO", Role.SUPERVISOR))), "not Kominfo's own"
    found = rows(at_desk(officer(database, "KOMINFO", Role.TRIAGE)))
    assert "081234567890" in found[sorting]["Isi Laporan Akhir"]
    assert "081234567890" not in str(found[public]) and "berlubang" in found[public]["Isi Laporan Akhir"]


def test_ten_files_an_hour(sqlite_database: Database) -> None:
    desk = at_desk(officer(sqlite_database, role=Role.SUPERVISOR))
    assert [desk.get("/meja/lapor.csv").status_code for _ in range(11)] == [200] * 10 + [429]
