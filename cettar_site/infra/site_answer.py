"""The last hand on an answer of the rooms: headers and compression."""

import zlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import brotli

from cettar_site.infra.guard import header
from cettar_site.infra.site_body import BODY_LIMIT as BODY_LIMIT
from cettar_site.infra.site_body import TooLarge as TooLarge
from cettar_site.infra.site_headers import Headers, accepts, common_headers

Message = MutableMapping[str, Any]
WORTH_IT = 600
TEXTS = (b"text/", b"application/json", b"image/svg", b"application/xml", b"application/atom+xml",
         b"application/rss+xml")
BARE_POLICY = b"default-src 'none'; frame-ancestors 'none'; sandbox"


class Polished:
    """A `send` that completes what passes through it."""

    def __init__(self, send: Callable[[Message], Awaitable[None]], scope: MutableMapping[str, Any],
                 html_policy: bytes) -> None:
        self._send, self._scope, self._policy = send, scope, html_policy
        self._start: Message | None = None
        self._stream: Any = None
        self.status = 500

    async def whole(self, status: int, headers: Headers, body: bytes) -> None:
        """Send a complete, already compressed answer."""
        self.status = status
        head = self._scope["method"] == "HEAD" or status == 304
        if status != 304:
            headers.append((b"content-length", str(len(body)).encode()))
        await self._send({"type": "http.response.start", "status": status, "headers": headers})
        await self._send({"type": "http.response.body", "body": b"" if head else body})

    async def __call__(self, message: Message) -> None:
        """Take one ASGI message of a room's answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._start = message
        elif message["type"] == "http.response.body":
            await self._body(message.get("body", b""), more=message.get("more_body", False))

    async def _body(self, body: bytes, *, more: bool) -> None:
        if self._start is not None:
            start, self._start = self._start, None
            headers = completed(start["headers"], self._policy)
            if not more:
                headers, body = squeezed(headers, body, header(self._scope, b"accept-encoding"))
                await self.whole(start["status"], headers, body)
                return
            if _is_text(headers) and accepts(header(self._scope, b"accept-encoding"), "gzip"):
                self._stream = zlib.compressobj(6, zlib.DEFLATED, 31)
                headers = [pair for pair in headers if pair[0] != b"content-length"]
                headers.append((b"content-encoding", b"gzip"))
            await self._send({"type": "http.response.start", "status": start["status"], "headers": headers})
        if self._stream is not None:
            body = self._stream.compress(body) + (b"" if more else self._stream.flush())
        if self._scope["method"] == "HEAD":
            body = b""
        await self._send({"type": "http.response.body", "body": body, "more_body": more})


def _is_text(headers: Headers) -> bool:
    return any(name == b"content-type" and value.startswith(TEXTS) for name, value in headers)


def completed(given: Headers, html_policy: bytes) -> Headers:
    """The room's headers and those it need not know of; what the room said stands."""
    headers = [(name.lower(), value) for name, value in given]
    said = {name for name, _ in headers}
    headers += [pair for pair in common_headers() if pair[0] not in said]
    html = any(name == b"content-type" and value.startswith(b"text/html") for name, value in headers)
    if b"content-security-policy" not in said:
        headers.append((b"content-security-policy", html_policy if html else BARE_POLICY))
    if b"cache-control" not in said:
        headers.append((b"cache-control", b"no-cache"))
    return headers


def squeezed(headers: Headers, body: bytes, accepted: str) -> tuple[Headers, bytes]:
    """The answer compressed quickly, where that is worth it and the reader understands it."""
    headers = [pair for pair in headers if pair[0] != b"content-length"]
    known = any(name == b"content-encoding" for name, _ in headers)
    if len(body) < WORTH_IT or known or not _is_text(headers):
        return headers, body
    if accepts(accepted, "br"):
        return [*headers, (b"content-encoding", b"br")], brotli.compress(body, quality=3)
    if accepts(accepted, "gzip"):
        return [*headers, (b"content-encoding", b"gzip")], zlib.compress(body, 3, 31)
    return headers, body
