"""One writer for what many send: durable before it is answered, and many in one commit.

A commit costs a wait for the disk. Under load the items that arrive during one commit share the next, so the
price is paid once a group and not once an item. The queue is bounded: what can't be taken is refused at once
and said so; nothing is ever accepted and then dropped.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlmodel import Session

from cettar_site.base.errors import CettarError
from cettar_site.infra import clock
from cettar_site.infra.db import Database
from cettar_site.infra.log import get_logger

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")
Apply = Callable[[Session, Sequence[Item], datetime], Sequence[Outcome | Exception]]
log = get_logger(__name__)
OUTAGES = (OperationalError, InterfaceError, OSError)  # the database failed; no item is to blame
GROUP = 64
QUEUE = 500


class QueueFull(CettarError):
    """More is waiting than can be promised; try again after `retry_after` seconds."""

    def __init__(self, retry_after: int = 2) -> None:
        super().__init__("the queue is full", retry_after=retry_after)
        self.retry_after = retry_after


class NotKept(CettarError):
    """The database did not take it; nothing was stored, trying again is safe."""


@dataclass(slots=True)
class Waiting(Generic[Item, Outcome]):
    """One item and the task that waits for its outcome."""

    item: Item
    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[Outcome]"
    outcome: Outcome | Exception | None = field(default=None)


class GroupWriter(Generic[Item, Outcome]):
    """A thread that stores items in groups and tells each waiting task its outcome after the commit.

    `apply(session, items, now)` gives one outcome an item, in order; an outcome that is an exception is
    raised for that item alone. If a group fails as a whole, its items are tried again one by one, unless it
    was the database that failed. `prepare` may change the items of a group before its transaction begins.
    """

    def __init__(self, db: Database, topic: str, apply: Apply[Item, Outcome], *, limit: int = QUEUE,
                 group: int = GROUP, prepare: Callable[[Sequence[Item]], Sequence[Item]] | None = None) -> None:
        self._db, self._topic, self._apply, self._group, self._prepare = db, topic, apply, group, prepare
        self._queue: queue.Queue[Waiting[Item, Outcome] | None] = queue.Queue(limit)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    async def submit(self, item: Item) -> Outcome:
        """Store an item; its outcome once it is durable. Raises QueueFull, NotKept, or the item's own."""
        loop = asyncio.get_running_loop()
        waiting: Waiting[Item, Outcome] = Waiting(item, loop, loop.create_future())
        try:
            self._queue.put_nowait(waiting)
        except queue.Full:
            raise QueueFull from None
        self._start()
        return await waiting.future

    def close(self, timeout: float = 10.0) -> None:
        """Store what waits, then end the thread (waits up to `timeout` seconds)."""
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put(None)
            thread.join(timeout)

    def waiting(self) -> int:
        """How many items wait for their turn."""
        return self._queue.qsize()

    def before_commit(self, group: Sequence[Waiting[Item, Outcome]]) -> None:
        """Called when a group is written, not committed: here a test may answer too early, to be caught."""

    def answer(self, group: Sequence[Waiting[Item, Outcome]]) -> None:
        """Tell the tasks of a group their outcomes, each event loop woken once."""
        loops = {one.loop for one in group}
        for loop in loops:
            if not loop.is_closed():
                loop.call_soon_threadsafe(_settle, [one for one in group if one.loop is loop])

    def _start(self) -> None:
        if self._thread is None:
            with self._lock:
                if self._thread is None:
                    self._thread = threading.Thread(
                        target=self._run, name=f"writer-{self._topic}", daemon=True)
                    self._thread.start()

    def _run(self) -> None:
        ending = False
        while not ending:
            group = []
            one = self._queue.get()
            while True:
                if one is None:
                    ending = True
                    break
                group.append(one)
                if len(group) == self._group:
                    break
                try:
                    one = self._queue.get_nowait()
                except queue.Empty:
                    break
            if group:
                self._keep(group)

    def _keep(self, group: list[Waiting[Item, Outcome]]) -> None:
        """Store a group, item by item if it fails as a whole. Never raises: the thread must live on."""
        fault = self._try(group)
        if fault is not None:
            log.error("not_stored", topic=self._topic, items=len(group), fault=type(fault).__name__)
            if len(group) > 1 and not isinstance(fault, OUTAGES):
                for one in group:
                    self._keep([one])
                return
            refused = NotKept("not stored", fault=type(fault).__name__)
            for one in group:
                one.outcome = refused if isinstance(fault, SQLAlchemyError | OSError) else fault
        self.answer(group)

    def _try(self, group: list[Waiting[Item, Outcome]]) -> Exception | None:
        try:
            items: Sequence[Item] = [one.item for one in group]
            if self._prepare is not None:
                items = self._prepare(items)
            with self._db.write(self._topic) as session:
                outcomes = self._apply(session, items, clock.now())
                for one, outcome in zip(group, outcomes, strict=True):
                    one.outcome = outcome
                self.before_commit(group)
        except Exception as fault:  # an item's or the database's: it is told, and the thread lives on
            return fault
        return None


def _settle(group: Sequence[Waiting[Item, Outcome]]) -> None:
    for one in group:
        if one.future.done():  # its client went away, or a test answered already
            continue
        if isinstance(one.outcome, Exception):
            one.future.set_exception(one.outcome)
        else:
            one.future.set_result(one.outcome)  # type: ignore[arg-type]
