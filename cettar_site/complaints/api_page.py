"""Whole documents of this room, and the public page of a complaint, kept as long as nothing happens to it."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field

import htpy as h
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from cettar_site.base.words import Words
from cettar_site.complaints import island, island_case, store_read
from cettar_site.complaints.rules_number import parse_number
from cettar_site.infra import clock
from cettar_site.infra.db import database
from cettar_site.infra.pulse import hub
from cettar_site.infra.settings import settings
from cettar_site.infra.site_answer import squeezed
from cettar_site.ui.document import document, words_of

PRIVATE = {"cache-control": "no-store"}
HTML = (b"content-type", b"text/html")
KEPT_AT_MOST = 256


def whole(w: Words, title: str, body: h.Node, path: str = "/aduan", *, description: str = "",
          noindex: bool = True, script: bool = False) -> str:
    """A document with the site's frame; `script` adds what helps with the form."""
    return document(w, title=title, description=description or w(island.DESCRIPTION), path=path, body=body,
                    origin=settings().site_url, simulated=database().realm == "demo", noindex=noindex,
                    scripts=island.SCRIPTS if script else ())


@dataclass(slots=True)
class Kept:
    """A public page as it was at a minute, after so many events and supports."""

    seen: tuple[int, int]
    minute: int
    version: int
    etag: str
    page: bytes
    squeezed: bytes = field(default=b"")

    def answer(self, request: Request) -> Response:
        """The page, or that the reader has it already."""
        headers = {"cache-control": "no-cache", "etag": self.etag}
        if request.headers.get("if-none-match") == self.etag:
            return Response(status_code=304, headers=headers)
        if "br" not in request.headers.get("accept-encoding", ""):
            return HTMLResponse(self.page, 200, headers)
        self.squeezed = self.squeezed or squeezed([HTML], self.page, "br")[1]
        return HTMLResponse(self.squeezed, 200, {**headers, "content-encoding": "br"})


_KEPT: OrderedDict[tuple[str, str, str], Kept] = OrderedDict()


async def public(request: Request) -> Response:
    """GET /aduan/NUMBER: what everyone may know of a complaint."""
    w, typed = words_of(request), request.path_params["number"]
    number = parse_number(typed)
    if number is not None and number != typed:
        return RedirectResponse(w.path(f"/aduan/{number}"), 308)
    made = await _newest(w, number) if number else None
    if made is None:
        missing = whole(w, w("Aduan tidak ada"), island_case.missing_page(w), "/lacak")
        return HTMLResponse(missing, 404, PRIVATE)
    return made.answer(request)


async def _newest(w: Words, number: str) -> Kept | None:
    """The page as it is now: the kept one if neither a minute nor an event went by."""
    where, minute, followed = (database().url, w.lang, number), _minute(), hub().running
    version = hub().version("complaints") if followed else 0
    kept = _KEPT.get(where)
    if kept is None or not followed or kept.version != version or kept.minute != minute:
        kept = await run_in_threadpool(_made, w, number, kept, version)
        if kept is None:
            return None
        _KEPT[where] = kept
    _KEPT.move_to_end(where)
    while len(_KEPT) > KEPT_AT_MOST:
        _KEPT.popitem(last=False)
    return kept


def _made(w: Words, number: str, kept: Kept | None, version: int) -> Kept | None:
    minute = _minute()
    with database().read() as session:
        seen = store_read.events_of(session, number)
        if kept is not None and kept.minute == minute and seen == kept.seen:
            kept.version = version
            return kept
        case = store_read.public_by_number(session, number)
    if case is None:
        return None
    now = clock.now()
    page = whole(w, w("Aduan {number}", number=number), island_case.public_page(w, case, now),
                 f"/aduan/{number}", description=island_case.status(w, case, now), noindex=False).encode()
    etag = f'W/"{hashlib.blake2s(page, digest_size=10).hexdigest()}"'
    return Kept(seen, minute, version, etag, page)


def _minute() -> int:
    """The minute we are in: how late somebody is changes with it."""
    return int(clock.now().timestamp() // 60)
