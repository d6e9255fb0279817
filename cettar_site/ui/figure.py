"""A number that matters: large, its unit small beside it, its sentence and its source below."""

from typing import Literal

import htpy as h
from htpy import Node

from cettar_site.base.words import Words

Direction = Literal["up", "down", "same"]
Tone = Literal["plain", "good", "bad"]


def figure(
    value: str, unit: str, sentence: Node, *, source: Node = None, change: Node = None, label: str = ""
) -> Node:
    """One number with everything a reader needs to trust it; `label` names it above."""
    return h.div(".figure")[
        bool(label) and h.p(".figure-label")[label],
        h.p(".figure-number")[h.span(".value")[value], bool(unit) and (" ", h.span(".unit")[unit])],
        h.p(".sentence")[sentence],
        change,
        source,
    ]


def figures(*children: Node) -> Node:
    """Several numbers side by side, below each other on a phone."""
    return h.div(".figures")[children]


def change(w: Words, text: str, direction: Direction, *, tone: Tone = "plain") -> Node:
    """A change as shape, word and amount: "▲ naik 3,4%". Whether it is good is the caller's to say."""
    word = {"up": w("naik"), "down": w("turun"), "same": w("tetap")}[direction]
    return h.span(class_=f"change change-{direction} tone-{tone}")[word, bool(text) and f" {text}"]


def source(
    w: Words, name: str, *, href: str = "", observed: str = "", fetched: str = "", count: str = ""
) -> Node:
    """Where a number comes from: publisher (linked), when observed, when fetched, of how many."""
    return h.p(".source")[
        w("Sumber: "),
        h.a(href=href)[name] if href else name,
        bool(observed) and f" · {w('diamati {when}', when=observed)}",
        bool(fetched) and f" · {w('diambil {when}', when=fetched)}",
        bool(count) and f" · {count}",
    ]
