"""The frame of a chart: the finding as its title, the picture, the source, the same numbers as a table."""

from collections.abc import Iterable

import htpy as h
from htpy import Node

from cettar_site.base.words import Words


def chart(
    w: Words,
    *,
    title: str,
    picture: Node,
    source: Node,
    table: Node = None,
    downloads: Iterable[tuple[str, str]] = (),
    note: str = "",
    anchor: str = "",
) -> Node:
    """`picture` is inline SVG (Markup, with its own title) or an img; `downloads` are (text, address)."""
    ways = list(downloads)
    return h.figure(".chart.wide", id=anchor or None)[
        h.figcaption[title],
        h.div(".picture")[picture],
        bool(note) and h.p(".quiet")[note],
        source,
        h.div(".chart-foot")[
            table and h.details[h.summary[w("Lihat angkanya")], table],
            bool(ways) and h.p(".ways")[(h.a(href=href)[text] for text, href in ways)],
        ],
    ]
