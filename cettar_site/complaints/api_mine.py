"""The filer's own view, opened by number and code. Both travel in the body of a form, never in an address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import htpy as h
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import Conflict, NotFound, Problem, Raced, Refused, TooMany
from cettar_site.base.words import Words, mark
from cettar_site.complaints import actions_mine, island, store_estimate, store_photo, store_read
from cettar_site.complaints.api_form import form_of
from cettar_site.complaints.api_page import PRIVATE, whole
from cettar_site.complaints.island_case import Beside
from cettar_site.complaints.island_mine import Mine, mine_page
from cettar_site.complaints.island_mine_forms import erase_page, later_page, withdraw_page
from cettar_site.complaints.rules import Case
from cettar_site.complaints.rules_citizen import IN_TWO_STEPS, WORDS_IN, Act, filer_case
from cettar_site.complaints.rules_number import code_hash, parse_code, parse_number
from cettar_site.complaints.rules_photo import photos_shown
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
_DONE: dict[Act, tuple[str, str]] = {
    Act.CONFIRM: (mark("Tercatat: sudah selesai, kata Anda"), mark("Terima kasih. Ini kata terakhir untuk aduan ini.")),
    Act.DISPUTE: (mark("Tercatat: belum selesai, kata Anda"), mark("Instansi harus menanggapi lagi.")),
    Act.RATE: (mark("Nilai Anda tercatat"), mark("Terima kasih.")),
    Act.MESSAGE: (mark("Pesan Anda sudah sampai"), mark("Instansi membacanya di meja kerjanya.")),
    Act.WITHDRAW: (mark("Aduan ini sudah Anda tarik"), mark("Instansi tidak perlu menjawab lagi.")),
    Act.ERASE: (mark("Isi aduan ini sudah dihapus"), mark("Yang tinggal hanya catatan apa yang terjadi dan kapan."))}
TRIES = 3
"""An act is tried again when something else happened to the complaint in the same moment."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an act: the complaint now (None: wrong number or code), and why it was not done."""

    case: Case | None
    fault: Refused | Conflict | TooMany | None = None


def _by_code(number: str, code: str) -> tuple[Case, Beside] | None:
    """The complaint, if number and code belong together; the same work whichever of them is wrong."""
    with database().read() as session:
        case = store_read.case_by_code(session, code_hash(settings().secret, code), vault())
        if case is None or case.request.number != number:
            return None
        own = filer_case(case)
        # Those that everyone may see: what a confidential one shows has no address that opens without an account.
        photos = photos_shown(own, store_photo.photos_of(session, case.request.id))
        return own, Beside(store_estimate.for_case(session, case), photos)


async def track(request: Request) -> Response:
    """POST /lacak: the filer's own view, never stored by a browser; one answer for wrong number or code."""
    w = words_of(request)
    limiter().hit("track", client_prefix(request.scope))
    typed = (await form_of(request)).fields
    number, code = parse_number(typed.get("number", "")), parse_code(typed.get("code", ""))
    if number and not typed.get("code", "").strip():
        return RedirectResponse(w.path(f"/aduan/{number}"), 303)
    if number is None or code is None:
        return _mistyped(w, typed, number, code)
    return await _answer(w, Mine(number, code), 200)


async def act(request: Request) -> Response:
    """POST /lacak/ACT: what the filer does; the code is checked again, the answer is the private page as it is then."""
    w, typed = words_of(request), (await form_of(request)).fields
    if request.path_params["act"] not in tuple(Act):
        raise NotFound("no such act")
    what = Act(request.path_params["act"])
    number, code = parse_number(typed.get("number", "")), parse_code(typed.get("code", ""))
    if number is None or code is None:
        return _mistyped(w, typed, number, code)
    mine = Mine(number, code, typed)
    try:
        limiter().hit("track", client_prefix(request.scope))
    except TooMany as busy:
        page = whole(w, w("Tunggu sebentar"), later_page(w, what, mine, busy.retry_after), "/lacak")
        return HTMLResponse(page, 429, {**PRIVATE, "retry-after": str(int(busy.retry_after))})
    if what in IN_TWO_STEPS and typed.get("step") != "2":
        return await _answer(w, mine, 200, _ASK[what])
    done = await run_in_threadpool(_do, mine, what, clock.now())
    if done.case is None:
        return _unknown(w, typed)
    return await _after(w, mine, what, done)


async def _after(w: Words, mine: Mine, what: Act, done: Done) -> Response:
    """The page after an act: what was done, or why not; no word that was typed is lost."""
    fault = done.fault
    if isinstance(fault, Refused):
        again = Mine(mine.number, mine.code, mine.typed, fault.problems)
        return await _answer(w, again, 422, _ASK.get(what))
    if fault is not None:
        told = (w("Nilai ini sudah sering diubah. Yang terakhir tetap berlaku.") if isinstance(fault, TooMany)
                else w("Keadaannya sudah berubah, atau waktunya sudah lewat. Lihat di bawah ini."))
        kept = mine.typed.get(WORDS_IN.get(what, ""), "")
        said = notice("wrong", w("Ini tidak bisa dilakukan sekarang"), told,
                      kept and [h.p[w("Tulisan Anda:")], h.div(".event-text")[kept]], alert=True)
        return await _answer(w, Mine(mine.number, mine.code, mine.typed, said=said),
                             429 if isinstance(fault, TooMany) else 409)
    title, more = _DONE[what]
    return await _answer(w, Mine(mine.number, mine.code, said=notice("good", w(title), w(more), alert=True)), 200)


def _do(mine: Mine, what: Act, now: datetime) -> Done:
    """Do it in a transaction of its own, after finding the complaint in it by its code."""
    fault: Conflict | None = None
    known = _by_code(mine.number, mine.code)
    if known is None:
        return Done(None)
    for _ in range(TRIES):
        try:
            with database().write("complaints") as session:
                case = store_read.case_by_code(session, code_hash(settings().secret, mine.code), vault())
                if case is None:
                    return Done(None)
                return Done(actions_mine.do(session, case, what, mine.typed, now, vault()))
        except Raced as no:
            fault = no
        except (Refused, TooMany, Conflict) as no:
            return Done(known[0], no)
    return Done(known[0], fault)


Body = Callable[[Words, Case, Mine], h.Node]
_ASK: dict[Act, Body] = {Act.WITHDRAW: withdraw_page, Act.ERASE: erase_page}


async def _answer(w: Words, mine: Mine, status: int, asking: Body | None = None) -> Response:
    """The filer's page as it is now, or the question before an act that nothing brings back."""
    found = await run_in_threadpool(_by_code, mine.number, mine.code)
    if found is None:
        return _unknown(w, {"number": mine.number})
    case, beside = found
    body = asking(w, case, mine) if asking else mine_page(w, case, mine, clock.now(), beside)
    page = whole(w, error_title(w, w("Aduan Anda"), mine.problems), body, "/lacak")
    return HTMLResponse(page, status, PRIVATE)


def _mistyped(w: Words, typed: Mapping[str, str], number: str | None, code: str | None) -> Response:
    problems = tuple(problem for fine, problem in (
        (number, Problem("number", _NO_NUMBER)), (code, Problem("code", _NO_CODE))) if not fine)
    return _track_again(w, typed, 422, problems)


def _unknown(w: Words, typed: Mapping[str, str]) -> Response:
    said = notice("wrong", w("Nomor dan kode itu tidak cocok"), w("Periksa keduanya dengan resi Anda, lalu coba lagi."),
                  alert=True)
    return _track_again(w, typed, 404, (), said)


def _track_again(w: Words, typed: Mapping[str, str], status: int, problems: tuple[Problem, ...],
                 trouble: h.Node = None) -> Response:
    body = island.tracking_page(w, {"number": typed.get("number", "")}, problems, trouble)
    title = error_title(w, w(island.TRACK_TITLE), problems)
    page = whole(w, title, body, "/lacak", description=w(island.TRACK_DESCRIPTION))
    return HTMLResponse(page, status, PRIVATE)


def back(request: Request) -> Response:
    """GET /lacak/ACT: there is nothing to read at the address of an act."""
    return RedirectResponse(words_of(request).path("/lacak"), 303)


routes = [Route("/lacak", track, methods=["POST"]), Route("/lacak/{act}", act, methods=["POST"]),
          Route("/lacak/{act}", back)]
