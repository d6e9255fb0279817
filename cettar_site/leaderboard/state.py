"""What one visitor of the leaderboard sees: the snapshot of now, in the page's language."""

from functools import lru_cache

import reflex as rx

from cettar_site.base.words import split_path, words
from cettar_site.leaderboard.rules import Board
from cettar_site.leaderboard.rules_view import Row, View, view
from cettar_site.leaderboard.snapshot import BOARD
from cettar_site.ui.live import follow


@lru_cache(maxsize=4)
def _said(lang: str, board: Board) -> View:
    """One view for all visitors of a language: two hundred of them read the same list."""
    return view(words(lang), board)


class BoardState(rx.State):
    """The live leaderboard of one open page."""

    version: int = 0
    answer: str = ""
    note: str = ""
    rows: list[Row] = []

    @rx.event(background=True, supersedes=True)
    async def watch(self) -> None:
        """Follow the leaderboard for as long as the page is open."""
        lang, _ = split_path(self.router.url.path)

        async def see() -> View:
            return _said(lang, BOARD.get())

        def put(version: int, said: View) -> None:
            self.version, self.answer, self.note, self.rows = version, said["answer"], said["note"], said["rows"]

        await follow(self, BOARD, see, put)
