"""The desk over HTTP: sign in and out, the queue, one complaint, answering it. Never cached or indexed."""

import math
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

import htpy as h
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import Conflict, NotFound, Problem, Refused, TooMany
from cettar_site.base.words import Words
from cettar_site.desk import actions, island, store
from cettar_site.desk.rules import PAGE, Act, Officer, Visit, parse_number, queue_of
from cettar_site.infra import auth, clock
from cettar_site.infra.db import database
from cettar_site.infra.guard import client_prefix, limiter
from cettar_site.infra.log import get_logger
from cettar_site.infra.settings import settings
from cettar_site.infra.site_answer import BODY_LIMIT, TooLarge
from cettar_site.infra.vault import vault
from cettar_site.ui.document import document, words_of
from cettar_site.ui.form import error_title
from cettar_site.ui.notice import notice

log = get_logger(__name__)
PRIVATE = {"cache-control": "no-store"}
LEAVING = {**PRIVATE, "clear-site-data": '"cache"'}
INSIDE = re.compile(r"/meja(?:/JTM-[0-9A-Z]{4}-[0-9A-Z]{4})?")
"""Where signing in may lead."""


def _page(w: Words, title: str, body: h.Node, path: str, status: int = 200) -> HTMLResponse:
    text = document(w, title=title, description=w("Meja petugas CETTAR."), path=path, body=body,
                    origin=settings().site_url, simulated=database().realm == "demo", noindex=True)
    return HTMLResponse(text, status, PRIVATE)


async def _fields(request: Request) -> dict[str, str]:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise TooLarge
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20))
    except ValueError:
        raise HTTPException(400) from None


def _visit(token: str) -> Visit | None:
    """The session of a token, its use written down now and then."""
    if not token:
        return None
    now, kept = clock.now(), auth.token_hash(token)
    with database().read() as session:
        visit = actions.current_visit(session, kept, now)
    if visit is not None and actions.is_due_to_be_seen(visit, now):
        with database().write() as session:
            actions.see(session, kept, now)
    return visit


def _to_door(w: Words, path: str) -> Response:
    return RedirectResponse(w.path(f"/masuk?ke={path}"), 303, PRIVATE)


def _token(request: Request) -> str:
    return auth.session_token(request.cookies)


def door(request: Request) -> Response:
    """GET /masuk."""
    w = words_of(request)
    if _visit(_token(request)) is not None:
        return RedirectResponse(w.path("/meja"), 303, PRIVATE)
    return _door(w, 200, carried={"ke": request.query_params.get("ke", "")})


def _door(w: Words, status: int, email: str = "", problems: tuple[Problem, ...] = (), trouble: h.Node = None,
          *,
          carried: Mapping[str, str]) -> Response:
    going = carried.get("ke", "")
    kept = {"ke": going if INSIDE.fullmatch(going) else "", "text": carried.get("text", "")}
    body = island.sign_in_page(w, email, problems, trouble, kept, simulated=database().realm == "demo")
    return _page(w, error_title(w, w("Masuk"), problems), body, "/masuk", status)


async def sign_in(request: Request) -> Response:
    """POST /masuk: a new session, or the same words for a wrong address and a wrong password."""
    w = words_of(request)
    typed = await _fields(request)
    email, password = typed.get("email", ""), typed.get("password", "")
    try:
        limiter().hit("login", client_prefix(request.scope))
        token = await run_in_threadpool(_try_to_sign_in, email, password, _token(request))
    except TooMany as busy:
        answer = _door(w, 429, email, (), _too_often(w, busy), carried=typed)
        answer.headers["retry-after"] = str(_wait(busy))
        return answer
    if token is None:
        said = notice("wrong", w("Surel atau kata sandi salah"), w("Periksa keduanya, lalu coba lagi."),
                      alert=True)
        return _door(w, 401, email, (), said, carried=typed)
    going = typed.get("ke", "")
    answer = RedirectResponse(w.path(going if INSIDE.fullmatch(going) else "/meja"), 303, PRIVATE)
    number = parse_number(going.removeprefix("/meja/"))
    if typed.get("text") and number:
        said = notice("good", w("Anda sudah masuk lagi"), w("Tulisan Anda masih ada. Kirim sekali lagi."))
        answer = await run_in_threadpool(_case_again, w, token, number, typed["text"], (), said, 200)
    answer.headers["set-cookie"] = auth.set_cookie(token)
    return answer


def _wait(busy: TooMany) -> int:
    """Whole seconds to wait, one at least."""
    return max(1, math.ceil(busy.retry_after))


def _too_often(w: Words, busy: TooMany) -> h.Node:
    return notice("warning", w("Tunggu sebentar"), w("Terlalu sering dicoba. Coba lagi sesudah {span}.",
                                                     span=w.duration(_wait(busy))), alert=True)


def _try_to_sign_in(email: str, password: str, old_token: str) -> str | None:
    """A new session's token; None for a wrong address or password. Raises TooMany while the account waits."""
    account = auth.account_hash(email)
    with database().write() as session:
        actions.begin_sign_in(session, account, clock.now())
    with database().read() as session:
        found = store.officer_by_email(session, email.strip().lower())
    if not auth.password_fits(found[1] if found else None, password) or found is None:
        log.info("sign_in_refused")
        return None
    token = auth.new_token()
    with database().write() as session:
        actions.sign_out(session, auth.token_hash(old_token))
        actions.sign_in(session, found[0], account, auth.token_hash(token), clock.now())
    log.info("signed_in", officer=found[0].pseudonym)
    return token


async def sign_out(request: Request) -> Response:
    """POST /keluar: the session ends here, not only in the browser."""
    w, token = words_of(request), _token(request)
    typed = await _fields(request)
    if token and auth.form_token_fits(token, typed.get("token", "")):
        await run_in_threadpool(_end, token)
    elif token and await run_in_threadpool(_visit, token) is not None:
        raise HTTPException(403)
    answer = RedirectResponse(w.path("/masuk"), 303, LEAVING)
    answer.headers["set-cookie"] = auth.set_cookie("")
    return answer


def _end(token: str) -> None:
    with database().write() as session:
        actions.sign_out(session, auth.token_hash(token))


def queue(request: Request) -> Response:
    """GET /meja: the officer's queue, filtered and paged by the address."""
    w, token = words_of(request), _token(request)
    visit = _visit(token)
    if visit is None:
        return _to_door(w, "/meja")
    chosen = request.query_params.get("keadaan", "menunggu")
    chosen = chosen if chosen in island.FILTERS else "menunggu"
    asked = request.query_params.get("hal", "1")
    page = min(max(int(asked), 1), 10_000) if asked.isdecimal() and len(asked) < 6 else 1
    now, agency = clock.now(), queue_of(visit.officer)
    with database().read() as session:
        rows = store.queue(session, agency, island.FILTERS[chosen], PAGE, (page - 1) * PAGE, vault())
        counts = store.queue_counts(session, agency, now)
    body = island.queue_page(w, visit.officer, rows, counts, chosen, page, now, auth.form_token(token))
    return _page(w, w("Meja petugas"), body, "/meja")


def case(request: Request) -> Response:
    """GET /meja/NUMBER: one complaint; another agency's does not exist here."""
    w, token, number = words_of(request), _token(request), _number(request)
    if _visit(token) is None:
        return _to_door(w, f"/meja/{number}")
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
    visit = _visit(token)
    if visit is None:
        return _to_door(w, f"/meja/{number}")
    with database().read() as session:
        found = actions.case_for(session, visit.officer, number, Act.READ, vault())
    body = island.case_page(w, visit.officer, found, clock.now(), auth.form_token(token), typed=typed,
                            problems=problems, trouble=trouble)
    title = error_title(w, w("Aduan {number}", number=number), problems)
    return _page(w, title, body, f"/meja/{number}", status)


async def act(request: Request) -> Response:
    """POST /meja/NUMBER: answer or acknowledge; whatever goes wrong, the officer's words are shown again."""
    w, token, number = words_of(request), _token(request), _number(request)
    typed = await _fields(request)
    return await run_in_threadpool(_act, w, token, number, typed)


def _act(w: Words, token: str, number: str, typed: Mapping[str, str]) -> Response:
    text, deed = typed.get("text", ""), typed.get("act", "")
    visit = _visit(token)
    if visit is None:
        said = notice("warning", w("Sesi Anda sudah berakhir"), w("Masuk lagi; tulisan Anda tidak hilang."))
        return _door(w, 401, "", (), said, carried={"ke": f"/meja/{number}", "text": text})
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
        answer = _case_again(w, token, number, text, (), _too_often(w, busy), 429)
        answer.headers["retry-after"] = str(_wait(busy))
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
    Route("/masuk", door),
    Route("/masuk", sign_in, methods=["POST"]),
    Route("/keluar", sign_out, methods=["POST"]),
    Route("/meja", queue),
    Route("/meja/{number}", case),
    Route("/meja/{number}", act, methods=["POST"]),
]
