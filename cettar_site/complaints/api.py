"""The HTTP face: filing with a form, following with number and code, a page for each complaint."""

import uuid
from collections.abc import Mapping

import htpy as h
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import Conflict, Problem, Refused, TooMany
from cettar_site.base.period import wib_date
from cettar_site.base.words import Words, mark
from cettar_site.complaints import api_data, api_photo, island, island_case, store_read
from cettar_site.complaints.api_form import form_of
from cettar_site.complaints.api_intake import close, file_now
from cettar_site.complaints.api_page import PRIVATE, public, whole
from cettar_site.complaints.island_receipt import receipt
from cettar_site.complaints.rules import Case
from cettar_site.complaints.rules_filing import FIELDS, check_filing, check_key
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
    """POST /aduan: on the disk before the receipt is written. 201, or 200 when it had come before."""
    w = words_of(request)
    form = await form_of(request)
    typed = form.fields
    topic = typed.get("topic", "")
    raw = {name: typed.get(name, "") for name in FIELDS}
    if topic and topic.partition(".")[0] == raw["category"]:
        raw["category"] = topic
    try:
        key = check_key(typed.get("key", ""))
        filing = check_filing(raw, wib_date(clock.now()), form.problems)
        received = await file_now(request, filing, key)
    except Refused as refused:
        problems = refused.problems
        again = typed.get("key", "") if all(one.field != "key" for one in problems) else str(uuid.uuid4())
        shown = tuple(one if one.field != "key" else Problem("", one.text) for one in problems)
        return _form_again(w, raw, again, 422, shown)
    except Conflict:
        said = notice("warning", w("Formulir ini sudah pernah dikirim dengan isi lain"),
                      w("Aduan yang pertama tidak berubah. Kalau isi di bawah ini aduan baru, tekan Kirim "
                        "aduan."))
        return _form_again(w, raw, str(uuid.uuid4()), 422, (), said)
    except (TooMany, QueueFull, NotKept) as busy:
        return _busy(w, raw, key, busy)
    page = receipt(w, _receipt_document, received, w.moment(received.due_at))
    return HTMLResponse(page, 200 if received.again else 201, PRIVATE)


def _busy(w: Words, raw: Mapping[str, str], key: str, busy: TooMany | QueueFull | NotKept) -> Response:
    """Not now: the form again with all its words and the same key, so that trying again can't file twice."""
    wait = int(getattr(busy, "retry_after", 5))
    said = notice("wrong", w("Aduan ini belum tersimpan"),
                  w("Terlalu banyak kiriman saat ini. Tulisan Anda masih utuh di bawah ini. Tunggu {span}, "
                    "lalu tekan Kirim aduan sekali lagi.", span=w.duration(wait)), alert=True)
    answer = _form_again(w, raw, key, 429 if isinstance(busy, TooMany) else 503, (), said)
    answer.headers["retry-after"] = str(wait)
    return answer


def _form_again(w: Words, raw: Mapping[str, str], key: str, status: int, problems: tuple[Problem, ...],
                trouble: h.Node = None) -> Response:
    body = island.filing_page(w, raw, key, problems, trouble)
    title = error_title(w, w(island.TITLE), problems)
    return HTMLResponse(whole(w, title, body, script=True), status, PRIVATE)


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
    Route("/aduan/{number}", public),
    Route("/lacak", track, methods=["POST"]),
    *api_photo.routes,
    *api_data.routes,
]
