"""The command that makes an account."""

import argparse
import io

import pytest

from cettar_site.desk import store_door as store
from cettar_site.desk.rules_door import Role
from cettar_site.infra import auth
from cettar_site.infra.db import Database
from jobs import add_officer
from jobs.report import JobOptions
from tests.complaints.makers import NOW
from tests.desk.makers import PASSWORD, at_desk, officer

GIVEN = ["--email", "Ani@example.go.id", "--agency", "dinkes"]


def options(arguments: list[str]) -> JobOptions:
    parser = argparse.ArgumentParser()
    add_officer.arguments(parser)
    return JobOptions(values=vars(parser.parse_args(arguments)), by_hand=True)


def test_an_account_is_made_with_a_password_shown_once(database: Database, capsys: pytest.CaptureFixture[str],
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    report = add_officer.run(database, now=NOW, options=options(GIVEN))
    made = capsys.readouterr().out.split(": ")[1].strip()
    with database.read() as session:
        found = store.officer_by_email(session, "ani@example.go.id")
    assert found is not None and auth.password_fits(found[1], made)
    assert (found[0].agency_code, found[0].role, report.facts["officer"]) == (
        "DINKES", Role.OFFICER, found[0].pseudonym)
    assert made not in str(report) and "ani@" not in str(report), "the report is public"
    again = add_officer.run(database, now=NOW, options=options(GIVEN))
    assert again.rows_refused == 1 and capsys.readouterr().out == ""


def test_a_password_typed_twice_is_taken(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch,
                                         capsys: pytest.CaptureFixture[str]) -> None:
    typed = iter(["pendek", PASSWORD, "lain dari yang tadi", PASSWORD, PASSWORD])
    monkeypatch.setattr(add_officer, "getpass", lambda _prompt: next(typed))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    add_officer.run(sqlite_database, now=NOW, options=options([*GIVEN, "--role", "supervisor"]))
    with sqlite_database.read() as session:
        found = store.officer_by_email(session, "ani@example.go.id")
    assert found is not None and auth.password_fits(found[1], PASSWORD) and found[0].role is Role.SUPERVISOR
    assert "shown this once" not in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [["--email", "ani"], ["--agency", "kesehatan"], ["--role", "king"]])
def test_what_cannot_be_is_said(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        options([*GIVEN, *wrong])
    assert wrong[0] in capsys.readouterr().err


@pytest.mark.parametrize("role", list(Role))
def test_every_role_and_a_unit(sqlite_database: Database, role: Role, capsys: pytest.CaptureFixture[str],
                               monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    add_officer.run(sqlite_database, now=NOW, options=options(
        ["--email", "a@example.go.id", "--agency", "rsud-soetomo", "--role", role]))
    with sqlite_database.read() as session:
        found = store.officer_by_email(session, "a@example.go.id")
    assert found is not None and (found[0].role, found[0].agency_code) == (role, "RSUD-SOETOMO")
    assert found[0].must_change and not found[0].enrolled, "what was printed is for one sign-in"
    assert "Password" in capsys.readouterr().out


def test_the_operator_lets_the_last_admin_in_again(database: Database, capsys: pytest.CaptureFixture[str],
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    who = officer(database, "KOMINFO", Role.ADMIN, "admin@example.go.id")
    desk = at_desk(who)
    again = ["--email", "admin@example.go.id", "--agency", "KOMINFO", "--reset"]
    report = add_officer.run(database, now=NOW, options=options(again))
    made = capsys.readouterr().out.split(": ")[1].strip()
    assert report.facts["officer"] == who.pseudonym and desk.get("/meja/akun").status_code == 303
    with database.read() as session:
        found = store.officer_by_email(session, who.email)
    assert found is not None and auth.password_fits(found[1], made)
    assert found[0].role is Role.ADMIN and found[0].must_change and not found[0].enrolled
    nobody = add_officer.run(database, now=NOW, options=options(
        ["--email", "siapa@example.go.id", "--agency", "KOMINFO", "--reset"]))
    assert nobody.rows_refused == 1 and capsys.readouterr().out == ""
