"""Words: every sentence and every number in the reader's language.

A msgid is the Indonesian sentence itself. A language is one file `cettar_site/locale/<code>.po`; it is read
and compiled once, when first asked for. A sentence that a catalogue lacks appears in Indonesian.
Numbers, dates and money are written by hand from Babel's locale data: Babel's own formatters parse a pattern
on every call and cost ten times as much, and a price table has thousands of them.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from cettar_site.base.period import WIB

LOCALES = Path(__file__).resolve().parents[1] / "locale"
SOURCE_LANGUAGE = "id"
LANGUAGES: tuple[str, ...] = (SOURCE_LANGUAGE, *sorted(file.stem for file in LOCALES.glob("*.po")))

_SLOT = re.compile(r"\{(\w+)\}")
_MINUS = "\N{MINUS SIGN}"
_UNTRANSLATED_PATHS = ("/api/", "/foto/", "/healthz", "/metrics", "/fonts/", "/icons/")


def mark(text: str) -> str:
    """Mark a sentence for the catalogue where no reader is at hand; translate it later with `w(text)`."""
    return text


class Words:
    """One language: call it with a sentence, ask it for numbers, money and dates. Immutable and shared."""

    __slots__ = (
        "_catalogue", "_clock", "_decimal", "_group", "_months", "_short_months", "_weekdays", "lang",
    )

    def __init__(self, lang: str, catalogue: NullTranslations, locale: Locale) -> None:
        self.lang = lang
        self._catalogue = catalogue
        symbols = locale.number_symbols["latn"]
        self._decimal: str = symbols["decimal"]
        self._group: str = symbols["group"]
        self._months = tuple(locale.months["format"]["wide"][n] for n in range(1, 13))
        self._short_months = tuple(locale.months["format"]["abbreviated"][n] for n in range(1, 13))
        self._weekdays = tuple(locale.days["format"]["wide"][n] for n in range(7))
        self._clock = "." if self._decimal == "," else ":"

    def __call__(self, text: str, **facts: object) -> str:
        """The sentence in this language, `{slots}` filled; whole numbers grouped, others with 1 decimal."""
        found = self._catalogue.gettext(text)
        return found.format_map(self._shown(facts)) if facts else found

    def plural(self, one: str, many: str, n: int, **facts: object) -> str:
        """The form that fits `n`; `{n}` is filled with the grouped number."""
        found = self._catalogue.ngettext(one, many, n)
        return found.format_map(self._shown({"n": n, **facts}))

    def parts(self, text: str, **nodes: object) -> list[Any]:
        """The sentence cut at its `{slots}`, each filled with the node given: children for an element."""
        pieces = _SLOT.split(self._catalogue.gettext(text))
        return [nodes[piece] if at % 2 else piece for at, piece in enumerate(pieces) if piece]

    def _shown(self, facts: dict[str, object]) -> dict[str, str]:
        return {name: self._value(value) for name, value in facts.items()}

    def _value(self, value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            return str(value)
        return self.number(value, 0 if isinstance(value, int) else 1)

    def number(self, value: int | float | Decimal, decimals: int = 0) -> str:
        """`1234.5, 1` → "1.234,5" (id) or "1,234.5" (en); halves round away from zero, minus is U+2212."""
        if not isinstance(value, int) or decimals:
            value = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        whole, _, rest = f"{abs(value):,}".partition(".")
        shown = whole.replace(",", self._group) + (self._decimal + rest if rest else "")
        return _MINUS + shown if value < 0 else shown

    def rupiah(self, amount: int) -> str:
        """Whole rupiah: `10500` → "Rp10.500"; negative "−Rp500"."""
        return f"{_MINUS if amount < 0 else ''}Rp{self.number(abs(amount))}"

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share of one: `0.924` → "92%"."""
        return self.number(Decimal(str(share)) * 100, decimals) + "%"

    def signed_percent(self, share: float, decimals: int = 1) -> str:
        """A change as a share of one: `0.034` → "+3,4%", `-0.2` → "−20,0%"."""
        shown = self.percent(share, decimals)
        return "+" + shown if share > 0 else shown

    def signed_rupiah(self, amount: int) -> str:
        """A change in whole rupiah: `500` → "+Rp500"."""
        return ("+" if amount > 0 else "") + self.rupiah(amount)

    def date(self, day: dt.date) -> str:
        """`22 November 2026`; an aware datetime is read in WIB."""
        day = _wib_day(day)
        return f"{day.day} {self._months[day.month - 1]} {day.year}"

    def short_date(self, day: dt.date) -> str:
        """`22 Nov 2026`; an aware datetime is read in WIB."""
        day = _wib_day(day)
        return f"{day.day} {self._short_months[day.month - 1]} {day.year}"

    def long_date(self, day: dt.date) -> str:
        """`Minggu, 22 November 2026`."""
        day = _wib_day(day)
        return f"{self._weekdays[day.weekday()]}, {self.date(day)}"

    def month(self, day: dt.date) -> str:
        """`November 2026`."""
        day = _wib_day(day)
        return f"{self._months[day.month - 1]} {day.year}"

    def time(self, moment: dt.datetime) -> str:
        """`14.05 WIB` (en `14:05 WIB`) of an aware instant."""
        local = _in_wib(moment)
        return f"{local.hour:02d}{self._clock}{local.minute:02d} WIB"

    def moment(self, moment: dt.datetime) -> str:
        """`22 November 2026, 14.05 WIB` of an aware instant."""
        return f"{self.date(moment)}, {self.time(moment)}"

    def short_moment(self, moment: dt.datetime) -> str:
        """`22 Nov 2026, 14.05 WIB` of an aware instant."""
        return f"{self.short_date(moment)}, {self.time(moment)}"

    def days(self, value: float) -> str:
        """`2.4` → "2,4 hari"; whole values without decimals."""
        shown = self._short_number(value)
        return self._catalogue.ngettext("{n} hari", "{n} hari", 1 if shown == "1" else 2).format(n=shown)

    def duration(self, seconds: float) -> str:
        """A span in its largest fitting unit: "0,4 detik", "12 menit", "3 jam", "2,4 hari"."""
        if seconds < 60:
            return self("{n} detik", n=self._short_number(seconds))
        if seconds < 3600:
            return self("{n} menit", n=self.number(round(seconds / 60)))
        if seconds < 86400:
            return self("{n} jam", n=self._short_number(seconds / 3600))
        return self.days(seconds / 86400)

    def _short_number(self, value: float) -> str:
        return self.number(value, 1).removesuffix(f"{self._decimal}0")

    def path(self, path: str) -> str:
        """This language's twin of an Indonesian path: "/harga?x=1" → "/en/harga?x=1"; data have no twin."""
        if self.lang == SOURCE_LANGUAGE or path.startswith(_UNTRANSLATED_PATHS):
            return path
        return f"/{self.lang}{path[1:] if path == '/' or path[:2] in ('/?', '/#') else path}"


def _in_wib(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None:
        raise ValueError("an instant must be aware")
    return moment.astimezone(WIB)


def _wib_day(day: dt.date) -> dt.date:
    return _in_wib(day).date() if isinstance(day, dt.datetime) else day


@cache
def _catalogue(lang: str) -> NullTranslations:
    if lang == SOURCE_LANGUAGE:
        return NullTranslations()
    with (LOCALES / f"{lang}.po").open("rb") as file:
        messages = read_po(file, locale=lang)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def _known(lang: str) -> Words:
    known = Locale.parse(lang) if lang in ("id", "en", "jv", "su", "ms") else Locale.parse(SOURCE_LANGUAGE)
    return Words(lang, _catalogue(lang), known)


def words(lang: str) -> Words:
    """The words of a language; an unknown code gives Indonesian."""
    return _known(lang if lang in LANGUAGES else SOURCE_LANGUAGE)


@lru_cache(maxsize=1024)
def split_path(path: str) -> tuple[str, str]:
    """`/en/harga` → ("en", "/harga"); `/harga` → ("id", "/harga"); `/en//x` names no host: ("en", "/x")."""
    head, _, rest = path[1:].partition("/")
    if head in LANGUAGES and head != SOURCE_LANGUAGE:
        return head, "/" + rest.lstrip("/\\")
    return SOURCE_LANGUAGE, path


def best_language(wanted: Sequence[str]) -> str:
    """The first of the wanted codes ("en-GB" counts as "en") that has a catalogue, else Indonesian."""
    for code in wanted:
        if (short := code.lower().partition("-")[0]) in LANGUAGES:
            return short
    return SOURCE_LANGUAGE
