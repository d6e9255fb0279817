"""How the feed client reaches the network: each connection is resolved once, checked, and dialled as checked.

The check sits where the connection is made, below redirects and name servers: what was checked is what is
dialled. TLS still names and verifies the host asked for, not the address.
"""

import ssl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

import httpcore
import httpx

from cettar_site.infra.http_address import AddressRefused, Resolver, dialable, resolved_within
from cettar_site.infra.http_body import BadBody
from cettar_site.infra.http_breaker import Ticks
from cettar_site.infra.http_facts import failure

SocketOption = httpcore.SOCKET_OPTION


class Deadline:
    """The moment at which one try must be over, however small the steps in which it goes on."""

    def __init__(self, ticks: Ticks, seconds: float) -> None:
        self._ticks = ticks
        self._end = ticks.now() + seconds

    @property
    def left(self) -> float:
        """Seconds left, perhaps below zero."""
        return self._end - self._ticks.now()

    def within(self, timeout: float | None, error: type[httpcore.TimeoutException]) -> float:
        """The smaller of a step's own timeout and what is left; raises the error when nothing is."""
        left = self.left
        if left <= 0:
            raise error("the whole answer took too long")
        return left if timeout is None else min(timeout, left)


class NotTrusted(Exception):
    """Whoever answers cannot show that it is the host asked for."""


class _TimedStream(httpcore.NetworkStream):
    """A connection on which no step outlasts the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.within(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.within(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None,
                  timeout: float | None = None) -> httpcore.NetworkStream:
        seconds = self._deadline.within(timeout, httpcore.ConnectTimeout)
        try:
            secured = self._stream.start_tls(ssl_context, server_hostname, seconds)
        except httpcore.ConnectError as fault:
            # Here, because the pool drops the cause. A hang-up in the handshake is no matter of trust.
            if isinstance(fault.__cause__, ssl.SSLError) and not isinstance(fault.__cause__, ssl.SSLEOFError):
                raise NotTrusted(str(fault)) from fault
            raise
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Resolves once, refuses unless every answer may be dialled, then dials those very addresses."""

    def __init__(self, deadline: Deadline, resolver: Resolver, dialler: httpcore.NetworkBackend,
                 allow_loopback: bool) -> None:
        self._deadline = deadline
        self._resolver = resolver
        self._dialler = dialler
        self._allow_loopback = allow_loopback

    def connect_tcp(self, host: str, port: int, timeout: float | None = None,
                    local_address: str | None = None,
                    socket_options: Iterable[SocketOption] | None = None) -> httpcore.NetworkStream:
        """Connect to the first of the host's addresses that answers. Raises AddressRefused."""
        seconds = self._deadline.within(timeout, httpcore.ConnectTimeout)
        try:
            answers = resolved_within(self._resolver, host, port, seconds)
        except TimeoutError as fault:
            raise httpcore.ConnectTimeout(str(fault)) from fault
        except OSError as fault:
            raise httpcore.ConnectError(str(fault)) from fault
        stream = self._dialled(dialable(host, port, answers, self._allow_loopback), port, timeout)
        return _TimedStream(stream, self._deadline)

    def _dialled(self, addresses: Sequence[str], port: int, timeout: float | None) -> httpcore.NetworkStream:
        last: Exception = httpcore.ConnectError("no address")
        for address in addresses:
            seconds = self._deadline.within(timeout, httpcore.ConnectTimeout)
            try:
                return self._dialler.connect_tcp(address, port, timeout=seconds)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as fault:
                last = fault
        raise last

    def connect_unix_socket(self, path: str, timeout: float | None = None,
                            socket_options: Iterable[SocketOption] | None = None) -> httpcore.NetworkStream:
        """Never."""
        raise AddressRefused("a socket of this machine")


class _Stream(httpx.SyncByteStream):
    """The body of an answer, as it comes."""

    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        if close := getattr(self._stream, "close", None):
            close()


class GuardedTransport(httpx.BaseTransport):
    """A transport for one request: no proxy, no environment, HTTP/1.1, one connection, no silent retries."""

    def __init__(self, backend: GuardedBackend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls(), max_connections=1, max_keepalive_connections=0, http1=True, http2=False,
            retries=0, network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; httpcore's own errors come out as they are."""
        answer = self._pool.handle_request(httpcore.Request(
            method=request.method,
            url=httpcore.URL(scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port,
                             target=request.url.raw_path),
            headers=request.headers.raw, content=request.stream, extensions=request.extensions))
        assert isinstance(answer.stream, Iterable)
        return httpx.Response(status_code=answer.status, headers=answer.headers,
                              stream=_Stream(answer.stream), extensions=answer.extensions)

    def close(self) -> None:
        """Close the connection."""
        self._pool.close()


@lru_cache(maxsize=1)
def tls() -> ssl.SSLContext:
    """Certificates verified against the bundled list, whatever the environment says; made once."""
    return httpx.create_ssl_context(verify=True, trust_env=False)


@contextmanager
def translated(address: str, in_body: bool) -> Iterator[None]:
    """Turn what the network, the server or the body does to us into a ForeignFailure."""
    try:
        yield
    except AddressRefused as fault:
        raise failure("address_refused", address, str(fault)) from fault
    except BadBody as fault:
        raise failure(fault.kind, address, fault.remark) from fault
    except NotTrusted as fault:
        raise failure("tls", address, str(fault)) from fault
    except httpcore.TimeoutException as fault:
        raise failure("slow", address, f"{type(fault).__name__} {fault}".strip()) from fault
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as fault:
        raise failure(_kind_of(fault, in_body), address, f"{type(fault).__name__} {fault}".strip()) from fault
    except (httpx.InvalidURL, UnicodeError) as fault:
        raise failure("bad_address", address, type(fault).__name__) from fault


def _kind_of(fault: Exception, in_body: bool) -> str:
    if in_body:
        return "truncated"
    if isinstance(fault, httpcore.NetworkError) or "without sending a response" in str(fault):
        return "down"
    return "bad_answer"
