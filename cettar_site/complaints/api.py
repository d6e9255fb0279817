"""The HTTP face: filing with a form. Following is in api_mine, a page for each complaint in api_page."""

import htpy as h
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import Conflict, Refused, TooMany
from cettar_site.base.period import wib_date
from cettar_site.base.words import Words
from cettar_site.complaints import (
    api_data,
    api_list,
    api_list_data,
    api_list_feed,
    api_mine,
    api_page,
    api_photo,
    api_preview,
    api_support,
)
from cettar_site.complaints.api_intake import close, file_now
from cettar_site.complaints.api_page import PRIVATE, whole
from cettar_site.complaints.api_typed import busy, form_again, fresh_key, refused, typed_of, wait_of
from cettar_site.complaints.island_receipt import receipt
from cettar_site.complaints.rules_filing import check_filing, check_key
from cettar_site.infra import clock
from cettar_site.infra.writer import NotKept, QueueFull
from cettar_site.ui.document import words_of
from cettar_site.ui.notice import notice

__all__ = ["close", "routes"]


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


routes = [
    Route("/aduan", send, methods=["POST"]),
    *api_preview.routes,
    # Before a complaint's own page: what stands behind /aduan/ may be a number.
    *api_list.routes,
    *api_list_feed.routes,
    *api_page.routes,
    *api_mine.routes,
    *api_support.routes,
    *api_photo.routes,
    *api_list_data.routes,
    *api_data.routes,
]
