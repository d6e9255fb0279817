"""The timetable kept: off the event loop, one job's failure beside the others, a clean end."""

import asyncio
import threading
import time

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.background import BackgroundScheduler
from pytest import MonkeyPatch

from cettar_site.infra import clock, cron
from cettar_site.infra import settings as infra_settings
from cettar_site.infra.db import Database
from cettar_site.status import store
from cettar_site.status.rules import Job, Outcome
from jobs import scheduler
from jobs.scheduler import Keeper
from tests.jobs import work
from tests.status.makers import NOON, a_job, ran


def outcomes(db: Database, job: str) -> list[Outcome]:
    with db.read() as session:
        return [run.ending.outcome for run in store.recent_runs(session, job, 9)]


def until_ran(db: Database, *jobs: str) -> None:
    for _ in range(1500):
        if all((seen := outcomes(db, job)) and Outcome.RUNNING not in seen for job in jobs):
            return
        time.sleep(0.02)
    raise AssertionError(f"{jobs} did not run")


def failing_and_sound() -> tuple[Job, ...]:
    return (a_job("broken", function="tests.jobs.work:broken"),
            a_job("gone", function="tests.jobs.nowhere:run"),
            a_job("no_source", function="tests.jobs.work:no_source"), a_job("sweep"))


def test_what_was_missed_is_caught_up_at_the_start_and_a_failure_stops_no_other(database: Database):
    async def life() -> None:
        keeper = Keeper(AsyncIOScheduler(), database, "site", failing_and_sound())
        keeper.announce()
        keeper.start()
        await asyncio.to_thread(until_ran, database, "broken", "gone", "no_source", "sweep")
        await asyncio.to_thread(keeper.stop)

    asyncio.run(life())
    assert [outcomes(database, job) for job in ("broken", "gone", "no_source", "sweep")] == [
        [Outcome.FAILED], [Outcome.FAILED], [Outcome.FAILED], [Outcome.OK]]
    with database.read() as session:
        assert [plan.job.name for plan in store.plans(session)] == ["broken", "gone", "no_source", "sweep"]


def test_a_job_at_work_does_not_hold_up_the_event_loop_and_ends_when_asked(sqlite_database: Database):
    async def life() -> int:
        work.ENTERED.clear()
        keeper = Keeper(AsyncIOScheduler(), sqlite_database, "site", [a_job(function="tests.jobs.work:long")])
        keeper.start()
        steps = 0
        while not work.ENTERED.is_set() or steps < 20:
            await asyncio.sleep(0.01)
            steps += 1
            assert steps < 3000
        assert outcomes(sqlite_database, "sweep") == [Outcome.RUNNING]
        await asyncio.to_thread(keeper.stop)
        return steps

    assert asyncio.run(life()) >= 20
    assert outcomes(sqlite_database, "sweep") == [Outcome.STOPPED]


def test_a_window_that_ran_before_the_start_is_not_run_again(sqlite_database: Database):
    job = a_job(cron="0 12 23 11 *")
    window = cron.last_time(job.cron, clock.now())
    assert window is not None
    ran(sqlite_database, window=window)
    keeper = Keeper(BackgroundScheduler(), sqlite_database, "jobs", [job, a_job("later")])
    keeper.start()
    until_ran(sqlite_database, "later")
    keeper.stop()
    assert len(outcomes(sqlite_database, "sweep")) == 1


def test_each_job_is_woken_at_its_times_and_each_minute_together_once(sqlite_database: Database):
    inner = BackgroundScheduler()
    keeper = Keeper(inner, sqlite_database, "jobs", [a_job(), a_job("by_hand", cron="")])
    keeper.start()
    (entry,) = inner.get_jobs()
    assert (entry.id, entry.coalesce) == ("sweep", True)
    assert (entry.max_instances, entry.misfire_grace_time) == (1, None)
    assert entry.trigger.get_next_fire_time(NOON, NOON).minute == 1
    keeper.stop()


def test_alone_it_runs_until_it_is_told_to_end(sqlite_database: Database, monkeypatch: MonkeyPatch):
    end = threading.Event()
    monkeypatch.setattr(scheduler, "jobs_of", lambda _realm: (a_job(),))
    alone = threading.Thread(target=scheduler.alone, args=(sqlite_database, end), daemon=True)
    alone.start()
    until_ran(sqlite_database, "sweep")
    end.set()
    alone.join(30)
    assert not alone.is_alive()
    assert outcomes(sqlite_database, "sweep") == [Outcome.OK]


def test_switched_off_the_site_runs_no_job(sqlite_database: Database, monkeypatch: MonkeyPatch):
    monkeypatch.setenv("CETTAR_JOBS", "off")
    infra_settings.settings.cache_clear()

    async def life() -> list[str]:
        async with scheduler.in_site():
            return [thread.name for thread in threading.enumerate() if thread.name.startswith("job ")]

    try:
        assert asyncio.run(life()) == []
    finally:
        monkeypatch.undo()
        infra_settings.settings.cache_clear()
    with sqlite_database.read() as session:
        assert store.plans(session) == ()
        assert store.newest_runs(session) == ()
