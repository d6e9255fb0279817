"""The leaderboard as data."""

import csv
import io

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cettar_site.infra import clock
from cettar_site.jatim import agencies
from cettar_site.leaderboard.rules import RULES_VERSION, WORKING_DAYS, Standing
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


async def as_json(_request: Request) -> Response:
    """Every agency's figures with the rule that made them."""
    board = BOARD.get()
    body = {"rules": RULES_VERSION, "working_days": WORKING_DAYS, "since": board.since, "at": clock.now(),
            "mature": board.mature, "answered_in_time": board.in_time, "waiting": board.waiting,
            "overdue": board.overdue, "agencies": [_facts(standing) for standing in board.standings]}
    return Response(msgspec.json.encode(body), media_type="application/json", headers=OPEN)


async def as_csv(_request: Request) -> Response:
    """The same rows for a spreadsheet."""
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS)
    writer.writeheader()
    writer.writerows(_facts(standing) for standing in BOARD.get().standings)
    headers = {**OPEN, "content-disposition": 'attachment; filename="cettar-papan.csv"'}
    return Response(text.getvalue(), media_type="text/csv", headers=headers)


routes = [Route("/api/v1/leaderboard", as_json), Route("/api/v1/leaderboard.csv", as_csv)]
