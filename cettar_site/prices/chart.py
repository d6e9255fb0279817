"""The picture of a price chart: SVG by vl-convert from the specification of chart_spec.

Inline, the stand-ins for colours become the look's CSS variables, so that one picture serves the light and
the dark theme; as a file of its own it bears the light colours.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from html import escape
from textwrap import wrap
from typing import Any, TypeVar, cast

import vl_convert
from markupsafe import Markup

from cettar_site.base.words import Words
from cettar_site.prices.chart_spec import INK, INKS, MUTED, PAPER, coloured, locale, spec
from cettar_site.prices.rules_chart import Picture
from cettar_site.prices.rules_query import Size

KEPT = 256
_LONG_FRACTION = re.compile(r"(\d+\.\d)\d+")
_PATH = re.compile(r' d="[^"]*"')
_UNSEEN = re.compile(r' (?:class|role|aria-[a-z]+|pointer-events|stroke-miterlimit)="[^"]*"')
_EMPTY_PATH = re.compile(r'<path d="(?:|M0,0h0v0h0Z)"[^>]*/>')
_HEAD = re.compile(r'<svg (?:xmlns(?::xlink)?="[^"]*" |version="[^"]*" )*')
_AFTER_HEAD = re.compile(r"(<svg [^>]*>)")
Text = TypeVar("Text", bound=str)


def inline_svg(drawn: Picture, w: Words, size: Size, title: str) -> Markup:
    """The chart for a page: fonts and colours are the page's. Kept, so that a crowd is drawn one."""

    def make() -> Markup:
        text = coloured(_render(spec(drawn, w, size), w))
        return Markup(_tidy(text, size, title, inline=True))  # noqa: S704 - Vega escapes texts, _tidy the title

    return KEPT_PICTURES.get(_key(drawn, w.lang, size, title), make)


def standalone_svg(drawn: Picture, w: Words, size: Size, title: str, subtitle: str) -> str:
    """The chart as a file of its own: light colours, its finding and its source written in it."""

    def make() -> str:
        whole = spec(drawn, w, size)
        whole["title"] = {
            "text": wrap(title, 46 if size == "phone" else 90),
            "subtitle": subtitle,
            "anchor": "start",
            "frame": "group",
            "color": INK,
            "fontSize": 14,
            "subtitleColor": MUTED,
            "subtitleFontSize": 11,
            "offset": 12,
            "dx": -40,
        }
        whole["padding"] = 12
        text = _render(whole, w)
        for stand_in, (_, colour) in INKS.items():
            text = text.replace(stand_in, colour)
        return _tidy(text, size, title, inline=False)

    return KEPT_PICTURES.get(_key(drawn, w.lang, size, title, subtitle), make)


def _key(drawn: Picture, *words: str) -> bytes:
    """What a picture is known by: all that is drawn, and the words in it."""
    return hashlib.blake2s(repr((drawn, words)).encode(), digest_size=16).digest()


class Kept:
    """The newest pictures, so that a crowd with one question is drawn one. Used from several threads."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, threading.Lock()
        self._kept: OrderedDict[Hashable, str] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Text]) -> Text:
        """The picture of a key, made on first use."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(Text, self._kept[key])
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made


KEPT_PICTURES = Kept(KEPT)


def _render(whole: dict[str, Any], w: Words) -> str:
    numbers, days = locale(w)
    return vl_convert.vegalite_to_svg(
        whole, format_locale=numbers, time_format_locale=days, allowed_base_urls=[]
    )


def _tidy(text: str, size: Size, title: str, *, inline: bool) -> str:
    """Vega's SVG without what nobody sees: classes, empty paths, fonts (inline), a third decimal."""
    text = _EMPTY_PATH.sub("", _UNSEEN.sub("", text))
    text = _PATH.sub(lambda found: _LONG_FRACTION.sub(r"\1", found[0]), text)
    name = escape(title)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{name}" '
    if inline:
        text = text.replace(' font-family="sans-serif"', "")
        head += f'class="at-{size}" '
    else:
        text = _AFTER_HEAD.sub(
            rf'\1<rect width="100%" height="100%" fill="{INKS[PAPER][1]}"/>', text, count=1
        )
    return _HEAD.sub(head, text, count=1)
