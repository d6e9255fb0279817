"""The trail: rows are only added, auditors and admins read it, nothing personal can be in it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from cettar_site.desk import store_trail
from cettar_site.desk.actions_trail import note
from cettar_site.desk.rules_door import Officer, Role
from cettar_site.desk.rules_trail import ACT_WORDS, TRAIL_PAGE, Sought, TrailAct, check_object
from cettar_site.infra.db import Database
from tests.complaints.makers import NOW
from tests.desk.makers import at_desk, officer

WHO = Officer(1, "P-234567", "a@example.go.id", "DINKES", Role.OFFICER)


def written(database: Database, count: int = 1, who: Officer = WHO, act: TrailAct = TrailAct.EXPORTED) -> None:
    with database.write() as session:
        for at in range(count):
            note(session, who, act, f"lapor.csv:{at}", NOW + timedelta(hours=at))


@pytest.mark.parametrize("planted", ["UPDATE desk_trail SET act = 'signed_in'", "DELETE FROM desk_trail",
                                     "UPDATE desk_trail SET at = at WHERE id = 1"])
def test_rows_are_only_added(database: Database, planted: str) -> None:
    written(database)
    with pytest.raises(SQLAlchemyError, match="rows are only added"), database.write() as session:
        session.execute(text(planted))
    with database.read() as session:
        assert [one.act for one in store_trail.steps(session, Sought(), 9)] == ["exported"]


@pytest.mark.parametrize("object_", ["a@example.go.id", "Budi Santoso", "3518012345670001", "081234567890", "x" * 97,
                                     "nama\nbaris", "jalan?q=1"])
def test_what_is_personal_is_no_object(object_: str) -> None:
    with pytest.raises(ValueError, match="names of things"):
        check_object(object_)


def test_what_is_a_thing_is_an_object() -> None:
    for fine in ("", "JTM-7K2M-94XQ", "P-234567:officer.DINKES>supervisor.DINKES", "lapor.csv:2026-11"):
        assert check_object(fine) == fine
    assert set(ACT_WORDS) == set(TrailAct)


def test_rows_are_found(database: Database) -> None:
    other = Officer(2, "P-ABCDEF", "b@example.go.id", "DINSOS", Role.AUDITOR)
    written(database, 5)
    written(database, 2, other, TrailAct.SECRET_OPENED)
    for sought, count in ((Sought(), 7), (Sought(pseudonym="P-ABCDEF"), 2), (Sought(act="exported"), 5),
                          (Sought(agency_code="DINSOS"), 2), (Sought(object="lapor.csv:1"), 2),
                          (Sought(object="lapor.csv"), 7), (Sought(object="lapor"), 0), (Sought(object="%"), 0),
                          (Sought(since=NOW + timedelta(hours=1)), 5),
                          (Sought(until=NOW + timedelta(hours=1)), 2),
                          (Sought(pseudonym="P-234567", since=NOW + timedelta(hours=4)), 1)):
        with database.read() as session:
            found = store_trail.steps(session, sought, 99)
        assert len(found) == count and [one.id for one in found] == sorted((one.id for one in found), reverse=True)
        assert all(isinstance(one.at, datetime) and one.at.tzinfo is UTC for one in found)


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_the_trail(sqlite_database: Database, role: Role) -> None:
    desk = at_desk(officer(sqlite_database, "KOMINFO", role))
    answer = desk.get("/meja/jejak")
    assert answer.status_code == (200 if role in (Role.ADMIN, Role.AUDITOR) else 403)
    assert ('href="/meja/jejak"' in desk.get("/meja/saya").text) == (answer.status_code == 200)


def test_the_trail_is_read_in_pages(database: Database) -> None:
    written(database, TRAIL_PAGE + 5)
    desk = at_desk(officer(database, "INSPEKTORAT", Role.AUDITOR))
    first = desk.get("/meja/jejak?perbuatan=exported").text
    assert first.count("lapor.csv:") == TRAIL_PAGE
    older = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "perbuatan=exported" in older and "sebelum=" in older
    second = desk.get(older).text
    assert second.count("lapor.csv:") == 5 and 'rel="next"' not in second
    for odd in ("pelaku=a@b.id", "sebelum=x", "sejak=2026-99-99", "sampai=9", "perbuatan=x", "instansi='--"):
        page = desk.get(f"/meja/jejak?{odd}")
        assert page.status_code == 200 and "a@b.id" not in page.text
    assert desk.get("/meja/jejak?sejak=2026-11-24&sampai=2026-11-24").text.count("lapor.csv:") == 24
