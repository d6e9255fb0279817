"""One run: what is written down whatever happens, and who may commit."""

import threading
from datetime import datetime, timedelta

import pytest

from cettar_site.infra.db import Database
from cettar_site.status import actions, store
from cettar_site.status.rules import LEASE, WAITS, Outcome, Run
from cettar_site.status.rules_board import is_unattended
from cettar_site.status.snapshot import BOARD
from jobs.report import JobOptions, quietly
from jobs.runner import Runner
from tests.jobs import work
from tests.status.makers import DAY, HOUR, MINUTE, NOON, a_job, must_claim, plan


class Clock:
    """Says the time it is told."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def runner(db: Database, clock: Clock | None = None, process: str = "a") -> Runner:
    return Runner(db, process, now=clock or Clock())


def runs(db: Database, job: str = "sweep") -> tuple[Run, ...]:
    with db.read() as session:
        return store.recent_runs(session, job, 99)


def test_a_run_is_a_row_with_what_it_did(database: Database):
    ending = runner(database).on_time(a_job())
    (run,) = runs(database)
    assert ending == run.ending
    assert (run.ending.outcome, run.ending.rows_in, run.ending.rows_refused) == (Outcome.OK, 412, 3)
    assert (run.ending.detail, run.ending.facts) == ("{held} ditahan", {"held": 2})
    assert (run.window, run.process, run.by_hand, run.counts) == (NOON, "a", False, True)
    assert database.versions()["work"] == 1
    assert database.versions()["jobs"] == 2  # begun and ended: pages that show the jobs hear of both


def test_a_window_is_run_once_and_missed_windows_together_once(database: Database):
    clock = Clock()
    for now in (NOON, NOON + MINUTE, NOON + 5 * HOUR + MINUTE, NOON + 5 * HOUR + 2 * MINUTE):
        clock.now = now
        runner(database, clock).on_time(a_job())
    assert [run.window for run in runs(database)] == [NOON + 5 * HOUR, NOON]


def test_what_was_missed_is_caught_up_by_a_process_that_remembers_nothing(database: Database):
    runner(database).on_time(a_job())
    late = Clock(NOON + 3 * DAY + 17 * MINUTE)
    assert runner(database, late, "b").on_time(a_job()) is not None
    assert runner(database, late, "c").on_time(a_job()) is None
    assert runs(database)[0].window == NOON + 3 * DAY


@pytest.mark.parametrize(("function", "kind", "text", "address"), [
    ("no_source", "status", "the publisher answered 403", "https://harga.example/tabel"),
    ("no_agency", "NotFound", "no such agency", ""),
    ("broken", "ValueError", "tests/jobs/work.py", ""),
    ("leaves", "SystemExit", "tests/jobs/work.py", ""),
    ("nothing_of_that_name", "AttributeError", "jobs/runner.py", ""),
])
def test_a_failure_is_written_down_with_its_reason_and_without_a_person(
        database: Database, function: str, kind: str, text: str, address: str):
    ending = runner(database).on_time(a_job(function=f"tests.jobs.work:{function}"))
    (run,) = runs(database)
    assert ending == run.ending
    assert run.ending.outcome is Outcome.FAILED
    assert (run.ending.error_kind, run.ending.error_address) == (kind, address)
    assert run.ending.error_text.startswith(text)
    assert "Siti" not in str(run)
    assert "work" not in database.versions()


def test_sources_that_failed_beside_others_that_did_not_are_told(database: Database):
    runner(database).on_time(a_job(function="tests.jobs.work:partly"))
    (run,) = runs(database)
    assert (run.ending.outcome, run.ending.rows_in) == (Outcome.PARTLY, 38)
    assert (run.ending.error_kind, run.ending.error_address) == ("timeout", "https://harga.example/tabel")


def test_a_failed_window_is_tried_again_by_whoever_comes_later(database: Database):
    clock = Clock()
    job = a_job(cron="0 12 * * *", function="tests.jobs.work:no_source")
    for wait in (timedelta(0), WAITS[0] - MINUTE, MINUTE, WAITS[1], DAY - HOUR, HOUR):
        clock.now += wait
        runner(database, clock).on_time(job)
    assert [run.started_at - NOON for run in reversed(runs(database))] == [
        timedelta(0), WAITS[0], WAITS[0] + WAITS[1], WAITS[0] + WAITS[1] + DAY]


def test_a_run_that_lost_its_lease_commits_nothing_and_changes_nothing(database: Database):
    job = a_job(function="tests.jobs.work:waits")
    work.ENTERED.clear()
    work.LEAVE.clear()
    endings = []
    slow = threading.Thread(target=lambda: endings.append(runner(database).on_time(job)), daemon=True)
    slow.start()
    assert work.ENTERED.wait(30)
    with database.write("jobs") as session:  # the other process believes that the first has vanished
        second = actions.claim(session, "sweep", NOON, owner="b", now=NOON + LEASE)
    work.LEAVE.set()
    slow.join(30)
    (ending,) = endings
    assert ending is not None and ending.outcome is Outcome.LOST
    assert "work" not in database.versions()
    with database.read() as session:
        assert store.lease_of(session, "sweep").fence == second.fence  # type: ignore[union-attr]
    assert [run.ending.outcome for run in runs(database)] == [Outcome.RUNNING, Outcome.LOST]


def test_the_lease_of_a_long_run_is_renewed_while_it_runs(database: Database):
    clock, length = Clock(), timedelta(seconds=0.4)
    one = Runner(database, "a", now=clock, length=length)
    job = a_job(function="tests.jobs.work:long")
    work.ENTERED.clear()
    slow = threading.Thread(target=lambda: one.on_time(job), daemon=True)
    slow.start()
    assert work.ENTERED.wait(30)
    renewed = NOON + HOUR
    clock.now = renewed  # time passes; the next beat renews from here
    for _ in range(300):
        with database.read() as session:
            if store.lease_of(session, "sweep").until == renewed + length:
                break
        threading.Event().wait(0.05)
    else:
        pytest.fail("the lease was not renewed")
    one.stop()
    slow.join(30)
    (run,) = runs(database)
    assert run.ending.outcome is Outcome.STOPPED
    with database.read() as session:
        assert store.lease_of(session, "sweep").owner == ""


def test_a_run_whose_lease_another_took_ends_at_its_next_step(database: Database):
    one = Runner(database, "a", now=Clock(), length=timedelta(seconds=0.4))
    work.ENTERED.clear()
    endings = []
    job = a_job(function="tests.jobs.work:long")
    slow = threading.Thread(target=lambda: endings.append(one.on_time(job)), daemon=True)
    slow.start()
    assert work.ENTERED.wait(30)
    with database.write("jobs") as session:
        assert actions.claim(session, "sweep", NOON, owner="b", now=NOON + LEASE)
    slow.join(30)
    assert [ending.outcome for ending in endings if ending] == [Outcome.LOST]


def test_nothing_new_begins_once_it_is_asked_to_stop(database: Database):
    one = runner(database)
    one.stop()
    assert one.on_time(a_job()) is None
    assert runs(database) == ()


def test_by_hand_the_timetable_is_not_asked_and_its_work_counts(database: Database):
    clock = Clock(NOON + 10 * MINUTE)
    runner(database, clock).on_time(a_job())
    ending = runner(database, clock, "hand").by_hand(a_job(), JobOptions(by_hand=True), counts=True)
    assert ending is not None and ending.outcome is Outcome.OK
    special = runner(database, clock, "hand").by_hand(
        a_job(), JobOptions(date=(NOON - DAY).date(), by_hand=True), counts=False)
    assert special is not None
    assert [(run.by_hand, run.counts, run.window) for run in runs(database)] == [
        (True, False, None), (True, True, NOON), (False, True, NOON)]


def test_a_run_by_hand_is_on_the_board_though_no_scheduler_ever_ran(database: Database):
    job = a_job("import", cron="", stale_after=None, description="Memasukkan berkas")
    for one in (a_job(), job, job):
        assert runner(database).by_hand(one, JobOptions(by_hand=True), counts=True) is not None
    board = BOARD.get()
    assert [(state.plan.job.name, state.plan.job.description, len(state.recent)) for state in board.jobs] == [
        ("sweep", "Menyapu", 1), ("import", "Memasukkan berkas", 2)]
    assert not any(is_unattended(state, NOON + 900 * DAY) for state in board.jobs)
    plan(database, job, a_job(), now=NOON)
    assert [state.plan.job.cron for state in BOARD.get().jobs] == ["", "0 * * * *"]
    runner(database).by_hand(a_job(), JobOptions(by_hand=True), counts=True)
    assert [state.plan.job.cron for state in BOARD.get().jobs] == ["", "0 * * * *"], "the timetable stays"


def test_by_hand_a_running_job_is_left_alone(database: Database):
    with database.write("jobs") as session:
        must_claim(session, "sweep", NOON)
    assert runner(database).by_hand(a_job(), JobOptions(), counts=True) is None


def test_a_job_only_by_hand_never_runs_by_itself(database: Database):
    assert runner(database).on_time(a_job(cron="")) is None
    assert runner(database).by_hand(a_job(cron=""), JobOptions(), counts=True) is not None


def test_the_quiet_progress_shows_every_step():
    assert list(quietly([1, 2, 3])) == [1, 2, 3]
