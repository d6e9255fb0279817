"""The leaderboard as data."""

import csv
import io
from datetime import date

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cettar_site.base.errors import NotFound, Problem, Refused
from cettar_site.base.words import mark
from cettar_site.infra import clock
from cettar_site.infra.db import database
from cettar_site.jatim import agencies
from cettar_site.leaderboard import store
from cettar_site.leaderboard.rules import RULES_VERSION, WINDOW, WORKING_DAYS, Standing
from cettar_site.leaderboard.snapshot import BOARD

OPEN = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}
FIELDS = ("agency", "name", "rank", "evidence", "mature", "answered_in_time", "share", "waiting", "overdue",
          "median_days", "median_is_minimum")


def _facts(standing: Standing) -> dict[str, object]:
    return dict(zip(FIELDS, (
        standing.agency, agencies.get(standing.agency).name, standing.rank, standing.evidence.value, standing.mature,
        standing.in_time, None if standing.share is None else round(standing.share, 4), standing.waiting,
        standing.overdue, None if standing.median_days is None else round(standing.median_days, 2),
        standing.median_at_least), strict=True))


def _asked(request: Request) -> date | None:
    """The day asked for, None for now. Raises Refused."""
    text = request.query_params.get("day", "")
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused((Problem("day", mark("Tulis hari sebagai TTTT-BB-HH, misalnya 2026-11-22.")),)) from None


def _standings(request: Request) -> tuple[Standing, ...]:
    day = _asked(request)
    if day is None:
        return BOARD.get().standings
    with database().read() as session:
        kept = store.day(session, day)
    if not kept:
        raise NotFound("no such day")
    return kept


def as_json(request: Request) -> Response:
    """Every agency's figures with the rule that made them; `?day=` for how a past day ended."""
    standings = _standings(request)
    body = {"rules": RULES_VERSION, "working_days": WORKING_DAYS, "window_days": WINDOW.days,
            "at": _asked(request) or clock.now(), "mature": sum(one.mature for one in standings),
            "answered_in_time": sum(one.in_time for one in standings),
            "waiting": sum(one.waiting for one in standings), "overdue": sum(one.overdue for one in standings),
            "agencies": [_facts(one) for one in standings]}
    return Response(msgspec.json.encode(body), media_type="application/json", headers=OPEN)


def as_csv(request: Request) -> Response:
    """The same rows for a spreadsheet."""
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS)
    writer.writeheader()
    writer.writerows(_facts(one) for one in _standings(request))
    headers = {**OPEN, "content-disposition": 'attachment; filename="cettar-papan.csv"'}
    return Response(text.getvalue(), media_type="text/csv", headers=headers)


routes = [Route("/api/v1/leaderboard", as_json), Route("/api/v1/leaderboard.csv", as_csv)]
