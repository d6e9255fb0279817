"""The HTTP face: filing with a form, following with number and code, a page for each complaint."""

from collections.abc import Mapping

import htpy as h
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import Conflict, Problem, Refused, TooMany
from cettar_site.base.period import wib_date
from cettar_site.base.words import Words, mark
from cettar_site.complaints import api_data, api_photo, api_preview, island, island_case, store_read
from cettar_site.complaints.api_form import form_of
from cettar_site.complaints.api_intake import close, file_now
from cettar_site.complaints.api_page import PRIVATE, public, whole
from cettar_site.complaints.api_typed import busy, form_again, fresh_key, refused, typed_of, wait_of
from cettar_site.complaints.island_receipt import receipt
from cettar_site.complaints.rules import Case
from cettar_site.complaints.rules_filing import check_filing, check_key
from cettar_site.complaints.rules_number import code_hash, parse_code, parse_number
from cettar_site.infra import clock
from cettar_site.infra.db import database
from cettar_site.infra.guard import client_prefix, limiter
from cettar_site.infra.settings import settings
from cettar_site.infra.vault import vault
from cettar_site.infra.writer import NotKept, QueueFull
from cettar_site.ui.document import words_of
from cettar_site.ui.form import error_title
from cettar_site.ui.notice import notice

__all__ = ["close", "routes"]

_NO_NUMBER = mark("Nomor ini tidak lengkap atau salah ketik. Bentuknya JTM, lalu dua kelompok berisi empat.")
_NO_CODE = mark("Kode akses terdiri dari 24 huruf atau angka, dalam enam kelompok berisi empat.")


def _receipt_document(w: Words, title: str, body: h.Node) -> str:
    return whole(w, title, body, script=True)


async def send(request: Request) -> Response:
    """POST /aduan: on the disk before the receipt is written. 201, or 200 when it had come before.

    The check's other button (act=edit) brings the form back instead, with every word in it.
    """
    w = words_of(request)
    typed = await typed_of(request)
    if typed.act == "edit":
        return form_again(w, typed, 200)
    try:
        key = check_key(typed.key)
        filing = check_filing(typed.values, wib_date(clock.now()), typed.problems)
        received = await file_now(request, filing, key)
    except Refused as fault:
        return refused(w, typed, fault.problems)
    except Conflict:
        said = notice("warning", w("Formulir ini sudah pernah dikirim dengan isi lain"),
                      w("Aduan yang pertama tidak berubah. Kalau isi di bawah ini aduan baru, lanjutkan dan kirim."))
        return form_again(w, typed, 422, (), said, key=fresh_key())
    except (TooMany, QueueFull, NotKept) as fault:
        status, wait = wait_of(fault)
        return busy(w, typed, status, wait, notice(
            "wrong", w("Aduan ini belum tersimpan"),
            w("Terlalu banyak kiriman saat ini. Tulisan Anda masih utuh di bawah ini. Tunggu {span}, "
              "lalu lanjutkan dan kirim sekali lagi.", span=w.duration(wait)), alert=True))
    page = receipt(w, _receipt_document, received, w.moment(received.due_at))
    return HTMLResponse(page, 200 if received.again else 201, PRIVATE)


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


routes = [
    Route("/aduan", send, methods=["POST"]),
    *api_preview.routes,
    Route("/aduan/{number}", public),
    Route("/lacak", track, methods=["POST"]),
    *api_photo.routes,
    *api_data.routes,
]
