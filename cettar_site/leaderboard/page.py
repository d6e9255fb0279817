"""The leaderboard's page: the first HTML until the live view takes its place."""

import reflex as rx

from cettar_site.base.words import Words
from cettar_site.leaderboard.columns import CAPTION, COLUMNS
from cettar_site.leaderboard.rules_view import EMPTY_ACTION, EMPTY_ADVICE, EMPTY_TITLE, QUESTION, Row
from cettar_site.leaderboard.state import BoardState
from cettar_site.ui.empty import empty
from cettar_site.ui.live import frame, island, live_lead, unpacked
from cettar_site.ui.live_table import live_table


def page(w: Words) -> rx.Component:
    """The page in one language."""
    nothing = rx.html(str(empty(w(EMPTY_TITLE), w(EMPTY_ADVICE), w(EMPTY_ACTION), w.path("/aduan"))))
    rows = unpacked(BoardState.rows, list[Row])
    live = rx.fragment(
        live_lead(w(QUESTION), BoardState.answer, BoardState.note),
        rx.cond(rows.length() > 0, live_table(w, COLUMNS, rows, caption=w(CAPTION)),
                nothing))
    return frame(rx.cond(BoardState.version > 0, live, island("papan")), island("papan-bawah"))
