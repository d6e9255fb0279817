"""The words of a page: question and answer on top, sections, definitions, ways on."""

from collections.abc import Callable, Iterable

import htpy as h
from htpy import Node

from cettar_site.base.words import Words


def lead(question: Node, answer: Node = None, *note: Node) -> Node:
    """The page's question (h1), its answer as a sentence, and small notes such as date and source."""
    return h.div(".lead")[
        h.h1(".question")[question],
        answer and h.p(".answer")[answer],
        (h.p(".note")[line] for line in note if line),
    ]


def section(title: str, *children: Node, anchor: str = "", wide: bool = False) -> Node:
    """A part of a page under its own heading."""
    return h.section(class_={"section": True, "wide": wide}, id=anchor or None)[h.h2[title], children]


def how_we_know(w: Words, *children: Node) -> Node:
    """The method, folded, at the end of a page."""
    return h.details(".method")[h.summary[w("Dari mana kami tahu")], children]


def facts(pairs: Iterable[tuple[str, Node]]) -> Node:
    """Labelled values, one pair a line."""
    return h.dl(".facts")[(h.div[h.dt[label], h.dd[value]] for label, value in pairs)]


def action(text: str, href: str, kind: str = "primary") -> Node:
    """A link that leads to a deed and looks like a button; kind "primary" or "plain"."""
    return h.a(class_=["button", kind != "primary" and f"button-{kind}"], href=href)[text]


def code_box(label: str, value: str, note: str = "") -> Node:
    """A code to be kept: large, selected by one tap, kept from automatic translation."""
    return h.div(".code-box")[
        h.span(".code-label")[label],
        h.output(".code", translate="no")[value],
        bool(note) and h.p(".quiet")[note],
    ]


def pager(w: Words, page: int, pages: int, href: Callable[[int], str]) -> Node:
    """Previous and next among `pages` (both from 1); nothing when there is one."""
    if pages < 2:
        return None
    return h.nav(".pager", aria_label=w("Halaman"))[
        page > 1 and h.a(rel="prev", href=href(page - 1))[w("Sebelumnya")],
        h.span(".quiet")[w("Halaman {page} dari {pages}", page=page, pages=pages)],
        page < pages and h.a(rel="next", href=href(page + 1))[w("Berikutnya")],
    ]
