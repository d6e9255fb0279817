"""The desk over HTTP: the queue, one complaint, answering it. Never cached or indexed."""

from collections.abc import Mapping

import htpy as h
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import Conflict, NotFound, Problem, Refused, TooMany
from cettar_site.base.words import Words
from cettar_site.desk import actions, api_door, island, store
from cettar_site.desk.api_door import PRIVATE, desk_page, fields, require, token_of, too_often, whole_wait
from cettar_site.desk.rules import PAGE, Act, Officer, parse_number, queue_of
from cettar_site.infra import auth, clock
from cettar_site.infra.db import database
from cettar_site.infra.guard import limiter
from cettar_site.infra.log import get_logger
from cettar_site.infra.vault import vault
from cettar_site.ui.document import words_of
from cettar_site.ui.form import error_title
from cettar_site.ui.notice import notice

log = get_logger(__name__)


def queue(request: Request) -> Response:
    """GET /meja: the officer's queue, filtered and paged by the address."""
    w, token = words_of(request), token_of(request)
    visit = require(w, token, "/meja")
    if isinstance(visit, Response):
        return visit
    chosen = request.query_params.get("keadaan", "menunggu")
    chosen = chosen if chosen in island.FILTERS else "menunggu"
    asked = request.query_params.get("hal", "1")
    page = min(max(int(asked), 1), 10_000) if asked.isdecimal() and len(asked) < 6 else 1
    now, agency = clock.now(), queue_of(visit.officer)
    with database().read() as session:
        rows = store.queue(session, agency, island.FILTERS[chosen], PAGE, (page - 1) * PAGE, vault())
        counts = store.queue_counts(session, agency, now)
    body = island.queue_page(w, visit.officer, rows, counts, chosen, page, now, auth.form_token(token))
    return desk_page(w, w("Meja petugas"), body, "/meja")


def case(request: Request) -> Response:
    """GET /meja/NUMBER: one complaint; another agency's does not exist here."""
    w, token, number = words_of(request), token_of(request), _number(request)
    said = island.DONE.get(request.query_params.get("pesan", ""))
    return _case_again(w, token, number, "", (), said and notice("good", w(said)), 200)


def _number(request: Request) -> str:
    number = parse_number(request.path_params["number"])
    if number is None:
        raise NotFound("no such complaint at this desk")
    return number


def _case_again(w: Words, token: str, number: str, typed: str, problems: tuple[Problem, ...], trouble: h.Node,
                status: int) -> Response:
    """The complaint's page, with what was typed and what is wrong with it."""
    visit = require(w, token, f"/meja/{number}")
    if isinstance(visit, Response):
        return visit
    with database().read() as session:
        found = actions.case_for(session, visit.officer, number, Act.READ, vault())
    body = island.case_page(w, visit.officer, found, clock.now(), auth.form_token(token), typed=typed,
                            problems=problems, trouble=trouble)
    title = error_title(w, w("Aduan {number}", number=number), problems)
    return desk_page(w, title, body, f"/meja/{number}", status)


async def act(request: Request) -> Response:
    """POST /meja/NUMBER: answer or acknowledge; whatever goes wrong, the officer's words are shown again."""
    w, token, number = words_of(request), token_of(request), _number(request)
    typed = await fields(request)
    return await run_in_threadpool(_act, w, token, number, typed)


def _act(w: Words, token: str, number: str, typed: Mapping[str, str]) -> Response:
    text, deed = typed.get("text", ""), typed.get("act", "")
    visit = require(w, token, f"/meja/{number}", typed)
    if isinstance(visit, Response):
        return visit
    if not auth.form_token_fits(token, typed.get("token", "")):
        said = notice("warning", w("Halaman ini dibuka sebelum Anda masuk"), w("Periksa tulisan Anda, lalu "
                                                                               "kirim lagi."))
        return _case_again(w, token, number, text, (), said, 403)
    try:
        limiter().hit("answer", visit.officer.pseudonym)  # not by network: an agency's officers share one
        _do(visit.officer, number, deed, text, typed.get("seen", ""))
    except Refused as refused:
        return _case_again(w, token, number, text, refused.problems, None, 422)
    except TooMany as busy:
        answer = _case_again(w, token, number, text, (), too_often(w, busy), 429)
        answer.headers["retry-after"] = str(whole_wait(busy))
        return answer
    except Conflict:
        said = notice("warning", w("Aduan ini baru saja berubah"),
                      w("Lihat dulu apa yang terjadi di bawah ini. Kalau jawaban Anda masih perlu, kirim "
                        "lagi."),
                      alert=True)
        return _case_again(w, token, number, text, (), said, 409)
    done = "dijawab" if deed == "answer" else "dibaca"
    return RedirectResponse(w.path(f"/meja/{number}?pesan={done}"), 303, PRIVATE)


def _do(officer: Officer, number: str, deed: str, text: str, seen: str) -> None:
    """One deed in one transaction; open pages of everybody learn of it by the commit."""
    before = int(seen) if seen.isdecimal() and len(seen) < 7 else 0
    with database().write("complaints") as session:
        if deed == "answer":
            actions.answer(session, officer, number, text, before, clock.now(), vault())
        elif deed == "acknowledge":
            actions.acknowledge(session, officer, number, before, clock.now(), vault())
        else:
            raise HTTPException(400)
    log.info("desk_deed", officer=officer.pseudonym, deed=deed, number=number)


routes = [
    *api_door.routes,
    Route("/meja", queue),
    Route("/meja/{number}", case),
    Route("/meja/{number}", act, methods=["POST"]),
]
