"""The public list of complaints: search, filters, the newest first, the way on, the same as feeds and data."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

import htpy as h
from markupsafe import Markup, escape

from cettar_site.base.errors import Problem
from cettar_site.base.words import Words, mark
from cettar_site.complaints.island_case import MARKS
from cettar_site.complaints.island_map import map_section
from cettar_site.complaints.rules import UNANSWERED, Channel, State
from cettar_site.complaints.rules_brief import Brief, Unanswered
from cettar_site.complaints.rules_feed import excerpt, tombstone
from cettar_site.complaints.rules_list import DATA, GROUPS, LATE, PAGE, STATE_SLUGS, Asked, from_newest
from cettar_site.complaints.rules_view import STATES, agency_name, clock_for, clock_words, state_words
from cettar_site.jatim import agencies, categories, regions
from cettar_site.ui.empty import empty
from cettar_site.ui.form import Choice, form, select_field, submit, text_field
from cettar_site.ui.lead import lead, section
from cettar_site.ui.state_mark import State as Mark
from cettar_site.ui.state_mark import state_mark

PATH = "/aduan/daftar"
TITLE = mark("Daftar aduan")
DESCRIPTION = mark("Semua aduan warga Jawa Timur yang boleh dibaca umum: cari, saring menurut wilayah, instansi, topik "
                   "dan keadaan, lihat di mana warga menunggu terlalu lama.")
EXCERPT = 160
LATE_WORDS = mark("Lewat batas waktu")
SHAPES: dict[State, Mark] = {State.CONFIRMED: "done", State.DISPUTED: "disputed", State.WITHDRAWN: "idle",
                             State.CLOSED: "idle"}
"""The states that have a shape of their own; of the others the clock's is shown."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the list: its complaints, the number behind which the next page begins (empty: it is the last)."""

    briefs: tuple[Brief, ...]
    next_before: str = ""


def list_page(w: Words, asked: Asked, found: Found, counted: tuple[Unanswered, ...], now: datetime,
              problems: Sequence[Problem] = ()) -> h.Node:
    """The whole page; without a filter the map comes first, for it is one."""
    where = regions.by_code(asked.region)
    drawn = map_section(w, counted, asked.region, PAGE.query(replace(asked, region="", before="")).replace("?", "&", 1))
    listed = section(_heading(w, asked), _filtered(w, asked), _lines(w, asked, found, now), _on(w, asked, found))
    first = asked.plain and not asked.before and not problems
    return h.fragment[
        lead(w("Apa yang dilaporkan warga, dan sudah sampai mana?"),
             _answer(w, counted, asked.region, where.name if where else ""), w.moment(now)),
        _form(w, asked, problems),
        (drawn, listed) if first else (listed, drawn), _elsewhere(w, asked)]


def _answer(w: Words, counted: Sequence[Unanswered], code: str, name: str) -> str:
    of = [one for one in counted if not code or one.region_code == code]
    waiting, late = sum(one.waiting for one in of), sum(one.late for one in of)
    where = name or w("Jawa Timur")
    if not waiting:
        return w("Di {where} tidak ada aduan yang menunggu jawaban pertama.", where=where)
    return w.plural("Di {where}, {n} aduan menunggu jawaban pertama; {late} lewat batas waktunya.",
                    "Di {where}, {n} aduan menunggu jawaban pertama; {late} lewat batas waktunya.", waiting,
                    where=where, late=late)


def _form(w: Words, asked: Asked, problems: Sequence[Problem]) -> h.Node:
    more = bool(asked.agency or asked.topic or asked.state)
    return form(
        w,
        text_field(w, "q", w("Cari kata atau nomor"), value=asked.q, kind="search", problems=problems),
        _select(w, "wilayah", asked.region, problems),
        h.details(open=more)[
            h.summary[w("Saring lagi")],
            h.div(".form-filter")[
                _select(w, "instansi", asked.agency, problems), _select(w, "topik", asked.topic, problems),
                _select(w, "keadaan", STATE_SLUGS.get(asked.state, ""), problems)]],
        submit(w("Cari")), action=w.path(PATH), method="get", layout="filter", problems=problems)


def _select(w: Words, field: str, value: str, problems: Sequence[Problem]) -> h.Node:
    """A list to choose from. Two hundred choices are written once, and what is chosen is marked in them."""
    wrong = tuple(one for one in problems if one.field == field)
    written, chosen = _written(w, field, wrong), Markup('value="{}"').format(value)
    if field == "instansi" and value and chosen not in written:  # a regency's government, not offered but asked for
        written = written.replace("</select>", escape(h.option(value=value)[agency_name(value)]) + Markup("</select>"))
    return written.replace(chosen, chosen + Markup(" selected")) if value else written


@lru_cache
def _written(w: Words, field: str, wrong: tuple[Problem, ...]) -> Markup:
    label, blank = {"wilayah": (w("Kabupaten atau kota"), w("Seluruh Jawa Timur")),
                    "instansi": (w("Instansi"), w("Semua instansi")), "topik": (w("Topik"), w("Semua topik")),
                    "keadaan": (w("Keadaan"), w("Semua keadaan"))}[field]
    named = {"wilayah": [(one.code, one.label) for one in regions.ALL],
             "instansi": [(one.code, one.name) for one in agencies.PROVINCIAL],
             "topik": [(one.code, one.name) for one in GROUPS.values()],
             "keadaan": [(slug, state_text(w, state)) for state, slug in STATE_SLUGS.items()]}[field]
    if field != "keadaan":
        named.sort(key=lambda pair: pair[1])
    return escape(select_field(w, field, label, [Choice(*pair) for pair in named], problems=wrong, blank=blank))


def state_text(w: Words, state: str) -> str:
    """What a filter by state is called."""
    return w(LATE_WORDS if state == LATE else STATES[State(state)])


def name_of(w: Words, asked: Asked) -> str:
    """What is asked for, in a line: "jalan · Kabupaten Nganjuk · Dinas Kesehatan"; empty if it is all."""
    region = regions.by_code(asked.region)
    parts = (f"“{asked.q}”" if asked.q else "", region.name if region else "",
             agency_name(asked.agency) if asked.agency else "", GROUPS[asked.topic].name if asked.topic else "",
             state_text(w, asked.state) if asked.state else "")
    return " · ".join(part for part in parts if part)


def _heading(w: Words, asked: Asked) -> str:
    return w("Aduan terbaru") if asked.plain and not asked.before else w(TITLE)


def _filtered(w: Words, asked: Asked) -> h.Node:
    name = name_of(w, asked)
    return name and h.p[name, " ", h.a(href=w.path(PATH))[w("Hapus saringan")]]


def _lines(w: Words, asked: Asked, found: Found, now: datetime) -> h.Node:
    if found.briefs:
        return h.ul(".newest")[(h.li[_line(w, brief, now)] for brief in found.briefs)]
    if found.next_before:
        return h.p[w("Di antara aduan yang baru saja diperiksa tidak ada yang cocok.")]
    if asked.before:
        return h.p[w("Tidak ada lagi yang lebih lama.")]
    if asked.plain:
        return empty(w("Belum ada aduan"), w("Aduan yang boleh dibaca umum akan tampil di sini."),
                     w("Sampaikan keluhan"), w.path("/aduan"))
    return empty(w("Tidak ada aduan yang cocok"),
                 w("Coba kata lain yang lebih pendek, atau hapus satu saringan. Yang dicari adalah kata utuh."),
                 w("Hapus saringan"), w.path(PATH))


def _line(w: Words, brief: Brief, now: datetime) -> h.Node:
    topic, region = categories.by_code(brief.category_code), regions.by_code(brief.region_code)
    facts = (topic.name if topic else "", region.label if region else "", agency_name(brief.agency_code),
             w("masuk {when}", when=w.short_date(brief.filed_at)),
             w.plural("{n} orang lain juga", "{n} orang lain juga", brief.supports) if brief.supports else "")
    return h.fragment[
        h.a(href=w.path(f"/aduan/{brief.number}"))[
            tombstone(w, brief) or excerpt(brief.text, EXCERPT) or w("Aduan {number}", number=brief.number)],
        h.p(".quiet")[" · ".join(fact for fact in facts if fact)],
        h.p(".quiet")[_standing(w, brief, now), " · ", h.span(".number", translate="no")[brief.number]]]


def _standing(w: Words, brief: Brief, now: datetime) -> h.Node:
    """The state, and how the promise stands where that is not said by the state alone."""
    said = state_words(w, brief)
    if brief.channel is Channel.LAPOR or brief.state in (State.WITHDRAWN, State.CLOSED):
        return state_mark(w, SHAPES.get(brief.state, "waiting" if brief.state in UNANSWERED else "idle"), said)
    clock = clock_words(w, brief, now)
    shape = SHAPES.get(brief.state, MARKS[clock_for(brief, now).phase])
    if brief.state is State.ANSWERED:
        return state_mark(w, shape, clock)
    return [state_mark(w, shape, said), f", {clock}"]


def _on(w: Words, asked: Asked, found: Found) -> h.Node:
    if not asked.before and not found.next_before:
        return None
    return h.nav(".pager", aria_label=w("Halaman"))[
        asked.before and h.a(href=_address(w, from_newest(asked)))[w("Ke yang terbaru")],
        found.next_before and h.a(rel="next", href=_address(w, replace(asked, before=found.next_before)))[
            w("Lebih lama") if found.briefs else w("Cari lebih jauh ke belakang")]]


def _address(w: Words, asked: Asked) -> str:
    return w.path(PATH + PAGE.query(asked))


def _elsewhere(w: Words, asked: Asked) -> h.Node:
    first = from_newest(asked)
    page, data = PAGE.query(first), DATA.query(first)
    return section(
        w("Ikuti dan unduh"),
        h.p(".quiet")[w("Dengan pencarian dan saringan yang sama. Umpan memuat lima puluh aduan terbaru.")],
        h.p(".ways")[(h.a(href=address)[name] for name, address in (
            ("Atom", w.path(f"/aduan/umpan.atom{page}")), ("RSS", w.path(f"/aduan/umpan.rss{page}")),
            ("JSON", f"/api/v1/complaints{data}"), ("CSV", f"/api/v1/complaints.csv{data}")))])
