"""The desk's door over HTTP: a password, then what else is asked for step by step, then a session; and out again.

Whose password was right gets a cookie that opens the steps of this door and nothing else, for ten minutes.
"""

from collections.abc import Mapping
from functools import partial

import htpy as h
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import Refused, TooMany
from cettar_site.base.words import Words
from cettar_site.desk import actions_door as actions
from cettar_site.desk import actions_factor as factors
from cettar_site.desk import api_account, api_own, api_trail
from cettar_site.desk import island_door as island
from cettar_site.desk import store_door as store
from cettar_site.desk.api_guard import (
    PRIVATE,
    confirmed,
    desk_page,
    door_page,
    example_code,
    fields,
    kept,
    require,
    token_of,
    too_often,
    try_code,
    typed_code,
    visit_of,
    whole_wait,
    wrong_code,
)
from cettar_site.desk.rules_account import check_password
from cettar_site.desk.rules_door import Half, Officer, Step, home_of, is_example, next_step
from cettar_site.desk.store_factor import sealed
from cettar_site.infra import auth, clock
from cettar_site.infra.db import database
from cettar_site.infra.guard import client_prefix, limiter
from cettar_site.infra.log import get_logger
from cettar_site.infra.vault import vault
from cettar_site.ui.document import words_of
from cettar_site.ui.form import error_title
from cettar_site.ui.notice import notice

__all__ = ["PRIVATE", "confirmed", "desk_page", "fields", "require", "routes", "token_of", "too_often", "visit_of",
           "whole_wait"]

log = get_logger(__name__)
LEAVING = {**PRIVATE, "clear-site-data": '"cache"'}
STEPS = "/masuk/langkah"


def door(request: Request) -> Response:
    """GET /masuk."""
    w, visit = words_of(request), visit_of(token_of(request))
    if visit is not None:
        return RedirectResponse(w.path(home_of(visit.officer)), 303, PRIVATE)
    return door_page(w, 200, carried={"ke": request.query_params.get("ke", "")})


async def sign_in(request: Request) -> Response:
    """POST /masuk: on to the next step, or the same words for a wrong address and a wrong password."""
    w = words_of(request)
    typed = await fields(request)
    email, password = typed.get("email", ""), typed.get("password", "")
    try:
        limiter().hit("login", client_prefix(request.scope))
        token = await run_in_threadpool(_try_password, email, password)
    except TooMany as busy:
        return _later(door_page(w, 429, email, (), too_often(w, busy), carried=typed), busy)
    if token is None:
        said = notice("wrong", w("Surel atau kata sandi salah"), w("Periksa keduanya, lalu coba lagi."),
                      alert=True)
        return door_page(w, 401, email, (), said, carried=typed)
    going = kept(typed)
    if island.carried(going):
        answer = await run_in_threadpool(_step_page, w, token, going)
    else:
        where = f"?ke={going['ke']}" if going else ""
        answer = RedirectResponse(w.path(STEPS) + where, 303, PRIVATE)
    answer.headers["set-cookie"] = auth.set_cookie(token, halfway=True)
    return answer


def _later(answer: Response, busy: TooMany) -> Response:
    answer.headers["retry-after"] = str(whole_wait(busy))
    return answer


def _try_password(email: str, password: str) -> str | None:
    """The token of a way in; None for a wrong address or password. Raises TooMany while the account waits."""
    account = auth.account_hash(email)
    with database().write() as session:
        actions.begin_sign_in(session, account, clock.now())
    with database().read() as session:
        found = store.officer_by_email(session, email.strip().lower())
    fits = auth.password_fits(found[1] if found else None, password)
    # The simulation's accounts, whose secrets everybody knows, open nothing else, however they came there.
    elsewhere = is_example(email) and database().realm != "demo"
    if not fits or found is None or found[0].disabled or elsewhere:
        log.info("sign_in_refused")
        return None
    token, salt = auth.new_token(), auth.new_salt()
    offer = sealed(auth.new_factor(), salt, vault())
    with database().write() as session:
        actions.go_halfway(session, found[0], account, auth.token_hash(token), salt, offer, clock.now())
    return token


def _half(token: str) -> Half | None:
    if not token:
        return None
    with database().read() as session:
        return actions.current_half(session, auth.token_hash(token), clock.now())


def steps(request: Request) -> Response:
    """GET /masuk/langkah: what is asked for next."""
    going = kept({"ke": request.query_params.get("ke", "")})
    return _step_page(words_of(request), auth.session_token(request.cookies, halfway=True), going)


def _step_page(w: Words, token: str, going: Mapping[str, str], problems: Refused | None = None,
               said: h.Node = None, status: int = 200) -> Response:
    half = _half(token)
    if half is None or next_step(half) is Step.ENTER:
        said = status != 200 and notice("warning", w("Waktu untuk masuk sudah habis"), w("Mulai lagi dari awal."))
        return door_page(w, 401, trouble=said, carried=going) if said else RedirectResponse(
            w.path("/masuk"), 303, PRIVATE)
    wrong = problems.problems if problems else ()
    secret = factors.offered(half, vault()) if next_step(half) is Step.ENROL else ""
    page = island.step_page(w, half, going, auth.form_token(token), wrong, said, secret,
                            example_code(half.officer))
    return desk_page(w, error_title(w, island.step_title(w, half), wrong), page, STEPS, status)


async def go_on(request: Request) -> Response:
    """POST /masuk/langkah: one step; after the last one a session under a new token."""
    w, token = words_of(request), auth.session_token(request.cookies, halfway=True)
    typed = await fields(request)
    try:
        limiter().hit("code", client_prefix(request.scope))
        return await run_in_threadpool(_go_on, w, token, token_of(request), typed)
    except TooMany as busy:
        return _later(await run_in_threadpool(_step_page, w, token, kept(typed), None, too_often(w, busy), 429), busy)


def _go_on(w: Words, token: str, old_token: str, typed: Mapping[str, str]) -> Response:
    half, going = _half(token), kept(typed)
    if half is None:
        return _step_page(w, token, going, status=401)
    step = next_step(half)
    if typed.get("step") != step or not auth.form_token_fits(token, typed.get("token", "")):
        return _step_page(w, token, going, status=403)
    recovery = auth.new_recovery() if step is Step.ENROL else ()
    try:
        done = _do(half, token, step, typed, recovery)
    except Refused as refused:
        return _step_page(w, token, going, refused, status=422)
    if not done:
        return _step_page(w, token, going, None, wrong_code(w), 401)
    return _enter(w, token, old_token, going, recovery) or _step_page(w, token, going)


def _do(half: Half, token: str, step: Step, typed: Mapping[str, str], recovery: tuple[str, ...]) -> bool:
    """One step; whether it was right. Raises Refused for a password that can't be, TooMany for codes."""
    code, hashed, now = typed_code(typed), auth.token_hash(token), clock.now()
    if step is Step.CODE:
        return try_code(half.officer, partial(factors.prove, half=half, half_hash=hashed, code=code,
                                              recovery_hash=auth.recovery_hash(code), now=now, vault=vault()))
    if step is Step.PASSWORD:
        _own_password(half.officer, typed)
        return True
    with database().write() as session:
        return factors.enrol(session, half, hashed, code, [auth.recovery_hash(one) for one in recovery], now, vault())


def _own_password(officer: Officer, typed: Mapping[str, str]) -> None:
    with database().read() as session:
        found = store.officer_by_email(session, officer.email)
    new = typed.get("new", "")
    check_password(officer, new, typed.get("again", ""), same=auth.password_fits(found and found[1], new))
    made = auth.hash_password(new)
    with database().write() as session:
        factors.own_password(session, officer, made, clock.now(), ending=False)


def _enter(w: Words, token: str, old_token: str, going: Mapping[str, str],
           recovery: tuple[str, ...]) -> Response | None:
    """The first page inside, with its cookie; None while something else is asked for."""
    new = auth.new_token()
    with database().write() as session:
        officer = actions.enter(session, auth.token_hash(token), auth.token_hash(old_token), auth.token_hash(new),
                                clock.now())
    if officer is None:
        return None
    log.info("signed_in", officer=officer.pseudonym)
    path, typed = going.get("ke") or home_of(officer), island.carried(going)
    answer: Response = RedirectResponse(w.path(path), 303, PRIVATE)
    if recovery:
        answer = desk_page(w, w("Kode cadangan Anda"), island.recovery_page(
            w, recovery, path, typed, auth.form_token(new)), path)
    elif typed:
        answer = desk_page(w, w("Anda sudah masuk lagi"), island.again_page(w, path, typed, auth.form_token(new)), path)
    answer.headers["set-cookie"] = auth.set_cookie(new)
    answer.headers.append("set-cookie", auth.set_cookie("", halfway=True))
    return answer


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
        actions.sign_out(session, auth.token_hash(token), clock.now())


routes = [
    Route("/masuk", door),
    Route("/masuk", sign_in, methods=["POST"]),
    Route(STEPS, steps),
    Route(STEPS, go_on, methods=["POST"]),
    Route("/keluar", sign_out, methods=["POST"]),
    *api_account.routes,
    *api_own.routes,
    *api_trail.routes,
]
