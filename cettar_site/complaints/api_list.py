"""The public list over HTTP: the page, kept until something happens, and what reading it has in common."""

import hashlib
from collections import OrderedDict
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import Problem
from cettar_site.base.words import Words
from cettar_site.complaints import island_list, store_lists, store_search
from cettar_site.complaints.api_page import PRIVATE, Kept, whole
from cettar_site.complaints.island_list import PATH, Found
from cettar_site.complaints.rules_list import LATE, PAGE, Asked, from_newest, no_such_page, read_asked
from cettar_site.complaints.rules_number import parse_number
from cettar_site.complaints.snapshot import UNANSWERED
from cettar_site.complaints.store_lists import END, Wanted
from cettar_site.infra import clock
from cettar_site.infra.db import database
from cettar_site.infra.pulse import hub
from cettar_site.ui.document import words_of
from cettar_site.ui.form import error_title

LINES = 20
KEPT_AT_MOST = 128
_KEPT: OrderedDict[tuple[str, str, Asked], Kept] = OrderedDict()


async def page(request: Request) -> Response:
    """GET /aduan/daftar: a page of the list; 422 with the same page where a filter is not understood."""
    w = words_of(request)
    asked, problems = read_asked(request.query_params, PAGE)
    number = parse_number(asked.q)
    if number is not None:
        return RedirectResponse(w.path(f"/aduan/{number}"), 303)
    if problems:
        return await run_in_threadpool(_wrong, w, asked, problems)
    where, minute, followed = (database().url, w.lang, asked), int(clock.now().timestamp() // 60), hub().running
    version = hub().version("complaints") if followed else 0
    kept = _KEPT.get(where)
    if kept is None or not followed or (kept.version, kept.minute) != (version, minute):
        made = await run_in_threadpool(_made, w, asked)
        if made is None:
            return await run_in_threadpool(_wrong, w, from_newest(asked), (no_such_page(PAGE),))
        etag = f'W/"{hashlib.blake2s(made, digest_size=10).hexdigest()}"'
        kept = _KEPT[where] = Kept((0, 0), minute, version, etag, made)
    _KEPT.move_to_end(where)
    while len(_KEPT) > KEPT_AT_MOST:
        _KEPT.popitem(last=False)
    return kept.answer(request)


def _made(w: Words, asked: Asked) -> bytes | None:
    found = read_page(asked, LINES)
    return None if found is None else _document(w, asked, found).encode()


def _wrong(w: Words, asked: Asked, problems: tuple[Problem, ...]) -> Response:
    found = read_page(from_newest(asked), LINES) or Found(())
    return HTMLResponse(_document(w, asked, found, problems), 422, PRIVATE)


def _document(w: Words, asked: Asked, found: Found, problems: tuple[Problem, ...] = ()) -> str:
    name = island_list.name_of(w, asked)
    title = f"{w(island_list.TITLE)}: {name}" if name else w(island_list.TITLE)
    body = island_list.list_page(w, asked, found, UNANSWERED.get(), clock.now(), problems)
    # Pages of a search are as many as there are words: the list itself may be found by search engines, not these.
    return whole(w, error_title(w, title, problems), body, PATH + PAGE.query(asked),
                 description=w(island_list.DESCRIPTION), noindex=bool(asked.q or asked.before or problems),
                 feed=w.path(f"/aduan/umpan.atom{PAGE.query(from_newest(asked))}"))


def read_page(asked: Asked, n: int) -> Found | None:
    """The page that is asked for; None if no public complaint has the number where it is said to begin."""
    with database().read() as session:
        before = store_lists.public_id(session, asked.before) if asked.before else END
        if before is None:
            return None
        listed = store_lists.listed(session, wanted_of(asked, before, clock.now()), n)
        next_before = "" if listed.next_before is None else store_lists.number_at(session, listed.next_before)
    return Found(listed.briefs, next_before)


def wanted_of(asked: Asked, before: int, now: datetime) -> Wanted:
    """The question in the store's terms, below an id."""
    late = asked.state == LATE
    return Wanted(store_search.words_of(asked.q), asked.region, asked.agency, asked.topic, "" if late else asked.state,
                  before, now if late else None)


routes = [Route(PATH, page)]
