"""What one visitor of the prices sees: the view of the page's own address, as new as the last commit."""

import asyncio
import json

import reflex as rx

from cettar_site.base.words import split_path, words
from cettar_site.prices.rules_view import View, view
from cettar_site.prices.snapshot import HAVE, look_at
from cettar_site.ui.live import follow


class PriceState(rx.State):
    """The live part of one open price page. The choice itself is in the address, never here."""

    version: int = 0
    question: str = ""
    answer: str = ""
    note: str = ""
    rows: str = "[]"  # JSON: see ui.live.unpacked

    @rx.event(background=True, supersedes=True)
    async def watch(self) -> None:
        """Follow the chosen prices for as long as the page is open."""
        url = self.router.url
        w, query = words(split_path(url.path)[0]), dict(url.query_parameters)

        async def see() -> View | None:
            looked = await asyncio.to_thread(look_at, query)
            return None if looked is None else view(w, looked)

        def put(version: int, said: View | None) -> None:
            if said is not None:  # with no price at all the first HTML says what to do
                self.version, self.question, self.answer = version, said["question"], said["answer"]
                self.note, self.rows = said["note"], json.dumps(said["rows"])

        await follow(self, HAVE, see, put)
