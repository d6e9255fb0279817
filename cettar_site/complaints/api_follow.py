"""Following a complaint by mail, over HTTP: begin, confirm, end; one click for mail programs (RFC 8058)."""

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import NotFound, Refused
from cettar_site.base.words import Words
from cettar_site.complaints import actions_notice, island_follow, store_notice, store_read
from cettar_site.complaints.api_form import form_of
from cettar_site.complaints.api_intake import may_write_to
from cettar_site.complaints.api_page import PRIVATE, whole
from cettar_site.complaints.rules import Case, Shown
from cettar_site.complaints.rules_filing import check_address
from cettar_site.complaints.rules_notice import Follow
from cettar_site.complaints.rules_number import parse_number
from cettar_site.infra import clock
from cettar_site.infra.db import database
from cettar_site.infra.guard import client_prefix, limiter
from cettar_site.infra.mail import mail_on
from cettar_site.infra.vault import vault
from cettar_site.ui.document import words_of
from cettar_site.ui.form import error_title

TOKEN = re.compile("[a-z2-7]{24}")


async def follow(request: Request) -> Response:
    """POST /aduan/NUMBER/ikuti: a letter that asks for confirmation; the same answer for every address."""
    w, number = words_of(request), parse_number(request.path_params["number"])
    typed = (await form_of(request)).fields.get("contact", "")
    case = await run_in_threadpool(_public, number)
    if case is None or not may_be_followed(case) or not mail_on():
        raise NotFound("nothing to follow")
    title = w("Ikuti lewat surel")
    try:
        address = check_address(typed)
    except Refused as refused:
        body = island_follow.follow_page(w, case.request.number, typed, refused.problems)
        return _page(w, error_title(w, title, refused.problems), body, 422)
    limiter().hit("follow", client_prefix(request.scope))
    # Whether it was asked too often is not said: who follows what is nobody's business.
    if may_write_to(address) and not await run_in_threadpool(_begin, case, address, w.lang):
        raise NotFound("nothing to follow any more")
    return _page(w, title, island_follow.asked_page(w, case.request.number), 200)


def may_be_followed(case: Case) -> bool:
    """Whether strangers may follow a complaint: a public one whose words still stand."""
    return case.request.shown is not Shown.CONFIDENTIAL and not case.life.hidden and not case.life.erased


def _public(number: str | None) -> Case | None:
    with database().read() as session:
        return store_read.public_by_number(session, number) if number else None


def _begin(case: Case, address: str, lang: str) -> bool:
    """Write down that an address wants to hear; not if every word was erased since the complaint was looked at."""
    with database().write() as session:
        store_notice.hold(session, case.request.id)
        now = store_read.public_by_number(session, case.request.number)
        if now is None or not may_be_followed(now):
            return False
        actions_notice.follow(session, case.request.id, address, lang, clock.now(), vault())
        return True


async def kabar(request: Request) -> Response:
    """GET and POST /kabar/TOKEN: what the link in a letter opens; only the buttons change anything."""
    w, token = words_of(request), request.path_params["token"]
    limiter().hit("track", client_prefix(request.scope))
    act = (await form_of(request)).fields.get("act", "") if request.method == "POST" else ""
    found, number = await run_in_threadpool(_act, token, act)
    if found is None or act == "berhenti":
        return _page(w, w("Kabar lewat surel"), island_follow.ended_page(w), 200 if found else 404)
    said = w("Mulai sekarang Anda menerima kabarnya.") if act == "ya" else ""
    body = island_follow.kabar_page(w, number, token, confirmed=found.confirmed or act == "ya", said=said)
    return _page(w, w("Kabar lewat surel"), body, 200)


async def end(request: Request) -> Response:
    """POST /kabar/TOKEN/berhenti: what a mail program's own unsubscribe button sends."""
    limiter().hit("track", client_prefix(request.scope))
    found, _ = await run_in_threadpool(_act, request.path_params["token"], "berhenti")
    return Response(None, 200 if found else 404, PRIVATE)


def _act(token: str, act: str) -> tuple[Follow | None, str]:
    """Do what was asked with the follower of a token; who that is (None: nobody) and of which complaint."""
    if TOKEN.fullmatch(token) is None:
        return None, ""
    with database().read() as session:
        found = store_notice.by_token(session, token, vault())
        number = store_read.number_of(session, found.complaint_id) if found else ""
    if found is not None and act in ("ya", "berhenti"):
        with database().write() as session:
            if act == "ya":
                actions_notice.confirm(session, token, clock.now(), vault())
            else:
                actions_notice.end(session, token, vault())
    return found, number


def _page(w: Words, title: str, body: object, status: int) -> HTMLResponse:
    return HTMLResponse(whole(w, title, body, "/lacak"), status, PRIVATE)  # type: ignore[arg-type]


routes = [
    Route("/aduan/{number}/ikuti", follow, methods=["POST"]),
    Route("/kabar/{token}", kabar, methods=["GET", "POST"]),
    Route("/kabar/{token}/berhenti", end, methods=["POST"]),
]
