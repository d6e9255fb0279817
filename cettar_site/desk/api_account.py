"""Accounts of the desk over HTTP, for admins: looked for, made, changed, closed. Addresses carry pseudonyms only."""

import re
from collections.abc import Mapping

import htpy as h
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import Conflict, NotFound, Problem, Refused, TooMany
from cettar_site.base.words import Words, mark
from cettar_site.desk import actions_account as actions
from cettar_site.desk import island_account as island
from cettar_site.desk.api_guard import (
    PRIVATE,
    confirmed,
    desk_page,
    fields,
    old_form,
    require,
    token_of,
    too_often,
    whole_wait,
)
from cettar_site.desk.rules_account import ACCOUNTS_PAGE, Wanted, check_manager
from cettar_site.desk.rules_door import Officer, Role, Visit
from cettar_site.infra import auth, clock
from cettar_site.infra.db import database
from cettar_site.infra.guard import limiter
from cettar_site.infra.log import get_logger
from cettar_site.ui.document import words_of
from cettar_site.ui.form import error_title
from cettar_site.ui.notice import notice

log = get_logger(__name__)
PSEUDONYM = re.compile(r"P-[2-9A-HJ-NP-TV-Z]{6}")
TAKEN = mark("Alamat ini sudah punya akun.")
NEW = "/meja/akun/baru"


def accounts(request: Request) -> Response:
    """GET /meja/akun: accounts by role and state, which stand in the address, a page at a time."""
    asked = request.query_params
    page = asked.get("hal", "1")
    number = min(max(int(page), 1), 10_000) if page.isdecimal() and len(page) < 6 else 1
    return _accounts(words_of(request), token_of(request), asked, number, "")


async def search(request: Request) -> Response:
    """POST /meja/akun: the same by words, which may be an address and so are never in ours."""
    w, typed = words_of(request), await fields(request)
    return await run_in_threadpool(_accounts, w, token_of(request), typed, 1, typed.get("cari", "")[:100])


def _accounts(w: Words, token: str, asked: Mapping[str, str], page: int, words: str) -> Response:
    visit = require(w, token, "/meja/akun")
    if isinstance(visit, Response):
        return visit
    state, role = asked.get("keadaan", "aktif"), asked.get("peran", "")
    state = state if state in island.STATES else "aktif"
    wanted = Wanted(Role(role) if role in list(Role) else None, island.STATES[state], words)
    with database().read() as session:
        rows, count = actions.listed(session, visit.officer, wanted, ACCOUNTS_PAGE, (page - 1) * ACCOUNTS_PAGE)
    body = island.accounts_page(w, visit.officer, rows, count, wanted, state, page, auth.form_token(token))
    return desk_page(w, w("Akun meja"), body, "/meja/akun")


def new(request: Request) -> Response:
    """GET /meja/akun/baru."""
    w, token = words_of(request), token_of(request)
    visit = require(w, token, NEW)
    return visit if isinstance(visit, Response) else _new(w, visit, token, {})


def _new(w: Words, visit: Visit, token: str, typed: dict[str, str], problems: tuple[Problem, ...] = (),
         trouble: h.Node = None, status: int = 200) -> Response:
    check_manager(visit.officer)
    body = island.new_page(w, visit.officer, auth.form_token(token), typed, problems, trouble)
    return desk_page(w, error_title(w, w("Buat akun"), problems), body, NEW, status)


async def make(request: Request) -> Response:
    """POST /meja/akun/baru: a new account and its password, shown this once."""
    w, token = words_of(request), token_of(request)
    return await run_in_threadpool(_make, w, token, await fields(request))


def _make(w: Words, token: str, typed: dict[str, str]) -> Response:
    visit = _may(w, token, NEW, typed)
    if isinstance(visit, Response):
        return visit
    password, simulated = auth.new_password(), database().realm == "demo"
    try:
        kept = auth.hash_password(password)
        with database().write() as session:
            made = actions.make(session, visit.officer, typed.get("email", ""), typed.get("agency", ""),
                                typed.get("role", ""), kept, clock.now(), simulated=simulated)
    except Refused as refused:
        return _new(w, visit, token, typed, refused.problems, status=422)
    except Conflict:
        return _new(w, visit, token, typed, (Problem("email", TAKEN),), status=409)
    log.info("account_made", officer=visit.officer.pseudonym, account=made.pseudonym)
    return desk_page(w, w("Akun dibuat"), island.once_page(w, visit.officer, made, password), NEW)


def _may(w: Words, token: str, path: str, typed: Mapping[str, str]) -> Visit | Response:
    """The session of an admin who sent this form, gave a code lately and does not do too much at once."""
    visit = require(w, token, path, typed)
    if isinstance(visit, Response):
        return visit
    check_manager(visit.officer)
    if not auth.form_token_fits(token, typed.get("token", "")):
        return old_form(w, path)
    try:
        limiter().hit("account", visit.officer.pseudonym)
    except TooMany as busy:
        answer = desk_page(w, w("Tunggu sebentar"), too_often(w, busy), path, 429)
        answer.headers["retry-after"] = str(whole_wait(busy))
        return answer
    return confirmed(w, visit, token, path, typed) or visit


def account(request: Request) -> Response:
    """GET /meja/akun/NAME."""
    w, token, name = words_of(request), token_of(request), _name(request)
    visit = require(w, token, f"/meja/akun/{name}")
    if isinstance(visit, Response):
        return visit
    said = island.DONE.get(request.query_params.get("pesan", ""))
    return _account(w, visit, token, name, (), said and notice("good", w(said)), 200)


def _name(request: Request) -> str:
    name = str(request.path_params["name"])
    if PSEUDONYM.fullmatch(name) is None:
        raise NotFound("no such account")
    return name


def _account(w: Words, visit: Visit, token: str, name: str, problems: tuple[Problem, ...], trouble: h.Node,
             status: int) -> Response:
    with database().read() as session:
        found = actions.account(session, visit.officer, name)
    body = island.account_page(w, visit.officer, found, auth.form_token(token), problems, trouble)
    title = error_title(w, w("Akun {name}", name=name), problems)
    return desk_page(w, title, body, f"/meja/akun/{name}", status)


async def act(request: Request) -> Response:
    """POST /meja/akun/NAME: change, close, open, or reset what the owner has lost."""
    w, token, name = words_of(request), token_of(request), _name(request)
    return await run_in_threadpool(_act, w, token, name, await fields(request))


def _act(w: Words, token: str, name: str, typed: Mapping[str, str]) -> Response:
    path, deed = f"/meja/akun/{name}", typed.get("act", "")
    visit = _may(w, token, path, typed)
    if isinstance(visit, Response):
        return visit
    password = auth.new_password() if deed == "password" else ""
    try:
        done = _do(visit.officer, name, deed, typed, password)
    except Refused as refused:
        return _account(w, visit, token, name, refused.problems, None, 422)
    log.info("account_deed", officer=visit.officer.pseudonym, deed=deed, account=name)
    if password:
        with database().read() as session:
            target = actions.account(session, visit.officer, name).officer
        return desk_page(w, w("Kata sandi baru"), island.once_page(w, visit.officer, target, password), path)
    return RedirectResponse(w.path(f"{path}?pesan={done}"), 303, PRIVATE)


def _do(actor: Officer, name: str, deed: str, typed: Mapping[str, str], password: str) -> str:
    """One deed in one transaction; the word that says it is done."""
    now, kept = clock.now(), auth.hash_password(password) if password else ""
    with database().write() as session:
        if deed == "change":
            actions.change(session, actor, name, typed.get("role", ""), typed.get("agency", ""), now)
            return "diubah"
        if deed == "disable":
            actions.disable(session, actor, name, now)
            return "nonaktif"
        if deed == "enable":
            actions.enable(session, actor, name, now)
            return "aktif"
        if deed == "password":
            actions.reset_password(session, actor, name, kept, now)
            return ""
        if deed == "factor":
            actions.reset_factor(session, actor, name, now)
            return "kode"
    raise HTTPException(400)


routes = [
    Route("/meja/akun", accounts),
    Route("/meja/akun", search, methods=["POST"]),
    Route(NEW, new),
    Route(NEW, make, methods=["POST"]),
    Route("/meja/akun/{name}", account),
    Route("/meja/akun/{name}", act, methods=["POST"]),
]
