"""The event socket's door: only Reflex's own address, only our pages, only so many, only so fast."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from cettar_site.base.errors import Forbidden, TooMany
from cettar_site.infra import metrics
from cettar_site.infra.guard import check_origin, client_prefix, limiter

Message = MutableMapping[str, Any]
SOCKETS_A_PREFIX = 60  # a carrier puts many phones behind one address
LONGEST_QUERY = 300
LONGEST_MESSAGE = 16_384
# Where the protocol announces binary attachments, which it would gather without end; our pages send none.
WITH_ATTACHMENTS = ("45", "46")
FIRST_WORD_SECONDS = 10.0
SOCKETS_AT_ALL = 4000
EVENTS_A_SECOND = 20.0
BURST = 60.0
TOO_BUSY = 1013
TOO_BIG = 1009
NOT_HERE = 1008
OPEN: Counter[str] = Counter()


def is_strange(message: Message) -> bool:
    """Whether a message is none that our pages send: binary, long, or announcing binary parts."""
    text = message.get("text")
    return text is None or len(text) > LONGEST_MESSAGE or text.startswith(WITH_ATTACHMENTS)


class Socket:
    """One socket's way through the door."""

    def __init__(self, reflex: Callable[..., Awaitable[None]]) -> None:
        self._reflex = reflex
        self._tokens, self._since, self._spoken = BURST, time.monotonic(), False

    async def __call__(self, scope: MutableMapping[str, Any], receive: Callable[[], Awaitable[Message]],
                       send: Callable[[Message], Awaitable[None]]) -> None:
        """Let the socket in, or close it before it is open."""
        try:
            check_origin(scope)
        except Forbidden:
            await send({"type": "websocket.close", "code": NOT_HERE})
            return
        who = client_prefix(scope)
        try:
            limiter().hit("socket", who)
        except TooMany:
            await send({"type": "websocket.close", "code": TOO_BUSY})
            return
        full = OPEN[who] >= SOCKETS_A_PREFIX or OPEN.total() >= SOCKETS_AT_ALL
        strange = not scope["path"].startswith("/_event") or len(scope.get("query_string", b"")) > LONGEST_QUERY
        if full or strange:
            await send({"type": "websocket.close", "code": TOO_BUSY if full else NOT_HERE})
            return
        OPEN[who] += 1
        metrics.socket_opened()
        try:
            await self._reflex(scope, lambda: self._slowed(receive), send)
        except TimeoutError:
            await send({"type": "websocket.close", "code": NOT_HERE})
        finally:
            OPEN[who] -= 1
            if not OPEN[who]:
                del OPEN[who]
            metrics.socket_closed()

    async def _slowed(self, receive: Callable[[], Awaitable[Message]]) -> Message:
        """The next message, later when they come too fast: the flood waits in its sender's own pipe."""
        # A message that never ends is gathered before anybody can look at it: the first one may take ten seconds.
        message = await (receive() if self._spoken else asyncio.wait_for(receive(), FIRST_WORD_SECONDS))
        if message["type"] == "websocket.receive":
            self._spoken = True
            if is_strange(message):
                return {"type": "websocket.disconnect", "code": TOO_BIG}
        now = time.monotonic()
        self._tokens = min(BURST, self._tokens + (now - self._since) * EVENTS_A_SECOND) - 1
        self._since = now
        if self._tokens < 0:
            await asyncio.sleep(-self._tokens / EVENTS_A_SECOND)
        return message
