"""Audits: one claim in twenty, drawn by nobody's choice, done by another agency, shown to everyone."""

import itertools

import pytest

from cettar_site.complaints import api
from cettar_site.complaints.rules import Kind, Shown, State
from cettar_site.desk import actions_deed
from cettar_site.desk.rules import Role
from cettar_site.desk.rules_audit import DEFAULT, auditor_of, is_drawn
from cettar_site.infra import clock
from cettar_site.infra.db import Database
from cettar_site.infra.vault import vault
from cettar_site.jatim import agencies
from tests.complaints.makers import case_of, visitor
from tests.desk.makers import at_desk, filed, form_token, officer

KEY = b"a secret of thirty-two characters"


def test_one_in_twenty_is_drawn_and_the_draw_can_be_repeated() -> None:
    drawn = [is_drawn(KEY, f"JTM-{n:04d}-0000", 5) for n in range(20_000)]
    assert 0.045 < sum(drawn) / len(drawn) < 0.055
    assert drawn == [is_drawn(KEY, f"JTM-{n:04d}-0000", 5) for n in range(20_000)]
    assert drawn != [is_drawn(b"another key", f"JTM-{n:04d}-0000", 5) for n in range(20_000)]


def test_nobody_audits_themselves_their_parent_or_their_units() -> None:
    auditing = ["DINKES", "RSUD-SOETOMO", "INSPEKTORAT", "PEMPROV"]
    for n, claimer in itertools.product(range(50), ("DINKES", "RSUD-SOETOMO", "INSPEKTORAT", "DPUBM")):
        who = auditor_of(KEY, f"JTM-{n:04d}-0000", 4, claimer, auditing)
        one, other = agencies.get(who), agencies.get(claimer)
        assert who != claimer and one.parent != claimer and other.parent != who
    assert {auditor_of(KEY, f"JTM-{n:04d}-0000", 4, "DPUBM", ["DINKES", "DISHUB"]) for n in range(50)} == {
        "DINKES", "DISHUB"}
    assert auditor_of(KEY, "JTM-0000-0000", 4, "DPUBM", []) == DEFAULT[0]
    assert auditor_of(KEY, "JTM-0000-0000", 4, "INSPEKTORAT", ["INSPEKTORAT"]) == DEFAULT[1]


def test_an_audit_from_the_claim_to_everyones_page(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions_deed, "is_drawn", lambda *_: True)
    number = filed(database, clock.now()).number
    desk, auditor = at_desk(officer(database)), at_desk(officer(database, "INSPEKTORAT", Role.AUDITOR))
    assert auditor.get(f"/meja/{number}").status_code == 404
    form = {"act": "claim", "seen": "2", "text": "Lubang di depan pasar sudah kami tambal dengan aspal panas."}
    assert desk.post(f"/meja/{number}", data=form | {"token": form_token(desk)}).status_code == 303
    assert case_of(database, number, vault()).life.audit_by == "INSPEKTORAT"
    assert "Terpilih untuk diperiksa" not in desk.get(f"/meja/{number}").text, "who is audited does not know"
    assert number in auditor.get("/meja").text and "Catat pemeriksaan" in auditor.get(f"/meja/{number}").text
    found = {"act": "audit", "seen": "4", "token": form_token(auditor), "verdict": "fail"}
    assert auditor.post(f"/meja/{number}", data=found).status_code == 422, "it needs a reason"
    why = "Kami datang Jumat pagi: lubangnya masih ada dan belum ditambal."
    assert auditor.post(f"/meja/{number}", data=found | {"text": why}).status_code == 303
    assert case_of(database, number, vault()).life.state is State.DISPUTED
    page = visitor(api.routes).get(f"/aduan/{number}").text
    assert why in page and "belum selesai" in page
    assert auditor.post(f"/meja/{number}", data=found | {"seen": "5", "text": why}).status_code == 409


def test_a_confidential_claim_stays_with_its_desk(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions_deed, "is_drawn", lambda *_: True)
    number = filed(sqlite_database, clock.now(), shown=Shown.CONFIDENTIAL).number
    desk = at_desk(officer(sqlite_database))
    form = {"act": "claim", "seen": "2", "token": form_token(desk), "text": "Petugas loket itu sudah kami pindahkan."}
    assert desk.post(f"/meja/{number}", data=form).status_code == 303
    assert [event.kind for event in case_of(sqlite_database, number, vault()).events][-1] is Kind.CLAIMED


def test_a_second_claim_keeps_the_auditor_and_is_no_fault(sqlite_database: Database,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions_deed, "is_drawn", lambda *_: True)
    number = filed(sqlite_database, clock.now()).number
    desk, auditor = at_desk(officer(sqlite_database)), at_desk(officer(sqlite_database, "INSPEKTORAT", Role.AUDITOR))
    for seen, act, said in (("2", "claim", "Lubang di depan pasar sudah kami tambal dengan aspal panas."),
                            ("4", "answer", "Lapisan penuhnya menyusul pertengahan bulan depan, sesudah lelang."),
                            ("5", "claim", "Sekarang seluruh ruas di sisi timur pasar sudah dilapis ulang.")):
        form = {"act": act, "seen": seen, "text": said, "token": form_token(desk)}
        assert desk.post(f"/meja/{number}", data=form).status_code == 303, act
    life = case_of(sqlite_database, number, vault()).life
    assert (life.state, life.audit_by, life.audited) == (State.CLAIMED, "INSPEKTORAT", "")
    assert number in auditor.get("/meja").text


def test_the_complaint_pasted_back_is_no_answer(sqlite_database: Database) -> None:
    story = "Lampu di gang mawar padam sejak tiga bulan, anak-anak yang pulang mengaji takut lewat sana malam hari."
    number = filed(sqlite_database, clock.now(), text=story).number
    desk = at_desk(officer(sqlite_database))
    form = {"act": "answer", "seen": "2", "text": story, "token": form_token(desk)}
    assert desk.post(f"/meja/{number}", data=form).status_code != 303
    assert case_of(sqlite_database, number, vault()).life.first_answer_at is None
