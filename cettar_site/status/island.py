"""The status page: what runs, what ran, what is late, for anyone."""

from collections.abc import Mapping
from datetime import datetime

import htpy as h

from cettar_site.base.words import Words
from cettar_site.infra import clock
from cettar_site.infra.db import database
from cettar_site.infra.settings import settings
from cettar_site.infra.vitals import vitals
from cettar_site.status import island_rows
from cettar_site.status.columns import FAILURES, JOBS, RUNS, SOURCES
from cettar_site.status.rules import ATTEMPTS, WAITS
from cettar_site.status.rules_board import Board, summary
from cettar_site.status.snapshot import BOARD
from cettar_site.ui.empty import empty
from cettar_site.ui.lead import facts, how_we_know, lead, section
from cettar_site.ui.state_mark import state_mark
from cettar_site.ui.table import table

GIGABYTE = 1024**3
MEGABYTE = 1024**2


def key() -> object:
    """Changes when the page does: with each run, and with each minute."""
    BOARD.get()
    return BOARD.version, clock.now().replace(second=0, microsecond=0)


def status(w: Words, _query: Mapping[str, str]) -> h.Node:
    """Question, answer, the jobs, their sources and failures, this machine, the newest runs."""
    board, now = BOARD.get(), clock.now()
    question = w("Apakah semuanya berjalan?")
    if not board.jobs:
        return h.fragment[
            lead(question, w("Penjadwal belum pernah berjalan di sini."), _seen(w, now)),
            empty(w("Belum ada pekerjaan."),
                  w("Pekerjaan tampil di sini begitu penjadwal dinyalakan. Isi situs tetap bisa dibaca.")),
            _machine(w)]
    return h.fragment[
        lead(question, answer(w, board, now), _seen(w, now)),
        table(w, JOBS, [island_rows.job_row(w, state, now) for state in board.jobs],
              caption=w("Pekerjaan di belakang layar"), caption_hidden=True),
        _sources(w, board, now), _failures(w, board), _machine(w), _runs(w, board), _method(w)]


def answer(w: Words, board: Board, now: datetime) -> str:
    """The whole page in a sentence."""
    if not any(state.plan.job.cron for state in board.jobs):  # known from runs by hand alone
        return w("Penjadwal belum pernah berjalan di sini.")
    count = summary(board, now)
    if count.good:
        return w.plural("Semua berjalan: {n} pekerjaan.", "Semua berjalan: {n} pekerjaan.", count.jobs)
    parts = []
    if count.late_sources:
        parts.append(w.plural("{n} sumber terlambat.", "{n} sumber terlambat.", count.late_sources))
    if count.late_jobs:
        parts.append(w.plural("{n} pekerjaan terlambat.", "{n} pekerjaan terlambat.", count.late_jobs))
    if count.failing:
        parts.append(w.plural("{n} pekerjaan gagal terakhir kali dan akan dicoba lagi.",
                              "{n} pekerjaan gagal terakhir kali dan akan dicoba lagi.", count.failing))
    return " ".join(parts)


def _seen(w: Words, now: datetime) -> str:
    return w("Dilihat {moment}.", moment=w.moment(now))


def _sources(w: Words, board: Board, now: datetime) -> h.Node:
    rows = island_rows.source_rows(w, board, now)
    return rows and section(w("Sumber data"),
                            table(w, SOURCES, rows, caption=w("Sumber data"), caption_hidden=True))


def _failures(w: Words, board: Board) -> h.Node:
    return section(w("Kegagalan terakhir"), table(
        w, FAILURES, island_rows.failure_rows(w, board), caption=w("Kegagalan terakhir"), caption_hidden=True,
        empty=h.p(".quiet")[w("Belum ada yang gagal.")]))


def _machine(w: Words) -> h.Node:
    found = vitals(database(), settings().data_dir)
    free = w("{free} GB dari {total} GB", free=found.disk_free / GIGABYTE, total=found.disk_total / GIGABYTE)
    answers = w("{name}, menjawab", name=found.database) if found.database_up else w("Tidak menjawab")
    return section(w("Mesin"), facts([
        (w("Proses"), found.process),
        (w("Menyala sejak"), w.moment(found.started_at)),
        (w("Memori"), w("{n} MB", n=found.memory // MEGABYTE)),
        (w("Basis data"), answers),
        (w("Sisa ruang simpan"), free if found.disk_enough else state_mark(w, "late", free))]))


def _runs(w: Words, board: Board) -> h.Node:
    return section(w("Catatan terakhir"), table(
        w, RUNS, island_rows.run_rows(w, board), caption=w("Catatan terakhir setiap pekerjaan"),
        caption_hidden=True))


def _method(w: Words) -> h.Node:
    first, second = (w.duration(wait.total_seconds()) for wait in WAITS)
    return how_we_know(
        w,
        h.p[w("Setiap pekerjaan menulis catatan: kapan mulai dan selesai, berapa baris masuk dan ditolak, "
              "dan sebab bila gagal. Halaman ini membaca catatan itu.")],
        h.p[w("Yang gagal dicoba lagi sesudah {first} dan {second}, paling banyak {n} kali, lalu menunggu "
              "jadwal berikutnya. Data terakhir yang baik tetap dipakai.", first=first, second=second,
              n=ATTEMPTS)],
        h.p(".quiet")[w("Sebagai data:"), " ", h.a(href="/api/v1/jobs")["JSON"], " · ",
                      h.a(href="/healthz")[w("kesehatan")]])


ISLANDS = {"status": status}
