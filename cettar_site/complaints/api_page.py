"""Whole documents of this room, and the public page of a complaint, kept as long as nothing happens to it."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import htpy as h
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import NotFound
from cettar_site.base.words import Words
from cettar_site.complaints import island, island_case, store_estimate, store_photo, store_read
from cettar_site.complaints.island_case import Beside
from cettar_site.complaints.island_case_parts import page_address
from cettar_site.complaints.island_print import print_page
from cettar_site.complaints.rules import Case
from cettar_site.complaints.rules_number import parse_number
from cettar_site.complaints.rules_photo import photos_shown
from cettar_site.complaints.rules_public import is_bare
from cettar_site.infra import clock
from cettar_site.infra.db import database
from cettar_site.infra.pulse import hub
from cettar_site.infra.settings import settings
from cettar_site.infra.site_answer import squeezed
from cettar_site.ui.document import document, words_of
from cettar_site.ui.qr import qr_svg

PRIVATE = {"cache-control": "no-store"}
HTML = (b"content-type", b"text/html")
KEPT_AT_MOST = 256


def whole(w: Words, title: str, body: h.Node, path: str = "/aduan", *, description: str = "",
          noindex: bool = True, script: bool = False, feed: str = "") -> str:
    """A document with the site's frame; `script` adds what helps with the form."""
    return document(w, title=title, description=description or w(island.DESCRIPTION), path=path, body=body,
                    origin=settings().site_url, simulated=database().realm == "demo", noindex=noindex,
                    scripts=island.SCRIPTS if script else (), feed=feed)


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
            # As HTML: what it says of itself renews the kept page's headers, and data have a policy that locks forms.
            return HTMLResponse(None, 304, headers)
        if "br" not in request.headers.get("accept-encoding", ""):
            return HTMLResponse(self.page, 200, headers)
        self.squeezed = self.squeezed or squeezed([HTML], self.page, "br")[1]
        return HTMLResponse(self.squeezed, 200, {**headers, "content-encoding": "br"})


View = Callable[[Words, Case, datetime, Beside], str]
_KEPT: OrderedDict[tuple[str, str, str, View], Kept] = OrderedDict()


async def public(request: Request) -> Response:
    """GET /aduan/NUMBER: what everyone may know of a complaint."""
    return await _kept(request, _page, "")


async def printed(request: Request) -> Response:
    """GET /aduan/NUMBER/cetak: the same for a sheet of paper."""
    return await _kept(request, _sheet, "/cetak")


async def picture(request: Request) -> Response:
    """GET /aduan/NUMBER/qr.svg: the page's address as a QR code; of any number that could be one."""
    number = parse_number(request.path_params["number"])
    if number is None:
        raise NotFound("no such number")
    drawing = await run_in_threadpool(qr_svg, page_address(words_of(request), number) or number)
    return Response(str(drawing), 200, {"cache-control": "public, max-age=86400"}, "image/svg+xml")


async def _kept(request: Request, view: View, rest: str) -> Response:
    w, typed = words_of(request), request.path_params["number"]
    number = parse_number(typed)
    if number is not None and number != typed:
        return RedirectResponse(w.path(f"/aduan/{number}{rest}"), 308)
    made = await _newest(w, number, view) if number else None
    if made is None:
        missing = whole(w, w("Aduan tidak ada"), island_case.missing_page(w), "/lacak")
        return HTMLResponse(missing, 404, PRIVATE)
    return made.answer(request)


async def _newest(w: Words, number: str, view: View) -> Kept | None:
    """The page as it is now: the kept one if neither a minute nor an event went by."""
    where, minute, followed = (database().url, w.lang, number, view), _minute(), hub().running
    version = hub().version("complaints") if followed else 0
    kept = _KEPT.get(where)
    if kept is None or not followed or kept.version != version or kept.minute != minute:
        kept = await run_in_threadpool(_made, w, number, view, kept, version)
        if kept is None:
            return None
        _KEPT[where] = kept
    _KEPT.move_to_end(where)
    while len(_KEPT) > KEPT_AT_MOST:
        _KEPT.popitem(last=False)
    return kept


def _made(w: Words, number: str, view: View, kept: Kept | None, version: int) -> Kept | None:
    minute = _minute()
    with database().read() as session:
        seen = store_read.events_of(session, number)
        if kept is not None and kept.minute == minute and seen == kept.seen:
            kept.version = version
            return kept
        case = store_read.public_by_number(session, number)
        if case is None:
            return None
        photos = photos_shown(case, store_photo.photos_of(session, case.request.id))
        beside = Beside(store_estimate.for_case(session, case), photos)
    page = view(w, case, clock.now(), beside).encode()
    etag = f'W/"{hashlib.blake2s(page, digest_size=10).hexdigest()}"'
    return Kept(seen, minute, version, etag, page)


def _page(w: Words, case: Case, now: datetime, beside: Beside) -> str:
    number = case.request.number
    return whole(w, w("Aduan {number}", number=number), island_case.public_page(w, case, now, beside),
                 f"/aduan/{number}", description=island_case.status(w, case, now), noindex=is_bare(case),
                 feed="" if is_bare(case) else w.path(f"/aduan/{number}/umpan.atom"))


def _sheet(w: Words, case: Case, now: datetime, beside: Beside) -> str:
    number = case.request.number
    return whole(w, w("Cetak aduan {number}", number=number), print_page(w, case, now, beside),
                 f"/aduan/{number}/cetak", description=island_case.status(w, case, now))


def _minute() -> int:
    """The minute we are in: how late somebody is changes with it."""
    return int(clock.now().timestamp() // 60)


routes = [Route("/aduan/{number}", public), Route("/aduan/{number}/cetak", printed),
          Route("/aduan/{number}/qr.svg", picture)]
