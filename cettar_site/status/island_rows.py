"""The rows of the status page's tables."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

import htpy as h
from htpy import Node

from cettar_site.base.words import Words
from cettar_site.infra import cron
from cettar_site.status.rules import SUCCESSES, Ending, Outcome, Run
from cettar_site.status.rules_board import Board, JobState, Standing, is_running, standing
from cettar_site.status.rules_reason import reason, remark
from cettar_site.ui.state_mark import State, state_mark

Row = dict[str, Node]
RUNS_SHOWN = 30
OUTCOME_MARKS: Mapping[Outcome, State] = {
    Outcome.RUNNING: "waiting", Outcome.OK: "done", Outcome.PARTLY: "late", Outcome.FAILED: "failed",
    Outcome.STOPPED: "waiting", Outcome.LOST: "failed"}
STANDING_MARKS: Mapping[Standing, State] = {
    Standing.GOOD: "on_time", Standing.FAILING: "failed", Standing.LATE: "late", Standing.WAITING: "waiting",
    Standing.BY_HAND: "idle"}


def job_row(w: Words, state: JobState, now: datetime) -> Row:
    """A job: how it stands, its last run and what came of it, its next."""
    job = state.plan.job
    following = cron.next_time(job.cron, now)
    row: Row = {"name": w(job.description), "source": job.source or None,
                "state": how_it_stands(w, state, now),
                "next": None if following is None else w.short_moment(following)}
    if state.last is not None:
        row |= {"last": w.short_moment(state.last.started_at), "last_note": _took(w, state.last),
                "result": _result(w, state.last.ending), "detail": detail(w, state.last.ending)}
    return row


def source_rows(w: Words, board: Board, now: datetime) -> list[Row]:
    """Each publisher: how it stands, its last success and failure."""
    rows: list[Row] = []
    for state in board.jobs:
        job, success, failure = state.plan.job, state.success, state.failure
        if not job.source:
            continue
        row: Row = {"name": job.source, "state": how_it_stands(w, state, now)}
        if job.stale_after is not None:
            row["allowed"] = w("terlambat sesudah {span}", span=_span(w, job.stale_after))
        if success is not None:
            row["success"] = w.short_moment(success.ended_at or success.started_at)
        if failure is not None:
            row |= {"failure": w.short_moment(failure.started_at), "reason": why(w, failure.ending)}
        rows.append(row)
    return rows


def failure_rows(w: Words, board: Board) -> list[Row]:
    """The last failure of each job that ever failed, newest first."""
    failed = [(state, state.failure) for state in board.jobs if state.failure is not None]
    mended, broken = state_mark(w, "done", w("Berhasil lagi")), state_mark(w, "failed", w("Belum berhasil"))
    return [{
        "name": w(state.plan.job.description), "when": w.short_moment(run.started_at),
        "reason": why(w, run.ending), "remark": _breakable(remark(run.ending)),
        "since": mended if state.success and state.success.id > run.id else broken,
    } for state, run in sorted(failed, key=lambda pair: pair[1].started_at, reverse=True)]


def run_rows(w: Words, board: Board) -> list[Row]:
    """The newest runs of all jobs, newest first; a busy job does not crowd out the others."""
    words = {Outcome.RUNNING: w("Berjalan"), Outcome.OK: w("Selesai"), Outcome.PARTLY: w("Sebagian"),
             Outcome.FAILED: w("Gagal"), Outcome.STOPPED: w("Dihentikan"), Outcome.LOST: w("Terputus")}
    named = [(state, run) for state in board.jobs for run in state.recent]
    return [{
        "name": w(state.plan.job.description), "detail": detail(w, run.ending) or why(w, run.ending),
        "state": state_mark(w, OUTCOME_MARKS[run.ending.outcome], words[run.ending.outcome]),
        "when": w.short_moment(run.started_at),
        "duration": None if run.seconds is None else w.duration(run.seconds),
        "rows": w.number(run.ending.rows_in), "refused": w.number(run.ending.rows_refused),
    } for state, run in sorted(named, key=lambda pair: pair[1].started_at, reverse=True)[:RUNS_SHOWN]]


def how_it_stands(w: Words, state: JobState, now: datetime) -> Node:
    """A job's standing as a mark."""
    if is_running(state, now):
        return state_mark(w, "waiting", w("Sedang berjalan"))
    words = {Standing.GOOD: w("Berjalan"), Standing.FAILING: w("Gagal terakhir kali"),
             Standing.LATE: w("Terlambat"), Standing.WAITING: w("Belum pernah berjalan"),
             Standing.BY_HAND: w("Bila diminta")}
    how = standing(state, now)
    return state_mark(w, STANDING_MARKS[how], words[how])


def why(w: Words, ending: Ending) -> str | None:
    """Why a run failed, in the reader's language; None where there is nothing to say."""
    text = reason(ending)
    return w(text) if text else None  # the empty sentence is the catalogue's own head


def detail(w: Words, ending: Ending) -> str | None:
    """What a run did, in the reader's language."""
    if not ending.detail:
        return None
    try:
        return w(ending.detail, **ending.facts)
    except (KeyError, ValueError, IndexError):  # written by another version: better raw than none
        return ending.detail


def _took(w: Words, run: Run) -> str:
    words = {Outcome.RUNNING: w("berjalan"), Outcome.OK: w("selesai"), Outcome.PARTLY: w("sebagian"),
             Outcome.FAILED: w("gagal"), Outcome.STOPPED: w("dihentikan"), Outcome.LOST: w("terputus")}
    word = words[run.ending.outcome]
    return word if run.seconds is None else f"{word}, {w.duration(run.seconds)}"


def _result(w: Words, ending: Ending) -> str | None:
    if ending.outcome not in SUCCESSES:
        return why(w, ending)
    if not ending.rows_in and not ending.rows_refused:
        return None
    return w("{rows} baris, {refused} ditolak", rows=ending.rows_in, refused=ending.rows_refused)


def _breakable(address: str) -> Node:
    """A long address that a narrow screen may break at its slashes."""
    return [(part, h.wbr) for part in re.split(r"(?<=/)(?=\w)", address)] if address else None


def _span(w: Words, span: timedelta) -> str:
    return w.duration(span.total_seconds())
