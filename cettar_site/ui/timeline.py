"""What happened to a complaint, oldest first, each with when, what and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import htpy as h
from htpy import Node

EventState = Literal["", "late", "on_time", "waiting", "disputed", "draft", "failed", "done"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; every text is already translated. `iso` is the instant for machines."""

    when: str
    title: str
    text: Node = ""
    by: str = ""
    state: EventState = ""
    iso: str = ""


def timeline(events: Iterable[Event], label: str) -> Node:
    """The events as an ordered list called `label`; line breaks of a text are kept."""
    return h.ol(".timeline", aria_label=label)[(_event(event) for event in events)]


def _event(event: Event) -> Node:
    return h.li(class_=["event", event.state and f"event-{event.state}"])[
        h.p(".event-title")[event.title],
        h.p(".quiet")[h.time(datetime=event.iso or None)[event.when], event.by and f" · {event.by}"],
        event.text and h.div(".event-text")[event.text],
    ]
