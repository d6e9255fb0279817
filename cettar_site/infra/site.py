"""The site's outermost layer: every request and every socket passes here first.

It serves the built files and the live pages itself, hands forms and data to the rooms' addresses, and
lets nothing of Reflex through but its event socket.
"""

import math
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect

from cettar_site.base.errors import Forbidden, TooMany
from cettar_site.infra import metrics
from cettar_site.infra.guard import check_origin, client_prefix, header, limiter
from cettar_site.infra.log import get_logger
from cettar_site.infra.site_answer import Polished
from cettar_site.infra.site_body import Bodies, limited
from cettar_site.infra.site_files import File
from cettar_site.infra.site_headers import Headers, common_headers, file_headers, policy
from cettar_site.infra.site_pages import Pages, Rendered, RenderedFresh
from cettar_site.infra.site_socket import Socket

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]
Ready = File | Rendered | RenderedFresh
Trouble = Callable[[str, int, float], str]
log = get_logger(__name__)
READING = {"GET", "HEAD"}
LONGEST_PATH = 512
LONGEST_QUERY = 2048
# Filing, its photos and the check before it have limits of their own, whose answers keep the citizen's words. They
# count what is accepted; here counts what is sent, for a form that is refused costs as much.
COUNTED_APART = {"/aduan", "/en/aduan", "/aduan/foto", "/en/aduan/foto", "/aduan/pratinjau", "/en/aduan/pratinjau",
                 "/api/v1/complaints"}
UNCHANGED = 304


class TooLong(Exception):
    """An address longer than any of ours."""


class Site:
    """The whole site as one ASGI application around Reflex's own."""

    def __init__(self, reflex: App, files: dict[str, File], pages: Pages, rooms: App, trouble: Trouble,
                 bodies: Bodies | None = None) -> None:
        self._reflex, self._files, self._pages, self._rooms, self._trouble = reflex, files, pages, rooms, trouble
        self._bodies = bodies or Bodies()
        # Every document that is not alive has one inline text, the same stylesheet.
        self._policy = policy(f"<style>{pages.style}</style>")

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Take one connection: lifespan, socket or request."""
        if scope["type"] == "lifespan":
            await self._reflex(scope, receive, send)
        elif scope["type"] == "websocket":
            await Socket(self._reflex)(scope, receive, send)
        else:
            await self._http(scope, receive, send)

    async def _http(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        answer = Polished(send, scope, self._policy)
        route = "other"
        try:
            if len(scope["path"]) > LONGEST_PATH or len(scope["query_string"]) > LONGEST_QUERY:
                raise TooLong
            filing = scope["method"] == "POST" and scope["path"] in COUNTED_APART
            if filing or scope["path"] not in self._files:
                limiter().hit("form" if filing else "read", client_prefix(scope))
            if scope["method"] not in READING | {"OPTIONS"}:
                check_origin(scope)
            route = await self._answer(scope, receive, answer)
        except (Forbidden, TooMany) as refusal:
            status = 429 if isinstance(refusal, TooMany) else 403
            wait = refusal.retry_after if isinstance(refusal, TooMany) else 0.0
            await self._say_trouble(scope, answer, status, wait)
        except TooLong:
            await self._say_trouble({**scope, "path": "/"}, answer, 414, 0.0)
        except ClientDisconnect:  # a line that broke is nobody's fault
            answer.status = 400
        except Exception as fault:  # the last line: a visitor gets a page, the log the place
            log.error("page_failed", route=route, exc_info=fault)
            status = 503 if isinstance(fault, SQLAlchemyError) else 500
            await self._say_trouble(scope, answer, status, 5.0 if status == 503 else 0.0)
        metrics.observe_request(route, scope["method"], answer.status, time.perf_counter() - began)

    async def _answer(self, scope: MutableMapping[str, Any], receive: Receive, answer: Polished) -> str:
        path = scope["path"]
        file = self._files.get(path)
        if file is not None:
            if scope["method"] not in READING:
                await self._say_trouble(scope, answer, 405, 0.0)
                return "file"
            await self._send_file(scope, answer, file)
            return "file"
        page = self._pages.find(path)
        if page is not None and scope["method"] in READING:
            query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
            made = await self._pages.render(page, query)
            headers: Headers = [(b"content-type", b"text/html; charset=utf-8"),
                                (b"cache-control", b"no-cache" if made.etag else b"no-store"),
                                (b"content-security-policy", made.policy), *common_headers()]
            await self._send_best(scope, answer, made, headers)
            return page.path
        await self._rooms(scope, limited(scope, receive, self._bodies.of(scope)), answer)
        return str(getattr(scope.get("route"), "path", "other"))

    async def _send_file(self, scope: MutableMapping[str, Any], answer: Polished, file: File) -> None:
        headers: Headers = [(b"content-type", file.kind), (b"cache-control", file.cache),
                            (b"cross-origin-resource-policy", b"same-origin"), *file_headers()]
        await self._send_best(scope, answer, file, headers)

    async def _send_best(self, scope: MutableMapping[str, Any], answer: Polished, thing: Ready,
                         headers: Headers) -> None:
        if thing.etag:
            headers.append((b"etag", thing.etag))
            if thing.etag.decode() in header(scope, b"if-none-match"):
                await answer.whole(UNCHANGED, headers, b"")
                return
        coding, body = thing.best(header(scope, b"accept-encoding"))
        if coding:
            headers.append((b"content-encoding", coding))
        await answer.whole(200, headers, body)

    async def _say_trouble(self, scope: MutableMapping[str, Any], answer: Polished, status: int, wait: float) -> None:
        path = scope["path"]
        json = path.startswith("/api/")
        body = self._trouble(path, status, float(math.ceil(wait))).encode()
        headers: Headers = [(b"content-type", b"application/json" if json else b"text/html; charset=utf-8"),
                            (b"cache-control", b"no-store")]
        if wait:
            headers.append((b"retry-after", str(int(wait)).encode()))
        await answer({"type": "http.response.start", "status": status, "headers": headers})
        await answer({"type": "http.response.body", "body": body})
