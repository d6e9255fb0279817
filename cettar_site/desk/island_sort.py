"""Sorting: what waits for an agency, each with up to three suggestions to send it by one tap, or many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import htpy as h

from cettar_site.base.errors import Problem
from cettar_site.base.words import Words, mark
from cettar_site.complaints.rules import CENTRE
from cettar_site.complaints.rules_view import agency_name, elsewhere_name
from cettar_site.desk.island_deeds import outside_choices
from cettar_site.desk.island_door import desk_nav, sign_out
from cettar_site.desk.island_queue import about, clock_cell, excerpt, filters, keys, pager, who
from cettar_site.desk.rules import Officer
from cettar_site.desk.rules_queue import Line, Lines, Wanted
from cettar_site.desk.rules_sort import AS_SUGGESTED, MOST, Outcome, Sorted
from cettar_site.jatim import agencies, regions
from cettar_site.ui import form as ui
from cettar_site.ui.empty import empty
from cettar_site.ui.form import Choice
from cettar_site.ui.lead import lead
from cettar_site.ui.notice import notice

PATH = "/meja/pilah"
OUTCOMES: dict[Outcome, str] = {
    Outcome.DONE: mark("ke {where}"), Outcome.CHANGED: mark("tidak jadi: baru saja berubah, buka lagi"),
    Outcome.REFUSED: mark("tidak jadi: {why}"), Outcome.GONE: mark("tidak jadi: tidak ada di meja ini")}
Suggested = Sequence[tuple[str, float | None]]
"""Destination and confidence (0..1; None where nothing was learnt yet), the surest first."""


@dataclass(frozen=True, slots=True)
class Sorting:
    """All that the sorting page shows."""

    officer: Officer
    wanted: Wanted
    lines: Lines
    suggested: Mapping[int, Suggested]
    marks: Mapping[int, str]
    """Of each as it is shown (rules_seen)."""
    became: Sequence[Sorted] = ()
    problems: Sequence[Problem] = ()


def sort_page(w: Words, page: Sorting, token: str, now: datetime) -> h.Node:
    """The complaints that wait to be sorted, oldest due first."""
    lines = page.lines.lines
    nothing = empty(w("Semua sudah disalurkan"), w("Yang baru masuk tampil di sini."))
    return h.fragment[
        lead(w("Siapa yang harus menjawab ini?"),
             w("Ketuk saran yang benar, atau centang beberapa dan kirim sekaligus (paling banyak {n}).", n=MOST),
             who(w, page.officer)),
        desk_nav(w, page.officer, PATH), _became(w, page.became), ui.error_summary(w, page.problems),
        filters(w, page.wanted, PATH),
        h.form("#pilah.form.form-stack", action=w.path(PATH), method="post", novalidate=True)[
            ui.hidden("token", token), ui.hidden("keadaan", page.wanted.tab),
            h.ol(".sorting")[(_item(w, line, page.suggested.get(line.id, ()), page.marks[line.id], now)
                              for line in lines)],
            _together(w, page.problems)] if lines else nothing,
        pager(w, page.wanted, page.lines, PATH), keys(w), sign_out(w, token)]


def where_words(w: Words, to: str) -> str:
    """A destination by its name: an agency, a regency's government, a body of the centre."""
    code, _, body = to.partition(":")
    return elsewhere_name(w, code, body) if code == CENTRE else agency_name(code)


def _item(w: Words, line: Line, suggested: Suggested, mark: str, now: datetime) -> h.Node:
    brief = line.brief
    region = regions.by_code(brief.region_code)
    first = suggested[0][0] if suggested else ""
    mine = f"{brief.number}~{mark}~"
    box = f"pick-{brief.number}"
    return h.li[
        h.div(".choice")[h.input(type="checkbox", name="pick", id=box, value=mine + first),
                         h.label(for_=box)[excerpt(brief.text) or w("(isinya sudah dihapus)")]],
        h.p(".quiet")[h.a(".rowlink", href=w.path(f"/meja/{brief.number}"))[w("Baca {number}", number=brief.number)],
                      about(w, line).removeprefix(brief.number), " · ", region.label if region else "", " · ",
                      clock_cell(w, line, now)],
        h.p(".actions")[(_tap(w, mine, to, sure) for to, sure in suggested)] if suggested else h.p(".quiet")[
            w("Belum ada saran.")]]


def _tap(w: Words, mine: str, to: str, sure: float | None) -> h.Node:
    return h.button(".button.button-plain", type="submit", name="one", value=mine + to)[
        where_words(w, to), sure is not None and h.span(".quiet")[" ", w.percent(sure)]]


def _together(w: Words, problems: Sequence[Problem]) -> h.Node:
    """Where the ticked ones go."""
    inside = [Choice(one.code, one.name, group=w("Instansi provinsi")) for one in agencies.PROVINCIAL]
    choices = [Choice(AS_SUGGESTED, w("Masing-masing ke saran teratasnya")), *inside, *outside_choices(w)]
    return ui.fieldset(
        w("Salurkan yang dicentang"),
        ui.select_field(w, "to", w("Tujuan"), choices, problems=problems, blank=w("Pilih tujuan")),
        ui.text_field(w, "body", w("Lembaga pusat atau BUMN"), width="half", optional=True, problems=problems,
                      hint=w("Hanya untuk pemerintah pusat, misalnya PLN atau BPJS Kesehatan.")),
        ui.submit(w("Salurkan yang dicentang")))


def _became(w: Words, became: Sequence[Sorted]) -> h.Node:
    """What became of each, one a line."""
    if not became:
        return None
    done = sum(one.outcome is Outcome.DONE for one in became)
    return notice("good" if done == len(became) else "warning",
                  w("{done} dari {n} disalurkan", done=done, n=len(became)),
                  h.ul[(h.li[h.a(href=w.path(f"/meja/{one.pick.number}"))[one.pick.number], ": ", _said(w, one)]
                        for one in became)], alert=True)


def _said(w: Words, one: Sorted) -> str:
    to = f"{one.pick.to}:{one.pick.body}" if one.pick.to == CENTRE else one.pick.to
    return w(OUTCOMES[one.outcome], where=where_words(w, to), why=w(one.why) if one.why else "")
