"""The leaderboard in words: the same texts for the first HTML, the live table and the data."""

from typing import TypedDict

from cettar_site.base.words import Words, mark
from cettar_site.jatim import agencies
from cettar_site.leaderboard.rules import Board, Evidence, Standing

QUESTION = mark("Seberapa cepat pemerintah menjawab?")
OF_THE_PROVINCE = " Provinsi Jawa Timur"  # said once above the table, not in seventy rows
EMPTY_TITLE = mark("Belum ada aduan")
EMPTY_ADVICE = mark("Papan terisi setelah aduan pertama masuk.")
EMPTY_ACTION = mark("Sampaikan keluhan")
STATES = {Evidence.RANKED: "", Evidence.PROVISIONAL: mark("sementara"), Evidence.TOO_FEW: mark("belum cukup data")}


class Row(TypedDict):
    """One line of the table, every value ready to read."""

    rank: str
    name: str
    note: str
    share: str
    percent: str
    of: str
    waiting: str
    overdue: str
    median: str


class View(TypedDict):
    """What the page says: the answer, a note, and the rows."""

    answer: str
    note: str
    rows: list[Row]


def _median(w: Words, standing: Standing) -> str:
    if standing.median_days is None:
        return "–"
    days = w.days(round(standing.median_days, 1))
    return w("lebih dari {days}", days=days) if standing.median_at_least else days


def row(w: Words, standing: Standing) -> Row:
    """One agency's line."""
    shown = standing.share is not None and standing.evidence is not Evidence.TOO_FEW
    state = STATES[standing.evidence]
    return Row(
        rank=str(standing.rank or "–"),
        name=agencies.get(standing.agency).name.removesuffix(OF_THE_PROVINCE),
        note=w(state) if state else "",
        share=w.percent(standing.share or 0) if shown else "–",
        percent=f"{100 * (standing.share or 0):.0f}" if shown else "",
        of=w("{k} dari {n}", k=standing.in_time, n=standing.mature),
        waiting=w.number(standing.waiting),
        overdue=w.number(standing.overdue),
        median=_median(w, standing))


def answer(w: Words, board: Board) -> str:
    """The page's answer as one sentence with its number."""
    if board.share is None:
        if board.filed:
            return w("Aduan pertama baru masuk. Angka muncul setelah dua hari kerja.")
        return w("Belum ada aduan yang bisa dihitung.")
    return w("{share} aduan dijawab dalam dua hari kerja: {k} dari {n} aduan.",
             share=w.percent(board.share), k=board.in_time, n=board.mature)


def answered(w: Words, board: Board) -> str:
    """The sentence beside the share as a large number."""
    return w("aduan dijawab dalam dua hari kerja: {k} dari {n}", k=board.in_time, n=board.mature)


def late(w: Words, board: Board) -> str:
    """The sentence beside the number of those who wait."""
    return w("menunggu jawaban, {n} di antaranya sudah lewat dua hari kerja", n=board.overdue)


def note(w: Words, board: Board) -> str:
    """What waits now, and since when is counted."""
    waiting = w.plural("{n} aduan menunggu jawaban", "{n} aduan menunggu jawaban", board.waiting)
    late = w("{n} di antaranya sudah lewat dua hari kerja", n=board.overdue)
    return w("{waiting}, {late}. Dihitung sejak {since}.", waiting=waiting, late=late, since=w.date(board.since))


def view(w: Words, board: Board) -> View:
    """Everything the page says, in one language."""
    return View(answer=answer(w, board), note=note(w, board), rows=[row(w, one) for one in board.standings])
