"""No test reaches beyond this machine: a connection to any other address is an error where it is made."""

import ipaddress
import socket
import sys

FAMILIES = (socket.AF_INET, socket.AF_INET6)


class Outside(AssertionError):
    """A test tried to reach another machine."""


def refuse_outside(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: raises Outside for a connection or a lookup that would leave the machine."""
    if event == "socket.connect":
        link, address = arguments
        if getattr(link, "family", None) in FAMILIES and not is_here(str(address[0])):  # type: ignore[index]
            raise Outside(f"a test dialled {address!r}")
    elif event == "socket.getaddrinfo" and arguments[0] not in (None, "", "localhost", b"localhost"):
        host = arguments[0].decode() if isinstance(arguments[0], bytes) else str(arguments[0])
        if not is_here(host):
            raise Outside(f"a test looked up {host}")


def is_here(host: str) -> bool:
    """Whether this is an address of this machine's own loop."""
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"


def guard() -> None:
    """Refuse from now on, for the rest of the process."""
    sys.addaudithook(refuse_outside)
