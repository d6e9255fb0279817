"""The check before sending: a page for who has no scripts, data for who has. Nothing is stored, nothing is logged."""

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import Problem, Refused, TooMany
from cettar_site.base.period import wib_date
from cettar_site.base.words import Words
from cettar_site.complaints import island_preview
from cettar_site.complaints.api_intake import Sorting
from cettar_site.complaints.api_page import PRIVATE, whole
from cettar_site.complaints.api_typed import Typed, busy, refused, typed_of, wait_of
from cettar_site.complaints.rules_filing import Filing, check_filing, check_key
from cettar_site.complaints.rules_preview import Preview, preview_of
from cettar_site.infra import clock
from cettar_site.infra.guard import client_prefix, limiter
from cettar_site.infra.site_rooms import error_json
from cettar_site.ui.document import words_of
from cettar_site.ui.notice import notice

JSON = "application/json"


async def preview(request: Request) -> Response:
    """POST /aduan/pratinjau: the public version of what was typed; as JSON for who accepts that."""
    w, as_data = words_of(request), JSON in request.headers.get("accept", "")
    typed = await typed_of(request)
    try:
        limiter().hit("preview", client_prefix(request.scope))
        filing = check_filing(typed.values, wib_date(clock.now()), typed.problems)
        if not as_data:
            check_key(typed.key)
    except Refused as fault:
        return _data(w, None, fault.problems) if as_data else refused(w, typed, fault.problems)
    except TooMany as fault:
        status, wait = wait_of(fault)
        if as_data:
            said = w("Terlalu sering. Coba lagi sebentar lagi.")
            return Response(error_json(status, said), status, {**PRIVATE, "retry-after": str(wait)}, JSON)
        return busy(w, typed, status, wait, notice(
            "wrong", w("Belum bisa diperiksa"),
            w("Terlalu banyak permintaan saat ini. Tulisan Anda masih utuh di bawah ini. Tunggu {span}, lalu tekan "
              "Lanjut sekali lagi.", span=w.duration(wait)), alert=True))
    if as_data:
        return await run_in_threadpool(_data, w, filing, ())
    return await run_in_threadpool(_page, w, typed, filing)


def _page(w: Words, typed: Typed, filing: Filing) -> Response:
    body = island_preview.preview_page(w, typed.values, typed.key, filing, preview_of(filing),
                                       Sorting.decide([filing])[0])
    return HTMLResponse(whole(w, w(island_preview.TITLE), body, script=True), 200, PRIVATE)


def _data(w: Words, filing: Filing | None, problems: tuple[Problem, ...]) -> Response:
    """What the public reads and what was hidden, or what is wrong; `html` is the same as the page shows it."""
    made = preview_of(filing) if filing else Preview()
    html = island_preview.checked(w, filing, made, Sorting.decide([filing])[0]).iter_chunks() if filing else ()
    body = {
        "text": made.text, "place": made.place,
        "hidden": [{"kind": kind, "n": n, "said": text} for kind, n, text in island_preview.hidden_words(w, made)],
        "problems": [{"field": one.field, "text": w(one.text)} for one in problems], "html": "".join(html)}
    return Response(msgspec.json.encode(body), 200, PRIVATE, JSON)


def start(request: Request) -> Response:
    """GET /aduan/pratinjau: somebody reloaded it; the form is where it begins."""
    return RedirectResponse(words_of(request).path("/aduan"), 303, PRIVATE)


routes = [Route("/aduan/pratinjau", preview, methods=["POST"]), Route("/aduan/pratinjau", start)]
