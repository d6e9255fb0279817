"""What is stored can be read back, and what must not change can't be changed, on both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from cettar_site.base.errors import Conflict
from cettar_site.base.seal import Broken, Vault
from cettar_site.complaints import store, store_lists, store_read, store_rows
from cettar_site.complaints.rules import Case, Event, Kind, Shown, State
from cettar_site.complaints.rules_life import replay, step
from cettar_site.complaints.rules_number import code_hash
from cettar_site.complaints.store import Happened
from cettar_site.complaints.store_lists import Wanted
from cettar_site.infra.db import Database
from tests.complaints.makers import NOW, SECRET, TEXT, TO, VAULT, Destination, case_of, filed, happens

HOUR = timedelta(hours=1)
DONE = "Lubang itu kami tambal kemarin pagi dengan aspal."
# Every act that can follow the one before it, with its agency and detail.
STORY = (
    (Kind.ACKNOWLEDGED, "", "", ""), (Kind.ASKED, "", "", "Di sisi jalan yang mana?"), (Kind.MESSAGED, "", "", "Kiri."),
    (Kind.OFFERED, "DINSOS", "", "Ini urusan Dinsos."), (Kind.ACCEPTED, "DINSOS", "", ""), (Kind.NOTED, "", "", "Cek."),
    (Kind.ASSIGNED, "RSUD-HAJI", "", ""), (Kind.REMINDED, "", "", ""), (Kind.ESCALATED, "", "1", ""),
    (Kind.PLANNED, "", "2026-12-01", DONE), (Kind.CLAIMED, "", "", DONE), (Kind.DRAWN, "INSPEKTORAT", "", ""),
    (Kind.DISPUTED, "", "", "Belum."), (Kind.RATED, "", "2", ""), (Kind.MERGED, "", "", ""),
    (Kind.HIDDEN, "", "personal", "Ada nama."), (Kind.REVEALED, "", "", ""), (Kind.ANSWERED, "", "", DONE),
    (Kind.CONFIRMED, "", "", ""), (Kind.ERASED, "", "", ""))


def test_a_complaint_is_read_back_whole(database: Database) -> None:
    receipt = filed(database, place="depan pasar", district_code="35.18.08", happened_on=NOW.date(), name="Siti",
                    position=(-7.60151, 111.90342), shown=Shown.OPEN)
    case = case_of(database, receipt.number)
    with database.read() as session:
        same = store_read.case_by_code(session, code_hash(SECRET, receipt.code), VAULT)
        other = store_read.case_by_code(session, code_hash(SECRET, receipt.code[:-1] + "?"), VAULT)
        public = store_read.public_by_number(session, receipt.number)
    assert case == same and other is None
    assert (case.request.number, case.request.happened_on, case.request.filed_at) == (
        receipt.number, NOW.date(), NOW)
    written = case.writing(1)
    assert written == store_rows.Writing(1, TEXT, "depan pasar", -7.60151, 111.90342, "Siti")
    assert public is not None and public.writing(1) == store_rows.Writing(1, TEXT, "depan pasar", -7.602, 111.903)
    assert [event.kind for event in case.events] == [Kind.SUBMITTED, Kind.ROUTED]
    assert (case.life.agency_code, case.events[1].detail) == ("DPUBM", "category")


def test_the_copies_are_what_the_events_replay_to(database: Database) -> None:
    number, main = filed(database).number, filed(database).number
    for at, (kind, agency, detail, words) in enumerate(STORY, 1):
        case = happens(database, number, kind, at * 8, words, agency, main if kind is Kind.MERGED else detail)
        with database.read() as session:
            row = session.execute(select(store_rows.STATE).where(store_rows.STATE.c.number == number)).one()
            custodies = session.execute(select(store_rows.CUSTODY).where(
                store_rows.CUSTODY.c.complaint_id == case.request.id).order_by(store_rows.CUSTODY.c.seq)).all()
        assert case.life == replay(case.events)
        assert dict(row._mapping) == store_rows.state_row(case.request, case.life), kind
        kept = [{**row._mapping, "moved_at": None} for row in custodies]
        assert kept == [{**store_rows.custody_row(case.request, one), "moved_at": None}
                        for one in case.life.custodies], kind


def test_words_are_sealed_and_only_the_public_ones_lie_open(database: Database) -> None:
    shown = filed(database, place="depan pasar").number
    secret = filed(database, text="Cerita rahasia tentang bendahara sekolah.", shown=Shown.CONFIDENTIAL).number
    happens(database, secret, Kind.ANSWERED, 1, DONE)
    happens(database, shown, Kind.NOTED, 1, "Catatan meja sendiri.")
    with database.read() as session:
        tables = [name for (name,) in session.execute(text(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'complaint%' "
            "AND name NOT LIKE '%search%'"
            if database.is_sqlite else
            "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'complaint%'"))]
        everything = "\n".join(str([bytes(cell) if isinstance(cell, memoryview) else cell for cell in row])
                               for table in tables for row in session.execute(text(f"SELECT * FROM {table}")))
    assert TEXT in everything and "depan pasar" in everything
    for words in ("bendahara", DONE, "Catatan meja"):
        assert words not in everything
    assert case_of(database, secret).writing(3).text == DONE  # type: ignore[union-attr]
    with pytest.raises(Broken):
        case_of(database, secret, Vault(b"another secret of the same length"))


def test_of_two_who_act_at_once_one_is_told(database: Database) -> None:
    number = filed(database).number
    before = case_of(database, number)
    event = Event(3, Kind.ANSWERED, NOW + HOUR, "P-234567", "DPUBM")
    new = Happened(event, step(before.life, event), store_rows.Writing(3, "Jawaban pertama."))
    with database.write("complaints") as session:
        store.append(session, before.request, before.life, new, VAULT)
    with pytest.raises(Conflict), database.write("complaints") as session:
        store.append(session, before.request, before.life, new, VAULT)
    assert [one.text for one in case_of(database, number).writings] == [TEXT, "Jawaban pertama."]


@pytest.mark.parametrize("act", [
    "UPDATE complaint_event SET actor = 'x'", "DELETE FROM complaint_event",
    "UPDATE complaint_request SET shown = 'open'", "DELETE FROM complaint_request"])
def test_events_and_filings_can_only_be_added(database: Database, act: str) -> None:
    filed(database)
    with pytest.raises(DBAPIError, match="rows are only added"), database.write() as session:
        session.execute(text(act))
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM complaint_event")).scalar() == 2


def test_erased_words_are_gone_everywhere_and_the_events_stay(database: Database) -> None:
    number = filed(database, place="depan pasar").number
    happens(database, number, Kind.ANSWERED, 1, DONE)
    case = happens(database, number, Kind.ERASED, 2)
    assert case == case_of(database, number)
    assert case.writings == () and [event.kind for event in case.events][2:] == [Kind.ANSWERED, Kind.ERASED]
    with database.read() as session:
        assert store_read.public_by_number(session, number).writings == ()  # type: ignore[union-attr]
        for table in (store_rows.SALT, store_rows.PRIVATE, store_rows.PUBLIC):
            assert session.execute(select(table)).all() == []
        assert store_lists.listed(session, Wanted(words=("berlubang",)), 9).briefs == ()
        assert store_read.newest_replies(session, "DPUBM", 9, VAULT) == []


def test_custodies_are_what_the_leaderboard_needs(database: Database) -> None:
    filed(database, NOW - timedelta(days=91))
    handed, triage = filed(database).number, filed(database, to=Destination()).number
    happens(database, handed, Kind.OFFERED, 1, agency="DINKES")
    happens(database, handed, Kind.ACCEPTED, 2, agency="DINKES")
    happens(database, handed, Kind.ANSWERED, 3, DONE)
    with database.read() as session:
        rows = list(store.custodies_since(session, NOW - timedelta(days=90)))
    assert triage
    found = sorted((row[2], row[3], row[5], row[6]) for row in rows)
    assert found == [("DINKES", NOW + HOUR * 2, None, NOW + HOUR * 3), ("DPUBM", NOW, NOW + HOUR * 2, None)]
    marked = min(row[7] for row in rows)
    with database.read() as session:
        assert len(list(store.custodies_since(session, NOW - timedelta(days=90), marked))) == 2
        assert list(store.custodies_since(session, NOW - timedelta(days=90), marked + timedelta(hours=1))) == []


def test_the_newest_that_all_may_read(database: Database) -> None:
    with database.read() as session:
        assert store_lists.newest(session, 5) == ()
    first = filed(database, NOW - timedelta(days=9)).number
    secret = filed(database, NOW - HOUR, shown=Shown.CONFIDENTIAL).number
    last = filed(database, NOW).number
    happens(database, last, Kind.ANSWERED, 1, DONE)
    with database.read() as session:
        briefs = store_lists.newest(session, 5)
    assert secret not in {brief.number for brief in briefs}
    assert [(brief.number, brief.state, brief.text) for brief in briefs] == [
        (last, State.ANSWERED, TEXT), (first, State.WAITING, TEXT)]


def test_the_public_list_is_searched_and_filtered_page_by_page(database: Database) -> None:
    road = [filed(database, NOW + HOUR * at, text=f"Jalan desa berlubang nomor {at} sejak lama.").number
            for at in range(7)]
    water = filed(database, NOW + HOUR * 8, text="Air irigasi tidak mengalir ke sawah.", region_code="35.09",
                  category_code="S10", to=Destination("DPUSDA")).number
    happens(database, road[3], Kind.ANSWERED, 20, DONE)

    def pages(**wanted: object) -> list[str]:
        found, before = [], store_lists.END
        with database.read() as session:
            while True:
                page = store_lists.listed(session, Wanted(**wanted, before=before), 3)  # type: ignore[arg-type]
                found += [brief.number for brief in page.briefs]
                if page.next_before is None:
                    return found
                before = page.next_before

    assert pages() == [water, *reversed(road)]
    assert pages(words=("berlubang",)) == list(reversed(road))
    assert pages(words=("berlubang", "nomor", "5")) == [road[5]]
    assert pages(words=("lubang",)) == [] and pages(words=("AND",)) == []
    assert pages(region_code="35.09") == pages(group_code="S10") == pages(agency_code="DPUSDA") == [water]
    assert pages(state="answered") == pages(words=("jalan",), state="answered") == [road[3]]
    assert pages(words=("jalan",), region_code="35.09") == []


def test_a_hidden_complaint_is_a_tombstone_that_nobody_finds(database: Database) -> None:
    number = filed(database).number
    happens(database, number, Kind.HIDDEN, 1, "Ada nama tetangga.", detail="personal")
    with database.read() as session:
        public = store_read.public_by_number(session, number)
        (brief,) = store_lists.newest(session, 5)
        assert store_lists.listed(session, Wanted(words=("berlubang",)), 9).briefs == ()
    assert public is not None and public.writings == () and public.life.hidden == "personal"
    assert (brief.number, brief.text) == (number, "")
    happens(database, number, Kind.REVEALED, 2)
    with database.read() as session:
        assert len(store_lists.listed(session, Wanted(words=("berlubang",)), 9).briefs) == 1


def test_what_is_said_to_a_complaint_is_said_to_those_merged_into_it(database: Database) -> None:
    main, other, alone = (filed(database, NOW + HOUR * at).number for at in range(3))
    happens(database, other, Kind.MERGED, 5, detail=main)
    happens(database, main, Kind.ANSWERED, 30, DONE)
    child = case_of(database, other)
    assert (child.life.state, child.life.first_answer_at) == (State.ANSWERED, NOW + HOUR * 30)
    assert child.writings[-1].text == DONE and child.life.filed_at == NOW + HOUR
    assert case_of(database, alone).life.state is State.WAITING
    assert happens(database, other, Kind.DISPUTED, 40, "Di tempat saya belum.").life.state is State.DISPUTED
    assert case_of(database, main).life.state is State.ANSWERED


def test_replies_of_an_agency_are_remembered_newest_first(database: Database) -> None:
    for at in range(3):
        happens(database, filed(database, NOW + HOUR * at).number, Kind.ANSWERED, 1, f"{DONE} Nomor {at}.")
    with database.read() as session:
        assert [one[-8:] for one in store_read.newest_replies(session, "DPUBM", 2, VAULT)] == ["Nomor 2.", "Nomor 1."]


def test_the_past_and_what_followed_can_be_stored_at_once(database: Database) -> None:
    events = (Event(1, Kind.SUBMITTED, NOW, "citizen"), Event(2, Kind.ROUTED, NOW, "system", "DPUBM"),
              Event(3, Kind.PLANNED, NOW + HOUR, "P-234567", "DPUBM", "2026-12-01"))
    request = store_rows.ServiceRequest(7, "JTM-0000-0000", Shown.ANONYMOUS, "S08", "35.18", "", date(2026, 11, 1), NOW)
    first, answer = store_rows.Writing(1, TEXT), store_rows.Writing(3, DONE)
    with database.write("complaints") as session:
        store.add(session, [store.Filed(request, first, first, events, replay(events), b"s" * 32, b"c", b"k", b"f",
                                        ((answer, answer),))], VAULT)
    case: Case = case_of(database, "JTM-0000-0000")
    assert case == Case(request, events, (first, answer), replay(events))
    with database.read() as session:
        assert store_read.newest_replies(session, TO.agency_code, 5, VAULT) == [DONE]
