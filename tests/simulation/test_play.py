"""The demo lives: what comes, comes in order, and never over what a visitor did."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from cettar_site.complaints import actions as complaints
from cettar_site.complaints.rules import Shown, State
from cettar_site.complaints.rules_filing import Filing
from cettar_site.complaints.store import REQUEST, STATE
from cettar_site.desk import actions_deed, store_door, store_queue
from cettar_site.desk import store as desk_store
from cettar_site.desk.rules_matrix import Act
from cettar_site.desk.rules_queue import Tab, Wanted
from cettar_site.desk.rules_seen import mark
from cettar_site.infra.db import Database
from cettar_site.infra.vault import vault
from cettar_site.prices import store as prices
from cettar_site.prices.rules import Level, Status
from cettar_site.simulation import actions
from cettar_site.simulation.actions import Played
from cettar_site.simulation.rules_case import SEED, is_live, is_ours
from cettar_site.simulation.rules_live import LIVE_AT_MOST, SLOT, live_complaint, slot_of
from cettar_site.status.rules import Outcome
from jobs import simulate
from jobs.report import JobOptions
from jobs.runner import Runner
from jobs.timetable import job_named
from tests.simulation.makers import NOW, VAULT, content, lives, replayed

A_SLOT = timedelta(seconds=SLOT)
KEY = "0b7c1c1e-6f0a-4d5e-9a55-3f6d2f7a1c11"


def play(db: Database, slots: int, start: int = 1) -> list[Played]:
    return [actions.play(db, NOW + k * A_SLOT, VAULT) for k in range(start, start + slots)]


def test_something_is_seen_within_minutes(filled: Database) -> None:
    played = play(filled, 45)
    assert sum(one.filed for one in played) >= 5
    assert sum(one.acts for one in played) >= 5
    quiet = max(len(run) for run in "".join("x" if one != Played() else " " for one in played).split("x"))
    assert quiet <= 9  # three minutes
    assert replayed(filled) == lives(filled)


def test_what_is_filed_live_thins_out() -> None:
    slots = range(slot_of(NOW), slot_of(NOW) + 600)
    counts = [sum(live_complaint(SEED, slot, lately) is not None for slot in slots)
              for lately in (0, LIVE_AT_MOST // 2, LIVE_AT_MOST, 10 * LIVE_AT_MOST)]
    assert counts[0] > counts[1] > 0 == counts[2] == counts[3]


def test_a_slot_played_twice_files_once(filled: Database) -> None:
    slot = next(k for k in range(1, 200) if live_complaint(SEED, slot_of(NOW + k * A_SLOT), 0))
    first = actions.play(filled, NOW + slot * A_SLOT, VAULT)
    again = actions.play(filled, NOW + slot * A_SLOT + timedelta(seconds=3), VAULT)
    assert (first.filed, again.filed) == (first.filed, 0)
    assert sum(map(is_live, lives(filled))) == 1


def test_playing_is_the_same_each_time(filled: Database, sqlite_demo: Database) -> None:
    actions.fill(sqlite_demo, NOW, VAULT)
    play(filled, 30)
    play(sqlite_demo, 30)
    assert content(filled) == content(sqlite_demo)


def test_nothing_new_is_not_announced(filled: Database) -> None:
    heard = filled.versions()
    for k in range(1, 60):
        played = actions.play(filled, NOW + k * A_SLOT, VAULT)
        now_heard = filled.versions()
        assert (now_heard["complaints"] > heard["complaints"]) == bool(played.filed or played.acts)
        assert (now_heard["prices"] > heard["prices"]) == bool(played.prices)
        heard = now_heard


def test_a_visitors_complaint_is_left_to_the_desk(filled: Database) -> None:
    filing = Filing("Lampu di depan rumah saya padam sejak kemarin.", Shown.OPEN, "S31.002", "35.18")
    with filled.write("complaints") as session:
        receipt = complaints.file(session, filing, KEY, NOW, VAULT)
    play(filled, 60)
    actions.fill(filled, NOW + timedelta(days=9), VAULT)
    with filled.read() as session:
        row = session.execute(select(STATE).join(REQUEST, REQUEST.c.id == STATE.c.complaint_id)
                              .where(REQUEST.c.number == receipt.number)).one()
    assert (row.state, row.seq) == (State.TRIAGE, 1)
    assert not is_ours(SEED, row.complaint_id)


def test_what_a_visitor_answered_at_the_desk_stays(filled: Database) -> None:
    with filled.read() as session:
        officer = store_door.officers(session)[0]
        view = Wanted(Tab.WAITING, officer.agency_code)
        waiting = [one.brief for one in store_queue.page(session, view, NOW, VAULT).lines]
    for brief in waiting[:20]:
        with filled.write("complaints") as session:
            words = f"Kami datang besok pagi untuk memeriksa {brief.number}."
            case = desk_store.case(session, brief.number, VAULT)
            assert case is not None
            form = {"text": words, "seen": mark(VAULT.secret, brief.number, case.life.seq)}
            actions_deed.do(session, officer, brief.number, Act.ANSWER, form, NOW, VAULT)
    play(filled, 30)
    actions.fill(filled, NOW + timedelta(days=20), VAULT)
    assert replayed(filled) == lives(filled)
    with filled.read() as session:
        for brief in waiting[:20]:
            case = desk_store.case(session, brief.number, VAULT)
            assert case is not None
            assert case.life.first_answer_at == NOW
            assert [event.at for event in case.events] == sorted(event.at for event in case.events)


def test_prices_are_asked_again_on_the_same_day(filled: Database) -> None:
    changed = sum(one.prices for one in play(filled, 200))
    assert changed >= 2
    with filled.read() as session:
        rows = prices.series(session, "bawang-merah", level=Level.PRODUCER, since=NOW.date(),
                             statuses=tuple(Status))
    assert any(row.revision > 0 for row in rows)
    assert all(row.status is Status.ACCEPTED for row in rows if row.revision > 0)


def test_the_job_plays(demo: Database) -> None:
    job = job_named("simulate")
    assert job is not None
    actions.fill(demo, NOW, vault())
    ending = Runner(demo, "test", now=lambda: NOW + timedelta(hours=1)).by_hand(job, JobOptions(), counts=False)
    assert ending is not None
    assert ending.outcome is Outcome.OK
    assert ending.rows_in == sum(int(number) for number in ending.facts.values()) > 0
    assert set(ending.facts) == {"filed", "acts", "prices"}


def test_the_job_refuses_the_real_database(sqlite_database: Database) -> None:
    job = job_named("simulate")
    assert job is not None
    assert job.needs == "demo"
    ending = Runner(sqlite_database, "test").by_hand(job, JobOptions(), counts=False)
    assert ending is not None
    assert (ending.outcome, ending.error_kind) == (Outcome.FAILED, "Forbidden")
    assert not any(content(sqlite_database).values())
    with pytest.raises(Exception, match="demo"):
        simulate.run(sqlite_database, now=NOW, options=JobOptions())
