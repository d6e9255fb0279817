"""What every answer of open data has in common: its rows, its tag, its refusal, and the room it may take."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict

from starlette.requests import Request
from starlette.responses import Response

from cettar_site.base.errors import Refused
from cettar_site.base.words import Words, words
from cettar_site.infra.db import database
from cettar_site.infra.pulse import hub
from cettar_site.infra.site_rooms import error_json
from cettar_site.prices import store
from cettar_site.prices.rules import PRICES_CHANGED, Seen
from cettar_site.prices.rules_query import Query

FORMAT = "1"  # part of every ETag: change it when the same rows are said otherwise
OPEN = {
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
    "cache-control": "public, max-age=0, must-revalidate",
}
KEPT_BYTES = 32 * 1024 * 1024
KEPT_LARGEST = 4 * 1024 * 1024
ANSWER_COST = 500  # bytes that a kept answer takes beside its body


class Answers:
    """Whole answers by their ETag, the least recently asked forgotten first. Used from several threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most, self._held, self._lock = most_bytes, 0, threading.Lock()
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, tag: str) -> bytes | None:
        """The body known by a tag."""
        with self._lock:
            if tag in self._kept:
                self._kept.move_to_end(tag)
            return self._kept.get(tag)

    def put(self, tag: str, body: bytes) -> None:
        """Keep a body, unless it is very large."""
        if len(body) > KEPT_LARGEST:
            return
        with self._lock:
            if tag in self._kept:
                self._held -= len(self._kept.pop(tag)) + ANSWER_COST
            self._kept[tag] = body
            self._held += len(body) + ANSWER_COST
            while self._held > self._most:
                self._held -= len(self._kept.popitem(last=False)[1]) + ANSWER_COST


def language(request: Request) -> Words:
    """The language of messages and charts: `lang=en`, else Indonesian."""
    return words(request.query_params.get("lang", "id"))


def refusal(fault: Refused, w: Words) -> Response:
    """400 with the first wrong field and how to mend it."""
    first = fault.problems[0]
    return Response(
        error_json(400, w(first.text), first.field),
        400,
        {**OPEN, "cache-control": "no-store"},
        "application/json",
    )


def tag_of(path: str, query: Query, w: Words) -> str:
    """The ETag of an answer: it changes with the prices, the question and the format."""
    base = database()
    parts = (FORMAT, base.realm, base.url, hub().version(PRICES_CHANGED), path, query, w.lang)
    return f'W/"{hashlib.blake2s(repr(parts).encode(), digest_size=12).hexdigest()}"'


def unchanged(request: Request, tag: str) -> bool:
    """Whether the asker already has the answer of this tag."""
    given = request.headers.get("if-none-match", "")
    return tag.removeprefix("W/") in {one.strip().removeprefix("W/") for one in given.split(",")}


def rows_of(query: Query, extra: int = 0) -> list[Seen]:
    """The rows that a query asks for, of one page and `extra` ones behind it."""
    with database().read() as session:
        return store.series(
            session,
            query.commodity,
            region=query.region,
            level=query.level,
            since=query.since,
            until=query.until,
            statuses=query.statuses,
            after=query.after,
            limit=query.limit + extra,
        )
