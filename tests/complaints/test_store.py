"""What is stored can be read back, and what must not change can't be changed, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from cettar_site.base.errors import Conflict
from cettar_site.complaints import store, store_lists
from cettar_site.complaints.rules import Case, Counts, Event, Kind, Life, Shown, State, replay, step
from cettar_site.complaints.rules_number import code_hash
from cettar_site.infra.db import Database
from tests.complaints.makers import NOW, SECRET, TEXT, filed

HOUR = timedelta(hours=1)


def do(database: Database, number: str, kind: Kind, hours: int, words: str = "") -> None:
    """Let an officer do something so many hours after filing."""
    with database.write("complaints") as session:
        case = store.case_by_number(session, number)
        assert case is not None
        event = Event(case.life.seq + 1, kind, NOW + HOUR * hours, "P-234567", case.life.agency_code)
        store.append(session, case.request.id, case.life, step(case.life, event), event, words)


def projected(database: Database, number: str) -> Life:
    """The copy of a complaint's state, as the table has it."""
    with database.read() as session:
        row = session.execute(store.STATE.select().join(
            store.REQUEST, store.REQUEST.c.id == store.STATE.c.complaint_id).where(
                store.REQUEST.c.number == number)).one()
    assert row.is_open == (row.state != State.ANSWERED)
    return Life(State(row.state), row.seq, row.filed_at, row.due_at, row.agency_code, row.acknowledged_at,
                row.first_answer_at, row.answers)


def test_a_complaint_is_read_back_whole(database: Database) -> None:
    receipt = filed(database, place="depan pasar", district_code="35.18.08", happened_on=NOW.date())
    with database.read() as session:
        case = store.case_by_number(session, receipt.number)
        same = store.case_by_code(session, code_hash(SECRET, receipt.code))
        other = store.case_by_code(session, code_hash(SECRET, receipt.code[:-1] + "?"))
    assert case is not None and case == same and other is None
    assert (case.request.number, case.request.happened_on, case.request.filed_at) == (
        receipt.number, NOW.date(), NOW)
    written = case.writing(1)
    assert written is not None and (written.text, written.place) == (TEXT, "depan pasar")
    assert [event.kind for event in case.events] == [Kind.SUBMITTED, Kind.ROUTED]
    assert (case.life.agency_code, case.events[1].hint) == ("DPUBM", "KAB")


def test_the_copy_of_the_state_is_what_the_events_replay_to(database: Database) -> None:
    number = filed(database).number
    case: Case | None = None
    for at, (kind, words) in enumerate(((Kind.ACKNOWLEDGED, ""), (Kind.ANSWERED, "Kami perbaiki hari Kamis."),
                                        (Kind.ANSWERED, "Sudah kami perbaiki kemarin.")), 1):
        do(database, number, kind, at, words)
        with database.read() as session:
            case = store.case_by_number(session, number)
            assert case is not None and store.events_of(session, number) == case.life.seq
        assert projected(database, number) == case.life == replay(case.events)
    assert case is not None
    assert [one.text for one in case.writings] == [TEXT, "Kami perbaiki hari Kamis.", "Sudah kami "
                                                                                      "perbaiki kemarin."]


def test_of_two_who_act_at_once_one_is_told(database: Database) -> None:
    number = filed(database).number
    with database.read() as session:
        before = store.case_by_number(session, number)
    assert before is not None
    event = Event(3, Kind.ANSWERED, NOW + HOUR, "P-234567", "DPUBM")
    with database.write("complaints") as session:
        store.append(session, before.request.id, before.life, step(before.life, event), event,
                     "Jawaban pertama.")
    with pytest.raises(Conflict), database.write("complaints") as session:
        store.append(session, before.request.id, before.life, step(before.life, event), event,
                     "Jawaban kedua.")
    with database.read() as session:
        after = store.case_by_number(session, number)
    assert after is not None and [one.text for one in after.writings] == [TEXT, "Jawaban pertama."]


@pytest.mark.parametrize("act", [
    "UPDATE complaint_event SET actor = 'x'", "DELETE FROM complaint_event",
    "UPDATE complaint_request SET shown = 'open'", "DELETE FROM complaint_request"])
def test_events_and_filings_can_only_be_added(database: Database, act: str) -> None:
    filed(database)
    with pytest.raises(DBAPIError, match="rows are only added"), database.write() as session:
        session.execute(text(act))
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM complaint_event")).scalar() == 2


def test_words_can_be_erased_and_the_events_stay(database: Database) -> None:
    number = filed(database).number
    with database.write() as session:
        session.execute(text("DELETE FROM complaint_private"))
    with database.read() as session:
        case = store.case_by_number(session, number)
    assert case is not None and case.writing(1) is None and len(case.events) == 2


def test_first_answers_are_what_the_leaderboard_needs(database: Database) -> None:
    old = filed(database, NOW - timedelta(days=91)).number
    waiting, answered = filed(database).number, filed(database, category_code="S04").number
    do(database, old, Kind.ANSWERED, 1, "Sudah kami perbaiki kemarin.")
    do(database, answered, Kind.ACKNOWLEDGED, 2)
    do(database, answered, Kind.ANSWERED, 3, "Sudah kami perbaiki kemarin.")
    with database.read() as session:
        rows = sorted(store.first_answers(session, NOW - timedelta(days=90)))
    assert waiting
    assert rows == [("DINKES", NOW, NOW + HOUR * 3), ("DPUBM", NOW, None)]


def test_counts_and_newest(database: Database) -> None:
    with database.read() as session:
        assert store_lists.counts(session, NOW) == Counts(0, 0, 0, 0)
        assert store_lists.newest(session, 5) == ()
    first = filed(database, NOW - timedelta(days=9)).number
    secret = filed(database, NOW - HOUR, shown=Shown.CONFIDENTIAL).number
    last = filed(database, NOW).number
    do(database, last, Kind.ANSWERED, 1, "Sudah kami perbaiki kemarin.")
    with database.read() as session:
        assert store_lists.counts(session, NOW) == Counts(3, 2, 1, 1)
        briefs = store_lists.newest(session, 5)
    assert secret not in {brief.number for brief in briefs}
    assert [(brief.number, brief.state, brief.text) for brief in briefs] == [
        (last, State.ANSWERED, TEXT), (first, State.WAITING, TEXT)]


def test_a_queue_shows_what_waits_first_by_due_time(database: Database) -> None:
    late = filed(database, NOW - timedelta(days=9)).number
    done = filed(database, NOW - timedelta(days=20)).number
    soon = filed(database, NOW - HOUR).number
    other = filed(database, category_code="S04").number
    do(database, done, Kind.ANSWERED, -24, "Sudah kami perbaiki kemarin.")

    def numbers(agency: str | None, is_open: bool | None, limit: int = 9, offset: int = 0) -> list[str]:
        with database.read() as session:
            return [brief.number for brief in store_lists.queue(session, agency, is_open, limit, offset)]

    assert numbers("DPUBM", None) == [late, soon, done]
    assert numbers("DPUBM", True) == [late, soon]
    assert numbers("DPUBM", False) == [done]
    assert numbers("DPUBM", None, 1, 1) == [soon]
    assert numbers(None, None) == [late, soon, other, done]
    with database.read() as session:
        assert store_lists.queue_counts(session, "DPUBM", NOW) == Counts(3, 2, 1, 1)
        assert store_lists.queue_counts(session, None, NOW) == Counts(4, 3, 1, 1)
        assert store_lists.queue_counts(session, "ESDM", NOW) == Counts(0, 0, 0, 0)
