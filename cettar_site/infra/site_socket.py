"""The event socket's door: only Reflex's own address, only our pages, only so many, only so fast."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from cettar_site.base.errors import Forbidden
from cettar_site.infra import metrics
from cettar_site.infra.guard import check_origin, client_prefix

Message = MutableMapping[str, Any]
SOCKETS_A_PREFIX = 100  # a carrier puts many phones behind one address
SOCKETS_AT_ALL = 4000
EVENTS_A_SECOND = 20.0
BURST = 60.0
TOO_BUSY = 1013
NOT_HERE = 1008
OPEN: Counter[str] = Counter()


class Socket:
    """One socket's way through the door."""

    def __init__(self, reflex: Callable[..., Awaitable[None]]) -> None:
        self._reflex = reflex
        self._tokens, self._since = BURST, time.monotonic()

    async def __call__(self, scope: MutableMapping[str, Any], receive: Callable[[], Awaitable[Message]],
                       send: Callable[[Message], Awaitable[None]]) -> None:
        """Let the socket in, or close it before it is open."""
        try:
            check_origin(scope)
        except Forbidden:
            await send({"type": "websocket.close", "code": NOT_HERE})
            return
        who = client_prefix(scope)
        full = OPEN[who] >= SOCKETS_A_PREFIX or OPEN.total() >= SOCKETS_AT_ALL
        if full or not scope["path"].startswith("/_event"):
            await send({"type": "websocket.close", "code": TOO_BUSY if full else NOT_HERE})
            return
        OPEN[who] += 1
        metrics.socket_opened()
        try:
            await self._reflex(scope, lambda: self._slowed(receive), send)
        finally:
            OPEN[who] -= 1
            if not OPEN[who]:
                del OPEN[who]
            metrics.socket_closed()

    async def _slowed(self, receive: Callable[[], Awaitable[Message]]) -> Message:
        """The next message, later when they come too fast: the flood waits in its sender's own pipe."""
        message = await receive()
        now = time.monotonic()
        self._tokens = min(BURST, self._tokens + (now - self._since) * EVENTS_A_SECOND) - 1
        self._since = now
        if self._tokens < 0:
            await asyncio.sleep(-self._tokens / EVENTS_A_SECOND)
        return message
