"""Addresses that attack from within: none of them is ever dialled, asked for directly or after a redirect."""

from ipaddress import ip_address

import httpcore
import httpx
import pytest

from cettar_site.base.errors import ForeignFailure
from cettar_site.infra.http_address import refusal
from tests.infra.fake_network import EAGER, PUBLIC, Dialler, Names, client_of, redirect_to

# Names that an attacker has in hand, with what they resolve to.
NAMES = {
    "rebind.example": ["127.0.0.1"], "intra.example": ["10.1.2.3"], "six.example": ["::1"],
    "mixed.example": [PUBLIC, "192.168.0.10"], "mixed6.example": ["2606:4700::1111", "fd00::5"],
    "mapped.example": ["::ffff:10.0.0.1"], "nat64.example": ["64:ff9b::a9fe:a9fe"],
    "sixtofour.example": ["2002:7f00:1::"], "teredo.example": ["2001:0:7f00:1::"],
    "link.example": ["fe80::1%eth0"], "scoped.example": ["2606:4700::1111%eth0"],
    "odd.example": ["not-an-address"], "localhost": ["127.0.0.1", "::1"], "a.localhost": ["127.0.0.1"],
    "metadata.google.internal": ["169.254.169.254"], "nothing.example": [],
    "gateway.example": ["192.168.1.1"],
}
URLS = [
    # Loopback, written every way that a system's resolver understands.
    "http://127.0.0.1/", "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f000001/",
    "http://0x7f.0.0.1/", "http://0x7f.1/", "http://017700000001/", "http://127.0.0.1./", "http://127.8.8.8/",
    "http://127。0。0。1/", "http://①②⑦.0.0.1/", "http://localhost/", "http://LOCALHOST/", "http://a.localhost/",
    "http://0/", "http://0.0.0.0/", "http://0.1.2.3/", "http://[::]/", "http://[::1]/", "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/",
    "http://[::ffff:0:127.0.0.1]/",
    # Private, shared, link-local and metadata.
    "http://10.0.0.5/", "http://172.16.0.1/", "http://172.31.255.254/", "http://192.168.1.1/", "http://3232235777/",
    "http://100.64.0.1/", "http://100.100.100.200/latest/meta-data/", "http://169.254.1.1/",
    "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/latest/meta-data/",
    "http://192.0.0.192/opc/v1/", "http://168.63.129.16/machine/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/",
    "http://[fc00::1]/", "http://[fec0::1]/",
    # IPv4 inside IPv6.
    "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::169.254.169.254]/", "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/", "http://[2002:a9fe:a9fe::1]/", "http://[2001:0:7f00:1::1]/",
    "http://[::ffff:8.8.8.8]/",
    # Special purposes.
    "http://192.88.99.1/", "http://198.18.0.1/", "http://192.0.2.1/", "http://198.51.100.7/", "http://203.0.113.9/",
    "http://224.0.0.1/", "http://239.255.255.250/", "http://240.0.0.1/", "http://255.255.255.255/",
    "http://[ff02::1]/", "http://[ff0e::1]/", "http://[100::1]/", "http://[2001:db8::1]/", "http://[3fff::1]/",
    "http://[5f00::1]/", "http://[4000::1]/",
    # Names.
    *(f"http://{name}/" for name in NAMES if "localhost" not in name),
    "https://rebind.example/", "https://mixed.example/",
    # Ports, schemes, credentials, confusion.
    "http://public.example:22/", "http://public.example:6379/", "https://public.example:8443/",
    "http://public.example:0/", "http://public.example:99999/", "file:///etc/passwd", "ftp://public.example/",
    "gopher://public.example/_x", "unix:///run/x.sock", "//public.example/", "public.example", "",
    "http:///x", "http://", "http://user:pass@public.example/", "http://public.example@127.0.0.1/",
    "http://127.0.0.1\\@public.example/", "http://public.example#@127.0.0.1:22/", "http://public.example:80:22/",
    "http://127.0.0.1%00.public.example/", "http://public.example\r\nHost: x/",
    "http://" + "a" * 70 + ".example/",
    "javascript:alert(1)", "data:text/html,x", "http://[::1", "http://[v1.x]/",
]
HARMLESS = {"http://public.example#@127.0.0.1:22/"}  # a fragment is never sent: this is the public host
LOCATIONS = [url for url in URLS if url not in HARMLESS and url.isascii() and "\r" not in url]


def names() -> Names:
    """All names of the corpus, and a public one."""
    return Names({name: [answers] for name, answers in {**NAMES, "public.example": [PUBLIC]}.items()})


def attempt(url: str) -> tuple[str, Dialler]:
    """Ask for an address: how it failed, and what was dialled."""
    dialler = Dialler()
    try:
        client_of(dialler, names()).get(url)
    except ForeignFailure as fault:
        return fault.kind, dialler
    return "", dialler


def test_the_corpus_is_large() -> None:
    assert len(set(URLS)) == len(URLS) >= 100


@pytest.mark.parametrize("url", URLS)
def test_never_dialled(url: str) -> None:
    kind, dialler = attempt(url)
    if url in HARMLESS:
        assert (kind, dialler.dialled) == ("", [(PUBLIC, 80)])
    else:
        assert kind in ("address_refused", "bad_address", "down") and dialler.dialled == []


@pytest.mark.parametrize("url", LOCATIONS)
def test_never_dialled_after_a_redirect(url: str) -> None:
    dialler = Dialler([redirect_to(url)])
    with pytest.raises(ForeignFailure) as caught:
        client_of(dialler, names()).get("http://public.example/start")
    assert caught.value.kind in ("address_refused", "redirect", "down")
    assert {address for address, _ in dialler.dialled} == {PUBLIC}


@pytest.mark.parametrize("url", ["http://public.example/", "https://public.example/", "http://8.8.8.8/",
                                 "http://[2606:4700::1111]/", "http://public.example:443/"])
def test_the_public_net_is_dialled(url: str) -> None:
    kind, dialler = attempt(url)
    assert kind == "" and len(dialler.dialled) == 1


def test_a_client_without_the_guard_falls_for_them() -> None:
    """Planted: resolve and dial, as any client does. Were this one safe, the corpus would prove nothing."""
    fallen = 0
    for url in URLS:
        dialler, resolver = Dialler(), names()
        try:
            asked = httpx.URL(url)
            port = asked.port or 80
            pool = httpcore.ConnectionPool(network_backend=dialler)
            for answer in resolver(asked.host, port):
                pool.request("GET", httpcore.URL(scheme=b"http", host=answer, port=port, target=b"/"))
        except (OSError, ValueError, httpx.InvalidURL, UnicodeError):
            pass
        fallen += any(refusal(address) for address, _ in dialler.dialled)
    assert fallen >= 39


@pytest.mark.parametrize("address", ["224.0.0.1", "168.63.129.16", "ff0e::1"])
def test_the_standard_library_alone_is_fooled(address: str) -> None:
    """Planted: `is_global` by itself lets these through."""
    assert ip_address(address).is_global and refusal(address)


def test_a_name_that_changes_its_mind_is_asked_once_a_connection() -> None:
    resolver = Names({"rebind.example": [(PUBLIC,), ("127.0.0.1",)]})
    dialler = Dialler()
    client = client_of(dialler, resolver)
    assert client.get("http://rebind.example/").status == 200
    assert (resolver.asked, dialler.dialled) == (["rebind.example"], [(PUBLIC, 80)])
    with pytest.raises(ForeignFailure) as caught:
        client.get("http://rebind.example/")
    assert caught.value.kind == "address_refused" and dialler.dialled == [(PUBLIC, 80)]


def test_a_redirect_to_the_same_name_is_checked_anew() -> None:
    resolver = Names({"rebind.example": [(PUBLIC,), ("169.254.169.254",)]})
    dialler = Dialler([redirect_to("/again")])
    with pytest.raises(ForeignFailure) as caught:
        client_of(dialler, resolver).get("http://rebind.example/")
    assert caught.value.kind == "address_refused" and dialler.dialled == [(PUBLIC, 80)]


def test_loopback_allowed_opens_loopback_alone() -> None:
    opened = [url for url in URLS if _opens(url)]
    assert "http://127.0.0.1/" in opened and "http://[::1]/" in opened
    for url in ("http://10.0.0.5/", "http://mixed.example/", "http://0.0.0.0/", "http://[::ffff:127.0.0.1]/",
                "http://public.example:22/", "http://169.254.169.254/latest/meta-data/"):
        assert url not in opened


def _opens(url: str) -> bool:
    dialler = Dialler()
    try:
        client_of(dialler, names(), allow_loopback=True, policy=EAGER).get(url)
    except ForeignFailure:
        assert dialler.dialled == []
        return False
    return True


def test_tls_names_the_host_and_dials_the_address() -> None:
    dialler = Dialler()
    client_of(dialler, names()).get("https://public.example/harga")
    assert dialler.dialled == [(PUBLIC, 443)] and dialler.tls_names == ["public.example"]
    assert b"Host: public.example\r\n" in b"".join(dialler.sent)


def test_the_environment_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://10.0.0.9:3128")
    dialler = Dialler()
    client_of(dialler, names()).get("http://public.example/")
    assert dialler.dialled == [(PUBLIC, 80)]
