"""Prices as a table of every row, page after page as they are read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from cettar_site.base.errors import Refused
from cettar_site.prices.api_answers import OPEN, language, refusal, rows_of, tag_of, unchanged
from cettar_site.prices.rules_data import CSV_FIELDS, csv_row
from cettar_site.prices.rules_query import Query, read_query

AT_ONCE = 8  # a slow reader's rows wait in memory
RETRY_SECONDS = 5


async def as_csv(request: Request) -> Response:
    """Every row that a query asks for, page after page as they are read; no limit."""
    w = language(request)
    try:
        query = read_query(request.query_params)
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
    return StreamingResponse(iterate_in_threadpool(csv_pages(query)), 200, headers, "text/csv")


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
