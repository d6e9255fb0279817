"""Several processes, one database: each window is run by exactly one of them."""

import multiprocessing
import random
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from cettar_site.infra import cron
from cettar_site.infra.db import Database
from cettar_site.status import actions, store
from cettar_site.status.rules import Lease, Outcome, granted, may_run, released
from tests.jobs.work import ring_many
from tests.status.makers import HOUR, MINUTE, NOON, a_job, an_ending

PROCESSES = 2
WINDOWS = 15
TICKS = 10_000
CLAIMANTS = 4


def test_two_processes_that_wake_together_run_each_window_once(database: Database):
    windows = [NOON + n * HOUR for n in range(WINDOWS)]
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        barrier = manager.Barrier(PROCESSES)
        answers = [pool.submit(ring_many, database.url, a_job(), windows, barrier) for _ in range(PROCESSES)]
        ran = [ending for answer in answers for ending in answer.result(120) if ending is not None]
    assert [ending.outcome for ending in ran] == [Outcome.OK] * WINDOWS
    assert database.versions()["work"] == WINDOWS
    with database.read() as session:
        runs = store.recent_runs(session, "sweep", 99)
    assert [run.window for run in reversed(runs)] == windows
    assert [run.fence for run in reversed(runs)] == list(range(1, WINDOWS + 1))


@lru_cache(maxsize=1 << 16)
def last_time(line: str, now: datetime) -> datetime:
    moment = cron.last_time(line, now)
    assert moment is not None
    return moment


def test_ten_thousand_ticks_of_four_claimants_run_no_window_twice():
    """Clocks that are an hour apart and jump, runs that fail, stop and vanish, across the end of a year."""
    dice = random.Random(20261231)
    line = "*/5 * * * *"
    lease, true_time = Lease("sweep"), datetime(2026, 12, 31, 10, 0, tzinfo=UTC)
    skew = [timedelta(0)] * CLAIMANTS
    succeeded: Counter[datetime] = Counter()
    for _tick in range(TICKS):
        true_time += MINUTE
        for claimant in dice.sample(range(CLAIMANTS), CLAIMANTS):
            if dice.random() < 0.001:
                skew[claimant] = timedelta(minutes=dice.randint(-60, 60))
            now = true_time + skew[claimant]
            window = last_time(line, now)
            if not may_run(lease, window, now):
                continue
            mine = granted(lease, str(claimant), now, window)
            assert mine.fence > lease.fence
            lease = mine
            fate = dice.random()
            if fate < 0.02:
                continue  # vanished: nobody writes down how it ended
            outcome = Outcome.FAILED if fate < 0.06 else Outcome.STOPPED if fate < 0.1 else Outcome.OK
            lease = released(lease, outcome, now, counts=True)
            succeeded[window] += outcome is Outcome.OK
    assert max(succeeded.values()) == 1
    done = sorted(window for window, times in succeeded.items() if times)
    # Clocks two hours apart may hold one another up for so long; nothing is ever forgotten.
    assert max(later - earlier for earlier, later in pairwise(done)) <= timedelta(hours=2, minutes=30)
    assert done[-1] >= true_time - timedelta(hours=2, minutes=30)


def test_ten_thousand_ticks_of_four_claimants_in_a_database(sqlite_database: Database):
    """The same without faults, through the store: every window exactly once."""
    line, now, expected = "0 * * * *", NOON, set()
    for _tick in range(TICKS):
        now += MINUTE
        window = last_time(line, now)
        expected.add(window)
        with sqlite_database.read() as session:
            due = [may_run(store.lease_of(session, "sweep"), window, now) for _ in range(CLAIMANTS)]
        for claimant, is_due in enumerate(due):  # all saw the same before any of them claimed
            if not is_due:
                continue
            with sqlite_database.write("jobs") as session:
                lease = actions.claim(session, "sweep", window, owner=str(claimant), now=now)
                if lease is not None:
                    actions.finish(session, lease, an_ending(), now, counts=True)
    with sqlite_database.read() as session:
        windows = [run.window for run in store.recent_runs(session, "sweep", TICKS)]
    assert len(windows) == len(set(windows))
    assert set(windows) == expected
