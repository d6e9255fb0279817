"""The guarded client of every feed: the only way in which this site asks the world for data.

    client = feeds()                                   # the process's own
    answer = client.get("https://…/harga")             # FeedAnswer, or ForeignFailure(kind, detail, address)
    answer = client.post_form("https://…/tabel", {"tanggal": "2026-11-22"})

It dials public addresses only (http_address, http_transport), follows at most three redirects by hand and
checks each, reads at most 5 MB packed or unpacked (http_body), gives up after 20 s, tries what may pass three
times with jitter, asks a host for one thing at a time, leaves a failing host alone (http_breaker), remembers
ETags and hashes (http_cache). Feeds are given a client and never make one.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlencode

import httpcore
import httpx
import stamina

from cettar_site.base.errors import ForeignFailure
from cettar_site.infra import clock as clocks
from cettar_site.infra.http_address import Resolver, checked_url, resolve
from cettar_site.infra.http_body import read_body
from cettar_site.infra.http_breaker import Breaker, Ticks, Turns
from cettar_site.infra.http_cache import FeedCache, FileCache, Remembered, lean
from cettar_site.infra.http_facts import HEALTHY, TRANSIENT, FeedAnswer, FeedPolicy, failure
from cettar_site.infra.http_transport import Deadline, GuardedBackend, GuardedTransport, translated
from cettar_site.infra.log import get_logger
from cettar_site.infra.settings import Settings, settings

__all__ = ["FeedAnswer", "FeedClient", "FeedPolicy", "feed_client", "feeds"]

log = get_logger(__name__)

ACCEPT = "text/html, application/json, text/csv, application/xml;q=0.9, text/*;q=0.8, */*;q=0.1"
# Headers that a feed cannot choose.
OURS = frozenset({"host", "user-agent", "accept-encoding", "connection", "content-length", "content-type",
                  "transfer-encoding", "expect", "te", "upgrade", "proxy-authorization"})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
BINARY = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip", "application/gzip")
STATUS_KINDS = {401: "forbidden", 403: "forbidden", 407: "forbidden", 451: "forbidden", 404: "not_found",
                410: "not_found", 408: "slow", 425: "busy", 429: "busy", 206: "truncated"}


@dataclass(frozen=True, slots=True)
class _Ask:
    """One request on its way: what is asked, of whom, and what that source answered before."""

    method: str
    url: httpx.URL
    headers: tuple[tuple[str, str], ...]
    body: bytes
    known: Remembered | None

    @property
    def host(self) -> str:
        """Whom: host and port."""
        return f"{self.url.host}:{self.url.port or (443 if self.url.scheme == 'https' else 80)}"

    @property
    def key(self) -> str:
        """What, as one line: the same question has the same key."""
        return f"{self.method} {self.url} {hashlib.sha256(self.body).hexdigest()}"


class FeedClient:
    """Fetches for feeds. Thread-safe; one a process, since it remembers who fails and who was just asked.

    `clock` gives the instant of `fetched_at`. `resolver`, `dialler` and `ticks` are for tests: names to
    addresses, addresses to connections, and how time passes between requests.
    """

    def __init__(self, allow_loopback: bool, cache: FeedCache, clock: Callable[[], datetime],
                 policy: FeedPolicy, *, resolver: Resolver = resolve,
                 dialler: httpcore.NetworkBackend | None = None,
                 ticks: Ticks | None = None) -> None:
        self._allow_loopback = allow_loopback
        self._cache = cache
        self._clock = clock
        self._policy = policy
        self._resolver = resolver
        self._dialler = dialler if dialler is not None else httpcore.SyncBackend()
        self._ticks = ticks if ticks is not None else Ticks()
        self._turns = Turns(policy.min_interval, self._ticks)
        self.breaker = Breaker(policy.breaker_faults, policy.breaker_pause, self._ticks)

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> FeedAnswer:
        """Fetch an address, "if none match" where the source gave an ETag before. Raises ForeignFailure."""
        return self._fetch(_Ask("GET", checked_url(url), _theirs(headers), b"", None))

    def post_form(self, url: str, data: Mapping[str, str],
                  headers: Mapping[str, str] | None = None) -> FeedAnswer:
        """Send a form that asks and changes nothing, so that it may be sent again. Raises ForeignFailure."""
        return self._fetch(_Ask("POST", checked_url(url), _theirs(headers), urlencode(data).encode(), None))

    def _fetch(self, ask: _Ask) -> FeedAnswer:
        address = str(ask.url)
        if not self.breaker.admits(ask.host):
            raise failure("breaker_open", address, f"{self.breaker.paused().get(ask.host, 0.0):.0f} s to go")
        ask = replace(ask, known=self._cache.get(ask.key))
        try:
            answer, remembered = self._with_retries(ask)
        except BaseException as fault:
            kind = fault.kind if isinstance(fault, ForeignFailure) else type(fault).__name__
            (self.breaker.passed if kind in HEALTHY else self.breaker.failed)(ask.host)
            log.warning("feed_failed", host=ask.host, kind=kind, address=address,
                        remark=getattr(fault, "facts", {}).get("remark", ""))
            raise
        self.breaker.passed(ask.host)
        if remembered is not None:
            self._cache.put(ask.key, lean(remembered))
        log.info("feed_fetched", host=ask.host, status=answer.status, size=len(answer.content),
                 unchanged=answer.unchanged)
        return answer

    def _with_retries(self, ask: _Ask) -> tuple[FeedAnswer, Remembered | None]:
        policy = self._policy
        for attempt in stamina.retry_context(
                on=_may_pass, attempts=policy.tries, timeout=None, wait_initial=policy.retry_wait,
                wait_jitter=policy.retry_jitter, wait_max=policy.retry_wait * 8 + policy.retry_jitter):
            with attempt:
                return self._follow(ask)
        raise AssertionError("stamina gives at least one attempt")

    def _follow(self, ask: _Ask) -> tuple[FeedAnswer, Remembered | None]:
        """One try: ask, and follow redirects by hand."""
        left = self._policy.total
        for _ in range(self._policy.redirects + 1):
            with self._turns.of(ask.host):
                deadline = Deadline(self._ticks, left)
                step = self._hop(ask, deadline)
                left = deadline.left
            if not isinstance(step, _Ask):
                return step
            ask = step
        raise failure("redirect", str(ask.url), f"more than {self._policy.redirects} redirects")

    def _hop(self, ask: _Ask, deadline: Deadline) -> "tuple[FeedAnswer, Remembered | None] | _Ask":
        """One request: its answer, or what to ask instead."""
        backend = GuardedBackend(deadline, self._resolver, self._dialler, self._allow_loopback)
        timeout = httpx.Timeout(self._policy.read, connect=self._policy.connect)
        request = httpx.Request(ask.method, ask.url, headers=self._headers(ask),
                                content=ask.body if ask.method == "POST" else None,
                                extensions={"timeout": timeout.as_dict()})
        # The transport itself, not httpx.Client: that prepares redirects by rules of its own, with cookies.
        with GuardedTransport(backend) as transport:
            with translated(str(ask.url), in_body=False):
                response = transport.handle_request(request)
            if response.status_code in REDIRECTS:
                return _redirected(ask, response)
            return self._taken(ask, response)

    def _taken(self, ask: _Ask, response: httpx.Response) -> tuple[FeedAnswer, Remembered | None]:
        """A good answer, and what to remember of it."""
        address, status, known = str(ask.url), response.status_code, ask.known
        now = self._clock()
        if status == 304 and known is not None and known.content is not None:
            return FeedAnswer(status, known.content, known.url, now, known.etag, known.sha256, True,
                              known.content_type), None
        if status not in range(200, 300) or status in STATUS_KINDS:
            raise failure(_kind_of_status(status), address, f"HTTP {status}")
        with translated(address, in_body=True):
            content = self._read(response, address)
        content_type = response.headers.get("content-type", "")[:200]
        if content_type.lower().startswith(BINARY) or b"\0" in content or content.startswith(b"%PDF-"):
            raise failure("not_text", address, content_type)
        if not content.strip():
            raise failure("blank", address, f"HTTP {status}, {len(content)} bytes")
        sha256 = hashlib.sha256(content).hexdigest()
        etag, modified = (response.headers.get(name, "")[:200] for name in ("etag", "last-modified"))
        unchanged = known is not None and known.sha256 == sha256
        return (FeedAnswer(status, content, address, now, etag, sha256, unchanged, content_type),
                Remembered(address, etag, modified, sha256, now, content_type, content))

    def _read(self, response: httpx.Response, address: str) -> bytes:
        said = response.headers.get("content-length", "")
        if said.isdecimal() and int(said[:20]) > self._policy.largest:
            raise failure("too_big", address, f"{said[:20]} bytes announced")
        encoding = response.headers.get("content-encoding", "")
        return read_body(response.iter_raw(), encoding, self._policy.largest)

    def _headers(self, ask: _Ask) -> list[tuple[str, str]]:
        headers = [] if any(key.lower() == "accept" for key, _ in ask.headers) else [("Accept", ACCEPT)]
        headers += [*ask.headers, ("User-Agent", self._policy.user_agent),
                    ("Accept-Encoding", "gzip, deflate"), ("Connection", "close")]
        if ask.method == "POST":
            headers.append(("Content-Type", "application/x-www-form-urlencoded"))
        if ask.method == "GET" and ask.known is not None and ask.known.content is not None:
            if ask.known.etag:
                headers.append(("If-None-Match", ask.known.etag))
            if ask.known.last_modified:
                headers.append(("If-Modified-Since", ask.known.last_modified))
        return headers


def _theirs(headers: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    """The headers that a feed may choose."""
    return tuple((key, value) for key, value in (headers or {}).items() if key.lower() not in OURS)


def _may_pass(fault: Exception) -> bool:
    return isinstance(fault, ForeignFailure) and fault.kind in TRANSIENT


def _kind_of_status(status: int) -> str:
    if status in STATUS_KINDS:
        return STATUS_KINDS[status]
    if status >= 500:
        return "server_error"
    return "refused" if status >= 400 else "bad_answer"


def _redirected(ask: _Ask, response: httpx.Response) -> _Ask:
    """What to ask instead, after a redirect that we accept. Raises ForeignFailure(redirect, bad_address)."""
    location = response.headers.get("location", "")
    try:
        target = checked_url(str(ask.url.join(location)))
    except (httpx.InvalidURL, ValueError, ForeignFailure) as fault:
        raise failure("redirect", str(ask.url), f"to {location[:200]!r}") from fault
    if not location or (ask.url.scheme == "https" and target.scheme != "https"):
        raise failure("redirect", str(ask.url), f"to {location[:200]!r}")
    same = target.host == ask.url.host
    to_get = response.status_code == 303 or (response.status_code in (301, 302) and ask.method == "POST")
    return _Ask("GET" if to_get else ask.method, target, ask.headers if same else (),
                b"" if to_get else ask.body, ask.known if same and not to_get else None)


def feed_client(config: Settings) -> FeedClient:
    """A client as the settings say: who we are, where answers are kept, may this machine be dialled."""
    policy = FeedPolicy(user_agent=f"CETTAR/1.0 (+{config.origin}/tentang; public prices of East Java)")
    return FeedClient(config.feed_loopback, FileCache(config.data_dir / "feeds"), clocks.now, policy)


@lru_cache(maxsize=1)
def feeds() -> FeedClient:
    """The client of this process."""
    return feed_client(settings())
