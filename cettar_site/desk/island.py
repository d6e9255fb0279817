"""What an officer sees: the queue by due time, one complaint with its answer form."""

from collections.abc import Sequence
from datetime import datetime

import htpy as h

from cettar_site.base.errors import Problem
from cettar_site.base.words import Words, mark
from cettar_site.complaints.island_case import clock_mark, described, happened, told
from cettar_site.complaints.rules_view import agency_name, status
from cettar_site.desk.island_door import sign_out
from cettar_site.desk.rules import LONGEST, PAGE, SHORTEST, Brief, Case, Counts, Officer, Role, Shown, State
from cettar_site.jatim import categories, regions
from cettar_site.ui import form as ui
from cettar_site.ui.empty import empty
from cettar_site.ui.lead import lead, pager, section
from cettar_site.ui.notice import notice
from cettar_site.ui.table import Column, table

EXCERPT = 70
FILTERS: dict[str, bool | None] = {"menunggu": True, "dijawab": False, "semua": None}
FILTER_WORDS = {"menunggu": mark("Menunggu"), "dijawab": mark("Dijawab"), "semua": mark("Semua")}
DONE = {"dijawab": mark("Jawaban Anda tersimpan dan sudah tampil bagi warga."),
        "dibaca": mark("Warga sekarang melihat bahwa aduannya sudah dibaca. Hitungan waktu tetap berjalan.")}
COLUMNS = (
    Column("text", mark("Aduan"), phone="lead", link_key="href", note_key="note"),
    Column("clock", mark("Waktu"), kind="state", phone="side"),
    Column("place", mark("Tempat"), phone="pair"),
    Column("filed", mark("Masuk"), kind="date", phone="pair"),
)
AGENCY = Column("agency", mark("Instansi"), phone="pair")


def queue_page(w: Words, officer: Officer, rows: Sequence[Brief], counts: Counts, chosen: str, page: int,
               now: datetime, token: str) -> h.Node:
    """The complaints of an officer's agency: what waits first, by due time."""
    shown = {True: counts.waiting, False: counts.answered, None: counts.filed}[FILTERS[chosen]]
    columns = COLUMNS if officer.role is Role.OFFICER else (*COLUMNS, AGENCY)
    nothing = empty(w("Tidak ada aduan di sini"), w("Aduan baru untuk instansi Anda tampil di sini begitu "
                                                    "masuk."))
    return h.fragment[
        lead(w("Aduan mana yang harus dijawab dulu?"), _load(w, counts), _who(w, officer)),
        _filters(w, chosen, counts),
        table(w, columns, [_row(w, brief, now) for brief in rows], caption=w("Antrean aduan"), empty=nothing,
              caption_hidden=True),
        pager(w, page, -(-shown // PAGE), lambda other: w.path(f"/meja?keadaan={chosen}&hal={other}")),
        sign_out(w, token)]


def _load(w: Words, counts: Counts) -> str:
    if not counts.waiting:
        return w("Tidak ada yang menunggu. Semua {n} aduan sudah dijawab.",
                 n=counts.filed) if counts.filed else w(
            "Belum ada aduan.")
    if counts.late:
        return w("{n} aduan menunggu jawaban, {late} di antaranya sudah lewat batas waktu.", n=counts.waiting,
                 late=counts.late)
    return w("{n} aduan menunggu jawaban, semuanya masih dalam batas waktu.", n=counts.waiting)


def _who(w: Words, officer: Officer) -> str:
    if officer.role is Role.SUPERVISOR:
        return w("Pengawas {name}: membaca semua instansi, tanpa menjawab.", name=officer.pseudonym)
    return w("Petugas {name}, {agency}", name=officer.pseudonym, agency=agency_name(officer.agency_code))


def _filters(w: Words, chosen: str, counts: Counts) -> h.Node:
    numbers = {"menunggu": counts.waiting, "dijawab": counts.answered, "semua": counts.filed}

    def said(name: str) -> str:
        return f"{w(FILTER_WORDS[name])} ({w.number(numbers[name])})"

    return h.nav(".ways", aria_label=w("Saring aduan"))[(
        h.a(href=w.path(f"/meja?keadaan={name}"), aria_current="page" if name == chosen else None)[
            h.strong[said(name)] if name == chosen else said(name)] for name in FILTERS)]


def _row(w: Words, brief: Brief, now: datetime) -> dict[str, object]:
    text = " ".join(brief.text.split())
    topic, region = categories.by_code(brief.category_code), regions.by_code(brief.region_code)
    secret = f" · {w('rahasia')}" if brief.shown is Shown.CONFIDENTIAL else ""
    read = f" · {w('sudah dibaca')}" if brief.acknowledged_at and brief.state is State.WAITING else ""
    return {
        "text": text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …",
        "href": w.path(f"/meja/{brief.number}"),
        "note": f"{brief.number} · {topic.name if topic else w('Topik belum ditentukan')}{secret}{read}",
        "clock": clock_mark(w, brief, now), "place": region.label if region else "",
        "filed": w.short_moment(brief.filed_at), "agency": agency_name(brief.agency_code)}


def case_page(w: Words, officer: Officer, case: Case, now: datetime, token: str, *, typed: str = "",
              problems: Sequence[Problem] = (), trouble: h.Node = None) -> h.Node:
    """One complaint whole, and what the officer may do to it."""
    secret = case.request.shown is Shown.CONFIDENTIAL and notice(
        "warning", w("Aduan ini rahasia"),
        w("Hanya instansi Anda yang membacanya. Jawaban Anda pun hanya dibaca pelapor."))
    return h.fragment[
        lead(w("Aduan {number}", number=case.request.number), status(w, case, now),
             h.a(href=w.path("/meja"))[w("Kembali ke antrean")]),
        trouble,
        ui.error_summary(w, problems),
        secret,
        section(w("Yang dilaporkan"), told(w, case)),
        officer.role is Role.OFFICER and _deeds(w, case, token, typed, problems),
        section(w("Apa yang sudah terjadi"), happened(w, case, texts=True)),
        section(w("Rincian"), described(w, case, now)),
        sign_out(w, token)]


def _deeds(w: Words, case: Case, token: str, typed: str, problems: Sequence[Problem]) -> h.Node:
    where = w.path(f"/meja/{case.request.number}")
    common = (ui.hidden("token", token), ui.hidden("seen", str(case.life.seq)))
    title = w("Jawab") if case.life.open else w("Tambah jawaban")
    hint = w("Tulis keputusan, langkah berikutnya beserta tanggalnya, atau alasan penolakan dan ke mana "
             "warga harus pergi. Paling sedikit {n} huruf.", n=SHORTEST)
    text = ui.textarea_field(w, "text", w("Jawaban untuk warga"), value=typed, hint=hint, rows=8,
                             maxlength=LONGEST, problems=problems)
    answer = h.form("#jawab.form.form-stack", action=where, method="post", novalidate=True)[
        text, common, ui.submit(w("Kirim jawaban"), name="act", value="answer")]
    read = case.life.state is State.WAITING and not case.life.acknowledged_at and section(
        w("Belum bisa menjawab?"),
        h.p[w("Beri tahu warga bahwa aduannya sudah dibaca. Ini tidak menghentikan hitungan waktu.")],
        h.form(".form.form-stack", action=where, method="post")[
            common, ui.submit(w("Tandai sudah dibaca"), "plain", name="act", value="acknowledge")])
    return h.fragment[section(title, answer), read]
