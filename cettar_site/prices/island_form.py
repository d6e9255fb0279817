"""The form of /harga: what is there to choose from, as native fields that work without JavaScript."""

from __future__ import annotations

from collections.abc import Sequence

import htpy as h

from cettar_site.base.words import Words
from cettar_site.jatim import commodities, regions
from cettar_site.prices.rules import LEVEL_SHORT, PROVINCE, Coverage
from cettar_site.prices.rules_selection import (
    LEVEL_WORDS,
    PERIOD_LABELS,
    Selection,
    good_name,
)
from cettar_site.ui.form import Choice, date_field, form, select_field, submit


def choice(w: Words, selection: Selection, have: Sequence[Coverage]) -> h.Node:
    """The whole form, showing the present view; dates override the period."""
    by_hand = not selection.period
    first, last = min(row.first_day for row in have), max(row.last_day for row in have)
    since, until = (selection.since, selection.until) if by_hand else (None, None)
    level = LEVEL_WORDS[selection.level]
    region, everywhere = selection.region or "", w("Seluruh Jawa Timur")
    return form(
        w,
        select_field(w, "komoditas", w("Komoditas"), _goods(w, have), value=selection.commodity),
        select_field(w, "wilayah", w("Wilayah"), _places(w, have), value=region, blank=everywhere),
        select_field(w, "tingkat", w("Tingkat harga"), _levels(w, have), value=level),
        _period(w, selection.period),
        h.details(open=by_hand)[
            h.summary[w("Pilih tanggal sendiri")],
            h.div(".fields")[
                date_field(w, "dari", w("Dari tanggal"), value=since, earliest=first, latest=last),
                date_field(w, "sampai", w("Sampai tanggal"), value=until, earliest=first, latest=last),
            ],
        ],
        submit(w("Tampilkan")),
        action=w.path("/harga"),
        method="get",
        layout="filter",
    )


def _period(w: Words, period: str) -> h.Node:
    choices = [Choice(code, w(label)) for code, label in PERIOD_LABELS.items()]
    return select_field(w, "periode", w("Rentang waktu"), choices, value=period, blank=w("Menurut tanggal"))


def _goods(w: Words, have: Sequence[Coverage]) -> list[Choice]:
    there = {row.commodity for row in have}
    known = [good for good in commodities.ALL if good.code in there]
    return [Choice(good.code, good_name(good.code, w.lang), group=good.group.capitalize()) for good in known]


def _places(w: Words, have: Sequence[Coverage]) -> list[Choice]:
    there = {row.region for row in have}
    listed = [Choice(region.code, region.label) for region in regions.ALL if region.code in there]
    if PROVINCE in there:
        listed.insert(0, Choice(PROVINCE, w("Rata-rata Jawa Timur menurut penerbit")))
    return listed


def _levels(w: Words, have: Sequence[Coverage]) -> list[Choice]:
    there = {row.level for row in have}
    return [Choice(LEVEL_WORDS[level], w(label)) for level, label in LEVEL_SHORT.items() if level in there]
