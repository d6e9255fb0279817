"""Claims, fences and what is written down, on both databases."""

import pytest

from cettar_site.infra.db import Database
from cettar_site.status import actions, store
from cettar_site.status.rules import LEASE, LeaseLost, Outcome
from tests.status.makers import DAY, HOUR, NOON, a_job, an_ending, must_claim, plan, ran


def test_a_claim_is_a_running_row_and_a_finish_ends_it(database: Database):
    with database.write("jobs") as session:
        lease = must_claim(session, "sweep", NOON)
    with database.read() as session:
        (run,) = store.recent_runs(session, "sweep", 9)
    assert (run.ending.outcome, run.ended_at, run.fence, run.window) == (Outcome.RUNNING, None, 1, NOON)
    with database.write("jobs") as session:
        assert actions.finish(session, lease, an_ending(rows_in=412), NOON + HOUR, counts=True)
    with database.read() as session:
        (run,) = store.recent_runs(session, "sweep", 9)
        assert store.lease_of(session, "sweep").owner == ""
    assert (run.ending.outcome, run.ending.rows_in, run.ended_at) == (Outcome.OK, 412, NOON + HOUR)
    assert run.seconds == 3600


def test_a_window_goes_to_one_claimant(database: Database):
    with database.write("jobs") as session:
        must_claim(session, "sweep", NOON)
    with database.write("jobs") as session:
        assert actions.claim(session, "sweep", NOON, owner="b", now=NOON) is None
    ran(database, "other")
    with database.write("jobs") as session:
        assert actions.claim(session, "other", NOON, owner="b", now=NOON + HOUR) is None


def test_an_expired_lease_is_taken_over_with_a_higher_fence_and_its_run_is_lost(database: Database):
    with database.write("jobs") as session:
        first = must_claim(session, "sweep", NOON)
    with database.write("jobs") as session:
        second = actions.claim(session, "sweep", NOON, owner="b", now=NOON + LEASE)
    assert second is not None and second.fence > first.fence
    with database.read() as session:
        newer, older = store.recent_runs(session, "sweep", 9)
    assert (newer.ending.outcome, older.ending.outcome) == (Outcome.RUNNING, Outcome.LOST)
    assert older.ending.error_kind == "vanished"


def test_a_stale_fence_can_neither_commit_nor_renew_nor_finish(database: Database):
    with database.write("jobs") as session:
        first = must_claim(session, "sweep", NOON)
    with database.write("jobs") as session:
        second = actions.claim(session, "sweep", NOON, owner="b", now=NOON + LEASE)
    assert second is not None
    before = database.versions()
    with pytest.raises(LeaseLost), database.write("prices") as session:
        actions.guard(session, first)
    assert database.versions() == before  # nothing was announced, for nothing was committed
    with database.write() as session:
        assert not actions.renew(session, first, NOON + LEASE)
        assert actions.renew(session, second, NOON + LEASE)
        actions.guard(session, second)
    with database.write("jobs") as session:
        assert not actions.finish(session, first, an_ending(), NOON + HOUR, counts=True)
    with database.read() as session:
        assert store.lease_of(session, "sweep").owner == "b"


def test_a_process_that_took_its_own_job_over_counts_as_another(database: Database):
    with database.write("jobs") as session:
        first = must_claim(session, "sweep", NOON)
    with database.write("jobs") as session:
        assert actions.claim(session, "sweep", NOON, owner=first.owner, now=NOON + LEASE)
    with database.write("jobs") as session:
        assert not actions.renew(session, first, NOON + LEASE)
        assert not actions.finish(session, first, an_ending(), NOON + LEASE, counts=True)
        with pytest.raises(LeaseLost):
            actions.guard(session, first)


def test_a_renewed_lease_is_held_longer(database: Database):
    with database.write("jobs") as session:
        lease = must_claim(session, "sweep", NOON)
    with database.write() as session:
        assert actions.renew(session, lease, NOON + LEASE / 2)
    with database.write("jobs") as session:
        assert actions.claim(session, "sweep", NOON, owner="b", now=NOON + LEASE) is None


def test_by_hand_waits_for_nobody_but_a_running_one(database: Database):
    ran(database)
    with database.write("jobs") as session:
        lease = actions.claim_by_hand(session, "sweep", None, owner="hand", now=NOON + HOUR)
    assert lease is not None and lease.window == NOON
    with database.write("jobs") as session:
        assert actions.claim_by_hand(session, "sweep", None, owner="hand2", now=NOON + HOUR) is None


def test_the_timetable_is_known_in_its_order_since_when(database: Database):
    first, second = a_job("b", source="Penerbit"), a_job("a", cron="", stale_after=None)
    plan(database, first, second)
    plan(database, second, first, a_job("c"), now=NOON + DAY)
    with database.read() as session:
        plans = store.plans(session)
        assert actions.is_planned(session, (second, first, a_job("c")))
    assert [(one.job.name, one.since) for one in plans] == [("a", NOON), ("b", NOON), ("c", NOON + DAY)]
    assert plans[1].job.source == "Penerbit"
    assert plans[0].job.stale_after is None


def test_old_runs_are_forgotten_but_never_the_newest_of_its_kind(database: Database):
    failed = an_ending(Outcome.FAILED, error_kind="timeout")
    for day, ending in [(0, None), (1, None), (2, failed), (3, failed)]:
        ran(database, window=NOON + day * DAY, ending=ending)
    with database.write() as session:
        assert actions.forget_old_runs(session, NOON + 30 * DAY) == 1
    with database.read() as session:
        assert [run.started_at for run in store.recent_runs(session, "sweep", 9)] == [
            NOON + 3 * DAY, NOON + 2 * DAY, NOON + DAY]
    with database.write() as session:
        assert actions.forget_old_runs(session, NOON + 400 * DAY) == 1


def test_the_newest_run_of_each_outcome_is_found(database: Database):
    ran(database, window=NOON)
    ran(database, window=NOON + HOUR)
    ran(database, window=NOON + 2 * HOUR, ending=an_ending(Outcome.FAILED))
    ran(database, "other", window=NOON)
    with database.read() as session:
        newest = store.newest_runs(session)
    assert [(run.job, run.started_at) for run in newest] == [
        ("sweep", NOON + HOUR), ("sweep", NOON + 2 * HOUR), ("other", NOON)]
