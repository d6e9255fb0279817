"""Reads SP4N-LAPOR!'s file, CSV or Excel: the heading is looked for below title rows, columns go by name."""

import csv
import io
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook

from cettar_site.base.errors import ForeignFailure
from cettar_site.base.words import mark
from cettar_site.complaints.rules_lapor import COLUMNS, NAME, Row, without_name

TITLE_ROWS = 10
LONGEST_CELL = 100_000
_UNREADABLE = mark("Berkas tidak terbaca sebagai CSV atau Excel")
_NO_HEAD = mark("Kolom SP4N-LAPOR! tidak ditemukan di sepuluh baris pertama")


def parse_lapor(content: bytes, name: str) -> list[Row]:
    """Every row of a file, names dropped. Raises ForeignFailure: "layout"."""
    lines = _excel(content, name) if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0") else _csv(content, name)
    head: list[str] | None = None
    found: list[Row] = []
    for at, cells in enumerate(lines):
        if head is None:
            named = [" ".join(cell.split()) for cell in cells]
            head = named if set(COLUMNS) - {NAME} <= set(named) else None
            if head is None and at >= TITLE_ROWS:
                break
        elif any(cell.strip() for cell in cells):
            found.append(without_name(dict(zip(head, cells, strict=False))))
    if head is None:
        raise ForeignFailure("layout", _NO_HEAD, name)
    return found


def _csv(content: bytes, name: str) -> Iterator[list[str]]:
    """The cells of a CSV; comma, semicolon or tab, whichever its first lines hold most of."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        text = content.decode("utf-8-sig")
        first = text[:5000]
        delimiter = max(",;\t", key=first.count)
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except (UnicodeDecodeError, csv.Error) as fault:
        raise ForeignFailure("layout", _UNREADABLE, name) from fault


def _excel(content: bytes, name: str) -> Iterator[list[str]]:
    """The cells of the first sheet as text."""
    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    except (CalamineError, OSError, IndexError) as fault:
        raise ForeignFailure("layout", _UNREADABLE, name) from fault
    for cells in rows:
        said = [_cell(cell) for cell in cells]
        if max(map(len, said), default=0) > LONGEST_CELL:
            raise ForeignFailure("layout", _UNREADABLE, name)
        yield said


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
