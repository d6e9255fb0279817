"""How much may be sent to an address, and how long that may take."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from cettar_site.infra.guard import header

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
BODY_LIMIT = 64 * 1024
BODY_SECONDS = 20.0
MEGABYTE = 1024 * 1024


class TooLarge(Exception):
    """A request's body passed the limit."""


@dataclass(frozen=True, slots=True)
class BodyLimit:
    """At most `size` bytes, within `seconds`. With a `rate` (bytes a second) a body that keeps it gets more time:
    the seconds, and what its bytes take at that rate, at most `longest` in all. What is slower holds a place for
    too little and is cut.

    `kinds` are the beginnings of the content types that this is for; none: for every one.
    """

    size: int = BODY_LIMIT
    seconds: float = BODY_SECONDS
    rate: float = 0.0
    longest: float = 600.0
    kinds: tuple[str, ...] = ()

    def until(self, began: float, received: int) -> float:
        """When the body must be there, if so many bytes of it are."""
        more = received / self.rate if self.rate else 0.0
        return began + min(self.seconds + more, max(self.longest, self.seconds))


TEXT = BodyLimit()
PHOTO = BodyLimit(10 * MEGABYTE, rate=5_000.0, kinds=("image/",))
"""One photo by itself. A phone on 2G sends some 15 KB a second."""
FORM_WITH_PHOTOS = BodyLimit(32 * MEGABYTE, rate=5_000.0, kinds=("multipart/form-data",))
"""A form with its photos in one body, as a browser without JavaScript sends it. As text it is a text."""


class Bodies:
    """Which limit an address has. What is not listed, or comes as another kind of content, has that of texts."""

    def __init__(self, larger: Mapping[str, BodyLimit] | None = None) -> None:
        """Take addresses with their limits; `{…}` in an address stands for one part of it."""
        self._larger = tuple((re.compile(re.sub(r"\\{[^/]*?\\}", "[^/]+", re.escape(path))), limit)
                             for path, limit in (larger or {}).items())

    def of(self, scope: Mapping[str, Any]) -> BodyLimit:
        """The limit of a request."""
        if scope["method"] != "POST":
            return TEXT
        kind = header(scope, b"content-type").strip().lower()
        return next((limit for path, limit in self._larger
                     if kind.startswith(limit.kinds or "") and path.fullmatch(scope["path"])), TEXT)


def limited(scope: Mapping[str, Any], receive: Receive, limit: BodyLimit) -> Receive:
    """A `receive` that raises TooLarge once more bytes came than may, whatever was announced.

    Raises TimeoutError when the body is not there in time: slow senders hold a place each.
    """
    began, received, whole = time.monotonic(), 0, False
    announced = header(scope, b"content-length")
    too_large = announced.isdecimal() and int(announced) > limit.size

    async def read() -> Message:
        nonlocal received, whole
        if whole:  # what is asked for now is whether the reader has gone: that may take as long as it takes
            return await receive()
        if too_large:
            raise TooLarge
        message = await asyncio.wait_for(receive(), max(0.01, limit.until(began, received) - time.monotonic()))
        received += len(message.get("body", b""))
        if received > limit.size:
            raise TooLarge
        whole = not message.get("more_body", False)
        return message

    return read
