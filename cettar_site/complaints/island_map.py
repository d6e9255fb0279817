"""East Java as tiles: where complaints wait too long, each tile a way into the list; the same numbers as a table."""

from collections.abc import Sequence
from functools import lru_cache

import htpy as h
from markupsafe import Markup, escape

from cettar_site.base.words import Words, mark
from cettar_site.complaints.rules_brief import Unanswered
from cettar_site.complaints.rules_map import Shade, everywhere, shade_of, shades
from cettar_site.jatim import regions, tiles
from cettar_site.ui.lead import section
from cettar_site.ui.table import Column, table

COLUMNS = (Column("name", mark("Kabupaten atau kota"), phone="lead", link_key="href"),
           Column("waiting", mark("Menunggu"), "right", "number"),
           Column("late", mark("Lewat batas"), "right", "number"),
           Column("share", mark("Bagian yang lewat batas"), "right", "number", short=mark("Bagian")))
LIST = "/aduan/daftar"
_REST = "\ue000"
"""Stands in the drawing where an address goes on; no name holds it."""


def map_section(w: Words, counted: tuple[Unanswered, ...], chosen: str, rest: str) -> h.Node:
    """The map, its legend and its table; `chosen` is the region shown now, `rest` ends the address of each.

    It is drawn once for all readers, and for each only the addresses are filled in.
    """
    rest = escape(rest)
    drawn = _drawn(w, counted).replace(_REST, rest)
    here = Markup('wilayah={}{}"').format(chosen, rest)
    return drawn.replace(here, here + Markup(' aria-current="true"')) if chosen else drawn


@lru_cache(maxsize=4)
def _drawn(w: Words, counted: tuple[Unanswered, ...]) -> Markup:
    every = everywhere(counted)
    among = shades(every)
    return escape(section(
        w("Di mana warga menunggu terlalu lama?"), h.p[_finding(w, every)],
        _tiles(w, every, among), _legend(w, among),
        h.p(".source")[w("Angka di petak: aduan tanpa jawaban pertama yang lewat dua hari kerja. Petak sama besar, "
                         "letaknya kira-kira; sudut bulat berarti kota. Aduan rahasia tidak dihitung.")],
        h.details[h.summary[w("Angka yang sama dalam tabel")], _table(w, every)], anchor="peta", wide=True))


def _address(w: Words, code: str) -> str:
    return f"{w.path(LIST)}?wilayah={code}{_REST}"


def _finding(w: Words, every: Sequence[Unanswered]) -> str:
    worst = max(every, key=lambda one: one.late)
    if not worst.late:
        return w("Tidak ada aduan yang lewat batas waktunya di kabupaten atau kota mana pun.")
    return w.plural("Paling banyak di {region}: {n} aduan lewat batas waktunya.",
                    "Paling banyak di {region}: {n} aduan lewat batas waktunya.", worst.late,
                    region=regions.get(worst.region_code).name)


def _tiles(w: Words, every: Sequence[Unanswered], among: Sequence[Shade]) -> h.Node:
    of = {one.region_code: one for one in every}
    places = [(at, code) for row in tiles.ROWS for at, code in enumerate(row, 1) if code]
    before = [0, *(at for at, _ in places)]
    return h.ul(".tiles", aria_label=w("Peta petak Jawa Timur"))[(
        # A place is told only where it does not follow from the tile before.
        h.li(class_=[at != last % len(tiles.ROWS[0]) + 1 and f"tile-at-{at}"])[
            _tile(w, of[code], shade_of(of[code].late, among))]
        for (at, code), last in zip(places, before, strict=False))]


def _tile(w: Words, one: Unanswered, shade: int) -> h.Node:
    region = regions.get(one.region_code)
    said = w("{region}: {late} lewat batas, {waiting} menunggu", region=region.name, late=one.late,
             waiting=one.waiting)
    return h.a(class_=["tile", f"shade-{shade}", region.kind == "kota" and "tile-city"],
               href=_address(w, region.code), aria_label=said, title=said)[
        h.span(".tile-short")[tiles.SHORT[region.code]],
        h.span(".tile-name")[region.name if region.kind == "kota" else region.short_name],
        h.span(".num")[w.number(one.late)]]


def _legend(w: Words, among: Sequence[Shade]) -> h.Node:
    if not among:
        return None
    named = [(0, w.number(0)), *((shade_of(shade.last, among), _range(w, shade)) for shade in among)]
    return h.ul(".tile-key", aria_label=w("Arti warnanya: aduan yang lewat batas"))[
        (h.li[h.span(class_=f"swatch shade-{at}"), text] for at, text in named),
        h.li(".quiet")[w("aduan lewat batas")]]


def _range(w: Words, shade: Shade) -> str:
    return w.number(shade.first) if shade.first == shade.last else f"{w.number(shade.first)}–{w.number(shade.last)}"


def _table(w: Words, every: Sequence[Unanswered]) -> h.Node:
    ordered = sorted(every, key=lambda one: (-one.late, -one.waiting, one.region_code))
    return table(w, COLUMNS, [
        {"name": regions.get(one.region_code).name, "href": _address(w, one.region_code),
         "waiting": w.number(one.waiting), "late": w.number(one.late),
         "share": w.percent(one.late / one.waiting) if one.waiting else None} for one in ordered],
        caption=w("Aduan yang menunggu jawaban pertama, menurut wilayah"), caption_hidden=True)
