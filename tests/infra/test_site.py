"""The outermost layer: what passes, what is refused, and what every answer carries."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import brotli
import httpx
import pytest
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import NotFound, Problem, Refused
from cettar_site.infra import guard
from cettar_site.infra.site import COUNTED_APART, Site
from cettar_site.infra.site_answer import Polished
from cettar_site.infra.site_files import read_files
from cettar_site.infra.site_pages import FRESH, Page, Pages
from cettar_site.infra.site_rooms import error_json, rooms_app

FACTS = {"n": 1, "rendered": 0}


def island(_lang: str, query: Any) -> str:
    FACTS["rendered"] += 1
    return f"<p>n={FACTS['n']} q={query.get('q', '')}</p>" + "x" * 900


async def echo(request: Request) -> Response:
    return HTMLResponse(f"<p>{len(await request.body())}</p>")


def refuse(_request: Request) -> Response:
    raise Refused((Problem("region", "Kode wilayah tidak dikenal."),))


def vanish(_request: Request) -> Response:
    raise NotFound("nothing")


def break_down(_request: Request) -> Response:
    raise RuntimeError("secret detail")


def trouble(path: str, status: int, wait: float) -> str:
    return error_json(status, "maaf") if path.startswith("/api/") else f"<h1>maaf {status}</h1>"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    guard.limiter.cache_clear()
    FACTS.update(n=1, rendered=0)
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "a.js").write_text("let a = 1;" * 100)
    (tmp_path / "assets" / "a.js.br").write_bytes(brotli.compress(b"let a = 1;" * 100))
    (tmp_path / "index.html").write_text("never served as a file")

    def document() -> str:
        return "<html><head><style>p{}</style></head><body><!--island:isi--><script>go()</script></body></html>"

    def form() -> str:
        return f"<html><body><!--island:isi--><input value='{FRESH}'></body></html>"

    pages = (Page("/", "id", {"isi": island}, lambda: FACTS["n"], document, frozenset({"q"})),
             Page("/aduan", "id", {"isi": island}, lambda: 0, form))
    routes = [Route("/kirim", echo, methods=["POST"]), Route("/api/v1/x", refuse), Route("/api/v1/y", vanish),
              Route("/rusak", break_down)]

    async def reflex(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError("only the socket may come here")

    return Site(reflex, read_files(tmp_path), Pages(pages, tmp_path, "p{}"),
                rooms_app(routes, trouble), trouble)


def ask(site: Site, *requests: Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]) -> list[httpx.Response]:
    async def scene() -> list[httpx.Response]:
        transport = httpx.ASGITransport(site, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
            return [await request(client) for request in requests]

    return asyncio.run(scene())


def get(path: str, **headers: str) -> Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]:
    named = {"accept-encoding": "identity", **{k.replace("_", "-"): v for k, v in headers.items()}}
    return lambda client: client.get(path, headers=named)


def post(path: str, body: bytes = b"", **headers: str) -> Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]:
    return lambda client: client.post(path, content=body, headers=headers)


def test_a_page_is_rendered_once_for_each_change(site: Site) -> None:
    first, second = ask(site, get("/"), get("/"))
    FACTS["n"] = 2
    (third,) = ask(site, get("/"))
    assert "n=1" in first.text and first.text == second.text and "n=2" in third.text and FACTS["rendered"] == 2


def test_unknown_query_keys_do_not_make_new_pages(site: Site) -> None:
    ask(site, *(get(f"/?utm={n}") for n in range(5)), get("/?q=a"), get("/?q=a&utm=9"))
    assert FACTS["rendered"] == 2


def test_a_page_comes_compressed_and_is_not_sent_twice(site: Site) -> None:
    (plain, small) = ask(site, get("/"), get("/", accept_encoding="br, gzip"))
    assert small.headers["content-encoding"] == "br" and small.text == plain.text
    (again,) = ask(site, get("/", if_none_match=plain.headers["etag"]))
    assert (again.status_code, again.content) == (304, b"")


def test_each_visitor_gets_a_key_of_their_own(site: Site) -> None:
    one, two, squeezed = ask(site, get("/aduan"), get("/aduan"), get("/aduan", accept_encoding="gzip, br"))
    assert one.text != two.text and FRESH not in one.text and len(one.text) == len(squeezed.text)
    assert squeezed.headers["content-encoding"] == "gzip" and one.headers["cache-control"] == "no-store"
    assert FACTS["rendered"] == 1


def test_the_policy_names_scripts_and_styles_by_hash(site: Site) -> None:
    (page,) = ask(site, get("/"))
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy and policy.count("'sha256-") == 2 and "default-src 'none'" in policy


def test_every_answer_carries_the_safety_headers(site: Site) -> None:
    for answer in ask(site, get("/"), get("/assets/a.js"), get("/api/v1/y"), get("/nowhere"), post("/kirim")):
        assert answer.headers["x-content-type-options"] == "nosniff", answer.url
        if not answer.url.path.startswith("/assets"):
            assert answer.headers["referrer-policy"] == "same-origin"
            assert "content-security-policy" in answer.headers
        assert "server" not in answer.headers


def test_built_files_never_change(site: Site) -> None:
    (answer,) = ask(site, get("/assets/a.js", accept_encoding="br"))
    assert "immutable" in answer.headers["cache-control"] and answer.headers["content-encoding"] == "br"
    assert ask(site, get("/index.html"))[0].status_code == 404


def test_the_socket_is_where_the_page_came_from(tmp_path: Path) -> None:
    (tmp_path / "env.js").write_text("var e={EVENT:`ws://cettar.invalid/_event`,PING:`http://cettar.invalid/ping`};")
    assert read_files(tmp_path)["/env.js"].bodies[b""] == (
        b'var e={EVENT:(location.origin.replace("http","ws")+"/_event"),'
        b'PING:(location.origin.replace("http","http")+"/ping")};')


@pytest.mark.parametrize("path", ["/_upload", "/_event", "/_health", "/ping", "/_all_routes"])
def test_nothing_of_reflex_answers_over_http(site: Site, path: str) -> None:
    for answer in ask(site, get(path), post(path)):
        assert answer.status_code == 404


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_a_foreign_page_cannot_post(site: Site, origin: str) -> None:
    (answer,) = ask(site, post("/kirim", b"x", origin=origin))
    assert (answer.status_code, answer.text) == (403, "<h1>maaf 403</h1>")


def test_our_own_form_can_post(site: Site) -> None:
    (answer,) = ask(site, post("/kirim", b"xyz", origin="http://localhost:8000"))
    assert answer.text == "<p>3</p>"


def test_too_large_a_body_is_refused_whether_announced_or_not(site: Site) -> None:
    async def stream() -> Any:
        for _ in range(70):
            yield b"x" * 1024

    announced, streamed = ask(site, post("/kirim", b"x" * 70_000), lambda c: c.post("/kirim", content=stream()))
    assert (announced.status_code, streamed.status_code) == (413, 413)


def test_methods_and_paths_are_answered_honestly(site: Site) -> None:
    wrong_method, unknown, broken = ask(site, get("/kirim"), get("/nowhere"), get("/rusak"))
    assert (wrong_method.status_code, wrong_method.headers["allow"]) == (405, "POST")
    assert (unknown.status_code, broken.status_code) == (404, 500) and "secret" not in broken.text


def test_data_addresses_answer_errors_as_data(site: Site) -> None:
    refused, unknown = ask(site, get("/api/v1/x"), get("/api/v1/y"))
    assert refused.json()["error"] == {"code": "refused", "field": "region", "message": "Kode wilayah tidak dikenal."}
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (404, "not_found")


def test_too_many_requests_wait(site: Site) -> None:
    answers = ask(site, *[get("/")] * 620)
    assert ask(site, get("/assets/a.js"))[0].status_code == 200  # a page's files are not counted again
    assert answers[-1].status_code == 429 and int(answers[-1].headers["retry-after"]) > 0


@pytest.mark.parametrize("path", sorted(COUNTED_APART))
def test_forms_that_are_refused_each_time_wait_too_at_last(site: Site, path: str) -> None:
    """What is not accepted was counted by nobody: a form with a fault costs as much as a good one."""
    answers = ask(site, *[post(path)] * 620)
    assert answers[-1].status_code == 429 and int(answers[-1].headers["retry-after"]) > 0
    assert answers[590].status_code != 429
    assert ask(site, get("/"))[0].status_code == 200  # who reads is counted apart


def test_a_stream_is_compressed_as_it_goes() -> None:
    sent: list[Any] = []

    async def scene() -> None:
        async def send(message: Any) -> None:
            sent.append(message)

        polished = Polished(send, {"method": "GET", "headers": [(b"accept-encoding", b"gzip")]}, b"p")
        await polished({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/csv")]})
        for part in (b"a,b\n" * 500, b"c,d\n" * 500):
            await polished({"type": "http.response.body", "body": part, "more_body": True})
        await polished({"type": "http.response.body", "body": b""})

    asyncio.run(scene())
    assert gzip.decompress(b"".join(m["body"] for m in sent[1:])) == b"a,b\n" * 500 + b"c,d\n" * 500


def test_invented_addresses_are_neither_read_nor_kept(site: Site) -> None:
    long_path, long_query, many = ask(site, get("/" + "x" * 600), get("/?" + "x" * 3000), get("/?" + "a&" * 900))
    assert (long_path.status_code, long_query.status_code, many.status_code) == (414, 414, 200)
    before = FACTS["rendered"]
    ask(site, get("/?q=" + "x" * 65), get("/?q=" + "y" * 65))
    assert FACTS["rendered"] == before  # too long to be meant: the page without it


def test_a_trailing_slash_leads_nowhere(site: Site) -> None:
    (answer,) = ask(site, get("/api/v1/x/", host="evil.example"))
    assert answer.status_code == 404 and "location" not in answer.headers


def test_a_coding_that_is_declined_is_not_sent(site: Site) -> None:
    (page,) = ask(site, get("/", accept_encoding="br;q=0, gzip;q=0"))
    assert "content-encoding" not in page.headers


def test_a_line_that_breaks_in_the_middle_is_nobodys_fault(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> list[Any]:
        coming: list[Any] = [{"type": "http.request", "body": b"x", "more_body": True}, {"type": "http.disconnect"}]
        sent: list[Any] = []

        async def receive() -> Any:
            return coming.pop(0)

        async def send(message: Any) -> None:
            sent.append(message)

        await site({"type": "http", "method": "POST", "path": "/kirim", "query_string": b"", "headers": [],
                    "client": ("203.0.113.9", 1)}, receive, send)
        return sent

    assert asyncio.run(scene())[0]["status"] == 400 and not caplog.records
