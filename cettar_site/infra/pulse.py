"""The pulse: a commit anywhere reaches every process that shows what it changed.

Each write raises its topics' versions in the same transaction (infra.db). A process learns of
them from its own commits at once, from others' by PostgreSQL NOTIFY or, on SQLite, by watching
`PRAGMA data_version`, which changes when another connection commits and costs microseconds.
"""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from functools import lru_cache

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from cettar_site.infra.db import Database, database
from cettar_site.infra.log import get_logger

log = get_logger(__name__)
SQLITE_WATCH_SECONDS = 0.2
POSTGRES_RETRY_SECONDS = 2.0


class Hub:
    """The versions this process knows, and the tasks waiting for a newer one."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._versions: dict[str, int] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._changed = asyncio.Event()
        self._reading = asyncio.Lock()
        self._queued = False

    @property
    def running(self) -> bool:
        """Whether this process follows the database."""
        return self._loop is not None

    def version(self, topic: str) -> int:
        """The newest known version of a topic; asks the database when nobody is watching."""
        if not self.running:
            return self._db.versions().get(topic, 0)
        return self._versions.get(topic, 0)

    async def wait(self, topics: tuple[str, ...], seen: int, timeout: float = 25.0) -> int:
        """The sum of the topics' versions, once it is above `seen` or the timeout (seconds) is over."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                while self.total(topics) <= seen:
                    await self._changed.wait()
        return self.total(topics)

    def total(self, topics: tuple[str, ...]) -> int:
        """One number for several topics: it grows when any of them does."""
        return sum(self.version(topic) for topic in topics)

    @contextlib.asynccontextmanager
    async def follow(self) -> AsyncIterator["Hub"]:
        """Watch the database for as long as the context lasts (the site's lifespan)."""
        self._loop = asyncio.get_running_loop()
        self._db.listeners.append(self._committed_here)
        await self._refresh()
        watcher = asyncio.create_task(self._watch_sqlite() if self._db.is_sqlite else self._watch_postgres())
        try:
            yield self
        finally:
            self._db.listeners.remove(self._committed_here)
            watcher.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watcher
            self._loop = None

    def _committed_here(self, _topics: tuple[str, ...]) -> None:
        # Called in whichever thread committed.
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(lambda: asyncio.ensure_future(self._refresh()))

    async def _refresh(self) -> None:
        if self._queued:
            return  # the refresh that waits its turn will see this change too
        self._queued = True
        async with self._reading:
            self._queued = False
            try:
                versions = await asyncio.to_thread(self._db.versions)
            except SQLAlchemyError as fault:
                log.warning("pulse_unread", fault=type(fault).__name__)
                return
        if versions != self._versions:
            self._versions = versions
            self._changed.set()
            self._changed = asyncio.Event()

    async def _watch_sqlite(self) -> None:
        path = self._db.url.removeprefix("sqlite:///")
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        seen = None
        try:
            while True:
                try:
                    (current,) = connection.execute("PRAGMA data_version").fetchone()
                except sqlite3.Error as fault:
                    log.warning("pulse_unread", fault=type(fault).__name__)
                    current = seen
                if current != seen:
                    seen = current
                    await self._refresh()
                await asyncio.sleep(SQLITE_WATCH_SECONDS)
        finally:
            connection.close()

    async def _watch_postgres(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._db.url, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {self._db.schema}_pulse")
                    await self._refresh()  # what was said while nobody listened
                    async for _notice in connection.notifies():
                        await self._refresh()
            except (psycopg.Error, OSError) as fault:
                log.warning("pulse_cut", fault=type(fault).__name__)
                await asyncio.sleep(POSTGRES_RETRY_SECONDS)


@lru_cache(maxsize=1)
def hub() -> Hub:
    """The hub of this process."""
    return Hub(database())
