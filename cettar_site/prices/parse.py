"""Reads what Siskaperbapo answers: two HTML tables and a JSON list. Strict: a misread price looks real.

An answer that is not the table we know is refused whole, with a kind that says how: "not_a_table" (a
firewall's or a repair page), "truncated", "columns", "empty", "zero_prices", "not_a_list", "personal_data". A
single row that can't be read is kept and refused by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cettar_site.base.errors import ForeignFailure
from cettar_site.base.money import parse_rupiah
from cettar_site.base.words import mark
from cettar_site.jatim import regions
from cettar_site.prices.rules import Level, Market, Origin, Parsed, Reason
from cettar_site.prices.rules_check import Builder, personal_keys

PRODUCER_COLUMNS = (
    "NO",
    "NAMA BAHAN POKOK",
    "TITIK PANTAU",
    "KABUPATEN",
    "SATUAN",
    "HARGA KEMARIN",
    "HARGA SEKARANG",
    "PERUBAHAN RP",
    "PERUBAHAN %",
)
CONSUMER_COLUMNS = (
    "NO",
    "NAMA BAHAN POKOK",
    "SATUAN",
    "HARGA KEMARIN",
    "HARGA SEKARANG",
    "PERUBAHAN RP",
    "PERUBAHAN %",
)
NO_PRICE = frozenset({"", "-", "--", "0"})
MOST_ROWS = 5_000

DETAILS = {
    "not_a_table": mark("Jawaban bukan tabel harga"),
    "truncated": mark("Tabel harga terpotong di tengah"),
    "columns": mark("Susunan kolom tabel harga berubah"),
    "empty": mark("Tabel harga kosong"),
    "zero_prices": mark("Semua harga dalam tabel nol"),
    "not_a_list": mark("Daftar pasar tidak terbaca"),
    "personal_data": mark("Jawaban memuat data pribadi, tidak disimpan"),
}
_STRING_OR_LAST_COMMA = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[\]}])')
_NOT_A_LETTER = re.compile(r"[^A-Z%]+")


def failure(kind: str, origin: Origin) -> ForeignFailure:
    """The failure of a kind, in words for the status page."""
    return ForeignFailure(kind, DETAILS[kind], origin.address)


def parse_producer(content: bytes, origin: Origin, day: date) -> Parsed:
    """Read the producer table of a day: every point of the province in one answer. Raises ForeignFailure."""
    builder = Builder(origin, Level.PRODUCER)
    prices = []
    for cells in _rows(content, origin, PRODUCER_COLUMNS):
        if len(cells) != len(PRODUCER_COLUMNS):
            raise failure("columns", origin)
        texts = [_text(cell) for cell in cells]
        _, good, point, place, unit, _, quoted = texts[:7]
        region = regions.by_name(place)
        price, fault = read_price(quoted)
        prices.append(price)
        builder.add(
            day=day,
            good=good,
            region=region.code if region else place,
            point=point,
            unit=unit,
            price=price,
            raw="|".join(texts),
            fault=fault,
        )
    return _believable(builder, prices, origin)


def parse_consumer(content: bytes, origin: Origin, day: date, region: str, point: str) -> Parsed:
    """Read the consumer table of a region (our code) at a market, or of its mean. Raises ForeignFailure."""
    builder = Builder(origin, Level.CONSUMER)
    prices = []
    for cells in _rows(content, origin, CONSUMER_COLUMNS):
        texts = [_text(cell) for cell in cells]
        if not any(_is_item(cell, text) for cell, text in zip(cells, texts, strict=True)):
            continue  # the name of a group: it has a number and no price
        if (
            len(cells) != len(CONSUMER_COLUMNS)
            or not _is_item(cells[1], texts[1])
            or not _classes_agree(cells)
        ):
            raise failure("columns", origin)
        price, fault = read_price(texts[4])
        prices.append(price)
        builder.add(
            day=day,
            good=texts[1],
            region=region,
            point=point,
            unit=texts[2],
            price=price,
            raw="|".join(texts),
            fault=fault,
        )
    return _believable(builder, prices, origin)


def parse_markets(content: bytes, origin: Origin) -> tuple[Market, ...]:
    """Read the list of a region's markets; closed ones are left out. Raises ForeignFailure."""
    try:
        text = content.decode("utf-8-sig")
        listed = json.loads(_STRING_OR_LAST_COMMA.sub(lambda found: found[1] or "", text))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as fault:
        raise failure("not_a_list", origin) from fault
    if not isinstance(listed, list) or len(listed) > MOST_ROWS:
        raise failure("not_a_list", origin)
    return tuple(market for item in listed if (market := _market(item, origin)) is not None)


def read_price(text: str) -> tuple[int | None, Reason]:
    """Rule 3 at the source: "16.500" is a price, "-" and "0" are none, anything else is a fault."""
    if text in NO_PRICE:
        return None, Reason.MISSING
    price = parse_rupiah(text)
    return price, Reason.NONE if price is not None else Reason.NOT_A_PRICE


def _market(item: Any, origin: Origin) -> Market | None:
    if not isinstance(item, dict):
        raise failure("not_a_list", origin)
    if personal_keys(item):
        raise failure("personal_data", origin)
    number, name = str(item.get("psr_id", "")), item.get("psr_nama")
    if not number.isascii() or not number.isdecimal() or len(number) > 9 or not isinstance(name, str):
        raise failure("not_a_list", origin)
    closed = str(item.get("psr_status", 1)) in {"0", "False"}
    return None if closed or not name.strip() else Market(int(number), " ".join(name.split()))


def _rows(content: bytes, origin: Origin, columns: Sequence[str]) -> Iterator[list[LexborNode]]:
    """The rows of the one table that has these columns, each as its cells; its head is checked, not given."""
    if b"<table" not in content.lower():
        raise failure("not_a_table", origin)
    if b"</table" not in content.lower():
        raise failure("truncated", origin)
    heads = 0
    for row in LexborHTMLParser(content).css("table tr")[:MOST_ROWS]:
        cells = [cell for cell in row.iter() if cell.tag in ("td", "th")]
        titles = [_NOT_A_LETTER.sub(" ", _text(cell).upper()).strip() for cell in cells]
        if "HARGA SEKARANG" in titles:
            heads += 1
            before_changes = len(columns) - 2  # the two columns of changes may share one heading
            if titles[:before_changes] != list(columns[:before_changes]):
                raise failure("columns", origin)
        elif cells and cells[0].tag == "td":
            if not heads:
                raise failure("columns", origin)
            yield cells
    if not heads:
        raise failure("not_a_table", origin)


def _text(cell: LexborNode) -> str:
    return " ".join((cell.text() or "").split())


def _is_item(cell: LexborNode, text: str) -> bool:
    return cell.css_first("span.price-tooltip-enabled") is not None or text.startswith("- ")


def _classes_agree(cells: Sequence[LexborNode]) -> bool:
    """Whether yesterday's and today's cells, where they say which they are, stand where we read them."""
    for place, name in ((3, "kemarin"), (4, "sekarang")):
        for at, cell in enumerate(cells):
            if name in (cell.attributes.get("class") or "").split() and at != place:
                return False
    return True


def _believable(builder: Builder, prices: Sequence[int | None], origin: Origin) -> Parsed:
    if not prices:
        raise failure("empty", origin)
    if not any(prices):
        raise failure("zero_prices", origin)
    return builder.done()
