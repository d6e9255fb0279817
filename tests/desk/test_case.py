"""One complaint at the desk: what each act does to it, what is read by whom, and that no typed word is lost."""

import html
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text as sql
from starlette.testclient import TestClient

from cettar_site.complaints import api
from cettar_site.complaints.rules import Case, Kind, Shown, State
from cettar_site.complaints.rules_filing import Destination
from cettar_site.desk.rules import Role
from cettar_site.infra import clock, darkroom
from cettar_site.infra.db import Database
from cettar_site.infra.vault import vault
from tests.complaints.makers import TEXT, case_of, happens, visitor
from tests.complaints.photos import jpeg
from tests.desk.makers import ANSWER, at_desk, filed, form_token, officer, seen

STOCK = "Terima kasih atas laporan Anda. Laporan sudah kami terima dan akan segera kami tindak lanjuti."
TEMPLATE = "Jalan [nama jalan] masuk daftar tambal sulam pekan ini dan dikerjakan regu pemeliharaan kami."


def sent(desk: TestClient, database: Database, number: str, act: str, /, **fields: str) -> int:
    """Do an act as it is seen now; the status."""
    after = case_of(database, number, vault()).life.seq
    form = {"act": act, "seen": seen(number, after), "token": form_token(desk)} | fields
    return desk.post(f"/meja/{number}", data=form).status_code


def now_of(database: Database, number: str) -> Case:
    return case_of(database, number, vault())


@pytest.fixture(scope="module", autouse=True)
def closing() -> Iterator[None]:
    """Ends the darkroom after these tests."""
    yield
    darkroom.close()


def test_a_plan_has_a_day(database: Database) -> None:
    number = filed(database, clock.now()).number
    desk = at_desk(officer(database))
    words = "Regu aspal datang ke depan pasar itu setelah hujan reda."
    day = (clock.now() + timedelta(days=9)).date().isoformat()
    for wrong in ("", "2020-01-01", "9999-01-01", "besok"):
        assert sent(desk, database, number, "plan", text=words, day=wrong) == 422
    assert sent(desk, database, number, "plan", text=words, day=day) == 303
    life = now_of(database, number).life
    assert str(life.planned_on) == day and life.state is State.ANSWERED


def test_a_question_stops_the_clock_once(database: Database) -> None:
    number = filed(database, clock.now()).number
    desk = at_desk(officer(database))
    assert sent(desk, database, number, "ask", text="Di depan toko mana persisnya lubang itu?") == 303
    assert now_of(database, number).life.pause is not None
    assert sent(desk, database, number, "ask", text="Apakah lubangnya lebih dari satu meter?") == 409
    assert "Tanya pelapor" not in desk.get(f"/meja/{number}").text


def test_thanks_are_answered_by_any_word_and_by_no_stock_phrase(database: Database) -> None:
    number, other = (filed(database, clock.now()).number for _ in range(2))
    desk = at_desk(officer(database))
    assert sent(desk, database, other, "answer", text=ANSWER) == 303
    assert sent(desk, database, number, "answer", text="Lampu gang sudah menyala lagi sejak Selasa malam.") == 303
    happens(database, number, Kind.MESSAGED, 1, "Terima kasih banyak!", vault=vault())
    assert now_of(database, number).life.owed_at is not None
    assert sent(desk, database, number, "answer", text=STOCK) == 422
    form = {"act": "answer", "seen": seen(number, 4), "token": form_token(desk), "text": ANSWER}
    answer = desk.post(f"/meja/{number}", data=form)
    assert answer.status_code == 303 and answer.headers["location"].endswith("pesan=answer"), "a copy"
    case = now_of(database, number)
    assert (case.events[-1].kind, case.life.owed_at, case.life.answers) == (Kind.REPLIED, None, 1)
    page = visitor(api.routes).get(f"/aduan/{number}").text
    assert "membalas" in page and "hitungan tetap berjalan" not in page


def test_boilerplate_is_said_before_it_is_sent(database: Database) -> None:
    number = filed(database, clock.now()).number
    desk = at_desk(officer(database))
    form = {"act": "answer", "seen": seen(number), "token": form_token(desk), "text": STOCK}
    asked = desk.post(f"/meja/{number}", data=form)
    assert asked.status_code == 422 and "tidak menghentikan hitungan" in asked.text and STOCK in asked.text
    assert now_of(database, number).life.seq == 2
    answer = desk.post(f"/meja/{number}", data=form | {"anyway": "1"})
    assert answer.headers["location"].endswith("pesan=replied")
    case = now_of(database, number)
    assert case.events[-1].kind is Kind.REPLIED and case.life.open
    for act in ("plan", "ask", "reject", "claim"):
        more = {"day": str((clock.now() + timedelta(days=5)).date()), "reason": "court", "where": "Pengadilan"}
        if act != "reject":  # a refusal's words hold where to go, too
            assert sent(desk, database, number, act, text=STOCK, **more) == 422


def test_a_template_begins_an_answer_and_must_be_changed(database: Database) -> None:
    number = filed(database, clock.now()).number
    boss, desk = at_desk(officer(database, role=Role.SUPERVISOR)), at_desk(officer(database))
    kept = {"token": form_token(boss), "do": "save", "name": "Tambal", "text": TEMPLATE}
    made = boss.post("/meja/templat", data=kept)
    assert made.status_code == 303
    page = desk.get(f"/meja/{number}?tindak=answer").text
    assert "Tambal" in page and "templat=1" in page
    assert TEMPLATE in desk.get(f"/meja/{number}?tindak=answer&templat=1").text
    assert sent(desk, database, number, "answer", text=TEMPLATE) == 422
    changed = "Jalan Pahlawan di depan pasar kami tambal hari Kamis malam; lampu peringatan terpasang sejak siang ini."
    assert sent(desk, database, number, "answer", text=changed) == 303
    assert now_of(database, number).events[-1].kind is Kind.ANSWERED


def test_a_claim_brings_its_evidence(sqlite_database: Database) -> None:
    number = filed(sqlite_database, clock.now()).number
    desk = at_desk(officer(sqlite_database))
    form = {"act": "claim", "seen": seen(number), "token": form_token(desk), "text": "Sudah ditambal regu kami."}
    photos = [("photo", ("bukti.jpg", jpeg(), "image/jpeg")) for _ in range(2)]
    answer = desk.post(f"/meja/{number}", data=form, files=photos)
    assert answer.status_code == 303, answer.text
    page = desk.get(f"/meja/{number}").text
    assert page.count(f'href="/meja/{number}/foto/') == 2 and "Sesudah, dari instansi" in page
    address = html.unescape(page.split(f'href="/meja/{number}/foto/')[1].split('"')[0])
    large, small = (desk.get(f"/meja/{number}/foto/{address}{end}") for end in ("", "/kecil"))
    assert (large.status_code, small.status_code) == (200, 200) and large.headers["content-type"] == "image/jpeg"
    other = filed(sqlite_database, clock.now()).number
    assert desk.get(f"/meja/{other}/foto/{address}").status_code == 404
    stranger = at_desk(officer(sqlite_database, "DINKES"))
    assert stranger.get(f"/meja/{number}/foto/{address}").status_code == 404


def test_photos_of_a_claim_that_was_refused_are_kept(sqlite_database: Database) -> None:
    number = filed(sqlite_database, clock.now()).number
    desk = at_desk(officer(sqlite_database))
    form = {"act": "claim", "seen": seen(number), "token": form_token(desk), "text": "Beres."}
    again = desk.post(f"/meja/{number}", data=form, files=[("photo", ("x.jpg", jpeg(), "image/jpeg"))])
    assert again.status_code == 422 and "Buang foto 1" in again.text
    kept = again.text.split('name="photos" value="')[1].split('"')[0]
    answer = desk.post(f"/meja/{number}", data=form | {"text": "Sudah ditambal regu kami.", "photos": kept})
    assert answer.status_code == 303, answer.text


def test_handing_on_needs_a_reason_and_stays_until_it_is_taken(database: Database) -> None:
    number = filed(database, clock.now()).number
    sender, taker = at_desk(officer(database)), at_desk(officer(database, "DISHUB"))
    why = "Lubang itu di terminal, yang dikelola dinas perhubungan."
    assert sent(sender, database, number, "offer", to="DISHUB") == 422
    assert sent(sender, database, number, "offer", to="DPUBM", text=why) == 422
    assert sent(sender, database, number, "offer", to="DISHUB", text=why) == 303
    assert now_of(database, number).life.agency_code == "DPUBM"
    assert number in taker.get("/meja?keadaan=ditawarkan").text
    assert sent(taker, database, number, "accept") == 303
    assert now_of(database, number).life.agency_code == "DISHUB"
    assert sender.get(f"/meja/{number}").status_code == 404
    assert number in taker.get("/meja").text


def test_a_unit_contributes_and_its_agency_answers(database: Database) -> None:
    number = filed(database, clock.now(), to=Destination("DINKES")).number
    agency, unit = at_desk(officer(database, "DINKES")), at_desk(officer(database, "RSUD-SOETOMO"))
    assert unit.get(f"/meja/{number}").status_code == 404
    assert sent(agency, database, number, "assign", to="RSJ-MENUR-X") == 422
    assert sent(agency, database, number, "assign", to="RSUD-SOETOMO") == 303
    assert number in unit.get("/meja?keadaan=unit").text
    assert sent(unit, database, number, "contribute", text="Antrean itu karena dua loket tutup pagi itu.") == 303
    assert "dua loket tutup" in agency.get(f"/meja/{number}").text
    assert sent(unit, database, number, "answer", text=ANSWER) == 403


def test_a_refusal_says_why_and_where_to_go(database: Database) -> None:
    number = filed(database, clock.now()).number
    desk = at_desk(officer(database))
    why = "Perkara tanah itu sedang diperiksa hakim, jadi kami tidak boleh memutusnya."
    assert sent(desk, database, number, "reject", text=why, reason="court") == 422
    assert sent(desk, database, number, "reject", text=why, where="Pengadilan Negeri", reason="lain") == 422
    assert sent(desk, database, number, "reject", text=why, where="Pengadilan Negeri Surabaya", reason="court") == 303
    case = now_of(database, number)
    said = case.writing(case.life.seq)
    assert case.life.state is State.REJECTED and said is not None and "Pengadilan Negeri Surabaya" in said.text


def test_triage_routes_forwards_merges_and_hides(database: Database) -> None:
    numbers = [filed(database, clock.now(), to=Destination()).number for _ in range(4)]
    desk = at_desk(officer(database, "KOMINFO", Role.TRIAGE))
    assert sent(desk, database, numbers[0], "route", to="DISHUB") == 303
    assert sent(desk, database, numbers[1], "forward", to="PUSAT") == 422
    assert sent(desk, database, numbers[1], "forward", to="PUSAT", body="PLN") == 303
    assert now_of(database, numbers[1]).life.elsewhere == "PLN"
    assert sent(desk, database, numbers[2], "merge", number=numbers[2]) == 422
    assert sent(desk, database, numbers[2], "merge", number="JTM-0000-0000") == 422
    secret = filed(database, clock.now(), to=Destination(), shown=Shown.CONFIDENTIAL).number
    assert sent(desk, database, numbers[2], "merge", number=secret) == 422
    assert sent(desk, database, numbers[2], "merge", number=numbers[3]) == 303
    assert sent(desk, database, numbers[3], "merge", number=numbers[2]) == 422, "no chains"
    assert sent(desk, database, numbers[2], "part") == 303
    assert sent(desk, database, numbers[0], "hide", reason="abuse", text="Menyebut nama tetangga dengan kasar.") == 303
    assert now_of(database, numbers[0]).life.hidden == "abuse"
    assert sent(desk, database, numbers[0], "reveal") == 303


def test_a_moderator_reads_what_everyone_reads(database: Database) -> None:
    text = "Nomor saya 081234567890, jalan di depan rumah saya berlubang sejak dua bulan."
    number = filed(database, clock.now(), text=text).number
    triage, own = at_desk(officer(database, "KOMINFO", Role.TRIAGE)), at_desk(officer(database))
    assert "081234567890" in own.get(f"/meja/{number}").text
    page = triage.get(f"/meja/{number}").text
    assert "081234567890" not in page and "berlubang sejak dua bulan" in page


def test_a_name_and_notes_are_for_the_desk_that_works_on_it(database: Database) -> None:
    number = filed(database, clock.now(), shown=Shown.OPEN, name="Kenari Sukmawati").number
    desk, taker = at_desk(officer(database)), at_desk(officer(database, "DISHUB"))
    assert sent(desk, database, number, "note", text="Ingat: tanya regu selatan.") == 303
    assert sent(desk, database, number, "offer", to="DISHUB", text="Ini wilayah terminal, bukan jalan umum.") == 303
    own, other = desk.get(f"/meja/{number}").text, taker.get(f"/meja/{number}").text
    assert "Kenari" in own and "regu selatan" in own
    assert TEXT in other and "Kenari" not in other and "regu selatan" not in other


def test_two_at_once_and_no_word_is_lost(database: Database) -> None:
    number = filed(database, clock.now()).number
    first, second = (at_desk(officer(database, email=f"{n}@example.go.id")) for n in "ab")
    assert sent(first, database, number, "acknowledge") == 303
    late = second.post(f"/meja/{number}", data={"act": "answer", "seen": seen(number), "token": form_token(second),
                                                "text": ANSWER})
    assert late.status_code == 409 and ANSWER in late.text and f'name="seen" value="{seen(number, 3)}"' in late.text
    assert sent(second, database, number, "nonsense") == 400


def test_words_for_a_complaint_that_left_meanwhile_are_given_back(database: Database) -> None:
    number = filed(database, clock.now()).number
    desk = at_desk(officer(database))
    happens(database, number, Kind.WITHDRAWN, 0, actor="citizen", vault=vault())
    late = desk.post(f"/meja/{number}", data={"act": "answer", "seen": seen(number), "token": form_token(desk),
                                              "text": ANSWER})
    assert late.status_code == 409 and ANSWER in late.text


def test_who_opens_a_secret_is_written_down(database: Database) -> None:
    number = filed(database, clock.now(), shown=Shown.CONFIDENTIAL).number
    who = officer(database)
    at_desk(who).get(f"/meja/{number}")
    with database.read() as session:
        rows: list[Any] = list(session.execute(sql("SELECT pseudonym, act, object FROM desk_trail")))
    assert (who.pseudonym, "secret_opened", number) in [tuple(row) for row in rows]
