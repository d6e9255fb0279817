"""What one visitor of the leaderboard sees: the snapshot of now, in the page's language."""

import json
from functools import lru_cache

import reflex as rx

from cettar_site.base.words import split_path, words
from cettar_site.leaderboard.rules import Board
from cettar_site.leaderboard.rules_view import View, view
from cettar_site.leaderboard.snapshot import BOARD
from cettar_site.ui.live import follow


@lru_cache(maxsize=4)
def _said(lang: str, board: Board) -> tuple[View, str]:
    """One view for all visitors of a language, its rows packed once for all of them."""
    said = view(words(lang), board)
    return said, json.dumps(said["rows"])


class BoardState(rx.State):
    """The live leaderboard of one open page."""

    version: int = 0
    answer: str = ""
    note: str = ""
    rows: str = "[]"  # JSON: see ui.live.unpacked

    @rx.event(background=True, supersedes=True)
    async def watch(self) -> None:
        """Follow the leaderboard for as long as the page is open."""
        lang, _ = split_path(self.router.url.path)

        async def see() -> tuple[View, str]:
            return _said(lang, BOARD.get())

        def put(version: int, seen: tuple[View, str]) -> None:
            said, self.rows = seen
            self.version, self.answer, self.note = version, said["answer"], said["note"]

        await follow(self, BOARD, see, put)
