"""The way to the network: certificates, name servers, several addresses of one host."""

import ssl
import threading
from dataclasses import replace

import httpcore
import pytest

from cettar_site.base.errors import ForeignFailure
from cettar_site.infra.http import FeedClient
from cettar_site.infra.http_cache import MemoryCache
from tests.infra.fake_network import EAGER, NOON, OK, PUBLIC, Dialler, Names, client_of
from tests.infra.publisher import Publisher


def failed(client: FeedClient, url: str) -> ForeignFailure:
    with pytest.raises(ForeignFailure) as caught:
        client.get(url)
    return caught.value


def test_a_slow_name_server_is_not_waited_for() -> None:
    stop = threading.Event()
    dialler = Dialler()
    client = client_of(dialler, lambda host, port: (PUBLIC,) if stop.wait(20) else (),
                       policy=replace(EAGER, connect=0.05, tries=1))
    assert failed(client, "http://a.example/").kind == "slow" and dialler.dialled == []
    stop.set()


class NotTheirs(httpcore.NetworkStream):
    """A connection whose certificate is somebody else's, failing as httpcore's own does."""

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None,
                  timeout: float | None = None) -> httpcore.NetworkStream:
        assert ssl_context.check_hostname and ssl_context.verify_mode is ssl.CERT_REQUIRED
        raise httpcore.ConnectError("certificate verify failed") from ssl.SSLCertVerificationError()

    def close(self) -> None:
        """Nothing is open."""


def test_a_certificate_of_somebody_else_is_no_passing_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    dialler = Dialler()
    dialled: list[object] = []

    def connect(*where: object, **how: object) -> NotTheirs:
        dialled.append(where)
        return NotTheirs()

    monkeypatch.setattr(dialler, "connect_tcp", connect)
    assert failed(client_of(dialler), "https://public.example/").kind == "tls" and len(dialled) == 1


def test_plain_http_where_tls_was_promised_is_not_read() -> None:
    client = FeedClient(True, MemoryCache(), lambda: NOON, EAGER)
    with Publisher() as publisher:
        assert failed(client, publisher.url("/").replace("http:", "https:")).kind == "tls"
        assert publisher.asked == []


def test_the_next_address_is_dialled_when_the_first_is_silent() -> None:
    dialler = Dialler([httpcore.ConnectError("refused"), OK])
    names = Names({"a.example": [("2606:4700::1111", PUBLIC)]})
    assert client_of(dialler, names, policy=replace(EAGER, tries=1)).get("http://a.example/").status == 200
    assert dialler.dialled == [("2606:4700::1111", 80), (PUBLIC, 80)]


@pytest.mark.parametrize(("fault", "kind"), [
    (httpcore.ConnectError("refused"), "down"), (httpcore.ConnectTimeout("late"), "slow"),
])
def test_all_addresses_silent(fault: Exception, kind: str) -> None:
    dialler = Dialler([fault])
    assert failed(client_of(dialler), "http://a.example/").kind == kind and len(dialler.dialled) == 3


@pytest.mark.parametrize("trouble", [OSError("no such name"), UnicodeError("label too long"), RuntimeError()])
def test_a_name_server_that_fails(trouble: Exception) -> None:
    def resolver(host: str, port: int) -> tuple[str, ...]:
        raise trouble

    dialler = Dialler()
    assert failed(client_of(dialler, resolver), "http://a.example/").kind == "down" and dialler.dialled == []
