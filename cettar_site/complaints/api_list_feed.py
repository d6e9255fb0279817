"""Feeds over HTTP: the newest complaints of a question, and what happens to one; Atom and RSS."""

import hashlib
from collections.abc import Callable
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import NotFound
from cettar_site.complaints import island_list, store_lists, store_read
from cettar_site.complaints.api_list import wanted_of
from cettar_site.complaints.rules_feed import Feed, atom, case_feed, entries_of, may_be_fed, rss
from cettar_site.complaints.rules_list import PAGE, from_newest, read_asked
from cettar_site.complaints.rules_number import parse_number
from cettar_site.complaints.store_lists import END
from cettar_site.infra import clock
from cettar_site.infra.db import database
from cettar_site.infra.settings import settings
from cettar_site.ui.document import words_of

ENTRIES = 50
OPEN = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin",
        "cache-control": "no-cache"}
KINDS: dict[str, tuple[Callable[[Feed, str], bytes], str]] = {
    "atom": (atom, "application/atom+xml; charset=utf-8"), "rss": (rss, "application/rss+xml; charset=utf-8")}


def newest(request: Request) -> Response:
    """GET /aduan/umpan.atom and .rss: the fifty newest of a question, asked as /aduan/daftar is."""
    w, kind = words_of(request), _kind(request)
    asked, problems = read_asked(request.query_params, PAGE)
    if problems:
        return Response(w(problems[0].text), 422, {**OPEN, "cache-control": "no-store"}, "text/plain")
    asked = from_newest(asked)
    with database().read() as session:
        briefs = store_lists.listed(session, wanted_of(asked, END, clock.now()), ENTRIES).briefs
        moved = store_lists.happened_last(session, [brief.number for brief in briefs])
    name, query = island_list.name_of(w, asked), PAGE.query(asked)
    title = f"{w(island_list.TITLE)}: {name}" if name else w(island_list.TITLE)
    return _answer(request, kind, Feed(title, w.path(f"/aduan/umpan.{kind}{query}"),
                                       w.path(island_list.PATH + query), w.lang,
                                       entries_of(w, briefs, moved, clock.now())))


def one(request: Request) -> Response:
    """GET /aduan/NUMBER/umpan.atom and .rss: what happened to a complaint, newest first."""
    w, kind, typed = words_of(request), _kind(request), request.path_params["number"]
    number = parse_number(typed)
    if number is not None and number != typed:
        return RedirectResponse(w.path(f"/aduan/{number}/umpan.{kind}"), 308)
    with database().read() as session:
        case = store_read.public_by_number(session, number) if number else None
    if case is None or not may_be_fed(case):
        raise NotFound("no such feed")
    return _answer(request, kind, case_feed(w, case, f"/umpan.{kind}"))


def _kind(request: Request) -> str:
    return request.url.path.rpartition(".")[2]


def _answer(request: Request, kind: str, feed: Feed) -> Response:
    """The feed, or that the reader has it already: by its content, for a text may go without a new date."""
    write, media = KINDS[kind]
    body = write(feed, settings().site_url)
    etag = f'W/"{hashlib.blake2s(body, digest_size=10).hexdigest()}"'
    headers = {**OPEN, "etag": etag, "last-modified": format_datetime(feed.updated, usegmt=True)}
    if etag in request.headers.get("if-none-match", ""):
        return Response(None, 304, headers)
    return Response(body, 200, {**headers, "content-type": media})


routes = [Route(f"/aduan/{where}umpan.{kind}", endpoint) for kind in KINDS
          for where, endpoint in (("", newest), ("{number}/", one))]
