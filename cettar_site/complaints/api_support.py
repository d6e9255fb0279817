""""Saya juga": one press of a button, counted once a device, without scripts."""

import secrets

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import Conflict, NotFound
from cettar_site.complaints import actions_support, store_read
from cettar_site.complaints.api_form import form_of
from cettar_site.complaints.api_page import PRIVATE, whole
from cettar_site.complaints.island_support import closed_page, thanks_page
from cettar_site.complaints.rules import Case
from cettar_site.complaints.rules_number import parse_number
from cettar_site.complaints.rules_support import DEVICE_BYTES, device_of
from cettar_site.infra.db import database
from cettar_site.infra.guard import client_prefix, limiter
from cettar_site.infra.settings import settings
from cettar_site.ui.document import words_of

AGE = 365 * 86_400


def cookie_name() -> str:
    """The cookie's name; over https its prefix keeps it to this host."""
    return "__Host-saya_juga" if settings().tls else "saya_juga"


def _counted(number: str, device: bytes) -> tuple[Case | None, bool | None]:
    """The complaint after it, and whether this was news; None where nobody can join."""
    try:
        with database().write("complaints") as session:
            return actions_support.support(session, number, device, settings().secret)
    except Conflict:
        with database().read() as session:
            return store_read.public_by_number(session, number), None


async def me_too(request: Request) -> Response:
    """POST /aduan/NUMBER/saya-juga: thanks, and ways to follow; 409 where nobody can join."""
    w, who = words_of(request), client_prefix(request.scope)
    await form_of(request)
    number = parse_number(request.path_params["number"])
    if number is None:
        raise NotFound("no such complaint")
    limiter().hit("support", who)
    limiter().hit("support_one", f"{who} {number}")
    known = device_of(request.cookies.get(cookie_name(), ""))
    device = known or secrets.token_bytes(DEVICE_BYTES)
    case, news = await run_in_threadpool(_counted, number, device)
    if case is None:
        raise NotFound("no such complaint")
    if news is None:
        return HTMLResponse(whole(w, w("Saya juga"), closed_page(w, case), f"/aduan/{number}"), 409, PRIVATE)
    page = whole(w, w("Saya juga"), thanks_page(w, case, again=not news), f"/aduan/{number}")
    secure = "; Secure" if settings().tls else ""
    cookie = f"{cookie_name()}={device.hex()}; Path=/; Max-Age={AGE}; HttpOnly; SameSite=Lax{secure}"
    return HTMLResponse(page, 200, {**PRIVATE, "set-cookie": cookie})


routes = [Route("/aduan/{number}/saya-juga", me_too, methods=["POST"])]
