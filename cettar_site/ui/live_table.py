"""The live twin of `ui.table.table`: the same spec, the same markup, as Reflex components.

A browser test compares the two, so that a page looks the same before and after it comes alive.
"""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from cettar_site.base.words import Words
from cettar_site.ui.table import NOTHING, Column, label


def live_table(w: Words, columns: Sequence[Column], rows: rx.Var[Any], *, caption: str) -> rx.Component:
    """The table of a state's rows (dictionaries of text); an empty text shows as a dash."""
    headings = [rx.el.th(w(column.heading), role="columnheader", scope="col", class_name=column.css)
                for column in columns]
    return rx.el.table(
        rx.el.caption(caption),
        rx.el.thead(rx.el.tr(*headings, role="row"), role="rowgroup"),
        rx.el.tbody(rx.foreach(rows, lambda row: _line(w, columns, row)), role="rowgroup"),
        class_name="rows", role="table")


def _line(w: Words, columns: Sequence[Column], row: Any) -> rx.Component:
    return rx.el.tr(*(_cell(w, column, row) for column in columns), role="row")


def _cell(w: Words, column: Column, row: Any) -> rx.Component:
    value = row[column.key]
    shown: list[Any] = [rx.cond(value != "", value, NOTHING)]
    if column.link_key:
        shown = [rx.el.a(*shown, href=row[column.link_key], class_name="rowlink")]
    if column.meter_key:
        percent = row[column.meter_key]
        bar = rx.el.meter(min="0", max="100", value=percent, class_name="meter", custom_attrs={"aria-hidden": "true"})
        shown.append(rx.cond(percent != "", bar, rx.fragment()))
    if column.note_key:
        note = row[column.note_key]
        shown.append(rx.cond(note != "", rx.el.span(note, class_name="cell-note"), rx.fragment()))
    named = label(w, column)
    return rx.el.td(*shown, role="cell", class_name=column.css, custom_attrs={"data-label": named} if named else {})
