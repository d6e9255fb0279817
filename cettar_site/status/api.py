"""The jobs as data, and what monitors ask."""

import ipaddress
from datetime import datetime
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cettar_site.infra import clock, cron, metrics
from cettar_site.infra.db import database
from cettar_site.infra.guard import client_address
from cettar_site.infra.settings import settings
from cettar_site.infra.vitals import Vitals, vitals
from cettar_site.status.rules import Run
from cettar_site.status.rules_board import (
    Board,
    JobState,
    Standing,
    is_running,
    is_unattended,
    standing,
    summary,
)
from cettar_site.status.snapshot import BOARD

OPEN = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin",
        "cache-control": "no-cache"}
PRIVATE = {"cache-control": "no-store"}


def jobs(_request: Request) -> Response:
    """Every job: what it does, when it runs next, its last run, success and failure, its newest runs."""
    board, now = BOARD.get(), clock.now()
    count = summary(board, now)
    return _json({
        "at": now, "realm": board.realm, "timezone": "Asia/Jakarta",
        "summary": {"good": count.good, "jobs": count.jobs, "late_sources": count.late_sources,
                    "late_jobs": count.late_jobs, "failing": count.failing},
        "jobs": [_job(state, now) for state in board.jobs]}, 200, OPEN)


def healthz(_request: Request) -> Response:
    """200 while this process can do its work, 503 when it can not; "degraded" when something needs a look.

    A late source is somebody else's fault and no reason to restart this process: degraded. A job that nobody
    even tried to run means that no scheduler lives: 503, as without a database or room on the disk.
    """
    found, now = vitals(database(), settings().data_dir), clock.now()
    board = BOARD.get() if found.database_up else Board(database().realm, ())
    _measure(found, board, now)
    late = [state.plan.job.name for state in board.jobs if standing(state, now) is Standing.LATE]
    unattended = [state.plan.job.name for state in board.jobs if is_unattended(state, now)]
    failed = not found.database_up or not found.disk_enough or bool(unattended)
    return _json({
        "status": "failed" if failed else "degraded" if late else "ok", "at": now,
        "process": {"name": found.process, "started_at": found.started_at, "memory_bytes": found.memory},
        "database": {"ok": found.database_up, "kind": found.database,
                     "milliseconds": round(found.database_seconds * 1000, 1)},
        "disk": {"ok": found.disk_enough, "free_bytes": found.disk_free, "total_bytes": found.disk_total},
        "jobs": {"ok": not late and not unattended, "late": late, "unattended": unattended},
    }, 503 if failed else 200, PRIVATE)


def exposition(request: Request) -> Response:
    """What this process counted, for a Prometheus nearby; elsewhere there is no such page."""
    if not _is_nearby(client_address(request.scope)):
        raise HTTPException(404)
    found, now = vitals(database(), settings().data_dir), clock.now()
    _measure(found, BOARD.get() if found.database_up else Board(database().realm, ()), now)
    body, content_type = metrics.exposition()
    return Response(body, headers={**PRIVATE, "content-type": content_type})


def _is_nearby(address: str) -> bool:
    """Whether an address is of this machine or of a private network."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return ip.is_private and not ip.is_unspecified


def _measure(found: Vitals, board: Board, now: datetime) -> None:
    metrics.show_health(found.database_up, found.disk_free)
    for state in board.jobs:
        success = None if state.success is None else state.success.ended_at
        metrics.show_job(state.plan.job.name, success, standing(state, now) is Standing.LATE)


def _job(state: JobState, now: datetime) -> dict[str, Any]:
    job = state.plan.job
    return {
        "name": job.name, "description": job.description, "cron": job.cron, "source": job.source,
        "state": standing(state, now), "running": is_running(state, now),
        "next_run": cron.next_time(job.cron, now),
        "stale_after_seconds": job.stale_after and int(job.stale_after.total_seconds()),
        "last_run": _run(state.last), "last_success": _run(state.success),
        "last_failure": _run(state.failure),
        "recent_runs": [_run(run) for run in state.recent]}


def _run(run: Run | None) -> dict[str, Any] | None:
    if run is None:
        return None
    ending = run.ending
    error = {"kind": ending.error_kind, "text": ending.error_text, "address": ending.error_address}
    return {
        "started_at": run.started_at, "ended_at": run.ended_at, "outcome": ending.outcome,
        "rows_in": ending.rows_in, "rows_refused": ending.rows_refused, "detail": ending.detail,
        "facts": dict(ending.facts), "error": error if ending.error_kind else None, "due_at": run.window,
        "by_hand": run.by_hand, "process": run.process, "fence": run.fence}


def _json(body: dict[str, Any], status: int, headers: dict[str, str]) -> Response:
    return Response(msgspec.json.encode(body), status, headers, "application/json")


routes = [Route("/api/v1/jobs", jobs), Route("/healthz", healthz), Route("/metrics", exposition)]
