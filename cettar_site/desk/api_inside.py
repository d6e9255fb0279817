"""What the desk's pages have in common: the page with its script, the guard before it, what is said of failures."""

from collections.abc import Callable

import htpy as h
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from cettar_site.base.errors import NotFound
from cettar_site.base.words import Words
from cettar_site.desk.api_guard import PRIVATE, require, token_of
from cettar_site.desk.rules import Officer, parse_number
from cettar_site.desk.rules_matrix import Page, check_page
from cettar_site.infra import auth
from cettar_site.infra.db import database
from cettar_site.infra.settings import settings
from cettar_site.ui.document import document, words_of
from cettar_site.ui.notice import notice
from cettar_site.ui.script import versioned


def inside_page(w: Words, title: str, body: h.Node, path: str, status: int = 200) -> HTMLResponse:
    """A page of the desk, never kept nor indexed, with the keys and the memory for what is being typed."""
    text = document(w, title=title, description=w("Meja petugas CETTAR."), path=path, body=body,
                    origin=settings().site_url, simulated=database().realm == "demo", noindex=True,
                    scripts=(versioned("meja.js"),))
    return HTMLResponse(text, status, PRIVATE)


Shows = Callable[[Request, Words, Officer, str], Response]


def page_for(page: Page, path: str) -> Callable[[Shows], Callable[[Request], Response]]:
    """A page that only some roles have: asks for the session and the matrix before `shows` is called.

    `shows` gets the request, the language, the officer and the token of the session's forms.
    """
    def guard(shows: Shows) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            w, token = words_of(request), token_of(request)
            visit = require(w, token, path)
            if isinstance(visit, Response):
                return visit
            check_page(visit.officer, page)
            return shows(request, w, visit.officer, auth.form_token(token))
        return answer
    return guard


def number_of(request: Request) -> str:
    """The number in an address. Raises NotFound."""
    number = parse_number(request.path_params["number"])
    if number is None:
        raise NotFound("no such complaint at this desk")
    return number


def before_signing_in(w: Words) -> h.Node:
    """Said of a form that another session made."""
    return notice("warning", w("Halaman ini dibuka sebelum Anda masuk"), w("Periksa tulisan Anda, lalu kirim lagi."))


def changed_meanwhile(w: Words) -> h.Node:
    """Said where something happened since the officer looked."""
    return notice("warning", w("Aduan ini baru saja berubah"),
                  w("Lihat dulu apa yang terjadi di bawah ini. Kalau jawaban Anda masih perlu, kirim lagi."),
                  alert=True)
