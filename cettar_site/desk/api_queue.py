"""The desk's queue over HTTP: tabs, filters and pages by the address. Never cached or indexed."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cettar_site.base.words import Words
from cettar_site.desk import store, store_queue
from cettar_site.desk.api_guard import PRIVATE
from cettar_site.desk.api_inside import inside_page, page_for
from cettar_site.desk.island_queue import Queue, no_complaints_page, queue_page
from cettar_site.desk.rules import Officer, parse_number
from cettar_site.desk.rules_matrix import Act, Page, may
from cettar_site.desk.rules_queue import TABS, wanted
from cettar_site.desk.rules_words import DONE
from cettar_site.infra import clock
from cettar_site.infra.db import database
from cettar_site.infra.vault import vault
from cettar_site.ui.notice import notice


@page_for(Page.QUEUE, "/meja")
def queue(request: Request, w: Words, officer: Officer, token: str) -> Response:
    """GET /meja: the officer's queue."""
    asked, now = wanted(officer, request.query_params), clock.now()
    if asked is None:
        return inside_page(w, w("Meja petugas"), no_complaints_page(w, officer, token), "/meja")
    number = parse_number(asked.search)
    if number is not None and _readable(officer, number):
        return RedirectResponse(w.path(f"/meja/{number}"), 303, PRIVATE)
    with database().read() as session:
        lines = store_queue.page(session, asked, now, vault())
        counts = store_queue.counts(session, asked, TABS[officer.role], now)
    trouble = number and notice("info", w("Nomor itu tidak ada di meja Anda"), w("Periksa nomornya."))
    said = next((text for act, text in DONE.items() if act == request.query_params.get("pesan")), "")
    trouble = trouble or (said and notice("good", w(said)))
    body = queue_page(w, Queue(officer, asked, lines, counts), now, token, trouble)
    return inside_page(w, w("Meja petugas"), body, "/meja")


def _readable(officer: Officer, number: str) -> bool:
    """Whether there is such a complaint for this desk."""
    with database().read() as session:
        case = store.case(session, number, vault())
    return case is not None and may(officer, Act.READ, case.life, case.request.shown, clock.now())


routes = [Route("/meja", queue)]
