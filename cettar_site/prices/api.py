"""Prices as open data: JSON, CSV and SVG, for anyone, kept ready for the next who asks the same."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cettar_site.base.errors import Refused
from cettar_site.base.words import Words
from cettar_site.jatim import commodities
from cettar_site.jatim import source as publishers
from cettar_site.prices.api_answers import (
    KEPT_BYTES,
    OPEN,
    Answers,
    language,
    refusal,
    rows_of,
    tag_of,
    unchanged,
)
from cettar_site.prices.api_csv import as_csv
from cettar_site.prices.chart import standalone_svg
from cettar_site.prices.chart_spec import coloured, explored
from cettar_site.prices.rules import Level, Seen, Status
from cettar_site.prices.rules_chart import Picture, picture
from cettar_site.prices.rules_data import row_data, unit_of
from cettar_site.prices.rules_query import Query, read_query, status_word
from cettar_site.prices.rules_selection import Selection
from cettar_site.prices.rules_view import per_unit, title
from cettar_site.prices.snapshot import edition, look_at

LICENCE = (
    "Facts published by the Government of East Java (Siskaperbapo); the publisher states no licence. "
    "Name the publisher. What CETTAR adds (status, reason) is free to use."
)
MOST_DRAWN = 200_000
NOTHING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="328" height="48" role="img">'
    '<text x="12" y="28" font-family="sans-serif" font-size="13">{}</text></svg>'
)
Make = Callable[[Query, Words], bytes]
Part = Callable[[Query], Query]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart, the view that it is of, and who says its numbers."""

    picture: Picture
    selection: Selection
    sources: str


ANSWERS = Answers(KEPT_BYTES)


def as_asked(query: Query) -> Query:
    """A query of which every part changes the answer."""
    return query


def drawable(query: Query) -> Query:
    """What a chart takes of a query: pages and statuses change nothing in it, so they make no other chart."""
    return replace(query, statuses=(Status.ACCEPTED,), limit=MOST_DRAWN, after=None)


def explorable(query: Query) -> Query:
    """What a chart to explore takes of a query: it fits every width."""
    return replace(drawable(query), size="desk")


def answered(make: Make, media_type: str, part: Part = as_asked) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of an answer that is made whole, kept under its `part` of the query, and not told twice."""

    async def endpoint(request: Request) -> Response:
        w = language(request)
        try:
            query = part(read_query(request.query_params))
        except Refused as fault:
            return refusal(fault, w)
        tag = await run_in_threadpool(tag_of, request.url.path, query, w)
        if unchanged(request, tag):
            return Response(None, 304, {**OPEN, "etag": tag})
        body = ANSWERS.get(tag)
        if body is None:
            body = await run_in_threadpool(make, query, w)
            ANSWERS.put(tag, body)
        return Response(body, 200, {**OPEN, "etag": tag}, media_type)

    return endpoint


def make_json(query: Query, _w: Words) -> bytes:
    """The rows with their unit and their origin; `next` leads on when there are more than one page holds."""
    rows = rows_of(query, extra=1)
    more, rows = len(rows) > query.limit, rows[: query.limit]
    known = commodities.get(query.commodity)
    last = rows[-1] if rows else None
    behind = query.address((last.observed_on, last.series, last.revision)) if more and last else None
    return msgspec.json.encode(
        {
            "commodity": query.commodity,
            "name": known.name,
            "unit": unit_of(rows, known.unit),
            "region": query.region,
            "level": query.level.value if query.level else None,
            "from": query.since,
            "to": query.until,
            "status": status_word(query.statuses),
            "count": len(rows),
            "next": f"/api/v1/prices?{behind}" if behind else None,
            "licence": LICENCE,
            "sources": sources_of(rows),
            "observations": [row_data(row) for row in rows],
        }
    )


def sources_of(rows: Iterable[Seen]) -> list[dict[str, str]]:
    """Who says these numbers."""
    known = [(code, publishers.by_code(code)) for code in sorted({row.source for row in rows})]
    return [
        {"code": code, "name": found.name if found else code, "url": found.home if found else ""}
        for code, found in known
    ]


def drawn_of(query: Query) -> Drawn | None:
    """What a chart of a drawable query draws: one level, producers' first when none was asked."""
    rows = rows_of(query)
    there = {row.level for row in rows}
    level = query.level or (Level.PRODUCER if Level.PRODUCER in there else Level.CONSUMER)
    rows = [row for row in rows if row.level is level]
    drawn = picture(rows)
    if drawn is None:
        return None
    days = drawn.finding.first_day, drawn.finding.last_day
    names = ", ".join(source["name"] for source in sources_of(rows))
    return Drawn(drawn, Selection(query.commodity, level, query.region, *days, ""), names)


def make_svg(query: Query, w: Words) -> bytes:
    """The chart as a picture of its own; a sentence in a small frame when there is nothing to draw."""
    found = drawn_of(query)
    if found is None:
        return NOTHING.format(w("Tidak ada harga pada rentang ini")).encode()
    unit = per_unit(w, found.picture.unit)
    subtitle = w("Rupiah {unit}. Sumber: {source}. CETTAR", unit=unit, source=found.sources)
    finding = title(w, found.selection, found.picture)
    return standalone_svg(found.picture, w, query.size, finding, subtitle).encode()


def make_spec(drawn: Picture | None, w: Words) -> bytes:
    """The chart's specification with its data, colours as CSS variables; null without rows."""
    if drawn is None:
        return b"null"
    return coloured(msgspec.json.encode(explored(drawn, w)).decode()).encode()


def _spec_of_rows(query: Query, w: Words) -> bytes:
    found = drawn_of(query)
    return make_spec(found.picture if found else None, w)


def _spec_of_page(given: Mapping[str, str], w: Words) -> bytes:
    now = edition()
    looked = look_at(given)
    tag = repr(("page", now, looked and looked.selection, w.lang))
    body = ANSWERS.get(tag)
    if body is None:
        body = make_spec(looked.picture if looked else None, w)
        ANSWERS.put(tag, body)
    return body


async def as_spec(request: Request) -> Response:
    """The chart to explore: of a query for rows, or of the query in the address of /harga."""
    w = language(request)
    given = dict(request.query_params)
    if "commodity" in given:
        return await SPEC_OF_ROWS(request)
    body = await run_in_threadpool(_spec_of_page, given, w)
    return Response(body, 200, OPEN, "application/json")


SPEC_OF_ROWS = answered(_spec_of_rows, "application/json", explorable)


routes = [
    Route("/api/v1/prices", answered(make_json, "application/json")),
    Route("/api/v1/prices.csv", as_csv),
    Route("/api/v1/prices/chart.svg", answered(make_svg, "image/svg+xml", drawable)),
    Route("/api/v1/prices/chart.json", as_spec),
]
