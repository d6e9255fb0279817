"""The desk's door over HTTP: sign in and out, and the guard that stands before every page of the desk.

Never cached or indexed. What an officer typed when a session had ended is carried through the door.
"""

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

from cettar_site.base.errors import Problem, TooMany
from cettar_site.base.words import Words
from cettar_site.desk import actions_door as actions
from cettar_site.desk import island_door as island
from cettar_site.desk import store_door as store
from cettar_site.desk.rules_door import Visit
from cettar_site.infra import auth, clock
from cettar_site.infra.db import database
from cettar_site.infra.guard import client_prefix, limiter
from cettar_site.infra.log import get_logger
from cettar_site.infra.settings import settings
from cettar_site.infra.site_answer import BODY_LIMIT, TooLarge
from cettar_site.ui.document import document, words_of
from cettar_site.ui.form import error_title
from cettar_site.ui.notice import notice

log = get_logger(__name__)
PRIVATE = {"cache-control": "no-store"}
LEAVING = {**PRIVATE, "clear-site-data": '"cache"'}
INSIDE = re.compile(r"/meja(?:/[A-Za-z0-9-]{1,40}){0,3}")
"""Where signing in may lead."""


def desk_page(w: Words, title: str, body: h.Node, path: str, status: int = 200) -> HTMLResponse:
    """A page of the desk, never kept nor indexed."""
    text = document(w, title=title, description=w("Meja petugas CETTAR."), path=path, body=body,
                    origin=settings().site_url, simulated=database().realm == "demo", noindex=True)
    return HTMLResponse(text, status, PRIVATE)


async def fields(request: Request) -> dict[str, str]:
    """A form's fields. Raises TooLarge, and HTTPException 400 for what is no form."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise TooLarge
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=40))
    except ValueError:
        raise HTTPException(400) from None


def token_of(request: Request) -> str:
    """The session's token that came with a request; empty without one."""
    return auth.session_token(request.cookies)


def visit_of(token: str) -> Visit | None:
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


def require(w: Words, token: str, path: str, typed: Mapping[str, str] | None = None) -> Visit | Response:
    """The officer's session; else the answer to give instead: the way to the door.

    `typed` are the fields of a form that was sent: they are carried through the door and can be sent again.
    """
    visit = visit_of(token)
    if visit is not None:
        return visit
    if typed is None:
        return RedirectResponse(w.path(f"/masuk?ke={path}"), 303, PRIVATE)
    said = notice("warning", w("Sesi Anda sudah berakhir"), w("Masuk lagi; tulisan Anda tidak hilang."))
    return _door(w, 401, "", (), said, carried=island.carry(path, typed))


def door(request: Request) -> Response:
    """GET /masuk."""
    w = words_of(request)
    if visit_of(token_of(request)) is not None:
        return RedirectResponse(w.path("/meja"), 303, PRIVATE)
    return _door(w, 200, carried={"ke": request.query_params.get("ke", "")})


def _door(w: Words, status: int, email: str = "", problems: tuple[Problem, ...] = (), trouble: h.Node = None,
          *, carried: Mapping[str, str]) -> Response:
    body = island.sign_in_page(w, email, problems, trouble, _kept(carried), simulated=database().realm == "demo")
    return desk_page(w, error_title(w, w("Masuk"), problems), body, "/masuk", status)


def _kept(typed: Mapping[str, str]) -> dict[str, str]:
    """What goes through the door: where to, and what was typed before it."""
    going = typed.get("ke", "")
    if not INSIDE.fullmatch(going):
        return {}
    return {"ke": going} | {name: value for name, value in typed.items() if name.startswith(island.CARRIED)}


async def sign_in(request: Request) -> Response:
    """POST /masuk: a new session, or the same words for a wrong address and a wrong password."""
    w = words_of(request)
    typed = await fields(request)
    email, password = typed.get("email", ""), typed.get("password", "")
    try:
        limiter().hit("login", client_prefix(request.scope))
        token = await run_in_threadpool(_try_to_sign_in, email, password, token_of(request))
    except TooMany as busy:
        answer = _door(w, 429, email, (), too_often(w, busy), carried=typed)
        answer.headers["retry-after"] = str(whole_wait(busy))
        return answer
    if token is None:
        said = notice("wrong", w("Surel atau kata sandi salah"), w("Periksa keduanya, lalu coba lagi."),
                      alert=True)
        return _door(w, 401, email, (), said, carried=typed)
    answer = _go_on(w, token, _kept(typed))
    answer.headers["set-cookie"] = auth.set_cookie(token)
    return answer


def _go_on(w: Words, token: str, kept: Mapping[str, str]) -> Response:
    """To where the officer was going; with what was typed before, a page that sends it again."""
    going, typed = kept.get("ke", "/meja"), island.carried(kept)
    if not typed:
        return RedirectResponse(w.path(going), 303, PRIVATE)
    return desk_page(w, w("Anda sudah masuk lagi"), island.again_page(w, going, typed, auth.form_token(token)), going)


def whole_wait(busy: TooMany) -> int:
    """Whole seconds to wait, one at least."""
    return max(1, math.ceil(busy.retry_after))


def too_often(w: Words, busy: TooMany) -> h.Node:
    """What is said to one who must wait."""
    return notice("warning", w("Tunggu sebentar"), w("Terlalu sering dicoba. Coba lagi sesudah {span}.",
                                                     span=w.duration(whole_wait(busy))), alert=True)


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
    w, token = words_of(request), token_of(request)
    typed = await fields(request)
    if token and auth.form_token_fits(token, typed.get("token", "")):
        await run_in_threadpool(_end, token)
    elif token and await run_in_threadpool(visit_of, token) is not None:
        raise HTTPException(403)
    answer = RedirectResponse(w.path("/masuk"), 303, LEAVING)
    answer.headers["set-cookie"] = auth.set_cookie("")
    return answer


def _end(token: str) -> None:
    with database().write() as session:
        actions.sign_out(session, auth.token_hash(token))


routes = [
    Route("/masuk", door),
    Route("/masuk", sign_in, methods=["POST"]),
    Route("/keluar", sign_out, methods=["POST"]),
]
