"""The darkroom: makes of a picture that anybody sent a new one, without a trace of the old file.

The work is done in a process of its own (`darkroom_worker`), started when the first picture comes and again whenever
it died. At most two pictures are in work at once; a few may wait, the others are told to come again. What comes back
is looked through (`darkroom_bare`) before it is believed.
"""

import asyncio
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from cettar_site.base.period import WIB
from cettar_site.infra.darkroom_bare import excess
from cettar_site.infra.log import get_logger

WORKER = Path(__file__).with_name("darkroom_worker.py")
DEVELOP, DEVELOP_EVIDENCE, PEAK = b"d", b"e", b"p"  # as the worker calls them
AT_ONCE = 2
WAITING = 14
"""How many may wait for their turn; the next is told to come again."""
PATIENCE = 30.0
"""Seconds until who waits is told to come again."""
REPLY_SECONDS = 25.0
"""Longer than a child may live: a reply that is not there by then comes never."""
MOST_REPLY = 16 * 1024 * 1024
LARGEST = 1600
DAMAGED = ValueError, KeyError, TypeError, OverflowError
log = get_logger(__name__)


class Reason(StrEnum):
    """Why a picture is not taken; what people read about it is the room's to say."""

    NOT_IMAGE = "not_image"
    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    BROKEN = "broken"
    BUSY = "busy"


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """A picture made anew: a JPEG of at most 1600 pixels a side, and one of at most 320.

    `dhash` is empty where the picture is too plain to be known again. When and where it was taken is only asked of
    evidence; it is not in the pictures.
    """

    large: bytes
    small: bytes
    width: int
    height: int
    dhash: bytes
    taken_at: datetime | None = None
    position: tuple[float, float] | None = None
    """Degrees north and east."""


class HasFile(Protocol):
    """What is needed of an open file: its number."""

    def fileno(self) -> int:
        """The number."""
        ...


class Darkroom:
    """One process's darkroom."""

    def __init__(self, worker: Path = WORKER) -> None:
        self._worker = worker
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._hands = ThreadPoolExecutor(AT_ONCE, "darkroom")
        self._places = threading.BoundedSemaphore(AT_ONCE + WAITING)

    async def develop(self, source: HasFile, *, evidence: bool = False,
                      patience: float = PATIENCE) -> Picture | Reason:
        """The picture in a file made anew, or why not. The file is left open, and may be closed at any time."""
        if not self._places.acquire(blocking=False):
            return Reason.BUSY
        copy = os.dup(source.fileno())
        work = self._hands.submit(self.develop_now, copy, evidence=evidence)
        work.add_done_callback(lambda _done: self._finished(copy))
        try:
            return await asyncio.wait_for(asyncio.wrap_future(work), patience)
        except TimeoutError:
            return Reason.BUSY

    def _finished(self, copy: int) -> None:
        os.close(copy)
        self._places.release()

    def develop_now(self, source: int, *, evidence: bool = False) -> Picture | Reason:
        """The same, at once, for a file's number: for who has a thread to wait in."""
        order = DEVELOP_EVIDENCE if evidence else DEVELOP
        reply = self._ask(order, source)
        if reply == b"" and not self._alive():  # the worker had died, perhaps of another picture
            reply = self._ask(order, source)
        if reply:
            return understood(reply)
        log.warning("picture_unread")  # its child died of it
        return Reason.BROKEN

    def peak(self) -> int:
        """The most memory, in bytes, that any picture needed so far."""
        return int(self._ask(PEAK) or b"0") * 1024

    def close(self) -> None:
        """End the worker; it starts again when it is needed."""
        with self._lock:
            self._end()

    def _alive(self) -> bool:
        with self._lock:
            return self._process is not None and self._process.poll() is None

    def _ask(self, order: bytes, *files: int) -> bytes | None:
        """What was replied to an order; nothing when the one who should reply died, None when it took too long."""
        reader, sink = os.pipe()
        try:
            try:
                self._send(order, (*files, sink))
            finally:
                os.close(sink)
            return self._read(reader)
        except OSError:
            return b""
        finally:
            os.close(reader)

    def _send(self, order: bytes, files: tuple[int, ...]) -> None:
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._end()
                self._start()
            assert self._line is not None
            socket.send_fds(self._line, [order], list(files))

    def _read(self, reader: int) -> bytes | None:
        """What comes through a pipe until it is closed; a worker that keeps it open too long is ended."""
        until, got = time.monotonic() + REPLY_SECONDS, 0
        parts: list[bytes] = []
        waiting = select.poll()
        waiting.register(reader, select.POLLIN)
        while got <= MOST_REPLY and waiting.poll(max(0.0, until - time.monotonic()) * 1000):
            part = os.read(reader, 1 << 20)
            if not part:
                return b"".join(parts)
            parts.append(part)
            got += len(part)
        log.error("darkroom_ended")
        self.close()
        return None

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 (our own program)
                [sys.executable, "-I", str(self._worker), str(theirs.fileno())], pass_fds=(theirs.fileno(),), env={},
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
                process_group=0)
        self._line = ours

    def _end(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)  # its children too
            self._process.wait()
        self._process = self._line = None


def understood(reply: bytes) -> Picture | Reason:
    """The picture in a whole reply, or why there is none. Nothing in it is believed unseen."""
    try:
        size = int.from_bytes(reply[:4], "big")
        head = json.loads(reply[4:4 + size])
        if "refused" in head:
            return Reason(head["refused"])
        large, small = int(head["large"]), int(head["small"])
        if len(reply) != 4 + size + large + small:
            raise ValueError("a reply of another length")
        pictures = reply[4 + size:4 + size + large], reply[4 + size + large:]
        for one in pictures:
            if found := excess(one):
                log.error("picture_not_bare", found=found)
                return Reason.BROKEN
        width, height = int(head["width"]), int(head["height"])
        if not (1 <= width <= LARGEST and 1 <= height <= LARGEST):
            raise ValueError("a picture of another size")
        dhash = bytes.fromhex(head["dhash"])
        if len(dhash) not in (0, 16):
            raise ValueError("a hash of another length")
        return Picture(*pictures, width, height, dhash, moment(head), position(head))
    except DAMAGED as fault:
        log.error("picture_reply_damaged", fault=type(fault).__name__)
        return Reason.BROKEN


def moment(head: Mapping[str, Any]) -> datetime | None:
    """When the camera says that it was taken; a camera that names no zone is taken to show our time."""
    try:
        local = datetime.strptime(str(head.get("taken", "")), "%Y:%m:%d %H:%M:%S").replace(tzinfo=WIB)
    except ValueError:
        return None
    with suppress(ValueError):
        return datetime.strptime(f"{head['taken']}{head['zone']}", "%Y:%m:%d %H:%M:%S%z")
    return local


def position(head: Mapping[str, Any]) -> tuple[float, float] | None:
    """Where the camera says that it was taken, in degrees north and east."""
    if "lat" not in head or "lon" not in head:
        return None
    lat, lon = float(head["lat"]), float(head["lon"])
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


@lru_cache(maxsize=1)
def darkroom() -> Darkroom:
    """The darkroom of this process."""
    return Darkroom()


def close() -> None:
    """End this process's darkroom, if it ever opened."""
    if darkroom.cache_info().currsize:
        darkroom().close()
