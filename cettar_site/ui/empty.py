"""Nothing to show: said plainly, with what to do about it."""

import htpy as h
from htpy import Node

from cettar_site.ui.lead import action


def empty(title: str, what_to_do: Node, action_text: str = "", href: str = "") -> Node:
    """An empty state: what is not there, what to do, and the way to it."""
    return h.div(".empty")[
        h.p(".empty-title")[title],
        h.p[what_to_do],
        bool(href) and h.p[action(action_text, href, "plain")],
    ]
