"""Who may knock how often: client prefixes, rate limits, the Origin check.

An address is never stored or logged. What counts is its network (/24, /48), mixed with a salt that
lives in this process only: enough to slow a flood, useless for finding a person.
"""

import hashlib
import ipaddress
import re
import time
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from cettar_site.base.errors import Forbidden, TooMany
from cettar_site.infra import clock
from cettar_site.infra.log import get_logger
from cettar_site.infra.settings import settings

log = get_logger(__name__)
Scope = Mapping[str, Any]
# Generous for readers, because a whole village may share one address of its mobile carrier.
RULES: dict[str, RateLimitItem] = {
    "read": parse("600/minute"),
    "form": parse("600/minute"),
    "socket": parse("120/minute"),
    "file": parse("120/hour"),
    "photo": parse("120/hour"),
    "preview": parse("60/minute"),
    "suggest": parse("300/minute"),
    "similar": parse("120/minute"),
    "track": parse("30/minute"),
    "support": parse("120/hour"),
    "support_one": parse("30/hour"),
    "login": parse("10/5 minute"),
    "code": parse("30/5 minute"),
    "account": parse("60/hour"),
    "answer": parse("120/minute"),
    "export": parse("10/hour"),
    "follow": parse("10/hour"),
    "letter": parse("10/day"),  # to one address, whoever asks: a stranger's mailbox is not ours to fill
}
COUNTED_HERE = {"read", "form"}
ANSWERS = {"GET", "HEAD", "OPTIONS"}


def header(scope: Scope, name: bytes) -> str:
    """The first value of a request header, or an empty text."""
    headers: Iterable[tuple[bytes, bytes]] = scope.get("headers", ())
    for key, value in headers:
        if key == name:
            return value.decode("latin-1")
    return ""


def client_address(scope: Scope) -> str:
    """The client's address; behind trusted proxies the one that the outermost of them saw."""
    client = scope.get("client")
    direct = str(client[0]) if client else "0.0.0.0"  # noqa: S104 (a name for nobody, nothing listens)
    hops = settings().proxy_hops
    if hops == 0:
        return direct
    # A proxy may add a line of its own instead of lengthening the one that came.
    lines = [value.decode("latin-1") for name, value in scope.get("headers", ()) if name == b"x-forwarded-for"]
    seen = [part.strip() for part in ",".join(lines).split(",") if part.strip()]
    return without_port(seen[-hops]) if len(seen) >= hops else direct


def without_port(address: str) -> str:
    """An address as it is, though a proxy wrote a port behind it: 203.0.113.9:4711, [2001:db8::1]:4711."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address


@lru_cache(maxsize=1)
def _salt() -> bytes:
    """The same in every process of a site, known to nobody else."""
    return hashlib.blake2s(b"cettar client prefix", key=settings().secret[:32]).digest()


@lru_cache(maxsize=8192)
def _prefix(address: str, day: int) -> str:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "?"
    mapped = getattr(ip, "ipv4_mapped", None)
    ip = mapped or ip
    network = ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else 48}", strict=False)
    return hashlib.blake2s(f"{network} {day}".encode(), key=_salt(), digest_size=8).hexdigest()


def client_prefix(scope: Scope) -> str:
    """A name for the client's network that means nothing outside this site."""
    return _prefix(client_address(scope), clock.now().toordinal())


class CalmStorage(MemoryStorage):
    """The counters in memory, swept of what is over every ten seconds.

    The library sweeps a hundredth of a second after any hit, through every key: with many visitors that
    took an eighth of the process (seen with py-spy at 200 senders).
    """

    SWEEP_SECONDS = 10.0
    _swept = 0.0

    @property
    def timer(self) -> Any:
        """The library's timer; it looks busy until the next sweep is due."""
        return self

    @timer.setter
    def timer(self, timer: Any) -> None:
        timer.daemon = True
        self._swept, self._next = time.monotonic(), timer

    def is_alive(self) -> bool:
        """Whether the next sweep is not due yet."""
        return time.monotonic() - self._swept < self.SWEEP_SECONDS

    def start(self) -> None:
        """Start the sweep that the library has just given to `timer`."""
        self._next.start()


class Limiter:
    """The counters: of requests in this process, of acts in Redis where several processes count together."""

    def __init__(self, redis_url: str = "") -> None:
        self._here = SlidingWindowCounterRateLimiter(CalmStorage())
        self._together = None
        if redis_url:
            # limits names sockets in its own way
            self._together = SlidingWindowCounterRateLimiter(
                RedisStorage(re.sub("^unix:", "redis+unix:", redis_url), wrap_exceptions=True))

    def hit(self, name: str, who: str) -> None:
        """Count one act of a kind named in RULES. Raises TooMany with the seconds to wait."""
        if self._together is not None and name not in COUNTED_HERE:
            try:
                return self._count(self._together, name, who)
            except StorageError as fault:  # Redis is away: each process goes on counting alone
                log.warning("limits_alone", fault=type(fault).__name__)
        return self._count(self._here, name, who)

    def _count(self, strategy: SlidingWindowCounterRateLimiter, name: str, who: str) -> None:
        rule = RULES[name]
        if not strategy.hit(rule, name, who):
            reset = strategy.get_window_stats(rule, name, who).reset_time
            raise TooMany(retry_after=max(1, int(reset - clock.now().timestamp()) + 1))


@lru_cache(maxsize=1)
def limiter() -> Limiter:
    """The counters of this process."""
    return Limiter(settings().redis_url)


def origins() -> frozenset[str]:
    """The origins whose pages may send to us."""
    config = settings()
    local = {f"http://{host}:{config.port}" for host in ("localhost", "127.0.0.1")} if not config.tls else set()
    return frozenset({config.origin} | local)


def check_origin(scope: Scope, *, required: bool = False) -> None:
    """Refuse a foreign page's request. Raises Forbidden.

    A browser always names the origin of a POST and of a socket; a program without one has no
    visitor's cookie to abuse, so a missing origin passes unless it is required.
    """
    origin = header(scope, b"origin")
    if origin in origins() or (not origin and not required):
        return
    # No CETTAR_SITE_URL: the site is being tried out under whatever name reaches this machine.
    scheme, _, host = origin.partition("://")
    if not settings().site_url and scheme in {"http", "https"} and host == header(scope, b"host") != "":
        return
    raise Forbidden("Permintaan ini datang dari situs lain.")
