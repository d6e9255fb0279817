"""An officer's own account over HTTP: password, recovery codes, sessions."""

from collections.abc import Mapping

import htpy as h
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import Problem, Refused, TooMany
from cettar_site.base.words import Words, mark
from cettar_site.desk import actions_door as door
from cettar_site.desk import actions_factor as factors
from cettar_site.desk import island_own as island
from cettar_site.desk import store_door, store_factor
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
from cettar_site.desk.island_own import HERE
from cettar_site.desk.rules_account import check_own, check_password
from cettar_site.desk.rules_door import Visit, is_over
from cettar_site.infra import auth, clock
from cettar_site.infra.db import database
from cettar_site.infra.log import get_logger
from cettar_site.ui.document import words_of
from cettar_site.ui.form import error_title
from cettar_site.ui.notice import notice

log = get_logger(__name__)
WRONG = mark("Kata sandi sekarang salah.")


def own(request: Request) -> Response:
    """GET /meja/saya."""
    w, token = words_of(request), token_of(request)
    visit = require(w, token, HERE)
    if isinstance(visit, Response):
        return visit
    said = island.DONE.get(request.query_params.get("pesan", ""))
    return _page(w, visit, token, (), said and notice("good", w(said)), 200)


def _page(w: Words, visit: Visit, token: str, problems: tuple[Problem, ...], trouble: h.Node, status: int) -> Response:
    now = clock.now()
    with database().read() as session:
        visits = [one for one in store_door.visits(session, visit.officer) if not is_over(one, now)]
        left = store_factor.recovery_left(session, visit.officer.id)
    body = island.own_page(w, visit, visits, left, auth.form_token(token), problems, trouble)
    return desk_page(w, error_title(w, w("Akun saya"), problems), body, HERE, status)


async def act(request: Request) -> Response:
    """POST /meja/saya: another password, new recovery codes, the end of sessions."""
    w, token = words_of(request), token_of(request)
    return await run_in_threadpool(_act, w, token, await fields(request))


def _act(w: Words, token: str, typed: Mapping[str, str]) -> Response:
    visit = require(w, token, HERE, {})
    if isinstance(visit, Response):
        return visit
    if not auth.form_token_fits(token, typed.get("token", "")):
        return old_form(w, HERE)
    deed = DEEDS.get(typed.get("act", ""))
    if deed is None:
        raise HTTPException(400)
    try:
        check_own(visit.officer)
        return deed(w, visit, token, typed)
    except Refused as refused:
        return _page(w, visit, token, refused.problems, None, 422)
    except TooMany as busy:
        answer = _page(w, visit, token, (), too_often(w, busy), 429)
        answer.headers["retry-after"] = str(whole_wait(busy))
        return answer


def _password(w: Words, visit: Visit, token: str, typed: Mapping[str, str]) -> Response:
    account, officer = auth.account_hash(visit.officer.email), visit.officer
    with database().write() as session:
        door.begin_sign_in(session, account, clock.now())
    with database().read() as session:
        found = store_door.officer_by_email(session, officer.email)
    if not auth.password_fits(found and found[1], typed.get("password", "")):
        log.info("password_refused", officer=officer.pseudonym)
        raise Refused((Problem("password", WRONG),))
    new = typed.get("new", "")
    check_password(officer, new, typed.get("again", ""), same=new == typed.get("password"))
    made, now = auth.hash_password(new), clock.now()
    with database().write() as session:
        door.forget_tries(session, account)
        factors.own_password(session, officer, made, now, keep=auth.token_hash(token))
    return RedirectResponse(w.path(f"{HERE}?pesan=sandi"), 303, PRIVATE)


def _recovery(w: Words, visit: Visit, token: str, typed: Mapping[str, str]) -> Response:
    asked = confirmed(w, visit, token, HERE, typed)
    if asked is not None:
        return asked
    codes = auth.new_recovery()
    with database().write() as session:
        factors.new_recovery(session, visit.officer, [auth.recovery_hash(one) for one in codes], clock.now())
    return desk_page(w, w("Kode cadangan Anda"), island.new_recovery_page(w, visit, codes), HERE)


def _end(w: Words, visit: Visit, token: str, typed: Mapping[str, str]) -> Response:
    key = typed.get("key", "")
    if not key:
        raise HTTPException(400)
    with database().write() as session:
        door.end_sessions(session, visit.officer, clock.now(), keep=auth.token_hash(token), key=key)
    return RedirectResponse(w.path(f"{HERE}?pesan=sesi"), 303, PRIVATE)


def _end_all(w: Words, visit: Visit, _token: str, _typed: Mapping[str, str]) -> Response:
    with database().write() as session:
        door.end_sessions(session, visit.officer, clock.now())
    answer = RedirectResponse(w.path("/masuk"), 303, PRIVATE)
    answer.headers["set-cookie"] = auth.set_cookie("")
    return answer


DEEDS = {"password": _password, "recovery": _recovery, "end": _end, "end_all": _end_all}
routes = [Route(HERE, own), Route(HERE, act, methods=["POST"])]
