"""How the jobs stand."""

from datetime import datetime, timedelta

import pytest

from cettar_site.status.rules import Lease, Outcome, Plan, Run, granted
from cettar_site.status.rules_board import (
    Board,
    JobState,
    Standing,
    Summary,
    is_running,
    is_unattended,
    job_state,
    standing,
    summary,
)
from cettar_site.status.rules_reason import OUR_FAULT, OWN, reason, remark
from tests.status.makers import DAY, HOUR, MINUTE, NOON, a_job, a_run, an_ending

SECOND = timedelta(seconds=1)
FAILED = an_ending(Outcome.FAILED, error_kind="slow", error_text="Sumber terlalu lama menjawab")


def state(*runs: Run, since: datetime = NOON, **job: object) -> JobState:
    return job_state(Plan(a_job(**job), since), Lease("sweep"), runs)  # type: ignore[arg-type]


def ok(number: int, ended_at: datetime) -> Run:
    return a_run(number, started_at=ended_at - 4 * SECOND)


@pytest.mark.parametrize(("one", "now", "expected"), [
    (state(), NOON + HOUR, Standing.WAITING),
    (state(), NOON + 3 * HOUR + SECOND, Standing.LATE),
    (state(ok(1, NOON)), NOON + 3 * HOUR, Standing.GOOD),
    (state(ok(1, NOON)), NOON + 3 * HOUR + SECOND, Standing.LATE),
    (state(ok(1, NOON), a_run(2, ending=FAILED, started_at=NOON + HOUR)), NOON + 2 * HOUR, Standing.FAILING),
    (state(a_run(1, ending=FAILED), ok(2, NOON + HOUR)), NOON + 2 * HOUR, Standing.GOOD),
    (state(a_run(1, ending=an_ending(Outcome.PARTLY))), NOON + HOUR, Standing.FAILING),
    (state(a_run(1, ending=FAILED)), NOON + HOUR, Standing.FAILING),
    (state(a_run(1, ending=FAILED)), NOON + DAY, Standing.LATE),
    (state(ok(1, NOON), a_run(2, ending=an_ending(Outcome.STOPPED))), NOON + HOUR, Standing.GOOD),
    (state(ok(1, NOON), a_run(2, counts=False, started_at=NOON + 3 * HOUR)), NOON + 4 * HOUR, Standing.LATE),
    (state(cron="", stale_after=None), NOON + 99 * DAY, Standing.BY_HAND),
])
def test_a_job_stands_by_its_newest_runs(one: JobState, now: datetime, expected: Standing):
    assert standing(one, now) is expected


def test_a_job_is_unattended_when_nobody_even_tries():
    failing = state(ok(1, NOON), a_run(2, ending=FAILED, started_at=NOON + 5 * HOUR))
    assert standing(failing, NOON + 6 * HOUR) is Standing.LATE
    assert not is_unattended(failing, NOON + 6 * HOUR)
    assert is_unattended(failing, NOON + 9 * HOUR)
    assert not is_unattended(state(), NOON + HOUR)
    assert is_unattended(state(), NOON + 4 * HOUR)
    assert not is_unattended(state(cron="", stale_after=None), NOON + DAY)


def test_a_long_run_is_attended():
    held = JobState(Plan(a_job(), NOON), granted(Lease("sweep"), "a", NOON + 9 * HOUR, NOON))
    assert is_running(held, NOON + 9 * HOUR + MINUTE)
    assert not is_unattended(held, NOON + 9 * HOUR + MINUTE)


def test_a_job_only_by_hand_has_successes_too():
    by_hand = state(a_run(1, counts=False), cron="", stale_after=None)
    assert by_hand.success is not None


def test_the_summary_counts_late_sources_apart():
    now = NOON + DAY
    by_hand = state(cron="", stale_after=None)
    board = Board("real", (state(source="Penerbit"), state(), state(ok(1, now)), by_hand))
    assert summary(board, now) == Summary(4, 1, 1, 0)
    assert not summary(board, now).good
    assert summary(Board("real", (state(ok(1, now)),)), now).good
    assert not summary(Board("real", ()), now).good


def test_the_reason_is_a_sources_own_or_our_fault():
    assert (reason(FAILED), remark(FAILED)) == ("Sumber terlalu lama menjawab", "")
    ours = an_ending(Outcome.FAILED, error_kind="ValueError", error_text="cettar_site/prices/store.py:8")
    assert (reason(ours), remark(ours)) == (OUR_FAULT, "ValueError cettar_site/prices/store.py:8")
    lost = an_ending(Outcome.LOST, error_kind="vanished")
    assert reason(lost) == OWN["vanished"]
    assert reason(an_ending()) == ""
