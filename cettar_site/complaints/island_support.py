"""What is said after "saya juga": thanks and ways to follow, or that nobody can join this one."""

import htpy as h

from cettar_site.base.words import Words
from cettar_site.complaints.island_case_parts import follow_piece
from cettar_site.complaints.rules import Case
from cettar_site.ui.lead import action, lead, section


def thanks_page(w: Words, case: Case, *, again: bool) -> h.Node:
    """The device counts, now or since earlier."""
    number = case.request.number
    said = w.plural("Sekarang {n} orang mengatakan hal yang sama, selain pelapornya.",
                    "Sekarang {n} orang mengatakan hal yang sama, selain pelapornya.", case.supports)
    return h.fragment[
        lead(w("Perangkat ini sudah terhitung.") if again else w("Terima kasih, suara Anda terhitung."), said,
             w("Kami tidak tahu siapa Anda. Perangkat ini diingat dengan satu angka acak di peramban, agar "
               "terhitung sekali saja.")),
        section(w("Ikuti kelanjutannya"), follow_piece(w, number),
                h.p[w.parts("Simpan halaman aduannya, atau ikuti lewat {feed}.",
                            feed=h.a(href=f"/aduan/{number}/umpan.atom")["Atom"])]),
        _back(w, number)]


def closed_page(w: Words, case: Case) -> h.Node:
    """Nobody can join: ended, hidden, confidential, or it follows another one."""
    main = case.life.merged_into
    return h.fragment[
        lead(w("Aduan ini tidak bisa didukung lagi."),
             w("Aduannya sudah berakhir, digabung, atau tidak terbuka untuk umum.")),
        main and h.p[w.parts("Dukung aduan utamanya: {main}.", main=h.a(href=w.path(f"/aduan/{main}"))[main])],
        _back(w, case.request.number)]


def _back(w: Words, number: str) -> h.Node:
    return h.p(".section.actions")[
        action(w("Kembali ke aduannya"), w.path(f"/aduan/{number}")),
        action(w("Ada keluhan lain"), w.path("/aduan"), "plain")]
