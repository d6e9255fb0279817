"""The filer's own view, opened by number and code. Both travel in the body of a form, never in an address."""

from collections.abc import Mapping

import htpy as h
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import Problem
from cettar_site.base.words import Words, mark
from cettar_site.complaints import island, island_case, store_read
from cettar_site.complaints.api_form import form_of
from cettar_site.complaints.api_page import PRIVATE, whole
from cettar_site.complaints.rules import Case
from cettar_site.complaints.rules_number import code_hash, parse_code, parse_number
from cettar_site.infra import clock
from cettar_site.infra.db import database
from cettar_site.infra.guard import client_prefix, limiter
from cettar_site.infra.settings import settings
from cettar_site.infra.vault import vault
from cettar_site.ui.document import words_of
from cettar_site.ui.form import error_title
from cettar_site.ui.notice import notice

_NO_NUMBER = mark("Nomor ini tidak lengkap atau salah ketik. Bentuknya JTM, lalu dua kelompok berisi empat.")
_NO_CODE = mark("Kode akses terdiri dari 24 huruf atau angka, dalam enam kelompok berisi empat.")


def _by_code(number: str, code: str) -> Case | None:
    """The complaint, if number and code belong together; the same work whichever of them is wrong."""
    with database().read() as session:
        case = store_read.case_by_code(session, code_hash(settings().secret, code), vault())
    return case if case is not None and case.request.number == number else None


async def track(request: Request) -> Response:
    """POST /lacak: the filer's own view, never stored by a browser; one answer for wrong number or code."""
    w = words_of(request)
    limiter().hit("track", client_prefix(request.scope))
    typed = (await form_of(request)).fields
    number, code = parse_number(typed.get("number", "")), parse_code(typed.get("code", ""))
    if number and not typed.get("code", "").strip():
        return RedirectResponse(w.path(f"/aduan/{number}"), 303)
    problems = tuple(problem for fine, problem in (
        (number, Problem("number", _NO_NUMBER)), (code, Problem("code", _NO_CODE))) if not fine)
    if number is None or code is None:
        return _track_again(w, typed, 422, problems)
    case = await run_in_threadpool(_by_code, number, code)
    if case is None:
        said = notice("wrong", w("Nomor dan kode itu tidak cocok"),
                      w("Periksa keduanya dengan resi Anda, lalu coba lagi."), alert=True)
        return _track_again(w, typed, 404, (), said)
    body = island_case.private_page(w, case, clock.now())
    return HTMLResponse(whole(w, w("Aduan Anda"), body, "/lacak"), 200, PRIVATE)


def _track_again(w: Words, typed: Mapping[str, str], status: int, problems: tuple[Problem, ...],
                 trouble: h.Node = None) -> Response:
    body = island.tracking_page(w, {"number": typed.get("number", "")}, problems, trouble)
    title = error_title(w, w(island.TRACK_TITLE), problems)
    page = whole(w, title, body, "/lacak", description=w(island.TRACK_DESCRIPTION))
    return HTMLResponse(page, status, PRIVATE)


routes = [Route("/lacak", track, methods=["POST"])]
