"""The public list as data, in English: JSON page by page, CSV in one stream, what the codes mean."""

import csv
import hashlib
import io
import threading
from collections.abc import Iterator
from dataclasses import replace

import msgspec
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from cettar_site.base.errors import Problem
from cettar_site.base.words import mark, words
from cettar_site.complaints.api_list import read_page
from cettar_site.complaints.rules_list import DATA, Asked, no_such_page, read_asked
from cettar_site.complaints.rules_list_data import FIELDS, brief_data, codes, csv_row
from cettar_site.infra.site_rooms import error_json

JSON = "application/json"
OPEN = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin",
        "cache-control": "no-cache"}
ADDRESS = "/api/v1/complaints"
LINES, MOST_LINES = 100, 500
CSV_LINES = 500
"""So many complaints are read at once for the table."""
AT_ONCE = 4
RETRY_SECONDS = 10
PLACES = threading.BoundedSemaphore(AT_ONCE)
_LIMIT = mark("Jumlah baris (limit) harus bilangan dari 1 sampai 500.")


def _refused(problem: Problem) -> Response:
    said = error_json(422, words("en")(problem.text), problem.field)
    return Response(said, 422, {**OPEN, "cache-control": "no-store"}, JSON)


def _tagged(request: Request, body: bytes) -> Response:
    etag = f'W/"{hashlib.blake2s(body, digest_size=10).hexdigest()}"'
    if etag in request.headers.get("if-none-match", ""):
        return Response(None, 304, {**OPEN, "etag": etag})
    return Response(body, 200, {**OPEN, "etag": etag}, JSON)


def as_json(request: Request) -> Response:
    """GET /api/v1/complaints: a page of the list; `next` is the address of the one after it, null on the last."""
    asked, problems = read_asked(request.query_params, DATA)
    limit = request.query_params.get("limit", str(LINES))
    if not (limit.isascii() and limit.isdigit() and len(limit) < 4 and 1 <= int(limit) <= MOST_LINES):
        problems = (*problems, Problem("limit", _LIMIT))
    if problems:
        return _refused(problems[0])
    found = read_page(asked, int(limit))
    if found is None:
        return _refused(no_such_page(DATA))
    on = DATA.query(replace(asked, before=found.next_before))
    more = f"{ADDRESS}{on}{'' if int(limit) == LINES else f'&limit={limit}'}" if found.next_before else None
    return _tagged(request, msgspec.json.encode(
        {"complaints": [brief_data(brief) for brief in found.briefs], "next": more}))


class Table(StreamingResponse):
    """The table as a stream that takes a place for as long as it is sent; without a free one, 503."""

    def __init__(self, asked: Asked) -> None:
        headers = {**OPEN, "content-disposition": 'attachment; filename="cettar-aduan.csv"'}
        super().__init__(iterate_in_threadpool(csv_pages(asked)), 200, headers, "text/csv")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the lines; the place is free again when they are sent, the line breaks or the task ends."""
        if not PLACES.acquire(blocking=False):
            said = error_json(503, "Too many tables are being sent. Try again in a moment.")
            headers = {**OPEN, "cache-control": "no-store", "retry-after": str(RETRY_SECONDS)}
            await Response(said, 503, headers, JSON)(scope, receive, send)
            return
        try:
            await super().__call__(scope, receive, send)
        finally:
            PLACES.release()


async def as_csv(request: Request) -> Response:
    """GET /api/v1/complaints.csv: every line that a question asks for, newest first, as they are read."""
    asked, problems = read_asked(request.query_params, DATA)
    if problems:
        return _refused(problems[0])
    if asked.before and await run_in_threadpool(read_page, asked, 1) is None:
        return _refused(no_such_page(DATA))
    return Table(asked)


def csv_pages(asked: Asked) -> Iterator[bytes]:
    """The table in pieces. Each is read by itself, so that a slow reader holds no transaction open."""
    head: tuple[tuple[str, ...], ...] = (FIELDS,)
    while True:
        found = read_page(asked, CSV_LINES)
        text = io.StringIO()
        csv.writer(text).writerows((*head, *(csv_row(brief) for brief in found.briefs if found)) if found else head)
        yield text.getvalue().encode()
        if found is None or not found.next_before:
            return
        asked, head = replace(asked, before=found.next_before), ()


def meanings(request: Request) -> Response:
    """GET /api/v1/complaints/codes: the names of agencies, categories and regions by their codes."""
    return _tagged(request, msgspec.json.encode(codes()))


routes = [Route(ADDRESS, as_json), Route(f"{ADDRESS}.csv", as_csv), Route(f"{ADDRESS}/codes", meanings)]
