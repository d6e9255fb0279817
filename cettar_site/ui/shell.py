"""The frame of every page: skip link, demo banner, bar, language switch, footer, icons.

One `nav` serves both sizes: a bar at the bottom of a phone, a row at the top of a desk. CSS moves it.
"""

from functools import lru_cache

import htpy as h
from htpy import Node
from markupsafe import Markup

from cettar_site.base.words import LANGUAGES, Words, mark, words

_DRAWINGS = {
    "lapor": "M4 4.5h16v11.5H10l-5 4v-4H4zM12 7.5v5.5M9.25 10.25h5.5",
    "lacak": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.2 15.2 20 20M7.7 10.7l2 2 3.6-4",
    "harga": "M4 12.5V4h8.5l8 8-8.5 8.5zM8 8h.01",
    "papan": "M3.5 20.5h17M5.5 20.5V12H9v8.5M10.25 20.5V4h3.5v16.5M15 20.5v-6h3.5v6",
}
_MARK = Markup(
    '<svg class="mark" viewBox="0 0 24 24" width="28" height="28" aria-hidden="true">'
    '<path fill="currentColor"'
    ' d="M12 1c.6 4.4 9 6.6 9 13.6C21 19.6 17 23 12 23s-9-3.4-9-8.4C3 7.6 11.4 5.4 12 1z"/>'
    '<path fill="none" stroke="var(--paper)" stroke-width="2.4" stroke-linecap="round"'
    ' stroke-linejoin="round" d="m7.8 14.6 3 3 5.6-6.2"/></svg>'
)
_PLACES = (
    ("/aduan", "lapor", mark("Lapor")),
    ("/lacak", "lacak", mark("Lacak")),
    ("/harga", "harga", mark("Harga")),
    ("/papan", "papan", mark("Papan")),
)
_FOOT = (
    ("/aduan/daftar", mark("Semua aduan")),
    ("/tentang", mark("Dari mana kami tahu")),
    ("/tentang#data", mark("Data terbuka")),
    ("/status", mark("Keadaan layanan")),
    ("/masuk", mark("Masuk petugas")),
)
_LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English", "jv": "Basa Jawa", "mad": "Bhâsa Madhurâ"}


@lru_cache
def icon(name: str) -> Markup:
    """A decorative line drawing of 24 units, in the colour of its text."""
    return Markup(
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor"'
        ' stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">'
        '<path d="{}"/></svg>'
    ).format(_DRAWINGS[name])


def language_name(lang: str) -> str:
    """How a language calls itself."""
    return _LANGUAGE_NAMES.get(lang, lang)


def _current(path: str, target: str) -> str | None:
    """`aria-current` of a bar entry: "page" here, "true" below it; a complaint belongs to Lacak."""
    bare = path.partition("?")[0]
    if bare == target:
        return "page"
    if bare.startswith("/aduan/"):
        return "true" if target == "/lacak" else None
    return "true" if bare.startswith(target + "/") else None


def _bar(w: Words, path: str) -> Node:
    return h.nav(".bar", aria_label=w("Utama"))[
        (
            h.a(href=w.path(target), aria_current=_current(path, target))[icon(name), h.span[w(text)]]
            for target, name, text in _PLACES
        )
    ]


def _languages(w: Words, path: str) -> Node:
    return [
        h.a(".lang", href=words(lang).path(path), hreflang=lang, lang=lang)[language_name(lang)]
        for lang in LANGUAGES
        if lang != w.lang
    ]


@lru_cache(maxsize=512)
def header(w: Words, path: str, simulated: bool = False) -> Markup:
    """Skip link, demo banner, brand, bar and language switch; `path` is the Indonesian one."""
    banner = h.p(".simulated")[
        h.strong[w("Data simulasi.")], " ", w("Semuanya contoh buatan mesin.")
    ]
    return str(  # type: ignore[return-value]  # str() of a node is Markup
        h.fragment[
            h.a(".skip", href="#isi")[w("Langsung ke isi")],
            h.header(".top")[
                simulated and banner,
                h.div(".wrap")[
                    h.a(".brand", href=w.path("/"), aria_current=_current(path, "/"))[_MARK, "CETTAR"],
                    _bar(w, path),
                    _languages(w, path),
                ]
            ],
        ]
    )


@lru_cache(maxsize=512)
def footer(w: Words, path: str) -> Markup:
    """How we know, open data, state of the service, the officers' door."""
    return str(  # type: ignore[return-value]
        h.footer(".foot")[
            h.div(".wrap")[
                h.p[
                    h.strong["CETTAR"],
                    " ",
                    w("memperlihatkan bagaimana pemerintah di Jawa Timur melayani warganya."),
                ],
                h.ul[(h.li[h.a(href=w.path(target))[w(text)]] for target, text in _FOOT)],
                h.p(".quiet")[w("Waktu ditulis dalam WIB. Setiap angka menyebut sumbernya.")],
            ]
        ]
    )
