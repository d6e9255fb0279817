"""One declarative table, rendered to HTML here and by a twin to live components.

Markup, for whoever renders the same spec elsewhere (`h` = heading, translated):

    <table class="rows" role="table"><caption>…</caption>
      <thead role="rowgroup"><tr role="row">
          <th role="columnheader" scope="col" class="right num side sortable" aria-sort="descending">
            <a class="sort" href="…">h</a></th>…
      <tbody role="rowgroup"><tr role="row"><td role="cell" class="lead"><a class="rowlink" href="…">…</a>
          <span class="cell-note">…</span></td><td role="cell" class="right num pair" data-label="h">…</td>…

On a phone each row becomes an entry: first line `rank`, `lead` and `side`, second line the `pair`s with their
data-label; `hide` is not shown there. The explicit roles keep the table a table for screen readers although
the stylesheet changes its display.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import htpy as h
from htpy import Node

from cettar_site.base.words import Words
from cettar_site.ui.empty import empty as empty_state

Row = Mapping[str, Any] | Any
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `heading` is a msgid, `short` a shorter one for phones, the keys name the row's values.

    `meter_key` names a percentage that is drawn as a bar too.
    `sort_key` is what an `Order` calls this column. A state tells itself: it gets no label on a phone.
    """

    key: str
    heading: str
    align: Literal["left", "right"] = "left"
    kind: Literal["text", "number", "date", "state", "rank"] = "text"
    phone: Literal["lead", "side", "pair", "hide", "rank"] = "pair"
    link_key: str = ""
    note_key: str = ""
    meter_key: str = ""
    sort_key: str = ""
    short: str = ""

    @property
    def css(self) -> str:
        """The classes of its cells and of its heading."""
        names = [
            "right" if self.align == "right" else "",
            "num" if self.kind in ("number", "date", "rank") else "",
            "gone-on-phone" if self.phone == "hide" else self.phone,
        ]
        return " ".join(name for name in names if name)


@dataclass(frozen=True, slots=True)
class Order:
    """How the rows are sorted, and the address that sorts them by a given key."""

    key: str
    descending: bool
    address: Callable[[str], str]


def table(
    w: Words,
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    caption: str,
    order: Order | None = None,
    empty: Node = None,
    caption_hidden: bool = False,
) -> Node:
    """The table, or `empty` without rows. Values are formatted text or nodes; None shows as a dash."""
    lines = list(rows)
    if not lines:
        return empty or empty_state(w("Belum ada data."), w("Data akan tampil di sini begitu masuk."))
    cells = [
        (column, h.td(role="cell", class_=column.css, data_label=label(w, column))) for column in columns
    ]
    return h.table(".rows", role="table")[
        h.caption(class_="hidden-visually" if caption_hidden else None)[caption],
        h.thead(role="rowgroup")[h.tr(role="row")[(_heading(w, column, order) for column in columns)]],
        h.tbody(role="rowgroup")[
            (h.tr(role="row")[[cell[_inside(column, row)] for column, cell in cells]] for row in lines)
        ],
    ]


def value_of(row: Row, key: str) -> Any:
    """The row's value, whether it is a mapping or an object; None when it has none."""
    return row.get(key) if isinstance(row, Mapping) else getattr(row, key, None)


def label(w: Words, column: Column) -> str | None:
    """What stands before a value on a phone, where the heading is not shown."""
    labelled = column.phone == "pair" and column.kind != "state"
    return w(column.short or column.heading) if labelled else None


def _inside(column: Column, row: Row) -> Node:
    value = value_of(row, column.key)
    shown: Node = NOTHING if value is None or value == "" else value
    href = value_of(row, column.link_key) if column.link_key else None
    if href:
        shown = h.a(".rowlink", href=href)[shown]
    note = value_of(row, column.note_key) if column.note_key else None
    percent = value_of(row, column.meter_key) if column.meter_key else None
    # The bar says again what the number beside it says, for the eye only.
    bar = h.meter(".meter", min="0", max="100", value=percent, aria_hidden="true") if percent else None
    return (shown, bar, note and h.span(".cell-note")[note]) if note or bar else shown


def _heading(w: Words, column: Column, order: Order | None) -> Node:
    text = w(column.heading)
    if order is None or not column.sort_key:
        return h.th(role="columnheader", scope="col", class_=column.css)[text]
    sorted_by = column.sort_key == order.key
    state = ("descending" if order.descending else "ascending") if sorted_by else None
    return h.th(role="columnheader", scope="col", class_=f"{column.css} sortable", aria_sort=state)[
        h.a(".sort", href=order.address(column.sort_key))[text]
    ]
