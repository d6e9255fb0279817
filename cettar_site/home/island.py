"""The front page: three questions, each with its answer of now, its source and the way on."""

from collections.abc import Mapping
from datetime import datetime

import htpy as h

from cettar_site.base.words import Words
from cettar_site.complaints.rules import Channel
from cettar_site.complaints.rules_brief import Brief
from cettar_site.home.snapshot import NEWEST
from cettar_site.infra import clock
from cettar_site.jatim import agencies, regions
from cettar_site.leaderboard.rules import Board
from cettar_site.leaderboard.rules_view import answer, answered, late
from cettar_site.leaderboard.snapshot import BOARD
from cettar_site.prices.island import latest_strip
from cettar_site.ui.empty import empty
from cettar_site.ui.figure import figure, figures, source
from cettar_site.ui.lead import action, lead, section
from cettar_site.ui.state_mark import State as StateMark
from cettar_site.ui.state_mark import state_mark

EXCERPT = 140


def front(w: Words, _query: Mapping[str, str]) -> h.Node:
    """The whole front page."""
    return h.fragment[
        lead(w("Pelayanan pemerintah Jawa Timur, terlihat."),
             w("Laporkan masalah, ikuti jawabannya, dan lihat siapa yang cepat.")),
        h.p(".actions")[action(w("Sampaikan keluhan"), w.path("/aduan")),
                        action(w("Lacak aduan"), w.path("/lacak"), "plain")],
        _speed(w, BOARD.get()),
        section(w("Berapa harga bawang merah hari ini?"), latest_strip(w),
                h.p[h.a(href=w.path("/harga"))[w("Lihat semua harga")]]),
        section(w("Aduan terbaru"), _newest(w),
                h.p[h.a(href=w.path("/aduan/daftar"))[w("Semua aduan, menurut wilayah dan instansi")]]),
    ]


def _speed(w: Words, board: Board) -> h.Node:
    origin = source(w, w("Catatan aduan CETTAR"), observed=w.moment(clock.now()))
    if board.share is None:
        shown: h.Node = h.p[answer(w, board)]
    else:
        shown = figures(
            figure(w.percent(board.share), "", answered(w, board)),
            figure(w.number(board.waiting), w("aduan"), late(w, board)))
    return section(w("Seberapa cepat pemerintah menjawab?"), shown, origin,
                   h.p[h.a(href=w.path("/papan"))[w("Lihat papan setiap instansi")]])


def _newest(w: Words) -> h.Node:
    briefs = NEWEST.get()
    if not briefs:
        return empty(w("Belum ada aduan"), w("Aduan yang boleh dibaca umum akan tampil di sini."),
                     w("Sampaikan keluhan"), w.path("/aduan"))
    return h.ul(".newest")[(h.li[_line(w, brief)] for brief in briefs)]


def _line(w: Words, brief: Brief) -> h.Node:
    text = brief.text if len(brief.text) <= EXCERPT else brief.text[:EXCERPT].rsplit(" ", 1)[0] + " …"
    region = regions.by_code(brief.region_code)
    place = f"{region.name} · " if region else ""
    state = _state(brief, clock.now())
    return h.fragment[
        h.a(href=w.path(f"/aduan/{brief.number}"))[text],
        h.p(".quiet")[place, agencies.get(brief.agency_code).abbr, " · ", w.short_date(brief.filed_at), " · ",
                      state_mark(w, state)]]


def _state(brief: Brief, now: datetime) -> StateMark:
    if brief.first_answer_at is None:
        return "late" if brief.due_at < now and brief.channel is Channel.SITE else "waiting"
    return "on_time" if brief.first_answer_at <= brief.due_at else "late"
