"""What a feed may dial: public addresses only, whatever a name, a redirect or a name server says.

The standard library's `is_global` alone is wrong: it calls multicast, 6to4, NAT64 and the metadata services
of some clouds global, and its answer changes between versions. So it must agree, and no network below match.
"""

import socket
import threading
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

import httpx

from cettar_site.infra.http_facts import failure

Resolver = Callable[[str, int], Sequence[str]]

PORTS = frozenset({80, 443})
PUBLIC_6 = IPv6Network("2000::/3")  # all that is handed out so far
DENIED = tuple(ip_network(text) for text in (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24",  # protocol assignments; .192 is a cloud's metadata service
    "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
    "192.88.99.0/24",  # 6to4 relays
    "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "168.63.129.16/32",  # a cloud's metadata service on an address that looks public
    "224.0.0.0/4", "240.0.0.0/4",
    "2001::/23",  # Teredo, benchmarks, ORCHID: protocol assignments
    "2001:db8::/32", "3fff::/20",  # for documents
    "2002::/16",  # 6to4: an IPv4 address inside
    "2620:4f:8000::/48", "5f00::/16",
    "64:ff9b::/96", "64:ff9b:1::/48",  # NAT64: an IPv4 address inside
    "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96",  # IPv4 inside
    "100::/64", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
))


class AddressRefused(Exception):
    """A host leads where a feed has no business."""


def refusal(text: str, allow_loopback: bool = False) -> str:
    """Why this IP address may not be dialled, "" if it may."""
    try:
        address = ip_address(text)
    except ValueError:
        return "not an IP address"
    if is_loopback(text):
        return "" if allow_loopback else "this machine itself"
    if isinstance(address, IPv6Address) and (address.scope_id or address not in PUBLIC_6):
        return "not a public IPv6 address"
    if not address.is_global or address.is_multicast or address.is_reserved:
        return "not a public address"
    if any(address in network for network in DENIED if network.version == address.version):
        return "an address with a special purpose"
    return ""


def is_loopback(text: str) -> bool:
    """Whether this is 127.0.0.0/8 or ::1, plainly written."""
    try:
        address: IPv4Address | IPv6Address = ip_address(text)
    except ValueError:
        return False
    return address in ip_network("127.0.0.0/8") if address.version == 4 else address == IPv6Address("::1")


def resolve(host: str, port: int) -> tuple[str, ...]:
    """All IP addresses of a host, as the system knows them. Raises OSError."""
    try:
        return (str(ip_address(host)),)  # a plain address needs no looking up
    except ValueError:
        pass
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def dialable(host: str, port: int, answers: Sequence[str], allow_loopback: bool) -> tuple[str, ...]:
    """The answers of the name server for a host, if each of them may be dialled. Raises AddressRefused."""
    for answer in answers:
        if reason := refusal(answer, allow_loopback):
            raise AddressRefused(f"{host} is {answer}: {reason}")
    # Any port of this machine when loopback is allowed (tests), else only the web's.
    if port not in PORTS and not (allow_loopback and all(map(is_loopback, answers))):
        raise AddressRefused(f"port {port}")
    return tuple(answers)


def resolved_within(resolver: Resolver, host: str, port: int, seconds: float) -> Sequence[str]:
    """Ask the resolver, but wait no longer than that. Raises TimeoutError, OSError.

    The system's resolver cannot be interrupted, so it is asked in a thread that nobody waits for.
    """
    answers: list[Sequence[str]] = []
    faults: list[Exception] = []

    def ask() -> None:
        try:
            answers.append(resolver(host, port))
        except Exception as fault:
            faults.append(fault)

    thread = threading.Thread(target=ask, name="resolve", daemon=True)
    thread.start()
    thread.join(max(seconds, 0.0))
    if faults:
        raise OSError(f"name not resolved ({type(faults[0]).__name__})") from faults[0]
    if not answers:
        raise TimeoutError("name not resolved in time")
    if not answers[0]:
        raise OSError("name has no address")
    return answers[0]


def checked_url(text: str) -> httpx.URL:
    """An http(s) address without credentials or fragment. Raises ForeignFailure(bad_address)."""
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, ValueError, TypeError) as fault:
        raise failure("bad_address", _without_credentials(str(text)), type(fault).__name__) from fault
    if url.scheme not in ("http", "https") or not url.host or url.port == 0:
        raise failure("bad_address", _without_credentials(text), "neither http nor https, or no host")
    if url.userinfo or "@" in url.netloc.decode("ascii", "replace"):
        raise failure("bad_address", _without_credentials(text), "credentials in the address")
    return url.copy_with(fragment=None)


def _without_credentials(text: str) -> str:
    scheme, slashes, rest = text.partition("://")
    return f"{scheme}{slashes}{rest.rpartition('@')[2]}" if slashes else scheme.rpartition("@")[2]
