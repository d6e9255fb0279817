"""The queue: what is due first, with the clock in sight; tabs, filters and the page are in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import htpy as h

from cettar_site.base.words import Words, mark
from cettar_site.complaints.rules_view import LEVELS, VERDICTS, agency_name, state_words
from cettar_site.desk.island_door import desk_nav, sign_out
from cettar_site.desk.rules import Officer, Role, Shown, State
from cettar_site.desk.rules_due import owed_words
from cettar_site.desk.rules_matrix import TOLD_AT
from cettar_site.desk.rules_queue import COUNTED, NAMES, TABS, Line, Lines, Tab, Wanted
from cettar_site.desk.rules_words import ROLES
from cettar_site.jatim import categories, regions
from cettar_site.ui import form as ui
from cettar_site.ui.empty import empty
from cettar_site.ui.form import Choice
from cettar_site.ui.lead import lead
from cettar_site.ui.state_mark import state_mark
from cettar_site.ui.table import Column, table

EXCERPT = 90
COLUMNS = (
    Column("text", mark("Aduan"), phone="lead", link_key="href", note_key="note"),
    Column("clock", mark("Waktu"), kind="state", phone="pair"),
    Column("place", mark("Tempat"), phone="pair"),
    Column("filed", mark("Masuk"), kind="date", phone="pair"),
)
AGENCY = Column("agency", mark("Instansi"), phone="pair")
ELSEWHERE = frozenset({Tab.OFFERED, Tab.UNIT, Tab.BELOW, Tab.SENT, Tab.AUDIT, Tab.AUDITED})
"""Tabs whose complaints other agencies hold."""

SELDOM = frozenset({Tab.OFFERED, Tab.UNIT, Tab.ESCALATED, Tab.BELOW, Tab.PROMISED})
"""Tabs that are there only when there is something in them."""


@dataclass(frozen=True, slots=True)
class Queue:
    """All that the queue's page shows."""

    officer: Officer
    wanted: Wanted
    lines: Lines
    counts: Mapping[Tab, int]


def queue_page(w: Words, queue: Queue, now: datetime, token: str, trouble: h.Node = None) -> h.Node:
    """The complaints of a desk, those first whose word is due first."""
    wanted = queue.wanted
    apart = wanted.tab in ELSEWHERE or (wanted.tab is Tab.ESCALATED and wanted.agency_code in TOLD_AT)
    columns = (*COLUMNS, AGENCY) if apart else COLUMNS
    nothing = empty(w("Tidak ada aduan di sini"), w("Pilih tab lain, atau kosongkan saringan."))
    return h.fragment[
        lead(w("Aduan mana yang harus dijawab dulu?"), _load(w, queue), who(w, queue.officer)),
        desk_nav(w, queue.officer, "/meja"), trouble, _tabs(w, queue), filters(w, wanted),
        table(w, columns, [_row(w, line, wanted, now) for line in queue.lines.lines], caption=w("Antrean aduan"),
              empty=nothing, caption_hidden=True),
        pager(w, wanted, queue.lines), keys(w), sign_out(w, token)]


def no_complaints_page(w: Words, officer: Officer, token: str) -> h.Node:
    """For the role that looks after accounts: it reads no complaint."""
    return h.fragment[lead(w("Akun ini tidak membaca aduan"), w("Tugasnya mengurus akun petugas."), who(w, officer)),
                      desk_nav(w, officer, "/meja"), sign_out(w, token)]


def who(w: Words, officer: Officer) -> str:
    """Who is signed in: role, pseudonym, agency."""
    return w(ROLES[officer.role], name=officer.pseudonym, agency=agency_name(officer.agency_code))


def _load(w: Words, queue: Queue) -> str:
    tabs = queue.counts
    if queue.officer.role is Role.AUDITOR:
        n = tabs.get(Tab.AUDIT, 0)
        return w("{n} klaim selesai menunggu pemeriksaan Anda.", n=n) if n else w("Tidak ada yang perlu diperiksa.")
    waiting, late = tabs.get(Tab.WAITING, 0), tabs.get(Tab.LATE, 0)
    if not waiting:
        return w("Tidak ada yang menunggu.")
    if late:
        return w("{n} aduan menunggu, {late} di antaranya sudah lewat batas waktu.", n=counted(w, waiting),
                 late=counted(w, late))
    return w("{n} aduan menunggu, semuanya masih dalam batas waktu.", n=counted(w, waiting))


def counted(w: Words, n: int) -> str:
    """A count as far as it was counted: "312", "1.000+"."""
    return f"{w.number(n)}+" if n >= COUNTED else w.number(n)


def _tabs(w: Words, queue: Queue) -> h.Node:
    def said(tab: Tab) -> str:
        return f"{w(NAMES[tab])} ({counted(w, queue.counts.get(tab, 0))})"

    wanted = queue.wanted
    return h.nav(".ways", aria_label=w("Saring aduan"))[(
        h.a(href=w.path("/meja" + wanted.query(tab=tab)), aria_current="page" if tab is wanted.tab else None)[
            h.strong[said(tab)] if tab is wanted.tab else said(tab)]
        for tab in TABS[queue.officer.role] if tab is wanted.tab or tab not in SELDOM or queue.counts.get(tab))]


def filters(w: Words, wanted: Wanted, path: str = "/meja") -> h.Node:
    """Topic, region, a number or words; without JavaScript by the button."""
    groups = [Choice(one.code, one.name) for one in categories.GROUPS]
    places = [Choice(one.code, one.label) for one in regions.ALL]
    form = ui.form(
        w, ui.hidden("keadaan", wanted.tab),
        ui.text_field(w, "cari", w("Nomor atau kata"), value=wanted.search, kind="search", width="half",
                      spellcheck=False),
        ui.select_field(w, "topik", w("Topik"), groups, value=wanted.group_code, blank=w("Semua topik")),
        ui.select_field(w, "wilayah", w("Wilayah"), places, value=wanted.region_code, blank=w("Semua wilayah")),
        ui.submit(w("Saring"), "plain"), action=w.path(path), method="get", layout="filter")
    chosen = bool(wanted.search or wanted.group_code or wanted.region_code)
    return h.details(".filters", open=chosen)[h.summary[w("Cari dan saring")], form]


def pager(w: Words, wanted: Wanted, lines: Lines, path: str = "/meja") -> h.Node:
    """On to the next page, and back to the first."""
    if wanted.after is None and lines.after is None:
        return None
    return h.nav(".pager", aria_label=w("Halaman"))[
        bool(wanted.after) and h.a(href=w.path(path + wanted.query()))[w("Ke halaman pertama")],
        bool(lines.after) and h.a(rel="next", href=w.path(path + wanted.query(after=lines.after)))[w("Berikutnya")]]


def keys(w: Words) -> h.Node:
    """Which keys do what; they need a script, nothing else here does."""
    return h.details("#tombol.method")[
        h.summary[w("Tombol papan ketik")],
        h.p[h.kbd["j"], " / ", h.kbd["k"], " ", w("turun dan naik"), " · ", h.kbd["Enter"], " ", w("buka"), " · ",
            h.kbd["/"], " ", w("cari"), " · ", h.kbd["u"], " ", w("kembali ke antrean"), " · ", h.kbd["?"], " ",
            w("daftar ini")]]


def clock_cell(w: Words, line: Line, now: datetime) -> h.Node:
    """By when its desk owes a word; else where it stands."""
    brief = line.brief
    if line.audited:
        return state_mark(w, "late" if line.audited == "fail" else "done", w(VERDICTS[line.audited]))
    if brief.owed_at is None:
        return state_mark(w, "done" if brief.ended_at else "on_time", state_words(w, brief))
    if brief.paused_until is not None and now < brief.paused_until:
        return state_mark(w, "waiting", w("menunggu pelapor sampai {when}", when=w.short_date(brief.paused_until)))
    return state_mark(w, "late" if now > brief.owed_at else "waiting", owed_words(w, brief.owed_at, now))


def excerpt(text: str) -> str:
    """The beginning of a story, on one line, ended at a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= EXCERPT else flat[:EXCERPT].rsplit(" ", 1)[0] + " …"


def about(w: Words, line: Line) -> str:
    """Number, topic, and what must be known before it is opened."""
    brief = line.brief
    topic = categories.by_code(brief.category_code)
    parts = [brief.number, topic.name if topic else w("Topik belum ditentukan")]
    parts += [w("rahasia")] * (brief.shown is Shown.CONFIDENTIAL)
    parts += [w("sudah dibaca")] * bool(brief.acknowledged_at and brief.state is State.WAITING)
    parts += [w("dibantah pelapor")] * (brief.state is State.DISPUTED)
    parts += [w("sudah dilaporkan ke {level}", level=w(LEVELS[str(line.escalated)]))] if line.escalated else []
    parts += [w("ditawarkan ke {agency}", agency=agency_name(line.offered_to))] if line.offered_to else []
    return " · ".join(parts)


def _row(w: Words, line: Line, wanted: Wanted, now: datetime) -> dict[str, object]:
    brief = line.brief
    region = regions.by_code(brief.region_code)
    return {"text": excerpt(brief.text) or w("(isinya sudah dihapus)"), "href": w.path(f"/meja/{brief.number}"),
            "note": about(w, line), "clock": clock_cell(w, line, now), "place": region.label if region else "",
            "filed": w.short_moment(brief.filed_at), "agency": agency_name(brief.agency_code)}
