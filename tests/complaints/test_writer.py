"""The group writer: durable before answered, in groups, one bad item harms nobody, a full queue says so."""

import asyncio
import threading
import time
from collections.abc import Sequence
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from cettar_site.infra.db import Database
from cettar_site.infra.writer import GroupWriter, NotKept, QueueFull, Waiting

POISON, BROKEN = "poison", "broken"


class Recorder:
    """An `apply` that stores what it is given and remembers the groups."""

    def __init__(self) -> None:
        self.groups: list[list[str]] = []
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, session: Session, items: Sequence[str], now: datetime) -> list[str | Exception]:
        self.gate.wait(10)
        self.groups.append(list(items))
        assert now.tzinfo is not None
        outcomes: list[str | Exception] = []
        for item in items:
            if item == POISON:
                raise ValueError("a mistake of ours")
            if item == BROKEN:
                session.execute(text("INSERT INTO pulse (topic, version) VALUES ('complaints', NULL)"))
            if item == "down":
                raise OperationalError("SELECT 1", {}, Exception("gone"))
            session.execute(text("INSERT INTO pulse (topic, version) VALUES (:topic, 7)"), {"topic": item})
            outcomes.append(KeyError(item) if item.startswith("odd") else f"kept {item}")
        return outcomes


def stored(database: Database) -> set[str]:
    with database.read() as session:
        return set(session.execute(text("SELECT topic FROM pulse WHERE version = 7")).scalars())


def test_an_item_is_on_the_disk_when_its_task_goes_on(database: Database) -> None:
    writer: GroupWriter[str, str] = GroupWriter(database, "complaints", Recorder())

    async def one() -> tuple[str, set[str]]:
        return await writer.submit("a"), stored(database)

    assert asyncio.run(one()) == ("kept a", {"a"})
    assert database.versions()["complaints"] == 1
    writer.close()


def submit_all(writer: GroupWriter[str, str], *items: str) -> list[str | BaseException]:
    async def all_of() -> list[str | BaseException]:
        return await asyncio.gather(*(writer.submit(item) for item in items), return_exceptions=True)

    return asyncio.run(all_of())


def test_many_share_a_commit(database: Database) -> None:
    recorder = Recorder()
    recorder.gate.clear()
    writer: GroupWriter[str, str] = GroupWriter(database, "complaints", recorder, group=64)
    threading.Timer(0.2, recorder.gate.set).start()
    items = [f"item {n}" for n in range(200)]
    assert submit_all(writer, *items) == [f"kept {item}" for item in items]
    assert [item for group in recorder.groups for item in group] == items, "in the order in which they came"
    assert max(len(group) for group in recorder.groups) == 64
    assert len(recorder.groups) <= 5
    assert stored(database) == set(items)
    writer.close()


@pytest.mark.parametrize("bad", [POISON, BROKEN])
def test_one_bad_item_harms_no_neighbour(database: Database, bad: str) -> None:
    recorder = Recorder()
    recorder.gate.clear()
    writer: GroupWriter[str, str] = GroupWriter(database, "complaints", recorder)
    threading.Timer(0.1, recorder.gate.set).start()
    outcomes = submit_all(writer, "a", "b", bad, "c", "odd d")
    assert outcomes[:2] + outcomes[3:4] == ["kept a", "kept b", "kept c"]
    assert isinstance(outcomes[2], ValueError if bad == POISON else NotKept)
    assert isinstance(outcomes[4], KeyError), "an outcome that is an exception is raised for that item alone"
    assert stored(database) == {"a", "b", "c", "odd d"}
    writer.close()


def test_a_database_that_is_down_is_said_at_once_and_the_writer_lives_on(sqlite_database: Database) -> None:
    recorder = Recorder()
    writer: GroupWriter[str, str] = GroupWriter(sqlite_database, "complaints", recorder)
    recorder.gate.clear()
    threading.Timer(0.1, recorder.gate.set).start()
    outcomes = submit_all(writer, "a", "down", "b")
    assert {type(one) for one in outcomes[1:]} == {NotKept}
    assert submit_all(writer, "later") == ["kept later"]
    assert "b" not in stored(sqlite_database)
    writer.close()


def test_a_full_queue_refuses_and_drops_nothing(sqlite_database: Database) -> None:
    recorder = Recorder()
    recorder.gate.clear()
    writer: GroupWriter[str, str] = GroupWriter(sqlite_database, "complaints", recorder, limit=10, group=4)
    threading.Timer(0.3, recorder.gate.set).start()
    outcomes = submit_all(writer, *(f"item {n}" for n in range(100)))
    refused = [one for one in outcomes if isinstance(one, QueueFull)]
    kept = [one for one in outcomes if isinstance(one, str)]
    assert len(refused) + len(kept) == 100 and refused and kept
    assert refused[0].retry_after >= 1
    assert {f"kept {item}" for item in stored(sqlite_database)} == set(kept)
    writer.close()


def test_a_client_that_goes_away_harms_nobody(sqlite_database: Database) -> None:
    recorder = Recorder()
    recorder.gate.clear()
    writer: GroupWriter[str, str] = GroupWriter(sqlite_database, "complaints", recorder)

    async def leave() -> str:
        gone = asyncio.create_task(writer.submit("gone"))
        stays = asyncio.create_task(writer.submit("stays"))
        await asyncio.sleep(0.05)
        gone.cancel()
        recorder.gate.set()
        return await stays

    assert asyncio.run(leave()) == "kept stays"
    assert stored(sqlite_database) == {"gone",
                                       "stays"}, "accepted is kept, whether or not somebody still listens"
    writer.close()


def test_closing_stores_what_waits_and_a_later_item_starts_anew(sqlite_database: Database) -> None:
    recorder = Recorder()
    recorder.gate.clear()
    writer: GroupWriter[str, str] = GroupWriter(sqlite_database, "complaints", recorder, group=2)

    async def some() -> list[str]:
        tasks = [asyncio.create_task(writer.submit(f"item {n}")) for n in range(9)]
        await asyncio.sleep(0.05)
        recorder.gate.set()
        await asyncio.to_thread(writer.close)
        return [await task for task in tasks] + [await writer.submit("later")]

    assert asyncio.run(some()) == [f"kept item {n}" for n in range(9)] + ["kept later"]
    writer.close()
    assert writer.waiting() == 0


def test_an_answer_before_the_commit_can_be_planted(sqlite_database: Database) -> None:
    class TooEarly(GroupWriter[str, str]):
        def before_commit(self, group: Sequence[Waiting[str, str]]) -> None:
            self.answer(group)
            while not all(one.future.done() for one in group):  # the sender has it in hand
                time.sleep(0.001)
            raise OSError("the power went")

    writer = TooEarly(sqlite_database, "complaints", Recorder())
    assert submit_all(writer, "a") == ["kept a"]
    writer.close()
    assert stored(sqlite_database) == set(), "acknowledged, yet not there: what the crash test must notice"
