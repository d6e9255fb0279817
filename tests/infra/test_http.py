"""The feed client against a publisher that behaves well, badly and viciously."""

import hashlib
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from cettar_site.base.errors import ForeignFailure
from cettar_site.infra.http import FeedClient, FeedPolicy, feed_client
from cettar_site.infra.http_cache import FileCache, MemoryCache
from cettar_site.infra.http_facts import HEALTHY, KINDS, TRANSIENT
from cettar_site.infra.settings import read_settings
from tests.infra.fake_network import EAGER, NOON, OK, PUBLIC, Dialler, client_of, redirect_to
from tests.infra.publisher import PAGE, Asked, Publisher
from tests.infra.publisher_behaviours import BEHAVIOURS

WELL = {"ok", "etag", "modified", "gzip", "deflate", "deflate_raw", "redirect", "html", "zero", "no_table"}
# How each misbehaviour is called, and how often it is asked for.
ILL = {
    "slow": ("slow", 3), "drip": ("slow", 3), "drip_head": ("slow", 3),
    "truncated": ("truncated", 3), "chunked_cut": ("truncated", 3), "gzip_cut": ("truncated", 3),
    "partial": ("truncated", 3), "reset": ("truncated", 3), "hang_up": ("down", 3), "not_http": ("down", 3),
    "forbidden": ("forbidden", 1), "unauthorized": ("forbidden", 1), "not_found": ("not_found", 1),
    "busy": ("busy", 1), "error": ("server_error", 3), "unavailable": ("server_error", 3),
    "endless_head": ("bad_answer", 1), "empty": ("blank", 1), "no_content": ("blank", 1),
    "binary": ("not_text", 1), "pdf": ("not_text", 1), "huge": ("too_big", 1), "huge_endless": ("too_big", 1),
    "announced": ("too_big", 1), "gzip_bomb": ("bomb", 1), "gzip_text_bomb": ("bomb", 1),
    "brotli": ("encoding", 1), "zstd": ("encoding", 1), "double_gzip": ("encoding", 1),
    "gzip_garbage": ("corrupt", 1), "redirect_chain": ("redirect", 4), "redirect_loop": ("redirect", 4),
    "redirect_file": ("redirect", 1), "redirect_nowhere": ("redirect", 1),
    "redirect_private": ("address_refused", 1), "redirect_metadata": ("address_refused", 1),
}
HASTY = replace(EAGER, read=0.2, total=0.4)  # for what is slow; others get all the time that they need


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with Publisher() as server:
        yield server


@pytest.fixture
def client() -> FeedClient:
    return FeedClient(True, MemoryCache(), lambda: NOON, EAGER)


def failed(client: FeedClient, url: str) -> ForeignFailure:
    with pytest.raises(ForeignFailure) as caught:
        client.get(url)
    return caught.value


def test_every_behaviour_is_tried() -> None:
    assert WELL | set(ILL) | {"flaky"} == set(BEHAVIOURS)


@pytest.mark.parametrize("behaviour", sorted(WELL))
def test_a_good_answer(behaviour: str, publisher: Publisher, client: FeedClient) -> None:
    publisher.behave(behaviour)
    answer = client.get(publisher.url("/harga"))
    assert answer.status == 200 and answer.content.startswith(b"<html>") and answer.fetched_at == NOON
    assert answer.sha256 == hashlib.sha256(answer.content).hexdigest() and not answer.unchanged
    assert answer.url == publisher.url("/landed" if behaviour == "redirect" else "/harga")
    assert answer.content_type.startswith("text/html")


@pytest.mark.parametrize("behaviour", sorted(ILL))
def test_a_bad_answer_has_a_name(behaviour: str, publisher: Publisher) -> None:
    kind, times = ILL[behaviour]
    publisher.behave(behaviour)
    policy = HASTY if kind == "slow" else EAGER
    fault = failed(FeedClient(True, MemoryCache(), lambda: NOON, policy), publisher.url("/harga"))
    assert (fault.kind, fault.detail, len(publisher.asked)) == (kind, KINDS[kind], times)
    assert fault.address.startswith("http://") and fault.facts["remark"]


def test_what_passes_is_tried_again(publisher: Publisher, client: FeedClient) -> None:
    publisher.behave("flaky")
    assert client.get(publisher.url("/harga")).content == PAGE and len(publisher.asked) == 3


def test_nobody_there(client: FeedClient) -> None:
    with Publisher() as gone:
        url = gone.url("/harga")
    assert failed(client, url).kind == "down"


def test_a_form_goes_out_as_the_publisher_expects(publisher: Publisher, client: FeedClient) -> None:
    publisher.serve("/tabel", lambda asked: f"<p>{asked.form['tanggal']}</p>".encode())
    theirs = {"Referer": "https://example/produsen", "X-Requested-With": "XMLHttpRequest"}
    answer = client.post_form(publisher.url("/tabel"), {"tanggal": "2026-11-22", "pasar": ""}, headers=theirs)
    (asked,) = publisher.asked
    assert answer.text == "<p>2026-11-22</p>"
    assert (asked.method, asked.headers["content-type"]) == ("POST", "application/x-www-form-urlencoded")
    assert (asked.headers["referer"], asked.headers["x-requested-with"]) == (
        "https://example/produsen", "XMLHttpRequest")


def test_we_say_who_we_are_and_ask_for_what_we_can_read(publisher: Publisher, tmp_path: Path) -> None:
    config = read_settings({"CETTAR_DATA_DIR": str(tmp_path), "CETTAR_SITE_URL": "https://cettar.example",
                            "CETTAR_FEED_LOOPBACK": "1"})
    feed_client(config).get(publisher.url("/"), headers={
        "User-Agent": "Mozilla/5.0", "Accept-Encoding": "br", "Host": "evil.example",
        "Accept": "application/json"})
    heads = publisher.asked[0].headers
    assert heads["user-agent"].startswith("CETTAR/1.0 (+https://cettar.example/tentang")
    assert (heads["accept-encoding"], heads["accept"]) == ("gzip, deflate", "application/json")
    assert heads["host"] == publisher.origin.removeprefix("http://") and "cookie" not in heads
    assert list((tmp_path / "feeds").iterdir())


def test_without_leave_this_machine_is_not_dialled(publisher: Publisher, tmp_path: Path) -> None:
    config = read_settings({"CETTAR_DATA_DIR": str(tmp_path)})
    assert failed(feed_client(config), publisher.url("/")).kind == "address_refused"
    assert publisher.asked == []


def test_cookies_are_not_kept(publisher: Publisher, client: FeedClient) -> None:
    publisher.serve("/a", PAGE, headers={"Set-Cookie": "id=1; Path=/"})
    client.get(publisher.url("/a"))
    client.get(publisher.url("/b"))
    assert all("cookie" not in asked.headers for asked in publisher.asked)


@pytest.mark.parametrize(("behaviour", "header"),
                         [("etag", "if-none-match"), ("modified", "if-modified-since")])
@pytest.mark.parametrize("kind", ["memory", "file"])
def test_an_unchanged_page_is_not_sent_again(behaviour: str, header: str, kind: str, publisher: Publisher,
                                             tmp_path: Path) -> None:
    publisher.behave(behaviour)
    memory = MemoryCache()

    def client() -> FeedClient:  # a new one each time, as after a restart
        return FeedClient(True, memory if kind == "memory" else FileCache(tmp_path), lambda: NOON, EAGER)

    first, second = client().get(publisher.url("/harga")), client().get(publisher.url("/harga"))
    assert (first.status, first.unchanged, second.status, second.unchanged) == (200, False, 304, True)
    assert (second.content, second.sha256, second.etag) == (first.content, first.sha256, first.etag)
    assert header not in publisher.asked[0].headers and header in publisher.asked[1].headers


def test_the_same_bytes_are_known_without_an_etag(publisher: Publisher, client: FeedClient) -> None:
    url = publisher.url("/tabel")
    days = ("2026-11-21", "2026-11-22", "2026-11-21")
    seen = [client.post_form(url, {"tanggal": day}).unchanged for day in days]
    assert seen == [False, False, True]
    publisher.serve("/tabel", PAGE + b" ")
    assert not client.post_form(url, {"tanggal": "2026-11-21"}).unchanged


def test_not_modified_unasked_is_no_answer() -> None:
    dialler = Dialler([b"HTTP/1.1 304 Not Modified\r\n\r\n"])
    assert failed(client_of(dialler), "http://public.example/").kind == "bad_answer"


def test_a_form_redirected_becomes_a_plain_question(publisher: Publisher, client: FeedClient) -> None:
    publisher.behave("redirect", "/tabel")
    assert client.post_form(publisher.url("/tabel"), {"a": "1"}).url == publisher.url("/landed")
    seen = [(asked.method, dict(asked.form)) for asked in publisher.asked]
    assert seen == [("POST", {"a": "1"}), ("GET", {})]


def test_a_redirect_never_leads_out_of_tls() -> None:
    dialler = Dialler([redirect_to("http://public.example/"), OK])
    assert failed(client_of(dialler), "https://public.example/").kind == "redirect"
    assert dialler.dialled == [(PUBLIC, 443)]


def test_a_redirect_to_another_host_takes_no_headers_along() -> None:
    dialler = Dialler([redirect_to("https://other.example/"), OK])
    theirs = {"Authorization": "Bearer x", "Referer": "https://a/"}
    client_of(dialler).get("http://public.example/", headers=theirs)
    first, second = dialler.sent[0], b"".join(dialler.sent[1:])
    assert b"Bearer x" in first and b"Bearer x" not in second and b"Referer" not in second
    assert b"Host: other.example" in second and b"User-Agent: CETTAR" in second


def test_one_question_at_a_time_for_a_host(publisher: Publisher, client: FeedClient) -> None:
    now, most, lock = 0, 0, threading.Lock()

    def page(asked: Asked) -> bytes:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.01)
        with lock:
            now -= 1
        return PAGE

    publisher.serve("/harga", page)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: client.get(publisher.url("/harga")), range(16)))
    assert (len(answers), most) == (16, 1)


def test_the_text_is_read_by_its_charset() -> None:
    def text(content_type: str, body: bytes) -> str:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
        return client_of(Dialler([head.encode() + body])).get("http://a.example/").text

    assert text("text/html", "cabé".encode()) == text("text/html; charset=ISO-8859-1", b"cab\xe9") == "cabé"
    assert text("text/csv; charset=utf-8", b"\xef\xbb\xbfa,b") == "a,b"
    assert text("text/html; charset=utf-7", b"+ADw-script") == "+ADw-script"
    assert text("text/html; charset=nonsense", b"\xff") == "\ufffd"


def test_kinds_are_known() -> None:
    assert set(KINDS) >= TRANSIENT | HEALTHY and not TRANSIENT & HEALTHY


def test_patience_is_as_promised() -> None:
    policy = FeedPolicy()
    assert (policy.connect, policy.read, policy.total, policy.largest) == (5, 10, 20, 5_000_000)
    assert (policy.redirects, policy.tries, policy.breaker_faults) == (3, 3, 5)
