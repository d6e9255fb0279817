"""Pages: documents with places for islands, filled with today's data once for each change of it.

A live page's document is Reflex's prerendered one; a still page's comes from `ui.document`. Where data
belongs it holds a placeholder, `<!--island:name-->`, which becomes real HTML here, so that every page is
whole before any script has run, and without one.
"""

import asyncio
import hashlib
import re
import uuid
import zlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli

from cettar_site.infra.site_headers import accepts, best_coding, policy

Query = Mapping[str, str]
Island = Callable[[str, Query], str]
PLACEHOLDER = re.compile(r"<!--island:([a-z-]+)-->")
REFLEX_STYLE = re.compile(r'(<link href="/assets/__reflex_global_styles[^>]*rel="stylesheet")')
HTML_TAG = re.compile(r"<html[^>]*>")
KEPT_PAGES = 1024
LONGEST_VALUE = 64
# Stands where each visitor gets a key of their own; everything before it is compressed once.
FRESH = "@@FRESH-KEY@@"


@dataclass(frozen=True, slots=True)
class Page:
    """One public address: its language, its document, its islands, the query keys it understands.

    `key()` changes when the islands' data do; as long as it does not, a rendered page is used again.
    `head` is what a live page's head is given beside what Reflex writes.
    """

    path: str
    lang: str
    islands: Mapping[str, Island]
    key: Callable[[], object]
    document: Callable[[], str]
    query: frozenset[str] = frozenset()
    alive: bool = False
    head: Callable[[], str] = str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document ready to send, by content coding."""

    key: object
    etag: bytes
    policy: bytes
    bodies: dict[bytes, bytes]

    def best(self, accepted: str) -> tuple[bytes, bytes]:
        """The content coding that the reader understands best, and the bytes."""
        return best_coding(self.bodies, accepted)


class RenderedFresh:
    """A document with a fresh key in each copy: what comes before the key is compressed once.

    (A whole compression costs a millisecond a request; going on from a copied compressor, microseconds.)
    """

    def __init__(self, key: object, document: str, document_policy: bytes) -> None:
        self.key, self.etag, self.policy = key, b"", document_policy
        before, _, after = document.partition(FRESH)
        self._before, self._after = before.encode(), after.encode()
        self._compressor: Any = zlib.compressobj(9, zlib.DEFLATED, 31)
        self._squeezed = self._compressor.compress(self._before)

    def best(self, accepted: str) -> tuple[bytes, bytes]:
        """The content coding and the bytes of one more copy."""
        rest = str(uuid.uuid4()).encode() + self._after
        if not accepts(accepted, "gzip"):
            return b"", self._before + rest
        compressor = self._compressor.copy()
        return b"gzip", self._squeezed + compressor.compress(rest) + compressor.flush()


def prerendered(file: Path, lang: str, style: str, head: str) -> str:
    """Reflex's document of a route in its language, with the stylesheet written into it.

    The stylesheet goes inline because a second request costs a round trip before anything is seen:
    0.6 s on 2G. Reflex's own, empty of what we use, must not hold up the first paint; it can't be taken
    out, because React would find the document changed and draw it all again.
    """
    document = HTML_TAG.sub(f'<html lang="{lang}">', file.read_text(encoding="utf-8"), count=1)
    document = REFLEX_STYLE.sub(r'\1 media="not all"', document)
    return document.replace("</head>", f"{head}<style>{style}</style></head>", 1)


class Pages:
    """The pages of the site, each rendered at most once for each change of its data."""

    def __init__(self, pages: tuple[Page, ...], build: Path, style: str) -> None:
        self._pages = {page.path: page for page in pages}
        self._build, self.style = build, style
        self._templates: dict[str, tuple[list[str], bytes]] = {}
        self._kept: OrderedDict[object, Rendered | RenderedFresh] = OrderedDict()
        self._making: dict[object, asyncio.Task[Rendered | RenderedFresh]] = {}

    def find(self, path: str) -> Page | None:
        """The page of an address."""
        return self._pages.get(path if path == "/" else path.rstrip("/"))

    def _template(self, page: Page) -> tuple[list[str], bytes]:
        """The document cut at its islands (text, name, text, …), and its policy."""
        if page.path not in self._templates:
            file = self._build / page.path.lstrip("/") / "index.html"
            alive = page.alive and file.is_file()  # nothing is built in unit tests: still islands, no scripts
            document = prerendered(file, page.lang, self.style, page.head()) if alive else page.document()
            self._templates[page.path] = PLACEHOLDER.split(document), policy(document, alive=alive)
        return self._templates[page.path]

    async def render(self, page: Page, query: Query) -> Rendered | RenderedFresh:
        """The page for a query, of which only the keys it understands count."""
        understood = tuple(sorted((name, value) for name, value in query.items()
                                  if name in page.query and len(value) <= LONGEST_VALUE))
        where, key = (page.path, understood), page.key()
        kept = self._kept.get(where)
        if kept is not None and kept.key == key:
            self._kept.move_to_end(where)
            return kept
        task = self._making.get((where, key))
        if task is None:  # a crowd at the same moment waits for one rendering
            task = asyncio.create_task(asyncio.to_thread(self._fill, page, dict(understood), key))
            self._making[where, key] = task
            task.add_done_callback(lambda _task: self._making.pop((where, key), None))
        made = await asyncio.shield(task)
        if understood and isinstance(made, RenderedFresh):
            return made  # each holds a compressor, and a query is anybody's to invent
        self._kept[where] = made
        while len(self._kept) > KEPT_PAGES:
            self._kept.popitem(last=False)
        return made

    def _fill(self, page: Page, query: Query, key: object) -> Rendered | RenderedFresh:
        pieces, document_policy = self._template(page)
        document = "".join(page.islands[piece](page.lang, query) if at % 2 else piece
                           for at, piece in enumerate(pieces))
        if FRESH in document:
            return RenderedFresh(key, document, document_policy)
        body = document.encode()
        etag = f'W/"{hashlib.blake2s(body, digest_size=10).hexdigest()}"'.encode()
        bodies = {b"": body, b"br": brotli.compress(body, quality=6), b"gzip": zlib.compress(body, 6, 31)}
        return Rendered(key, etag, document_policy, bodies)
