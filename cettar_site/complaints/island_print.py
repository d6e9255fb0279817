"""A complaint on a sheet of A4: the public view in words, with the way back to it as a QR code."""

from datetime import datetime

import htpy as h

from cettar_site.base.words import Words
from cettar_site.complaints.island_case import Beside, happened, subject, told, why_bare
from cettar_site.complaints.island_case_parts import clock_facts, outcome, page_address, stage, whole_number, whose_word
from cettar_site.complaints.island_custody import custody_list
from cettar_site.complaints.rules import Case, Shown
from cettar_site.complaints.rules_view import status
from cettar_site.ui.lead import lead, section
from cettar_site.ui.qr import qr_svg


def print_page(w: Words, case: Case, now: datetime, beside: Beside) -> h.Node:
    """The sheet; on a screen it says how to print it."""
    number, days_only = case.request.number, case.request.shown is Shown.CONFIDENTIAL
    address, why = page_address(w, number), why_bare(w, case)
    return h.div(".sheet")[
        h.p(".screen-only.notice")[w("Lembar ini disiapkan untuk kertas A4: pakai perintah Cetak di peramban Anda."),
                                   " ", h.a(href=w.path(f"/aduan/{number}"))[w("Kembali ke aduannya")]],
        h.div(".sheet-head")[
            lead(w.parts("Aduan {number}", number=whole_number(number)), status(w, case, now), subject(w, case)),
            h.figure(".sheet-qr")[qr_svg(address or number), h.p(".quiet")[address or number]]],
        stage(w, case, now), clock_facts(w, case, now, beside.estimate, days_only=days_only),
        why or [outcome(w, case), section(w("Yang dilaporkan"), told(w, case))],
        whose_word(w, case, now),
        section(w("Apa yang sudah terjadi"), happened(w, case, texts=why is None, days_only=days_only)),
        None if days_only else section(w("Di tangan siapa, berapa lama"), custody_list(w, case, now)),
        h.p(".quiet.sheet-foot")[w("Dicetak dari CETTAR, keadaan {when}. Yang terbaru ada di halaman aduannya.",
                                   when=w.moment(now))]]
