"""The leaderboard's first HTML, from the snapshot."""

from collections.abc import Mapping

import htpy as h

from cettar_site.base.words import Words
from cettar_site.infra import clock
from cettar_site.leaderboard.columns import CAPTION, COLUMNS
from cettar_site.leaderboard.rules import RANKED_FROM, SHOWN_FROM
from cettar_site.leaderboard.rules_view import EMPTY_ACTION, EMPTY_ADVICE, EMPTY_TITLE, QUESTION, view
from cettar_site.leaderboard.snapshot import BOARD
from cettar_site.ui.empty import empty
from cettar_site.ui.figure import source
from cettar_site.ui.lead import how_we_know, lead
from cettar_site.ui.table import table


def board(w: Words, _query: Mapping[str, str]) -> h.Node:
    """Question, answer and table: what the live view replaces once it is there."""
    shown = view(w, BOARD.get())
    nothing = empty(w(EMPTY_TITLE), w(EMPTY_ADVICE), w(EMPTY_ACTION), w.path("/aduan"))
    return h.fragment[lead(w(QUESTION), shown["answer"], shown["note"]),
                      table(w, COLUMNS, shown["rows"], caption=w(CAPTION), empty=nothing)]


def below(w: Words, _query: Mapping[str, str]) -> h.Node:
    """Source, downloads and method, under the table in both views."""
    data = h.p(".quiet")[w("Unduh data:"), " ", h.a(href="/api/v1/leaderboard.csv")["CSV"], " · ",
                         h.a(href="/api/v1/leaderboard")["JSON"]]
    method = how_we_know(
        w,
        h.p[w("Setiap aduan yang sudah lebih dari dua hari kerja dihitung, juga yang belum dijawab. Instansi yang "
              "diam tidak bisa terlihat cepat.")],
        h.p[w("Hari kerja: Senin sampai Jumat, tanpa hari libur nasional dan cuti bersama. Aduan yang masuk pada "
              "hari libur dihitung mulai hari kerja berikutnya.")],
        h.p[w("Waktu tunggu tengah adalah hari kalender sampai separuh aduan mendapat jawaban pertama, dengan cara "
              "Kaplan-Meier, jadi yang masih menunggu ikut dihitung.")],
        h.p[w("Urutan diberikan mulai {ranked} aduan. Dari {shown} sampai {last} aduan, angkanya sementara. "
              "Di bawah itu, data belum cukup.", ranked=RANKED_FROM, shown=SHOWN_FROM, last=RANKED_FROM - 1)])
    return h.fragment[source(w, w("Catatan aduan CETTAR"), observed=w.moment(clock.now())), data, method]


ISLANDS = {"papan": board, "papan-bawah": below}
