"""Who may run what when."""

from datetime import datetime, timedelta

import pytest

from cettar_site.status.rules import (
    ATTEMPTS,
    LEASE,
    WAITS,
    Lease,
    Outcome,
    fits,
    granted,
    is_held,
    may_run,
    public_address,
    released,
    short,
)
from tests.status.makers import HOUR, MINUTE, NOON, a_job


def held(window: datetime = NOON, now: datetime = NOON) -> Lease:
    return granted(Lease("sweep"), "a", now, window)


def ended(outcome: Outcome, window: datetime = NOON, now: datetime = NOON) -> Lease:
    return released(held(window, now), outcome, now, counts=True)


def test_a_job_that_nobody_ever_ran_is_due():
    assert may_run(Lease("sweep"), NOON, NOON)


def test_a_held_lease_keeps_everybody_out_until_it_ends():
    lease = held()
    assert is_held(lease, NOON + LEASE - timedelta(seconds=1))
    assert not may_run(lease, NOON + HOUR, NOON + LEASE - timedelta(seconds=1))
    assert not is_held(lease, NOON + LEASE)
    assert may_run(lease, NOON, NOON + LEASE)  # the process vanished: its window is taken over


@pytest.mark.parametrize("outcome", [Outcome.OK, Outcome.PARTLY])
def test_a_window_that_succeeded_is_not_run_again(outcome):
    lease = ended(outcome)
    assert not may_run(lease, NOON, NOON + HOUR)
    assert may_run(lease, NOON + HOUR, NOON + HOUR)


def test_windows_only_move_forward_whatever_the_clock_does():
    lease = ended(Outcome.OK, NOON)
    assert not may_run(lease, NOON - HOUR, NOON - HOUR)


def test_a_failed_window_is_tried_again_after_the_waits_then_given_up():
    lease, now = Lease("sweep"), NOON
    for wait in (*WAITS, None):
        lease = released(granted(lease, "a", now, NOON), Outcome.FAILED, now, counts=True)
        if wait is None:
            break
        assert not may_run(lease, NOON, now + wait - timedelta(seconds=1))
        now += wait
        assert may_run(lease, NOON, now)
    assert lease.attempts == ATTEMPTS
    assert not may_run(lease, NOON, now + 24 * HOUR)
    assert may_run(lease, NOON + 24 * HOUR, now + 24 * HOUR)


def test_a_window_whose_processes_keep_vanishing_is_given_up():
    lease, now, tries = Lease("sweep"), NOON, 0
    while may_run(lease, NOON, now):
        lease, now, tries = granted(lease, "a", now, NOON), now + LEASE, tries + 1
    assert tries == ATTEMPTS


def test_a_stopped_run_is_no_attempt_and_runs_again_at_once():
    lease = ended(Outcome.STOPPED)
    assert lease.attempts == 0
    assert may_run(lease, NOON, NOON)


def test_the_fence_grows_with_each_grant_and_the_attempts_with_each_try():
    first = held()
    again = granted(released(first, Outcome.FAILED, NOON, counts=True), "b", NOON, NOON)
    later = granted(released(again, Outcome.OK, NOON, counts=True), "b", NOON, NOON + HOUR)
    assert [lease.fence for lease in (first, again, later)] == [1, 2, 3]
    assert [lease.attempts for lease in (first, again, later)] == [1, 2, 1]


def test_work_of_its_own_leaves_the_windows_alone():
    before = ended(Outcome.OK)
    other = granted(before, "hand", NOON + MINUTE, None)
    assert (other.window, other.outcome, other.attempts) == (before.window, before.outcome, before.attempts)
    after = released(other, Outcome.FAILED, NOON + MINUTE, counts=False)
    assert (after.outcome, after.owner) == (Outcome.OK, "")


def test_what_is_public_holds_no_secret_and_fits_a_table():
    assert public_address("https://user:pass@harga.example:8443/tabel?key=rahasia#x") == "https://harga.example:8443/tabel"
    assert public_address("http://harga.example:port/a?b") == "http://harga.example:port/a"
    assert public_address("harga.csv") == "harga.csv"
    assert public_address("") == ""
    assert short("a\n  b\t" + "c" * 500) == "a b " + "c" * 295 + "…"


def test_a_job_fits_its_realm():
    assert fits(a_job(), "real") and fits(a_job(), "demo")
    assert fits(a_job(needs="demo"), "demo") and not fits(a_job(needs="demo"), "real")
