"""Templates over HTTP: supervisors see and change those of their agency."""

from collections.abc import Mapping

import htpy as h
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import Problem, Refused
from cettar_site.base.words import Words
from cettar_site.desk import actions_template, store_template
from cettar_site.desk.api_guard import PRIVATE, fields, require, token_of
from cettar_site.desk.api_inside import before_signing_in, inside_page, page_for
from cettar_site.desk.island_template import template_page
from cettar_site.desk.rules import Officer
from cettar_site.desk.rules_matrix import Page, check_page
from cettar_site.desk.rules_template import check_template
from cettar_site.infra import auth, clock
from cettar_site.infra.db import database
from cettar_site.infra.log import get_logger
from cettar_site.ui.document import words_of
from cettar_site.ui.form import error_title
from cettar_site.ui.notice import notice

log = get_logger(__name__)
PATH = "/meja/templat"


@page_for(Page.TEMPLATES, PATH)
def templates(request: Request, w: Words, officer: Officer, token: str) -> Response:
    """GET /meja/templat: the agency's templates; ?ubah=ID opens one to change it."""
    asked = request.query_params
    said = notice("good", w("Tersimpan")) if "pesan" in asked else None
    return _page(w, officer, {"id": asked.get("ubah", "")}, (), said, token)


def _page(w: Words, officer: Officer, typed: Mapping[str, str], problems: tuple[Problem, ...], trouble: h.Node,
          token: str, status: int = 200) -> Response:
    with database().read() as session:
        found = store_template.all_of(session, officer.agency_code)
    chosen = next((one for one in found if str(one.id) == typed.get("id")), None)
    if chosen is not None and "text" not in typed:
        typed = {"id": str(chosen.id), "name": chosen.name, "text": chosen.text}
    elif chosen is None:
        typed = {**typed, "id": "0"}
    body = template_page(w, officer, found, typed, problems, trouble, token)
    return inside_page(w, error_title(w, w("Templat jawaban"), problems), body, PATH, status)


async def change(request: Request) -> Response:
    """POST /meja/templat: save or delete one."""
    w, token = words_of(request), token_of(request)
    return await run_in_threadpool(_change, w, token, await fields(request))


def _change(w: Words, token: str, typed: Mapping[str, str]) -> Response:
    visit = require(w, token, PATH, typed)
    if isinstance(visit, Response):
        return visit
    officer, fresh = visit.officer, auth.form_token(token)
    check_page(officer, Page.TEMPLATES)
    if not auth.form_token_fits(token, typed.get("token", "")):
        return _page(w, officer, typed, (), before_signing_in(w), fresh, 403)
    try:
        with database().write() as session:
            if typed.get("do") == "remove":
                asked = typed.get("id", "")
                actions_template.remove(session, officer, int(asked) if asked.isdecimal() and len(asked) < 10 else 0)
            else:
                actions_template.save(session, officer, check_template(typed), clock.now())
    except Refused as refused:
        return _page(w, officer, typed, refused.problems, None, fresh, 422)
    log.info("desk_template", officer=officer.pseudonym, agency=officer.agency_code)
    return RedirectResponse(w.path(f"{PATH}?pesan=1"), 303, PRIVATE)


routes = [Route(PATH, templates), Route(PATH, change, methods=["POST"])]
