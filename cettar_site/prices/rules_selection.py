"""What a visitor of /harga asks for, and the nearest sensible view when it can't be had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from cettar_site.base.errors import Problem
from cettar_site.base.words import mark
from cettar_site.jatim import commodities, regions, source
from cettar_site.prices.rules import PROVINCE, Coverage, Level

QUERY_KEYS = frozenset({"komoditas", "wilayah", "tingkat", "periode", "dari", "sampai"})
FIRST_CHOICE = "bawang-merah"
LEVELS = {"produsen": Level.PRODUCER, "konsumen": Level.CONSUMER}
LEVEL_WORDS = {level: word for word, level in LEVELS.items()}
PERIODS = {
    "30h": 30,
    "90h": 90,
    "1t": 365,
    "5t": 5 * 365,
    "semua": 0,
}  # days, counted from the newest price; 0 is all
PERIOD_LABELS = {
    "30h": mark("30 hari terakhir"),
    "90h": mark("90 hari terakhir"),
    "1t": mark("1 tahun terakhir"),
    "5t": mark("5 tahun terakhir"),
    "semua": mark("Semua"),
}
USUAL_PERIOD = "1t"


@dataclass(frozen=True, slots=True)
class Selection:
    """One view of the prices; both days belong to it. `period` is "" where the days were chosen by hand."""

    commodity: str
    level: Level
    region: str | None
    since: date
    until: date
    period: str = USUAL_PERIOD

    def query(self, **changes: str) -> str:
        """The query string of this view's address, with some of its keys changed; "" takes a key out."""
        parts = {
            "komoditas": self.commodity,
            "wilayah": self.region or "",
            "tingkat": LEVEL_WORDS[self.level],
        }
        if self.period:
            parts["periode"] = self.period
        else:
            parts |= {"dari": self.since.isoformat(), "sampai": self.until.isoformat()}
        return urlencode({key: value for key, value in (parts | changes).items() if value})

    @property
    def data_query(self) -> str:
        """The query string of the same rows as data."""
        parts = {
            "commodity": self.commodity,
            "region": self.region or "",
            "level": self.level.value,
            "from": self.since.isoformat(),
            "to": self.until.isoformat(),
        }
        return urlencode({key: value for key, value in parts.items() if value})


def read_selection(
    query: Mapping[str, str], have: Sequence[Coverage]
) -> tuple[Selection | None, tuple[Problem, ...]]:
    """The view that a query asks for, as near as there are prices, and what could not be had.

    None when there are no prices at all.
    """
    if not have:
        return None, ()
    problems: list[Problem] = []
    goods = {row.commodity for row in have}
    good = _choose(
        query.get("komoditas", ""),
        goods,
        FIRST_CHOICE,
        problems,
        "komoditas",
        mark("Belum ada harga untuk komoditas itu. Yang ditampilkan: komoditas lain yang ada."),
    )
    near = [row for row in have if row.commodity == good]
    level = _level(query.get("tingkat", ""), near, query.get("wilayah", ""), problems)
    near = [row for row in near if row.level is level]
    region = _region(query.get("wilayah", ""), near, problems)
    near = [row for row in near if region is None or row.region == region]
    first, last = min(row.first_day for row in near), max(row.last_day for row in near)
    chosen = Selection(good, level, region, first, last)
    return _with_days(chosen, query, first, last, problems), tuple(problems)


def _choose(asked: str, there: set[str], usual: str, problems: list[Problem], field: str, text: str) -> str:
    if asked in there:
        return asked
    if asked:
        problems.append(Problem(field, text))
    return usual if usual in there else min(there)


def _level(asked: str, near: Sequence[Coverage], region: str, problems: list[Problem]) -> Level:
    """The asked level; if none was asked, the one the region has, the producers' first."""
    there = {row.level for row in near}
    if asked and LEVELS.get(asked) not in there:
        problems.append(Problem("tingkat", mark("Tingkat harga itu belum ada untuk komoditas ini.")))
    elif asked:
        return LEVELS[asked]
    in_region = {row.level for row in near if row.region == region} or there
    return Level.PRODUCER if Level.PRODUCER in in_region else Level.CONSUMER


def _region(asked: str, near: Sequence[Coverage], problems: list[Problem]) -> str | None:
    if not asked or asked in {row.region for row in near}:
        return asked or None
    if asked == PROVINCE or regions.by_code(asked) is not None:
        text = mark("Di wilayah itu belum ada harga komoditas ini. Yang ditampilkan: seluruh Jawa Timur.")
    else:
        text = mark("Wilayah itu tidak dikenal. Yang ditampilkan: seluruh Jawa Timur.")
    problems.append(Problem("wilayah", text))
    return None


def _with_days(
    chosen: Selection,
    query: Mapping[str, str],
    first: date,
    last: date,
    problems: list[Problem],
) -> Selection:
    """The days asked for, brought inside those that have prices."""
    since, until = _day("dari", query, problems), _day("sampai", query, problems)
    if since is None and until is None:
        period = query.get("periode", "") or USUAL_PERIOD
        if period not in PERIODS:
            problems.append(
                Problem("periode", mark("Periode itu tidak dikenal. Yang ditampilkan: 1 tahun terakhir."))
            )
            period = USUAL_PERIOD
        days = PERIODS[period]
        return replace(
            chosen, since=max(first, last - timedelta(days=days)) if days else first, period=period
        )
    since, until = since or first, until or last
    if since > until:
        problems.append(Problem("dari", mark("Tanggal awal sesudah tanggal akhir, jadi keduanya ditukar.")))
        since, until = until, since
    if since > last or until < first:
        problems.append(
            Problem("dari", mark("Pada tanggal itu belum ada harga. Yang ditampilkan: semua yang ada."))
        )
        return replace(chosen, period="semua")
    return replace(chosen, since=max(since, first), until=min(until, last), period="")


def _day(field: str, query: Mapping[str, str], problems: list[Problem]) -> date | None:
    text = query.get(field, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        problems.append(Problem(field, mark("Tanggal tidak terbaca. Tulis seperti 2023-09-07.")))
        return None


def good_name(code: str, lang: str) -> str:
    """The name of a good in a language of the reader."""
    known = commodities.by_code(code)
    if known is None:
        return code
    return known.name if lang == "id" else known.name_en


def region_name(code: str) -> str:
    """The short, unambiguous name of a region."""
    known = regions.by_code(code)
    return known.label if known is not None else regions.PROVINCE_NAME


def publisher_name(code: str) -> str:
    """The short name of a publisher; its code where we do not know it."""
    known = source.by_code(code)
    return known.name if known is not None else code
