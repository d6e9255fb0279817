"""A network that exists only in memory: names that resolve as told, a dialler that notes and never dials."""

import socket
import ssl
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpcore

from cettar_site.infra.http import FeedClient, FeedPolicy
from cettar_site.infra.http_address import Resolver
from cettar_site.infra.http_breaker import Ticks
from cettar_site.infra.http_cache import FeedCache, MemoryCache

PUBLIC = "93.184.215.14"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nok"
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
EAGER = FeedPolicy(min_interval=0, retry_wait=0, retry_jitter=0, breaker_faults=1_000)


def redirect_to(location: str) -> bytes:
    """An answer that leads elsewhere."""
    head = f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"
    return head.encode("utf-8")


@dataclass
class Names:
    """A resolver: names as told (the next answer each time, the last for ever), numbers as a system reads."""

    known: Mapping[str, list[Sequence[str]]]
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        if host in self.known:
            answers = self.known[host]
            return answers.pop(0) if len(answers) > 1 else answers[0]
        try:
            return (socket.inet_ntoa(socket.inet_aton(host)),)  # 127.1, 0x7f.1, 2130706433
        except OSError:
            pass
        try:
            packed = socket.inet_pton(socket.AF_INET6, host.partition("%")[0])
            return (socket.inet_ntop(socket.AF_INET6, packed),)
        except OSError:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known") from None


class Canned(httpcore.NetworkStream):
    """A connection that says what it was given, and notes what it is told."""

    def __init__(self, answer: bytes, sent: list[bytes], names: list[str]) -> None:
        self._answer = answer
        self._sent = sent
        self._names = names

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        part, self._answer = self._answer[:max_bytes], self._answer[max_bytes:]
        return part

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._sent.append(buffer)

    def close(self) -> None:
        """Nothing is open."""

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None,
                  timeout: float | None = None) -> httpcore.NetworkStream:
        self._names.append(str(server_hostname))
        return self

    def get_extra_info(self, info: str) -> object:
        return None


@dataclass
class Dialler(httpcore.NetworkBackend):
    """Notes each address it is told to dial; answers with the next of its answers, or the last for ever."""

    answers: list[bytes | Exception] = field(default_factory=lambda: [OK])
    dialled: list[tuple[str, int]] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)
    tls_names: list[str] = field(default_factory=list)

    def connect_tcp(self, host: str, port: int, timeout: float | None = None,
                    local_address: str | None = None,
                    socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None) -> httpcore.NetworkStream:
        self.dialled.append((host, port))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return Canned(answer, self.sent, self.tls_names)


@dataclass
class Time:
    """Time that passes only when somebody waits, or is told to."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds += seconds

    @property
    def ticks(self) -> Ticks:
        return Ticks(lambda: self.seconds, self.sleep)


def client_of(dialler: Dialler, names: Resolver | None = None, *, policy: FeedPolicy = EAGER,
              time: Time | None = None, cache: FeedCache | None = None, allow_loopback: bool = False,
              clock: Callable[[], datetime] = lambda: NOON) -> FeedClient:
    """A client on this network; every name is public unless told otherwise."""
    return FeedClient(allow_loopback, cache if cache is not None else MemoryCache(), clock, policy,
                      resolver=names if names is not None else (lambda host, port: (PUBLIC,)),
                      dialler=dialler, ticks=time.ticks if time is not None else None)
