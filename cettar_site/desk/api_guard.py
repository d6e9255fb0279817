"""The guard that stands before every page of the desk: whose session this is, and whether a code was given lately.

What an officer typed when a session had ended is carried through the door. No page is cached or indexed.
"""

import math
import re
from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import parse_qsl

import htpy as h
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from cettar_site.base.errors import Problem, TooMany
from cettar_site.base.words import Words
from cettar_site.desk import actions_door as actions
from cettar_site.desk import actions_factor
from cettar_site.desk import island_door as island
from cettar_site.desk.rules_door import LONGEST_CODE_WAIT, Officer, Visit, needs_fresh
from cettar_site.desk.rules_example import EXAMPLE_EMAILS
from cettar_site.infra import auth, clock
from cettar_site.infra.db import database
from cettar_site.infra.log import get_logger
from cettar_site.infra.settings import settings
from cettar_site.infra.site_answer import BODY_LIMIT, TooLarge
from cettar_site.infra.vault import vault
from cettar_site.ui.document import document
from cettar_site.ui.form import error_title
from cettar_site.ui.notice import notice

log = get_logger(__name__)
PRIVATE = {"cache-control": "no-store"}
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
    """The session of a token, its use written down now and then; None for who is not wholly inside."""
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
    return door_page(w, 401, trouble=said, carried=island.carry(path, typed))


def confirmed(w: Words, visit: Visit, token: str, path: str, typed: Mapping[str, str]) -> Response | None:
    """None once the officer gave a code within ten minutes, here or in this form; else the page that asks for one.

    For dangerous acts, after the form's token was checked. The form's other fields go with the question.
    """
    if not needs_fresh(visit, clock.now()):
        return None
    code, said, status, wait = typed_code(typed), None, 401, 0
    if code:
        do = partial(actions_factor.confirm, officer=visit.officer, token_hash=auth.token_hash(token), code=code,
                     recovery_hash=auth.recovery_hash(code), now=clock.now(), vault=vault())
        try:
            if try_code(visit.officer, do):
                return None
            said = wrong_code(w)
        except TooMany as busy:
            said, status, wait = too_often(w, busy), 429, whole_wait(busy)
    body = island.confirm_page(w, path, typed, auth.form_token(token), said, example_code(visit.officer))
    answer = desk_page(w, w("Masukkan kode sekali lagi"), body, path, status)
    if wait:
        answer.headers["retry-after"] = str(wait)
    return answer


def typed_code(typed: Mapping[str, str]) -> str:
    """The code in a form: from the phone, else one of those for who has lost it."""
    return typed.get("code", "").strip() or typed.get("recovery", "").strip()


def try_code(officer: Officer, do: Callable[..., bool]) -> bool:
    """Try a code by `do(session)`, after counting that it is tried. Raises TooMany while the account waits."""
    counted = auth.code_hash(officer.pseudonym)
    with database().write() as session:
        actions.begin_sign_in(session, counted, clock.now(), LONGEST_CODE_WAIT)
    with database().write() as session:
        right = do(session)
        if right:
            actions.forget_tries(session, counted)
    if not right:
        log.info("code_refused", officer=officer.pseudonym)
    return right


def example_code(officer: Officer) -> str:
    """In the simulation, and nowhere else, the code that is asked for of one of its accounts."""
    if database().realm != "demo" or officer.email not in EXAMPLE_EMAILS:
        return ""
    with database().read() as session:
        return actions_factor.shown_code(session, officer, clock.now(), vault()) or ""


def wrong_code(w: Words) -> h.Node:
    """What is said to a wrong code, and to one that was used before."""
    return notice("wrong", w("Kode salah atau sudah dipakai"),
                  w("Setiap kode hanya berlaku sekali. Tunggu kode berikutnya di aplikasi Anda."), alert=True)


def door_page(w: Words, status: int, email: str = "", problems: tuple[Problem, ...] = (), trouble: h.Node = None,
              *, carried: Mapping[str, str]) -> Response:
    """The first page of the door, with what is to be carried through it."""
    body = island.sign_in_page(w, email, problems, trouble, kept(carried), simulated=database().realm == "demo")
    return desk_page(w, error_title(w, w("Masuk"), problems), body, "/masuk", status)


def kept(typed: Mapping[str, str]) -> dict[str, str]:
    """What goes through the door: where to, and what was typed before it."""
    going = typed.get("ke", "")
    if not INSIDE.fullmatch(going):
        return {}
    return {"ke": going} | {name: value for name, value in typed.items() if name.startswith(island.CARRIED)}


def whole_wait(busy: TooMany) -> int:
    """Whole seconds to wait, one at least."""
    return max(1, math.ceil(busy.retry_after))


def too_often(w: Words, busy: TooMany) -> h.Node:
    """What is said to one who must wait."""
    return notice("warning", w("Tunggu sebentar"), w("Terlalu sering dicoba. Coba lagi sesudah {span}.",
                                                     span=w.duration(whole_wait(busy))), alert=True)


def old_form(w: Words, path: str) -> Response:
    """What is said to a form that did not come from this session's own pages; nothing was done."""
    said = notice("warning", w("Halaman ini dibuka sebelum Anda masuk"), w("Buka lagi halaman ini, lalu ulangi."))
    return desk_page(w, w("Ulangi"), h.fragment[said, h.p[h.a(href=w.path(path))[w("Buka lagi")]]], path, 403)
