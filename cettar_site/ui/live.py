"""What the live pages share: their frame, the islands' places, and following a snapshot."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

import reflex as rx

V = TypeVar("V")


class Followed(Protocol):
    """A snapshot that says when it is newer."""

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


def unpacked(packed: rx.Var[str], kind: Any) -> rx.Var[Any]:
    """What a state holds as JSON text, as the list that it is. `kind` is its type, such as list[Row].

    The text is made once for all visitors. A list would be wrapped, walked and encoded again for each of two
    hundred open pages: a millisecond and a half each, seen at a leaderboard of fifty rows.
    """
    expression = f"JSON.parse({packed!s})"
    found: rx.Var[Any] = rx.Var(_js_expr=expression, _var_type=kind, _var_data=packed._get_all_var_data())
    return found.to(kind)


async def follow(state: Any, snapshot: Followed, see: Callable[[], Awaitable[V]],
                 put: Callable[[int, V], None]) -> None:
    """After each change: `see` what there is now, then `put` it, inside the state's lock, while the page is open.

    Started from on_load it is cancelled when the visitor leaves; started by hand (anyone may call an
    event) it ends here, because its page's socket is gone.
    """
    token, seen = state.router.session.client_token, 0
    while Connected.ask(token):
        version = await snapshot.newer(seen)
        if version > seen:
            seen, value = version, await see()
            async with state:
                put(version, value)
