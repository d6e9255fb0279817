"""The receipt: rendered once a language, then only its slots are filled, thousands of times a second."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol
from urllib.parse import quote

import htpy as h
from markupsafe import escape

from cettar_site.base.words import Words
from cettar_site.complaints.rules_clock import PROMISE_DAYS
from cettar_site.complaints.rules_view import agency_name
from cettar_site.ui.lead import action, code_box, lead, section
from cettar_site.ui.notice import notice

SLOT = re.compile(r"@@(NUMBER|CODE|AGENCY|DUE)@@")
Frame = Callable[[Words, str, h.Node], str]
"""Makes a whole document of a title and a body."""


class Received(Protocol):
    """What a receipt says."""

    @property
    def number(self) -> str:
        """The public number."""

    @property
    def code(self) -> str:
        """The secret code."""

    @property
    def agency_code(self) -> str:
        """Who must answer."""


def receipt_page(w: Words) -> h.Node:
    """The receipt with slots where each one differs."""
    number, code = "@@NUMBER@@", "@@CODE@@"
    kept = f"CETTAR\n{w('Nomor aduan')}: {number}\n{w('Kode akses')}: {code}\n{w('Lacak di')}: /lacak\n"
    saved = "data:text/plain;charset=utf-8," + quote(kept, safe="@:/,")
    return h.fragment[
        lead(w("Aduan Anda sudah kami simpan."),
             w("{agency} berjanji menjawab paling lambat {due}.", agency="@@AGENCY@@", due="@@DUE@@")),
        h.div("#resi", data_copied=w("Tersalin"), data_copy=w("Salin nomor dan kode"), data_print=w("Cetak"))[
            code_box(w("Nomor aduan"), number, w("Untuk siapa saja: siapa pun boleh melihat nomor ini.")),
            code_box(w("Kode akses"), code, w("Hanya untuk Anda: jangan berikan kepada siapa pun.")),
        ],
        notice("warning", w("Simpan kode akses sekarang"),
               w("Kode ini hanya tampil sekali. Tanpa kode, Anda masih bisa membaca halaman umum aduan ini, "
                 "tetapi tidak bisa membuktikan bahwa aduan ini milik Anda.")),
        h.p("#simpan.actions")[
            h.a(".button", href=saved, download=f"aduan-{number}.txt")[w("Simpan nomor dan kode")]],
        section(w("Apa yang terjadi sesudah ini"), h.ol[
            h.li[w("{agency} menerima aduan ini sekarang juga.", agency="@@AGENCY@@")],
            h.li[w("Jawabannya dijanjikan dalam {n} hari kerja, paling lambat {due}.", n=PROMISE_DAYS,
                   due="@@DUE@@")],
            h.li[w("Kalau lewat, halaman aduan ini dan papan instansi memperlihatkannya kepada semua "
                   "orang.")]]),
        h.p(".section.actions")[
            action(w("Halaman umum aduan ini"), w.path(f"/aduan/{number}"), "plain"),
            action(w("Lacak aduan"), w.path("/lacak"), "plain")]]


@lru_cache(maxsize=8)
def _pieces(w: Words, frame: Frame) -> list[str]:
    return SLOT.split(frame(w, w("Aduan diterima"), receipt_page(w)))


@lru_cache(maxsize=256)
def _agency(code: str) -> str:
    return str(escape(agency_name(code)))


def receipt(w: Words, frame: Frame, received: Received, due: str) -> str:
    """The whole document of a receipt; `due` is the moment in words."""
    filled = {"NUMBER": received.number, "CODE": received.code, "AGENCY": _agency(received.agency_code),
              "DUE": str(escape(due))}
    return "".join(filled[piece] if at % 2 else piece for at, piece in enumerate(_pieces(w, frame)))
