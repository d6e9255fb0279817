"""What the live pages share: their frame, the islands' places, and following a snapshot."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import reflex as rx

T = TypeVar("T")


class Followed(Protocol[T]):
    """A snapshot that says when it is newer."""

    def get(self) -> T:
        """The value."""

    async def newer(self, seen: int, timeout: float = 25.0) -> int:
        """The version, once it is above `seen` or time is over."""


class Connected:
    """Whether a page is still open; the front door tells how to ask, once Reflex has its socket."""

    ask: Callable[[str], bool] = staticmethod(lambda _token: True)


def island(name: str) -> rx.Component:
    """The place that `infra.site` fills with a room's HTML on each request."""
    return rx.html(f"<!--island:{name}-->")


def frame(*inside: rx.Component) -> rx.Component:
    """A live page between the shell's two islands; only what is alive is in the scripts."""
    return rx.fragment(island("atas"), rx.el.main(*inside, id="isi", tab_index=-1, class_name="wrap"),
                       island("bawah"))


def live_lead(question: str, answer: rx.Var[str], note: rx.Var[str]) -> rx.Component:
    """The live twin of `ui.lead.lead`: the same tags, the sentence announced politely when it changes."""
    return rx.el.div(
        rx.el.h1(question, class_name="question"),
        rx.el.p(answer, class_name="answer", role="status"),
        rx.cond(note != "", rx.el.p(note, class_name="note"), rx.fragment()),
        class_name="lead")


async def follow(state: Any, snapshot: Followed[T], put: Callable[[int, T], None]) -> None:
    """Give each newer value to `put`, inside the state's lock, while the page is open.

    Started from on_load it is cancelled when the visitor leaves; started by hand (anyone may call an
    event) it ends here, because its page's socket is gone.
    """
    token, seen = state.router.session.client_token, 0
    while Connected.ask(token):
        version = await snapshot.newer(seen)
        if version > seen:
            seen = version
            async with state:
                put(version, snapshot.get())
