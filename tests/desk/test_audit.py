"""Audits: one claim in twenty, drawn by nobody's choice, done by another agency, shown to everyone."""

import itertools
from typing import Any

import pytest

from cettar_site.complaints import api, store_read
from cettar_site.complaints.rules import Kind, Shown, State
from cettar_site.complaints.rules_case_data import case_data
from cettar_site.complaints.rules_feed import identity
from cettar_site.complaints.rules_photo import Photo
from cettar_site.desk import actions_deed
from cettar_site.desk.rules import Role
from cettar_site.desk.rules_audit import DEFAULT, auditor_of, is_drawn
from cettar_site.desk.rules_seen import LETTERS
from cettar_site.infra import clock
from cettar_site.infra.db import Database
from cettar_site.infra.vault import vault
from cettar_site.jatim import agencies
from tests.complaints.makers import case_of, visitor
from tests.desk.makers import at_desk, filed, form_token, hidden, officer, seen

KEY = b"a secret of thirty-two characters"
CLAIM = "Lubang di depan pasar sudah kami tambal dengan aspal panas."


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
    form = {"act": "claim", "seen": seen(number), "text": CLAIM}
    assert desk.post(f"/meja/{number}", data=form | {"token": form_token(desk)}).status_code == 303
    assert case_of(database, number, vault()).life.audit_by == "INSPEKTORAT"
    assert "Terpilih untuk diperiksa" not in desk.get(f"/meja/{number}").text, "who is audited does not know"
    assert number in auditor.get("/meja").text and "Catat pemeriksaan" in auditor.get(f"/meja/{number}").text
    found = {"act": "audit", "seen": seen(number, 4), "token": form_token(auditor), "verdict": "fail"}
    assert auditor.post(f"/meja/{number}", data=found).status_code == 422, "it needs a reason"
    why = "Kami datang Jumat pagi: lubangnya masih ada dan belum ditambal."
    assert auditor.post(f"/meja/{number}", data=found | {"text": why}).status_code == 303
    assert case_of(database, number, vault()).life.state is State.DISPUTED
    page = visitor(api.routes).get(f"/aduan/{number}").text
    assert why in page and "belum selesai" in page
    assert auditor.post(f"/meja/{number}", data=found | {"seen": seen(number, 5), "text": why}).status_code == 409


def test_nothing_tells_the_desk_that_its_claim_was_drawn(sqlite_database: Database,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither its own form nor what everyone gets counts an event that it does not see."""
    said: list[tuple[object, ...]] = []
    words = {True: (CLAIM, "Lapisan penuh menyusul bulan depan, sesudah lelang."),
             False: ("Pompa di terminal diganti Rabu malam.", "Penjaga malam mendapat kunci cadangan gudang timur.")}
    for drawn, (claim, more) in words.items():
        monkeypatch.setattr(actions_deed, "is_drawn", lambda *_, drawn=drawn: drawn)
        number = filed(sqlite_database, clock.now()).number
        desk, outside = at_desk(officer(sqlite_database, email=f"{drawn}@example.go.id")), visitor(api.routes)
        form = {"act": "claim", "seen": seen(number), "token": form_token(desk), "text": claim}
        assert desk.post(f"/meja/{number}", data=form).status_code == 303
        kept = hidden(desk.get(f"/meja/{number}").text)["seen"]
        assert len(kept) == LETTERS and not kept.isdecimal()
        form = {"act": "answer", "seen": kept, "token": form_token(desk), "text": more}
        assert desk.post(f"/meja/{number}", data=form).status_code == 303
        assert Kind.DRAWN in [one.kind for one in case_of(sqlite_database, number, vault()).events] or not drawn
        feed = outside.get(f"/aduan/{number}/umpan.atom").text
        told = identity(f"{number}/4") in feed, identity(f"{number}/5") in feed
        photos = [Photo("a" * 32, at, evidence=True, width=8, height=8) for at in (3, 5 if drawn else 4)]
        with sqlite_database.read() as session:
            seen_by_all = store_read.public_by_number(session, number)
        assert seen_by_all is not None
        shown: Any = case_data(seen_by_all, None, photos, clock.now())["photos"]
        said.append((*told, [one["event"] for one in shown]))
    assert said[0] == said[1] == (True, False, [3, 4])


def test_a_confidential_claim_stays_with_its_desk(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions_deed, "is_drawn", lambda *_: True)
    number = filed(sqlite_database, clock.now(), shown=Shown.CONFIDENTIAL).number
    desk = at_desk(officer(sqlite_database))
    form = {"act": "claim", "seen": seen(number), "token": form_token(desk),
            "text": "Petugas loket itu sudah kami pindahkan."}
    assert desk.post(f"/meja/{number}", data=form).status_code == 303
    assert [event.kind for event in case_of(sqlite_database, number, vault()).events][-1] is Kind.CLAIMED


def test_a_second_claim_keeps_the_auditor_and_is_no_fault(sqlite_database: Database,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions_deed, "is_drawn", lambda *_: True)
    number = filed(sqlite_database, clock.now()).number
    desk, auditor = at_desk(officer(sqlite_database)), at_desk(officer(sqlite_database, "INSPEKTORAT", Role.AUDITOR))
    for after, act, said in ((2, "claim", CLAIM),
                            (4, "answer", "Lapisan penuhnya menyusul pertengahan bulan depan, sesudah lelang."),
                            (5, "claim", "Sekarang seluruh ruas di sisi timur pasar sudah dilapis ulang.")):
        form = {"act": act, "seen": seen(number, after), "text": said, "token": form_token(desk)}
        assert desk.post(f"/meja/{number}", data=form).status_code == 303, act
    life = case_of(sqlite_database, number, vault()).life
    assert (life.state, life.audit_by, life.audited) == (State.CLAIMED, "INSPEKTORAT", "")
    assert number in auditor.get("/meja").text


def test_the_complaint_pasted_back_is_no_answer(sqlite_database: Database) -> None:
    story = "Lampu di gang mawar padam sejak tiga bulan, anak-anak yang pulang mengaji takut lewat sana malam hari."
    number = filed(sqlite_database, clock.now(), text=story).number
    desk = at_desk(officer(sqlite_database))
    form = {"act": "answer", "seen": seen(number), "text": story, "token": form_token(desk)}
    assert desk.post(f"/meja/{number}", data=form).status_code != 303
    assert case_of(sqlite_database, number, vault()).life.first_answer_at is None
