"""A whole HTML page for addresses that are served without Reflex."""

from collections.abc import MutableMapping, Sequence
from typing import Any, Protocol

import htpy as h
from htpy import Node

from cettar_site.base.words import LANGUAGES, SOURCE_LANGUAGE, Words, split_path, words
from cettar_site.ui.shell import footer, header
from cettar_site.ui.style import style_markup

SITE_NAME = "CETTAR"
PAPER_LIGHT = "#fbfaf6"
PAPER_DARK = "#101714"


class HasScope(Protocol):
    """What is needed of a request: its ASGI scope."""

    @property
    def scope(self) -> MutableMapping[str, Any]:
        """The ASGI scope, of which only `path` is read."""


def words_of(request: HasScope) -> Words:
    """The language of an address: below /en English, else Indonesian."""
    return words(split_path(request.scope["path"])[0])


def full_title(w: Words, title: str) -> str:
    """The page's title followed by the site's name."""
    return f"{title} · {SITE_NAME}" if title else w("CETTAR: pelayanan pemerintah Jawa Timur, terlihat")


def links(w: Words, path: str, origin: str) -> Node:
    """Canonical address and the twins in other languages; nothing without an origin, which they need."""
    if not origin:
        return None
    bare = path.partition("#")[0]
    return [
        h.link(rel="canonical", href=origin + w.path(bare)),
        *(h.link(rel="alternate", hreflang=lang, href=origin + words(lang).path(bare)) for lang in LANGUAGES),
        h.link(rel="alternate", hreflang="x-default", href=origin + words(SOURCE_LANGUAGE).path(bare)),
    ]


def social(w: Words, title: str, description: str, path: str, origin: str, image: str) -> Node:
    """What a chat or a social network shows of the page."""
    return [
        h.meta(property="og:site_name", content=SITE_NAME),
        h.meta(property="og:type", content="website"),
        h.meta(property="og:title", content=title or SITE_NAME),
        h.meta(property="og:description", content=description),
        h.meta(property="og:locale", content="id_ID" if w.lang == "id" else "en_GB"),
        bool(origin) and h.meta(property="og:url", content=origin + w.path(path)),
        bool(image) and h.meta(property="og:image", content=origin + image),
    ]


def icons() -> Node:
    """Theme colours, manifest and icons."""
    return [
        h.meta(name="theme-color", media="(prefers-color-scheme:light)", content=PAPER_LIGHT),
        h.meta(name="theme-color", media="(prefers-color-scheme:dark)", content=PAPER_DARK),
        h.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        h.link(rel="apple-touch-icon", href="/icons/icon-192.png"),
        h.link(rel="manifest", href="/manifest.webmanifest"),
    ]


_ICONS = str(h.fragment[icons()])


def document(
    w: Words,
    *,
    title: str,
    description: str,
    path: str,
    body: Node,
    origin: str = "",
    simulated: bool = False,
    noindex: bool = False,
    scripts: Sequence[str] = (),
    image: str = "",
    feed: str = "",
) -> str:
    """The page as text. `path` is Indonesian, `body` goes into main, `scripts` are deferred addresses.

    `feed` is the address of an Atom feed of what the page shows.
    """
    return str(
        h.html(lang=w.lang)[
            h.head[
                h.meta(charset="utf-8"),
                h.meta(name="viewport", content="width=device-width,initial-scale=1,viewport-fit=cover"),
                h.title[full_title(w, title)],
                h.meta(name="description", content=description),
                h.meta(name="robots", content="noindex") if noindex else links(w, path, origin),
                social(w, title, description, path, origin, image),
                _ICONS,
                bool(feed) and h.link(rel="alternate", type="application/atom+xml", href=feed),
                h.style[style_markup()],
                (h.script(src=address, defer=True) for address in scripts),
            ],
            h.body[
                header(w, path, simulated),
                h.main("#isi.wrap", tabindex="-1")[body],
                footer(w, path),
            ],
        ]
    )
