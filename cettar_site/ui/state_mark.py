"""How a matter stands: colour, word and shape together, so that none has to be seen alone."""

from typing import Literal

import htpy as h
from htpy import Node

from cettar_site.base.words import Words, mark

State = Literal["late", "on_time", "waiting", "disputed", "draft", "failed", "done", "idle"]

WORDS: dict[State, str] = {
    "late": mark("Terlambat"),
    "on_time": mark("Tepat waktu"),
    "waiting": mark("Menunggu"),
    "disputed": mark("Disanggah"),
    "draft": mark("Belum cukup data"),
    "failed": mark("Gagal"),
    "done": mark("Selesai"),
    "idle": mark("Belum ada"),
}


def state_mark(w: Words, state: State, text: str = "") -> Node:
    """The mark of a state; `text` replaces its usual word. The shape is drawn by the stylesheet."""
    return h.span(class_=f"state state-{state}")[text or w(WORDS[state])]
