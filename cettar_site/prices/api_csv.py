"""Prices as a table of every row, page after page as they are read."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Iterator
from dataclasses import replace

from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from cettar_site.base.errors import Refused
from cettar_site.base.words import Words
from cettar_site.infra.site_rooms import error_json
from cettar_site.prices.api_answers import OPEN, language, refusal, rows_of, tag_of, unchanged
from cettar_site.prices.rules_data import CSV_FIELDS, csv_row
from cettar_site.prices.rules_query import PAGE_ROWS, Query, read_query

AT_ONCE = 8  # a slow reader's rows wait in memory
RETRY_SECONDS = 5
PLACES = threading.BoundedSemaphore(AT_ONCE)


class Table(StreamingResponse):
    """The table as a stream that takes a place for as long as it is sent; without a free one, 503."""

    def __init__(self, query: Query, headers: dict[str, str], w: Words) -> None:
        super().__init__(iterate_in_threadpool(csv_pages(query)), 200, headers, "text/csv")
        self._words = w

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the rows; the place is free again when they are sent, the line breaks or the task ends."""
        if not PLACES.acquire(blocking=False):
            await busy(self._words)(scope, receive, send)
            return
        try:
            await super().__call__(scope, receive, send)
        finally:
            PLACES.release()


def busy(w: Words) -> Response:
    """503: as many as may are reading the table now."""
    said = error_json(503, w("Tunggu sebentar, lalu coba lagi. Tidak ada yang hilang."))
    headers = {**OPEN, "cache-control": "no-store", "retry-after": str(RETRY_SECONDS)}
    return Response(said, 503, headers, "application/json")


async def as_csv(request: Request) -> Response:
    """Every row that a query asks for, page after page as they are read; `limit` changes nothing."""
    w = language(request)
    try:
        query = replace(read_query(request.query_params), limit=PAGE_ROWS)
    except Refused as fault:
        return refusal(fault, w)
    tag = await run_in_threadpool(tag_of, request.url.path, query, w)
    if unchanged(request, tag):
        return Response(None, 304, {**OPEN, "etag": tag})
    headers = {
        **OPEN,
        "etag": tag,
        "content-disposition": f'attachment; filename="cettar-harga-{query.commodity}.csv"',
    }
    return Table(query, headers, w)


def csv_pages(query: Query) -> Iterator[bytes]:
    """The CSV text in pieces, one for each page of rows."""
    after, first = query.after, True
    while True:
        page = replace(query, after=after)
        rows = rows_of(page)
        text = io.StringIO()
        writer = csv.writer(text)
        if first:
            writer.writerow(CSV_FIELDS)
        writer.writerows(csv_row(row) for row in rows)
        first = False
        yield text.getvalue().encode()
        if len(rows) < query.limit:
            return
        after = rows[-1].observed_on, rows[-1].series, rows[-1].revision
