"""Time alone reminds and escalates, once each, and officials are written to at their level."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cettar_site.base.period import add_working_days
from cettar_site.complaints import store_notice
from cettar_site.complaints.rules import Kind
from cettar_site.complaints.rules_filing import Destination
from cettar_site.complaints.rules_notice import Letter
from cettar_site.desk import actions_door as desk
from cettar_site.desk.rules_door import Role
from cettar_site.infra.db import Database
from cettar_site.infra.settings import settings
from cettar_site.infra.vault import vault
from jobs import nudge
from jobs.report import JobOptions
from tests.complaints.makers import NOW, case_of, filed, happens


def test_a_reminder_then_one_level_after_another(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nudge, "mail_on", lambda: True)
    number = filed(database, secret=settings().secret).number
    quick = filed(database, secret=settings().secret).number
    happens(database, quick, Kind.ANSWERED, 1, "Sudah kami tambal tadi pagi di depan pasar.", vault=vault())
    with database.write() as session:
        for agency, role in (("DPUBM", Role.OFFICER), ("DPUBM", Role.SUPERVISOR), ("SETDA", Role.SUPERVISOR),
                             ("DINKES", Role.OFFICER)):
            desk.add_officer(session, f"{agency}-{role}@contoh.id", agency, role, "x", NOW)
    due = add_working_days(NOW, 2)
    told = []
    for at in (NOW + timedelta(hours=1), due - timedelta(hours=3), due - timedelta(hours=2), due + timedelta(hours=1),
               due + timedelta(hours=2), add_working_days(due, 3), add_working_days(due, 30)):
        told.append(dict(nudge.run(database, now=at, options=JobOptions()).facts))
    assert [(one["reminded"], one["late"]) for one in told] == [
        (0, 0), (1, 0), (0, 0), (0, 1), (0, 0), (0, 1), (0, 1)]
    assert [event.kind for event in case_of(database, number, vault()).events][2:] == [
        Kind.REMINDED, Kind.ESCALATED, Kind.ESCALATED, Kind.ESCALATED]
    with database.read() as session:
        letters = store_notice.due(session, add_working_days(due, 40), 99, vault())
    assert {(one.kind, one.address, one.facts["level"]) for one in letters} == {
        (Letter.DESK, "dpubm-officer@contoh.id", "0"), (Letter.DESK, "dpubm-supervisor@contoh.id", "1"),
        (Letter.DESK, "setda-supervisor@contoh.id", "2")}
    assert all(one.facts["numbers"] == number for one in letters)


def test_a_late_start_tells_every_level_at_once(database: Database) -> None:
    number = filed(database, secret=settings().secret).number
    report = nudge.run(database, now=NOW + timedelta(days=60), options=JobOptions())
    assert report.facts["late"] == 3
    assert case_of(database, number, vault()).life.escalated == 3
    assert replace(report, facts={}) == replace(nudge.run(
        database, now=NOW + timedelta(days=61), options=JobOptions()), facts={}, rows_in=3)


def test_what_waits_to_be_sorted_is_told_to_who_sorts(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nudge, "mail_on", lambda: True)
    number = filed(database, secret=settings().secret, to=Destination()).number
    with database.write() as session:
        for role in (Role.OFFICER, Role.TRIAGE, Role.SUPERVISOR):
            desk.add_officer(session, f"kominfo-{role}@contoh.id", "KOMINFO", role, "x", NOW)
    due = add_working_days(NOW, 1)
    for at in (due - timedelta(hours=3), due + timedelta(hours=1)):
        nudge.run(database, now=at, options=JobOptions())
    with database.read() as session:
        letters = store_notice.due(session, add_working_days(due, 40), 99, vault())
    assert {(one.address, one.facts["level"], one.facts["numbers"]) for one in letters} == {
        ("kominfo-triage@contoh.id", "0", number), ("kominfo-supervisor@contoh.id", "1", number)}


def test_many_that_were_told_already_keep_nobody_from_the_next_level(database: Database) -> None:
    old = filed(database, secret=settings().secret).number
    for hours in range(3):
        filed(database, NOW + timedelta(days=3, hours=hours), secret=settings().secret)
    nudge.run(database, now=add_working_days(NOW, 4), options=JobOptions())
    now = add_working_days(NOW, 6)
    nudge.run(database, now=now, options=JobOptions())
    assert case_of(database, old, vault()).life.escalated == 2
    later = add_working_days(NOW, 20)
    with database.read() as session:
        ids = store_notice.nearly_due(session, now, add_working_days(now, 1), 2)
        waiting = store_notice.nearly_due(session, later, add_working_days(later, 1), 99)
    assert ids == [], "of these every level that has come was told"
    assert len(waiting) == 4


def test_a_message_is_told_to_the_supervisor_and_never_looked_at_again(database: Database) -> None:
    number = filed(database, secret=settings().secret).number
    happens(database, number, Kind.ANSWERED, 1, "Sudah kami tambal tadi pagi di depan pasar.", vault=vault())
    happens(database, number, Kind.MESSAGED, 2, "Terima kasih!", vault=vault())
    later = add_working_days(NOW, 60)
    assert nudge.run(database, now=later, options=JobOptions()).facts["late"] == 1
    assert case_of(database, number, vault()).life.escalated == 1
    with database.read() as session:
        assert store_notice.nearly_due(session, later, add_working_days(later, 1), 9) == []


def test_letters_about_what_was_written_down_go_out_though_a_later_step_fails(
        database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nudge, "mail_on", lambda: True)
    monkeypatch.setattr(nudge, "AT_ONCE", 1)
    for _ in range(2):
        filed(database, secret=settings().secret)
    with database.write() as session:
        desk.add_officer(session, "a@contoh.id", "DPUBM", Role.OFFICER, "x", NOW)
    nudge_all, calls = nudge.nudge_all, []

    def once(*given: object) -> object:
        calls.append(given)
        if len(calls) > 1:
            raise RuntimeError
        return nudge_all(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(nudge, "nudge_all", once)
    with pytest.raises(RuntimeError):
        nudge.run(database, now=add_working_days(NOW, 2) - timedelta(hours=3), options=JobOptions())
    with database.read() as session:
        assert len(store_notice.due(session, add_working_days(NOW, 40), 99, vault())) == 1
