"""Sorting over HTTP: the triage desk's page, one tap or many at once; each complaint in a transaction of its own."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cettar_site.base.errors import Conflict, Forbidden, NotFound, Problem, Refused, TooMany
from cettar_site.base.words import Words, mark
from cettar_site.complaints.api_intake import body_of
from cettar_site.desk import actions_deed, store_queue, store_suggest
from cettar_site.desk.api_guard import require, token_of
from cettar_site.desk.api_inside import inside_page, page_for
from cettar_site.desk.island_sort import PATH, Sorting, Suggested, sort_page
from cettar_site.desk.rules import Officer
from cettar_site.desk.rules_matrix import Page, check_page
from cettar_site.desk.rules_queue import Lines, wanted
from cettar_site.desk.rules_seen import mark as mark_of
from cettar_site.desk.rules_sort import MOST, Outcome, Pick, Sorted, first_guess, picks
from cettar_site.infra import auth, clock
from cettar_site.infra.db import database
from cettar_site.infra.guard import limiter
from cettar_site.infra.log import get_logger
from cettar_site.infra.vault import vault
from cettar_site.ui.document import words_of

log = get_logger(__name__)
FIELDS = MOST + 20
BEFORE = mark("Halaman ini dibuka sebelum Anda masuk. Periksa, lalu kirim lagi.")
OFTEN = mark("Terlalu sering dalam satu menit. Tunggu sebentar, lalu kirim lagi.")


@page_for(Page.SORT, PATH)
def sorting(request: Request, w: Words, officer: Officer, token: str) -> Response:
    """GET /meja/pilah: what waits to be sorted."""
    return _page(w, officer, request.query_params, token)


def _page(w: Words, officer: Officer, asked: Mapping[str, str], token: str, became: Sequence[Sorted] = (),
          problems: Sequence[Problem] = (), status: int = 200) -> Response:
    now = clock.now()
    view = wanted(officer, asked)
    assert view is not None
    with database().read() as session:
        lines = store_queue.page(session, view, now, vault(), MOST)
        learnt = store_suggest.suggestions(session, [one.id for one in lines.lines])
    marks = {one.id: mark_of(vault().secret, one.brief.number, one.seq) for one in lines.lines}
    shown = Sorting(officer, view, lines, _suggested(lines, learnt), marks, became, problems)
    return inside_page(w, w("Salurkan aduan"), sort_page(w, shown, token, now), PATH, status)


def _suggested(lines: Lines, learnt: dict[int, store_suggest.Suggested]) -> dict[int, Suggested]:
    """What was learnt about each; where nothing was, our own table's first guess, which has no confidence."""
    return {one.id: learnt.get(one.id) or tuple(
        (to, None) for to in first_guess(one.brief.category_code, one.brief.region_code)) for one in lines.lines}


async def sort(request: Request) -> Response:
    """POST /meja/pilah: send the picked complaints on; what became of each is on the page."""
    w, token = words_of(request), token_of(request)
    body = (await body_of(request)).decode("utf-8", "replace")
    try:
        sent = parse_qsl(body, keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError:
        raise HTTPException(400) from None
    return await run_in_threadpool(_sort, w, token, sent)


def _sort(w: Words, token: str, sent: list[tuple[str, str]]) -> Response:
    visit = require(w, token, PATH)
    if isinstance(visit, Response):
        return visit
    officer, fields = visit.officer, dict(sent)
    check_page(officer, Page.SORT)
    fresh = auth.form_token(token)
    if not auth.form_token_fits(token, fields.get("token", "")):
        return _page(w, officer, fields, fresh, (), (Problem("", BEFORE),), 403)
    try:
        limiter().hit("answer", officer.pseudonym)
        chosen = picks(sent)
    except Refused as refused:
        return _page(w, officer, fields, fresh, (), refused.problems, 422)
    except TooMany:
        return _page(w, officer, fields, fresh, (), (Problem("", OFTEN),), 429)
    became = tuple(_send(officer, one) for one in chosen)
    return _page(w, officer, {"keadaan": fields.get("keadaan", "")}, fresh, became)


def _send(officer: Officer, pick: Pick) -> Sorted:
    """One complaint, in its own transaction: what happens to one does not hold the others up."""
    try:
        with database().write("complaints") as session:
            actions_deed.do(session, officer, pick.number, pick.act, pick.fields(), clock.now(), vault())
    except Refused as refused:
        return Sorted(pick, Outcome.REFUSED, refused.problems[0].text)
    except Conflict:
        return Sorted(pick, Outcome.CHANGED)
    except (NotFound, Forbidden):
        return Sorted(pick, Outcome.GONE)
    log.info("desk_deed", officer=officer.pseudonym, deed=str(pick.act), number=pick.number)
    return Sorted(pick, Outcome.DONE)


routes = [Route(PATH, sorting), Route(PATH, sort, methods=["POST"])]
