"""A load from this machine: many kept connections, each sending its next request when the last is answered.

Raw sockets under asyncio, because the generator shares two cores with the site it measures: what it
costs is taken from what it measures, so every figure is a lower bound.
"""

import asyncio
import json
import multiprocessing
import random
import re
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.site import HOST

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"transfer-encoding: *chunked", re.IGNORECASE)
Answer = Callable[[int, float, bytes], None]
Ask = Callable[[], bytes | None]


@dataclass
class Tally:
    """What a load came to: answers by status, seconds each, seconds in all, connections that broke."""

    statuses: dict[int, int] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    seconds: float = 0.0
    broken: int = 0

    def add(self, other: "Tally") -> None:
        """Take another generator's tally in; they ran side by side."""
        for status, n in other.statuses.items():
            self.statuses[status] = self.statuses.get(status, 0) + n
        self.took += other.took
        self.seconds = max(self.seconds, other.seconds)
        self.broken += other.broken

    def answer(self, status: int, took: float, _body: bytes) -> None:
        """Count one answer."""
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.took.append(took)

    def errors(self, good: Sequence[int]) -> int:
        """Answers of another status, and connections that broke."""
        return sum(n for status, n in self.statuses.items() if status not in good) + self.broken

    def rate(self) -> float:
        """Answers a second."""
        return len(self.took) / self.seconds if self.seconds else 0.0

    def quantile(self, share: float) -> float:
        """The time in milliseconds within which this share of the answers came (nearest rank)."""
        return quantile(self.took, share) * 1000


def quantile(values: Sequence[float], share: float) -> float:
    """The value below or at which this share lies (nearest rank); 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class Talker(asyncio.Protocol):
    """One connection: asks, waits for the whole answer, asks again until there is nothing to ask."""

    def __init__(self, ask: Ask, answer: Answer) -> None:
        self.ask, self.answer = ask, answer
        self.done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.buffer = b""
        self.began = 0.0
        self.waiting = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.next()

    def next(self) -> None:
        """Send the next request, or hang up."""
        request = self.ask()
        self.waiting = request is not None
        if request is None:
            self.transport.close()
            return
        self.began = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Collect the answer; when it is whole, tell it and go on."""
        self.buffer = self.buffer + data if self.buffer else data
        head = self.buffer.find(b"\r\n\r\n")
        if head < 0:
            return
        size = LENGTH.search(self.buffer, 0, head)
        if size:
            end = head + 4 + int(size[1])
            if len(self.buffer) < end:
                return
        elif CHUNKED.search(self.buffer, 0, head) and not self.buffer.endswith(b"\r\n0\r\n\r\n"):
            return
        took = time.perf_counter() - self.began
        status, body, self.buffer = int(self.buffer[9:12]), self.buffer[head + 4:], b""
        self.waiting = False
        self.answer(status, took, body)
        self.next()

    def connection_lost(self, _fault: Exception | None) -> None:
        """Say whether an answer was still owed."""
        if not self.done.done():
            self.done.set_result(not self.waiting)


async def talk(port: int, connections: int, ask: Ask, answer: Answer) -> int:
    """Load the site until nobody has anything to ask; how many connections broke."""
    loop = asyncio.get_running_loop()
    talkers = []
    broken = 0
    for _ in range(connections):
        try:
            _, talker = await loop.create_connection(lambda: Talker(ask, answer), HOST, port)
            talkers.append(talker)
        except OSError:
            broken += 1
    return broken + sum(not whole for whole in await asyncio.gather(*(one.done for one in talkers)))


def spread() -> str:
    """A made-up address of a client; a different network each time, so that the limits stay on."""
    return f"{random.randint(11, 99)}.{random.randint(0, 255)}.{random.randint(0, 255)}.7"


def get(path: str) -> bytes:
    """A reader's request as a phone's browser sends it."""
    return (f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept: text/html\r\nAccept-Encoding: br, gzip\r\n"
            f"X-Forwarded-For: {spread()}\r\n\r\n").encode()


WORDS = ("Jalan desa rusak parah sejak hujan pekan lalu", "Lampu jalan mati di depan puskesmas",
         "Antrean obat lebih dari tiga jam", "Air irigasi tidak sampai ke sawah kami")


def intake(key: str) -> bytes:
    """A complaint as a program files it; the same key always carries the same complaint."""
    said = WORDS[int(key[:4], 16) % len(WORDS)]
    body = json.dumps({"text": f"{said}, mohon diperiksa ({key[:8]}).", "category": "", "region": "35.18",
                       "visibility": "open"}).encode()
    return (f"POST /api/v1/complaints HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n"
            f"Idempotency-Key: {key}\r\nX-Forwarded-For: {spread()}\r\nContent-Length: {len(body)}\r\n\r\n"
            ).encode() + body


def new_key() -> str:
    """A new idempotency key."""
    return str(uuid.uuid4())


def _process(made: tuple[int, int, float, str]) -> Tally:
    port, connections, seconds, path = made
    tally = Tally()
    until = time.perf_counter() + seconds

    def ask() -> bytes | None:
        if time.perf_counter() > until:
            return None
        return get(path) if path else intake(new_key())

    began = time.perf_counter()
    tally.broken = asyncio.run(talk(port, connections, ask, tally.answer))
    tally.seconds = time.perf_counter() - began
    return tally


def load(port: int, *, connections: int, seconds: float, path: str = "", processes: int = 1) -> Tally:
    """Load one address for some seconds (no path: file complaints), from several processes if wanted."""
    parts = [(port, connections // processes, seconds, path)] * processes
    tally = Tally()
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for one in pool.map(_process, parts):
            tally.add(one)
    return tally
