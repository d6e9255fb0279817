"""The HTTP face: filing with a form. Following is in api_mine, a page for each complaint in api_page."""

import uuid
from collections.abc import Mapping

import htpy as h
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import Conflict, Problem, Refused, TooMany
from cettar_site.base.period import wib_date
from cettar_site.base.words import Words
from cettar_site.complaints import api_data, api_mine, api_page, api_photo, api_support, island
from cettar_site.complaints.api_form import form_of
from cettar_site.complaints.api_intake import close, file_now
from cettar_site.complaints.api_page import PRIVATE, whole
from cettar_site.complaints.island_receipt import receipt
from cettar_site.complaints.rules_filing import FIELDS, check_filing, check_key
from cettar_site.infra import clock
from cettar_site.infra.writer import NotKept, QueueFull
from cettar_site.ui.document import words_of
from cettar_site.ui.form import error_title
from cettar_site.ui.notice import notice

__all__ = ["close", "routes"]

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


routes = [
    Route("/aduan", send, methods=["POST"]),
    *api_page.routes,
    *api_mine.routes,
    *api_support.routes,
    *api_photo.routes,
    *api_data.routes,
]
