"""What a program asks of /api/v1/prices, read strictly: a wrong value is told, never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlencode

from cettar_site.base.errors import Problem, Refused
from cettar_site.base.words import mark
from cettar_site.jatim import commodities, regions
from cettar_site.prices.rules import PROVINCE, Level, Status

MOST_YEARS = 15
PAGE_ROWS = 10_000
Size = Literal["desk", "phone"]
SIZES: tuple[Size, ...] = ("desk", "phone")
_CURSOR = re.compile(r"(\d{4}-\d{2}-\d{2})\.(\d{1,9})\.(\d{1,9})", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Query:
    """A question for rows; both days belong, None is open. `after`: behind a (day, series, revision)."""

    commodity: str
    region: str | None = None
    level: Level | None = None
    since: date | None = None
    until: date | None = None
    statuses: tuple[Status, ...] = (Status.ACCEPTED,)
    limit: int = PAGE_ROWS
    after: tuple[date, int, int] | None = None
    size: Size = "desk"

    def address(self, after: tuple[date, int, int] | None = None) -> str:
        """The query string that asks the same again, behind a given row."""
        parts = {
            "commodity": self.commodity,
            "region": self.region or "",
            "level": self.level.value if self.level else "",
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
            "status": status_word(self.statuses),
            "limit": "" if self.limit == PAGE_ROWS else str(self.limit),
            "after": f"{after[0].isoformat()}.{after[1]}.{after[2]}" if after else "",
        }
        return urlencode({key: value for key, value in parts.items() if value})


def status_word(statuses: tuple[Status, ...]) -> str:
    """How the asked statuses are called in a query: one of them, or "all"."""
    return statuses[0].value if len(statuses) == 1 else "all"


def read_query(given: Mapping[str, str]) -> Query:
    """Read a query. Raises Refused with the problem of every wrong field."""
    problems: list[Problem] = []
    commodity = given.get("commodity", "").strip()
    if not commodity:
        problems.append(Problem("commodity", mark("Sebutkan komoditas, misalnya commodity=bawang-merah.")))
    elif commodities.by_code(commodity) is None:
        problems.append(Problem("commodity", mark("Komoditas itu tidak dikenal. Contoh: bawang-merah.")))
    region = given.get("region", "").strip() or None
    if region is not None and region != PROVINCE and regions.by_code(region) is None:
        problems.append(
            Problem("region", mark("Kode wilayah itu tidak dikenal. Contoh: 35.18 untuk Kabupaten Nganjuk."))
        )
    since, until = _day(given, "from", problems), _day(given, "to", problems)
    if since and until and since > until:
        problems.append(Problem("from", mark("Tanggal awal (from) sesudah tanggal akhir (to).")))
    if since and until and until.year - since.year > MOST_YEARS:
        problems.append(
            Problem("from", mark("Rentang terlalu panjang: paling banyak 15 tahun sekali minta."))
        )
    query = Query(
        commodity,
        region,
        _level(given, problems),
        since,
        until,
        _statuses(given, problems),
        _limit(given, problems),
        _after(given, problems),
        _size(given, problems),
    )
    if problems:
        raise Refused(tuple(problems))
    return query


def _day(given: Mapping[str, str], field: str, problems: list[Problem]) -> date | None:
    text = given.get(field, "").strip()
    if not text:
        return None
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    problems.append(Problem(field, mark("Tanggal tidak terbaca. Tulis seperti 2023-09-07.")))
    return None


def _level(given: Mapping[str, str], problems: list[Problem]) -> Level | None:
    text = given.get("level", "").strip()
    if not text:
        return None
    if text in {level.value for level in Level}:
        return Level(text)
    problems.append(Problem("level", mark("Tingkat harga (level) hanya producer atau consumer.")))
    return None


def _statuses(given: Mapping[str, str], problems: list[Problem]) -> tuple[Status, ...]:
    text = given.get("status", "").strip() or Status.ACCEPTED.value
    if text == "all":
        return tuple(Status)
    if text in {status.value for status in Status}:
        return (Status(text),)
    problems.append(Problem("status", mark("Status hanya accepted, held, refused, atau all.")))
    return ()


def _limit(given: Mapping[str, str], problems: list[Problem]) -> int:
    text = given.get("limit", "").strip()
    if not text:
        return PAGE_ROWS
    if text.isascii() and text.isdecimal() and len(text) <= 6 and 1 <= int(text) <= PAGE_ROWS:
        return int(text)
    problems.append(Problem("limit", mark("Jumlah baris (limit) dari 1 sampai 10000.")))
    return PAGE_ROWS


def _after(given: Mapping[str, str], problems: list[Problem]) -> tuple[date, int, int] | None:
    text = given.get("after", "").strip()
    found = _CURSOR.fullmatch(text)
    if not text:
        return None
    try:
        if found is not None:
            return date.fromisoformat(found[1]), int(found[2]), int(found[3])
    except ValueError:
        pass
    problems.append(Problem("after", mark("Penanda halaman (after) tidak dikenal; pakai yang ada di next.")))
    return None


def _size(given: Mapping[str, str], problems: list[Problem]) -> Size:
    text = given.get("size", "").strip() or "desk"
    for size in SIZES:
        if text == size:
            return size
    problems.append(Problem("size", mark("Ukuran (size) hanya desk atau phone.")))
    return "desk"
