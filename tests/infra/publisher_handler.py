"""One connection to the tests' publisher: reads what is asked, has the words to answer it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Protocol
from urllib.parse import parse_qsl, urlsplit

PAGE = b"<html><body><table><tr><td>Bawang Merah</td><td>16.500</td></tr></table></body></html>"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came; header names in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    headers: Mapping[str, str]


Body = bytes | Callable[[Asked], bytes]


@dataclass
class Served:
    """An answer for a path."""

    body: Body
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


class Desk(Protocol):
    """What a connection needs of its publisher."""

    pages: dict[str, Served]
    asked: list[Asked]
    patience: float

    def take(self, asked: Asked) -> Callable[["Handler"], None]:
        """Note a request; how to answer it."""

    def wait(self, seconds: float) -> bool:
        """Wait, unless the publisher stops; whether to go on."""


class Handler(BaseHTTPRequestHandler):
    """One connection to the publisher."""

    protocol_version = "HTTP/1.1"
    publisher: Desk
    asked: Asked

    def do_GET(self) -> None:
        self.answer()

    def do_POST(self) -> None:
        self.answer()

    def answer(self) -> None:
        parts = urlsplit(self.path)
        sent = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.asked = Asked(self.command, parts.path, dict(parse_qsl(parts.query)),
                           dict(parse_qsl(sent.decode("utf-8", "replace"))),
                           {key.lower(): value for key, value in self.headers.items()})
        behaviour = self.publisher.take(self.asked)
        self.close_connection = True
        with suppress(OSError):
            behaviour(self)

    @property
    def served(self) -> Served:
        return self.publisher.pages.get(self.asked.path, Served(PAGE))

    @property
    def body(self) -> bytes:
        body = self.served.body
        return body(self.asked) if callable(body) else body

    def give(self, status: int, body: bytes, headers: Mapping[str, str] | None = None,
             content_type: str = HTML, length: int | None = None) -> None:
        """Send a whole answer."""
        self.begin(status, len(body) if length is None else length, headers, content_type)
        self.wfile.write(body)

    def begin(self, status: int, length: int | None, headers: Mapping[str, str] | None = None,
              content_type: str = HTML) -> None:
        """Send the head of an answer, without a length if None."""
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        if length is not None:
            self.send_header("Content-Length", str(length))
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""
