"""The desk's trail over HTTP, for auditors and admins: filtered and paged by the address."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cettar_site.base.period import start_of_day
from cettar_site.desk import island_trail as island
from cettar_site.desk import store_trail as store
from cettar_site.desk.api_guard import desk_page, require, token_of
from cettar_site.desk.rules_account import check_trail_reader
from cettar_site.desk.rules_trail import TRAIL_PAGE, Sought, TrailAct
from cettar_site.infra.db import database
from cettar_site.jatim import agencies
from cettar_site.ui.document import words_of

# What each part of the address may be; anything else counts as not asked.
SHAPES = {"pelaku": re.compile(r"P-[0-9A-Z]{6}"), "perbuatan": re.compile(r"[a-z_]{1,32}"),
          "atas": re.compile(r"[A-Za-z0-9._-]{1,64}"),
          "instansi": re.compile(r"[A-Z0-9-]{1,24}"), "sejak": re.compile(r"2[0-9]{3}-[0-9]{2}-[0-9]{2}"),
          "sampai": re.compile(r"2[0-9]{3}-[0-9]{2}-[0-9]{2}"), "sebelum": re.compile(r"[0-9]{1,15}")}


def trail(request: Request) -> Response:
    """GET /meja/jejak."""
    w, token = words_of(request), token_of(request)
    visit = require(w, token, island.HERE)
    if isinstance(visit, Response):
        return visit
    check_trail_reader(visit.officer)
    asked = {name: value for name, shape in SHAPES.items()
             if shape.fullmatch(value := request.query_params.get(name, "").strip())}
    with database().read() as session:
        rows = store.steps(session, sought(asked), TRAIL_PAGE + 1)
    return desk_page(w, w("Jejak meja"), island.trail_page(w, visit.officer, rows, asked), island.HERE)


def sought(asked: Mapping[str, str]) -> Sought:
    """What is looked for by an address."""
    act, agency, before = asked.get("perbuatan", ""), asked.get("instansi", ""), asked.get("sebelum", "")
    return Sought(asked.get("pelaku", ""), act if act in list(TrailAct) else "", asked.get("atas", ""),
                  agency if agencies.by_code(agency) else "", _day(asked.get("sejak", "")),
                  _day(asked.get("sampai", ""), 1), int(before) if before else None)


def _day(text: str, later: int = 0) -> datetime | None:
    try:
        return start_of_day(date.fromisoformat(text) + timedelta(days=later))
    except (ValueError, OverflowError):
        return None


routes = [Route(island.HERE, trail)]
