"""The guard that keeps the tests on this machine can refuse."""

import socket

import pytest

from tests.loopback import Outside, is_here, refuse_outside


def test_other_machines_are_refused() -> None:
    with socket.socket() as link:
        for address in ("192.0.2.1", "10.0.0.1", "169.254.169.254"):
            with pytest.raises(Outside):
                refuse_outside("socket.connect", (link, (address, 80)))
        refuse_outside("socket.connect", (link, ("127.0.0.1", 80)))
    with pytest.raises(Outside):
        refuse_outside("socket.getaddrinfo", ("cettar.example", 443, 0, 0, 0))


def test_this_machine_and_sockets_in_files_pass() -> None:
    with socket.socket(socket.AF_UNIX) as link:
        refuse_outside("socket.connect", (link, "/tmp/some.socket"))
    assert is_here("::1") and is_here("localhost") and not is_here("::2")
