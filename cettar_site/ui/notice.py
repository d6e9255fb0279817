"""A message that stands out of the text: what happened, what to do."""

from typing import Literal

import htpy as h
from htpy import Node

Kind = Literal["info", "good", "warning", "wrong", "draft"]


def notice(kind: Kind, title: str, *children: Node, alert: bool = False) -> Node:
    """A notice; its title carries the meaning, its colour repeats it; `alert` has it read out at once."""
    return h.div(class_=f"notice notice-{kind}", role="alert" if alert else None)[
        h.p(".notice-title")[title],
        (h.p[child] if isinstance(child, str) else child for child in children),
    ]
