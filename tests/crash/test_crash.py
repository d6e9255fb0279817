"""A few rounds of `make crash`, which does fifty with 2,000 intakes each."""

import random
from pathlib import Path

import pytest

from tests.crash.__main__ import HASTY, many
from tests.crash.rounds import Books, round_of
from tests.servers import postgres_url, redis_url
from tests.site import build, make_site

pytestmark = pytest.mark.slow
ROUNDS, INTAKES = 3, 300


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    build()


def test_kill_nine_loses_no_acknowledged_complaint_and_doubles_no_key() -> None:
    books = many(ROUNDS, INTAKES, seed=1)
    assert books.faults == []
    assert len(books.numbers) == ROUNDS * INTAKES
    # On a busy machine one blow may fall after the last answer: it then proves nothing, the others must.
    assert sum(0 < at < INTAKES for at in books.killed_at) > 1, "the blow must fall in the middle"


def test_an_answer_before_the_commit_is_caught() -> None:
    books = many(20, INTAKES, seed=2, entry=HASTY, until_caught=True)
    assert any("lost" in fault for fault in books.faults)


def test_two_processes_on_postgresql_lose_nothing_either(tmp_path: Path) -> None:
    books = Books()
    with postgres_url() as database, redis_url() as redis:
        site = make_site(tmp_path, workers="2", db_url=database, redis_url=redis, proxy_hops="1")
        site.start()
        try:
            round_of(site, database, books, INTAKES, random.Random(3))
        finally:
            site.kill()
    assert books.faults == []
