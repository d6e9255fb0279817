"""Reads the CSV files of past prices: Siskaperbapo's producer points, its markets, and its province mean.

A file is known by its column names, whole or not at all. Other publishers' files are refused by name, so that
nobody wonders why a number of Bandung or a monthly mean stands among daily prices of East Java.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date

from cettar_site.base.errors import ForeignFailure
from cettar_site.base.words import mark
from cettar_site.jatim import regions
from cettar_site.prices.parse import read_price
from cettar_site.prices.rules import MEAN_POINT, PROVINCE, Level, Origin, Parsed, Reason
from cettar_site.prices.rules_check import Builder, personal_keys

PRODUCER_FILE = (
    "tanggal",
    "komoditas",
    "titik_pantau",
    "kab_kota",
    "kode_kab_bps",
    "harga_rp_per_kg",
    "diisi_maju",
)
MARKET_FILE = ("tanggal", "komoditas", "pasar", "kab_kota", "kode_kab_bps", "harga_rp_per_kg")
MEAN_FILE = ("tanggal", "komoditas", "wilayah", "harga_rp_per_kg")

OTHERS: dict[tuple[str, ...], str] = {
    ("periode", "kode_kab_sumber"): mark(
        "Berkas ini berisi harga bulanan; ruang harga menyimpan harga harian"
    ),
    ("Timestamp", "ID"): mark(
        "Berkas ini dari Panel Harga Pangan (daerah lain), bukan Siskaperbapo Jawa Timur"
    ),
    ("year", "ramadan_start"): mark("Berkas ini kalender, bukan harga"),
    ("market_id", "market"): mark("Berkas ini daftar pasar, bukan harga"),
}
UNKNOWN = mark("Nama kolom berkas tidak dikenal")
Add = Callable[[list[str]], None]


def parse_file(content: bytes, origin: Origin) -> Parsed:
    """Read a whole file. Raises ForeignFailure: "layout", "truncated", "personal_data", "date"."""
    if content[:4] == b"PK\x03\x04":
        raise ForeignFailure(
            "layout", mark("Berkas ini lembar kerja Excel; simpan dulu sebagai CSV"), origin.address
        )
    try:
        lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        head = tuple(name.strip() for name in next(lines, []))
        builder, add = _layout(head, origin)
        for row in _whole(lines, len(head), origin):
            add(row)
    except (UnicodeDecodeError, csv.Error) as fault:
        raise ForeignFailure("layout", mark("Berkas tidak terbaca sebagai CSV"), origin.address) from fault
    return builder.done()


def _layout(head: tuple[str, ...], origin: Origin) -> tuple[Builder, Add]:
    """The builder for a file with these columns, and what to do with each of its rows."""
    if personal_keys(head):
        raise ForeignFailure(
            "personal_data", mark("Berkas memuat data pribadi, tidak dibaca"), origin.address
        )
    if head == PRODUCER_FILE:
        builder = Builder(origin, Level.PRODUCER)
        return builder, _point_rows(builder, origin)
    if head == MARKET_FILE:
        builder = Builder(origin, Level.CONSUMER)
        return builder, _point_rows(builder, origin)
    if head == MEAN_FILE:
        builder = Builder(origin, Level.CONSUMER)
        return builder, _mean_rows(builder, origin)
    raise ForeignFailure("layout", OTHERS.get(head[:2], UNKNOWN), origin.address)


def _whole(lines: Iterator[list[str]], width: int, origin: Origin) -> Iterator[list[str]]:
    for row in lines:
        if len(row) != width:
            if not row:
                continue
            raise ForeignFailure(
                "truncated", mark("Ada baris yang kolomnya kurang atau lebih"), origin.address
            )
        yield row


def _point_rows(builder: Builder, origin: Origin) -> Add:
    """Rows with a point in a regency; a seventh column says that the number is a fill, not an observation."""
    day_of, region_of = _days(origin), _regions()

    def add(row: list[str]) -> None:
        region, fault = region_of(row[4], row[3])
        price, unread = read_price(row[5].strip())
        if len(row) > 6 and row[6].strip() != "0":
            fault = Reason.FILLED
        builder.add(
            day=day_of(row[0]),
            good=row[1],
            region=region,
            point=row[2],
            unit="kg",
            price=price,
            raw=",".join(row),
            fault=fault or unread,
        )

    return add


def _mean_rows(builder: Builder, origin: Origin) -> Add:
    day_of = _days(origin)

    def add(row: list[str]) -> None:
        price, unread = read_price(row[3].strip())
        place = PROVINCE if row[2].strip().lower().startswith("jawa timur") else row[2]
        builder.add(
            day=day_of(row[0]),
            good=row[1],
            region=place,
            point=MEAN_POINT,
            unit="kg",
            price=price,
            raw=",".join(row),
            fault=unread,
        )

    return add


def _days(origin: Origin) -> Callable[[str], date]:
    """A reader of ISO days that remembers them: a file repeats each day for every point."""
    known: dict[str, date] = {}

    def day_of(text: str) -> date:
        if text not in known:
            try:
                known[text] = date.fromisoformat(text.strip())
            except ValueError as fault:
                raise ForeignFailure(
                    "date", mark("Ada tanggal yang tidak terbaca"), origin.address
                ) from fault
        return known[text]

    return day_of


def _regions() -> Callable[[str, str], tuple[str, Reason]]:
    """Rule 11: a reader of (statistical code, name) that says our code, and whether the two agree."""
    known: dict[tuple[str, str], tuple[str, Reason]] = {}

    def region_of(code: str, name: str) -> tuple[str, Reason]:
        if (code, name) not in known:
            by_code, by_name = regions.by_bps(code.strip()), regions.by_name(name)
            agree = by_code is not None and by_code == by_name
            known[code, name] = (by_code.code if by_code else name, Reason.NONE if agree else Reason.REGION)
        return known[code, name]

    return region_of
