"""The desk's trail as auditors and admins read it."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import htpy as h

from cettar_site.base.words import Words, mark
from cettar_site.desk.island_door import desk_nav
from cettar_site.desk.rules_door import Officer
from cettar_site.desk.rules_trail import ACT_WORDS, TRAIL_PAGE, Step, TrailAct
from cettar_site.jatim import agencies
from cettar_site.ui import form as ui
from cettar_site.ui.empty import empty
from cettar_site.ui.form import Choice
from cettar_site.ui.lead import lead
from cettar_site.ui.table import Column, table

HERE = "/meja/jejak"
COLUMNS = (
    Column("act", mark("Perbuatan"), phone="lead"),
    Column("object", mark("Atas"), phone="pair"),
    Column("who", mark("Oleh"), phone="pair"),
    Column("agency", mark("Instansi"), phone="pair"),
    Column("at", mark("Waktu"), kind="date", phone="side"),
)


def trail_page(w: Words, officer: Officer, rows: Sequence[Step], asked: Mapping[str, str]) -> h.Node:
    """Rows that are looked for, the newest first; `asked` is the filter as it stands in the address."""
    shown = rows[:TRAIL_PAGE]
    older = urlencode({**asked, "sebelum": str(shown[-1].id)}) if len(rows) > TRAIL_PAGE else ""
    newest = urlencode({name: value for name, value in asked.items() if name != "sebelum"})
    acts = [Choice(act, w(said)) for act, said in ACT_WORDS.items()]
    offices = [Choice(one.code, one.abbr) for one in agencies.PROVINCIAL]
    return h.fragment[
        lead(w("Siapa melakukan apa di meja?"), w("Yang tercatat di sini tidak bisa diubah atau dihapus. Apa yang "
                                                  "terjadi pada aduan ada di halaman aduannya.")),
        desk_nav(w, officer, HERE),
        ui.form(
            w, ui.text_field(w, "pelaku", w("Oleh"), value=asked.get("pelaku", ""), spellcheck=False),
            ui.select_field(w, "perbuatan", w("Perbuatan"), acts, value=asked.get("perbuatan", ""), blank=w("Semua")),
            ui.text_field(w, "atas", w("Atas"), value=asked.get("atas", ""), spellcheck=False),
            ui.select_field(w, "instansi", w("Instansi"), offices, value=asked.get("instansi", ""), blank=w("Semua")),
            ui.date_field(w, "sejak", w("Sejak"), value=asked.get("sejak")),
            ui.date_field(w, "sampai", w("Sampai"), value=asked.get("sampai")),
            ui.submit(w("Saring"), "plain"), action=w.path(HERE), method="get", layout="filter"),
        table(w, COLUMNS, [_row(w, one) for one in shown], caption=w("Jejak meja"), caption_hidden=True,
              empty=empty(w("Tidak ada jejak"), w("Ubah saringan untuk melihat yang lain."))),
        h.nav(".pager", aria_label=w("Halaman"))[
            "sebelum" in asked and h.a(href=w.path(f"{HERE}?{newest}"))[w("Ke yang terbaru")],
            bool(older) and h.a(rel="next", href=w.path(f"{HERE}?{older}"))[w("Sebelumnya")]]]


def _row(w: Words, step: Step) -> dict[str, object]:
    said = w(ACT_WORDS[TrailAct(step.act)]) if step.act in list(TrailAct) else step.act
    return {"act": said, "object": step.object, "who": step.pseudonym, "agency": step.agency_code,
            "at": w.short_moment(step.at)}
