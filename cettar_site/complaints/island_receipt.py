"""The receipt: rendered once a language, then only its slots are filled, thousands of times a second."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol
from urllib.parse import quote

import htpy as h
from markupsafe import escape

from cettar_site.base.words import Words
from cettar_site.complaints.island_case_parts import page_address
from cettar_site.complaints.rules_clock import PROMISE_DAYS, TRIAGE_DAYS
from cettar_site.complaints.rules_view import agency_name
from cettar_site.infra.settings import settings
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

    @property
    def triage(self) -> bool:
        """Whether the sorting desk finds out first who must answer."""


def saved_text(w: Words, number: str, code: str) -> str:
    """The receipt as a text file, with a link that opens the complaint by one tap.

    What follows the # of an address is never sent to a server; a script of /lacak reads and forgets it.
    """
    origin = settings().site_url
    link = [w("Buka aduan saya"), f"{origin}{w.path('/lacak')}#{number}:{code}"] if origin else []
    lines = ["CETTAR", f"{w('Nomor aduan')}: {number}", f"{w('Kode akses')}: {code}",
             f"{w('Halaman umum')}: {page_address(w, number) or '/aduan/' + number}", "", *link,
             w("Kode ini kunci Anda: jangan berikan kepada siapa pun."), ""]
    return "\r\n".join(lines)


def receipt_page(w: Words, *, triage: bool) -> h.Node:
    """The receipt with slots where each one differs."""
    number, code = "@@NUMBER@@", "@@CODE@@"
    saved = "data:text/plain;charset=utf-8," + quote(saved_text(w, number, code), safe="@:/,")
    return h.fragment[
        lead(w("Aduan Anda sudah kami simpan."),
             w("Meja penyalur di {agency} mencari dulu instansi yang tepat. Jawabannya dijanjikan paling lambat "
               "{due}.", agency="@@AGENCY@@", due="@@DUE@@") if triage else
             w("{agency} berjanji menjawab paling lambat {due}.", agency="@@AGENCY@@", due="@@DUE@@")),
        h.div("#resi.receipt", data_copied=w("Tersalin"), data_copy=w("Salin nomor dan kode"),
              data_print=w("Cetak"))[
            h.div[code_box(w("Nomor aduan"), number, w("Untuk siapa saja: siapa pun boleh melihat nomor ini.")),
                  code_box(w("Kode akses"), code, w("Hanya untuk Anda: jangan berikan kepada siapa pun."))],
            h.figure(".receipt-qr")[
                # A picture of its own: drawing it takes longer than filing the complaint.
                h.img(src=w.path("/aduan/@@NUMBER@@/qr.svg"), alt="", width="164", height="164"),
                h.p(".quiet")[w("Halaman umum aduan ini")]],
        ],
        notice("warning", w("Simpan kode akses sekarang"),
               w("Kode ini hanya tampil sekali. Tanpa kode, Anda masih bisa membaca halaman umum aduan ini, "
                 "tetapi tidak bisa menjawab, membantah atau menghapusnya.")),
        h.p("#simpan.actions")[
            h.a(".button", href=saved, download=f"aduan-{number}.txt")[w("Simpan nomor dan kode")]],
        section(w("Apa yang terjadi sesudah ini"), h.ol[_next(w, triage)]),
        h.p(".section.actions")[
            action(w("Halaman umum aduan ini"), w.path(f"/aduan/{number}"), "plain"),
            action(w("Lacak aduan"), w.path("/lacak"), "plain")]]


def _next(w: Words, triage: bool) -> h.Node:
    first = (w("Petugas penyalur mencari instansi yang bertugas, paling lama {n} hari kerja.", n=TRIAGE_DAYS) if triage
             else w("{agency} menerima aduan ini sekarang juga.", agency="@@AGENCY@@"))
    return [
        h.li[first],
        h.li[w("Jawabannya dijanjikan dalam {n} hari kerja, paling lambat {due}.", n=PROMISE_DAYS, due="@@DUE@@")],
        h.li[w("Kalau lewat, halaman aduan ini dan papan instansi memperlihatkannya kepada semua orang.")],
        h.li[w("Sesudah dijawab, Anda yang bilang sudah selesai atau belum. Berkas yang Anda simpan membukanya dengan "
               "satu ketukan.")]]


@lru_cache(maxsize=16)
def _pieces(w: Words, frame: Frame, triage: bool) -> list[str]:
    return SLOT.split(frame(w, w("Aduan diterima"), receipt_page(w, triage=triage)))


@lru_cache(maxsize=256)
def _agency(code: str) -> str:
    return str(escape(agency_name(code)))


def receipt(w: Words, frame: Frame, received: Received, due: str) -> str:
    """The whole document of a receipt; `due` is the moment in words."""
    filled = {"NUMBER": received.number, "CODE": received.code, "AGENCY": _agency(received.agency_code),
              "DUE": str(escape(due))}
    return "".join(filled[piece] if at % 2 else piece
                   for at, piece in enumerate(_pieces(w, frame, received.triage)))
