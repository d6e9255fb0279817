"""The pulse reaches who waits: from this process, and from another one."""

import asyncio

import pytest

from cettar_site.infra import pulse, snapshot
from cettar_site.infra.db import Database
from cettar_site.infra.snapshot import Snapshot

PATIENCE = 10.0


def commit_elsewhere(database: Database, topic: str) -> None:
    """A commit through connections that the hub's database knows nothing of, as another process makes it."""
    other = Database(database.url)
    with other.write(topic):
        pass
    other.close()


@pytest.mark.parametrize("here", [True, False], ids=["this process", "another process"])
def test_a_commit_wakes_who_waits(database: Database, here: bool) -> None:
    async def scene() -> int:
        async with pulse.hub().follow() as hub:
            waiting = asyncio.create_task(hub.wait(("prices",), 0, timeout=PATIENCE))
            await asyncio.sleep(0.05)
            await asyncio.to_thread(commit_elsewhere, Database(database.url) if not here else database, "prices")
            return await waiting

    assert asyncio.run(scene()) == 1


def test_other_topics_wake_nobody(database: Database) -> None:
    async def scene() -> int:
        async with pulse.hub().follow() as hub:
            with database.write("jobs"):
                pass
            return await hub.wait(("prices",), 0, timeout=0.5)

    assert asyncio.run(scene()) == 0


def test_a_snapshot_follows_the_pulse(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "ALL", [])
    built = Snapshot("versions", ("prices",), lambda session, now: database.versions().get("prices", 0))

    async def scene() -> list[int]:
        async with pulse.hub().follow(), snapshot.kept_fresh():
            seen = await built.newer(0, PATIENCE)
            first = built.get()
            await asyncio.to_thread(commit_elsewhere, database, "prices")
            await built.newer(seen, PATIENCE)
            return [first, built.get()]

    assert asyncio.run(scene()) == [0, 1]


def test_a_snapshot_without_a_running_hub_reads_the_database(sqlite_database: Database,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "ALL", [])
    built = Snapshot("versions", ("prices",), lambda session, now: sqlite_database.versions().get("prices", 0))
    assert built.get() == 0
    commit_elsewhere(sqlite_database, "prices")
    assert built.get() == 1
