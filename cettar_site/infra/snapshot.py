"""Snapshots: what many readers see, computed once a change and not once a reader."""

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from cettar_site.infra import clock
from cettar_site.infra.db import database
from cettar_site.infra.log import get_logger
from cettar_site.infra.pulse import hub

T = TypeVar("T")
log = get_logger(__name__)
ALL: list["Snapshot[object]"] = []
# A build may take this share of the time at most, however fast complaints arrive; but nobody waits long for news.
SHARE_OF_TIME = 0.1
REST_SECONDS_AT_MOST = 1.0
SECONDS_AT_MOST = 60.0


class Snapshot(Generic[T]):
    """A value built from the database, rebuilt when one of its topics changes.

    `build(session, now)` must only read. Where the hub is running, a background task rebuilds it and
    readers never wait; elsewhere (tests, jobs) `get` rebuilds when the pulse has moved. The version grows when
    the value differs; with `each_change` also when only rows behind it do.
    """

    def __init__(self, name: str, topics: tuple[str, ...], build: Callable[[Session, datetime], T],
                 *, each_change: bool = False) -> None:
        self.name, self.topics, self._build, self._each_change = name, topics, build, each_change
        self._lock = threading.Lock()
        self._value: T | None = None
        self._seen, self._expired = -1, False
        self.version = 0  # grows with each rebuild; small, because JavaScript rounds above 2**53
        self._changed = asyncio.Event()
        ALL.append(self)  # type: ignore[arg-type]

    def get(self) -> T:
        """The newest value."""
        if self._value is None or not hub().running:
            self._rebuild()
        assert self._value is not None
        return self._value

    async def newer(self, seen: int, timeout: float = 25.0) -> int:
        """The version, once it is above `seen` or the timeout (seconds) is over."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                while self.version <= seen:
                    await self._changed.wait()
        return self.version

    def forget(self) -> None:
        """Drop the value, for tests that change the database under it."""
        self._value, self._seen = None, -1

    def _rebuild(self) -> None:
        with self._lock:
            seen = hub().total(self.topics)
            if seen == self._seen and self._value is not None and not self._expired:
                return
            with database().read() as session:
                value = self._build(session, clock.now())
            moved = self._each_change and seen != self._seen
            self._seen, self._expired = seen, False
            if moved or value != self._value:  # an hour without news sends nothing to anybody
                self._value = value
                self.version += 1

    async def keep_fresh(self) -> None:
        """Rebuild on each change, until cancelled; a time-dependent value also once a minute."""
        while True:
            began = time.monotonic()
            try:
                await asyncio.to_thread(self._rebuild)
            except SQLAlchemyError as fault:
                log.warning("snapshot_stale", snapshot=self.name, fault=type(fault).__name__)
                await asyncio.sleep(1)
            self._changed.set()
            self._changed = asyncio.Event()
            await asyncio.sleep(min(REST_SECONDS_AT_MOST, (time.monotonic() - began) * (1 / SHARE_OF_TIME - 1)))
            if await hub().wait(self.topics, self._seen, timeout=SECONDS_AT_MOST) <= self._seen:
                self._expired = True  # nothing happened but time: what is late depends on it


@contextlib.asynccontextmanager
async def kept_fresh() -> AsyncIterator[None]:
    """Keep every snapshot fresh for as long as the context lasts (the site's lifespan)."""
    tasks = [asyncio.create_task(snapshot.keep_fresh()) for snapshot in ALL]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
