"""The event socket's door: whose pages, which messages, how fast."""

import asyncio
from typing import Any

import pytest

from cettar_site.infra.site_socket import OPEN, Socket


@pytest.mark.parametrize("message", [{"bytes": b"x"}, {"text": "451-/_event,[1]"}, {"text": "2" * 20_000}])
def test_messages_that_no_page_of_ours_sends_end_the_socket(message: dict[str, Any]) -> None:
    async def receive() -> Any:
        return {"type": "websocket.receive", **message}

    async def reflex(*_: Any) -> None:
        raise AssertionError

    assert asyncio.run(Socket(reflex)._slowed(receive)) == {"type": "websocket.disconnect", "code": 1009}


def open_socket(origin: str | None, path: str = "/_event/") -> list[Any]:
    sent: list[Any] = []

    async def scene() -> None:
        async def send(message: Any) -> None:
            sent.append(message)

        async def receive() -> Any:
            return {"type": "websocket.connect"}

        async def reflex(_scope: Any, _receive: Any, send: Any) -> None:
            await send({"type": "websocket.accept"})

        headers = [(b"origin", origin.encode())] if origin else []
        scope = {"type": "websocket", "path": path, "client": ("203.0.113.5", 1), "headers": headers}
        await Socket(reflex)(scope, receive, send)

    asyncio.run(scene())
    return sent


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:8000.evil.example"])
def test_a_foreign_page_cannot_open_the_socket(origin: str) -> None:
    assert open_socket(origin) == [{"type": "websocket.close", "code": 1008}]


def test_our_page_opens_the_socket_and_no_other_address() -> None:
    assert open_socket("http://localhost:8000")[0]["type"] == "websocket.accept"
    assert open_socket("http://localhost:8000", "/other")[0]["type"] == "websocket.close"
    assert OPEN.total() == 0


def test_a_flood_from_one_socket_is_slowed_at_its_sender() -> None:
    async def scene() -> float:
        async def receive() -> Any:
            return {"type": "websocket.receive", "text": "2"}

        async def reflex(*_: Any) -> None:
            raise AssertionError

        socket = Socket(reflex)
        socket._tokens = 0.0
        loop = asyncio.get_running_loop()
        began = loop.time()
        for _ in range(3):
            await socket._slowed(receive)
        return loop.time() - began

    assert asyncio.run(scene()) > 0
