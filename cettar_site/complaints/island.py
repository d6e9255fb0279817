"""Finding a complaint again with its number and code, and what the room's pages share: titles and scripts."""

from collections.abc import Mapping, Sequence

import htpy as h

from cettar_site.base.errors import Problem
from cettar_site.base.words import Words, mark
from cettar_site.ui import form as ui
from cettar_site.ui.lead import lead
from cettar_site.ui.script import versioned

Query = Mapping[str, str]
TITLE = mark("Sampaikan keluhan")
DESCRIPTION = mark("Laporkan masalah pelayanan di Jawa Timur tanpa nama dan tanpa akun. Jawabannya bisa "
                   "diikuti semua orang.")
TRACK_TITLE = mark("Lacak aduan")
TRACK_DESCRIPTION = mark("Lihat jawaban atas aduan Anda dengan nomor dan kode akses.")
SCRIPTS = tuple(map(versioned, ("aduan-kirim.js", "aduan-bantu.js", "aduan-foto.js", "aduan-langkah.js", "aduan.js")))
"""What helps with the form and its receipt; neither needs it. The last one uses the others."""
TRACK_SCRIPTS = (versioned("lacak.js"),)
"""What opens a saved link to one's own complaint."""
QUERY = frozenset({"kategori", "wilayah"})
"""What the address of the form may bring along: a topic and a region."""
TRACK_QUERY = frozenset({"nomor"})


def lacak_form(w: Words, query: Query) -> h.Node:
    """The page of GET /lacak."""
    return tracking_page(w, {"number": query.get("nomor", "")})


def tracking_page(w: Words, values: Mapping[str, str], problems: Sequence[Problem] = (),
                  trouble: h.Node = None) -> h.Node:
    """The form for number and code, with what was typed (never the code) and what is wrong."""
    number = ui.text_field(w, "number", w("Nomor aduan"), value=values.get("number", ""), problems=problems,
                           width="half", spellcheck=False,
                           hint=w("Seperti JTM-7K3M-9QXF. Huruf kecil juga boleh."))
    code = ui.text_field(w, "code", w("Kode akses"), problems=problems, spellcheck=False,
                         hint=w("Enam kelompok berisi empat huruf atau angka, dari resi Anda."))
    return h.fragment[
        lead(w("Sudah sampai mana aduan Anda?"),
             w("Dengan nomor dan kode akses, Anda melihat cerita Anda sendiri dan semua jawabannya.")),
        trouble,
        ui.form(w, number, code, ui.submit(w("Lihat aduan saya")), action=w.path("/lacak"),
                problems=problems),
        h.p(".quiet")[w("Kode hilang? Kosongkan saja: halaman umum aduan tetap bisa dibuka dengan "
                        "nomornya.")],
        h.p(".quiet")[w.parts("Nomornya hilang juga? Cari di {list}.",
                              list=h.a(href=w.path("/aduan/daftar"))[w("daftar aduan")])],
    ]
