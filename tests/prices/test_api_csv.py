"""The table of every row is read by so many at once, and not by more."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from starlette.applications import Starlette

from cettar_site.infra.db import Database
from cettar_site.prices import api
from cettar_site.prices.api_csv import AT_ONCE
from tests.prices.makers import days, keep

SITE = Starlette(routes=api.routes)
SCOPE = {
    "type": "http",
    "asgi": {"version": "3.0", "spec_version": "2.3"},  # those of the server
    "method": "GET",
    "path": "/api/v1/prices.csv",
    "query_string": b"commodity=bawang-merah",
    "headers": [],
}


class Reader:
    """One reader of the table, who takes nothing of it before `go` is set; `leave` breaks the line."""

    def __init__(self, query: bytes = b"") -> None:
        self.go, self.leave, self.began = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.status, self.headers, self.body = 0, dict[bytes, bytes](), b""
        self._scope = {**SCOPE, "query_string": SCOPE["query_string"] + query}  # type: ignore[operator]
        self.task = asyncio.create_task(SITE(self._scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self.leave.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        else:
            self.began.set()
            await self.go.wait()
            self.body += message.get("body", b"")

    async def end(self) -> "Reader":
        """Read to the end."""
        self.go.set()
        await self.task
        return self


@asynccontextmanager
async def slow_readers() -> AsyncIterator[list[Reader]]:
    """As many slow readers as there are places."""
    slow = [Reader() for _ in range(AT_ONCE)]
    for one in slow:
        await one.began.wait()
    try:
        yield slow
    finally:
        for one in slow:
            one.task.cancel()
        await asyncio.gather(*(one.task for one in slow), return_exceptions=True)


@pytest.fixture
def prices(sqlite_database: Database) -> Database:
    keep(sqlite_database, days([20_000] * 20))
    return sqlite_database


@pytest.mark.parametrize("lang", [b"", b"&lang=en"])
def test_one_reader_too_many_is_asked_to_wait(prices: Database, lang: bytes) -> None:
    async def story() -> None:
        async with slow_readers() as slow:
            turned_away = await Reader(lang).end()
            assert (turned_away.status, turned_away.headers[b"retry-after"]) == (503, b"5")
            assert turned_away.headers[b"cache-control"] == b"no-store"
            assert turned_away.headers[b"access-control-allow-origin"] == b"*"
            error = json.loads(turned_away.body)["error"]
            assert error["code"] == "unavailable"
            assert error["message"].startswith("Wait" if lang else "Tunggu")
            assert [one.status for one in slow] == [200] * AT_ONCE

    asyncio.run(story())


@pytest.mark.parametrize("how", ["read", "left", "cancelled"])
def test_a_place_is_free_again_however_a_reader_ends(prices: Database, how: str) -> None:
    async def story() -> None:
        async with slow_readers() as slow:
            first = slow[0]
            if how == "read":
                assert (await first.end()).body.count(b"\n") == 21
            elif how == "left":
                first.leave.set()
                await first.task
            else:
                first.task.cancel()
                await asyncio.gather(first.task, return_exceptions=True)
            assert (await Reader().end()).status == 200
        assert [(await Reader().end()).status for _ in range(AT_ONCE + 1)] == [200] * (AT_ONCE + 1)

    asyncio.run(story())


def test_a_wrong_question_needs_no_place(prices: Database) -> None:
    async def story() -> None:
        async with slow_readers():
            assert (await Reader(b"&limit=0").end()).status == 400

    asyncio.run(story())
