"""The national system's file as an attacker sends it: bombs, unseen letters, other centuries, secrets that slip."""

import io
import resource
import zipfile
from pathlib import Path

import pytest

from cettar_site.base.errors import ForeignFailure, Refused
from cettar_site.complaints import store_lists, store_read
from cettar_site.complaints.parse_lapor import parse_lapor
from cettar_site.complaints.rules import Shown
from cettar_site.complaints.rules_lapor import COLUMNS, NAME, taken
from cettar_site.infra.apart import read_apart
from cettar_site.infra.db import Database
from jobs.import_lapor import read
from tests.complaints.makers import NOW
from tests.complaints.test_lapor import ROWS, by_id, csv_of, row, take

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{OFFICE}/worksheet" '
    'Target="worksheets/s.xml"/></Relationships>'}
MEGABYTE = 1024 * 1024


def cell(at: str, text: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


def book(rows: str, filler: int = 0) -> bytes:
    """A workbook of one sheet; `filler` megabytes of one letter stand in a cell at its end."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, text in PARTS.items():
            parts.writestr(name, text)
        with parts.open("xl/worksheets/s.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{MAIN}"><sheetData>{rows}'.encode())
            if filler:
                sheet.write(b'<row r="9"><c r="A9" t="inlineStr"><is><t>')
                for _ in range(filler):
                    sheet.write(b"a" * MEGABYTE)
                sheet.write(b"</t></is></c></row>")
            sheet.write(b"</sheetData></worksheet>")
    return made.getvalue()


def good_book() -> bytes:
    head = "".join(cell(f"{chr(65 + at)}1", name) for at, name in enumerate(COLUMNS))
    values = "".join(cell(f"{chr(65 + at)}2", row(1)[name].replace(">", "&gt;")) for at, name in enumerate(COLUMNS))
    return book(f'<row r="1">{head}</row><row r="2">{values}</row>')


def test_an_honest_workbook_is_read(tmp_path: Path) -> None:
    path = tmp_path / "lapor.xlsx"
    path.write_bytes(good_book())
    assert read(path) == [row(1) | {NAME: ""}]


@pytest.mark.parametrize("bomb", [
    # Two cells at the corners: a reader that lays the sheet out asks for half a terabyte.
    lambda: book(f'<row r="1">{cell("A1", "x")}</row><row r="1048576">{cell("XFD1048576", "y")}</row>'),
    lambda: b"PK\x03\x04" + b"\0" * 10_000, lambda: b"\xd0\xcf\x11\xe0" + b"\xff" * 10_000,
    lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 10_000, lambda: good_book()[:-200]])
def test_a_workbook_that_is_a_bomb_is_refused_whole(tmp_path: Path, bomb: object) -> None:
    path = tmp_path / "lapor.xlsx"
    path.write_bytes(bomb())  # type: ignore[operator]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ForeignFailure):
        read(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 512 * 1024, "kilobytes, in this process"


def test_a_workbook_that_inflates_takes_no_more_than_it_may() -> None:
    bomb = book(f'<row r="1">{cell("A1", "x")}</row>', filler=500)
    assert len(bomb) < MEGABYTE
    with pytest.raises(ForeignFailure) as failed:
        read_apart(parse_lapor, bomb, "bomb.xlsx", memory=1024 * MEGABYTE)
    assert failed.value.kind == "too_big"


@pytest.mark.parametrize("content", [
    csv_of(ROWS).decode("utf-8-sig").encode("utf-16"), csv_of(ROWS).decode("utf-8-sig").encode("utf-32"),
    csv_of([row(1, text="é" * 40)]).decode("utf-8-sig").encode("latin-1"), csv_of([row(1, text="x" * 100_001)]),
    b'"' * 1000, b"\0" * 1000, b",".join([b"a"] * 100_000)])
def test_a_csv_that_is_none_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lapor.csv"
    path.write_bytes(content)
    with pytest.raises(ForeignFailure):
        read(path)


@pytest.mark.parametrize("day", ["1 Jan 0001", "01/01/0001", "0001-01-01", "1 Jan 1969", "31 Des 1999", "1 Jan 9999"])
def test_a_day_of_another_century_is_refused_alone(database: Database, day: str) -> None:
    """A year 1 ended the whole import; one before 1970 gave an id below all others."""
    with pytest.raises(Refused):
        taken(row(2, day=day), NOW)
    assert take(database, [row(1), row(2, day=day)]).added == 1


@pytest.mark.parametrize("column", [name for name in COLUMNS if name not in (COLUMNS[0], COLUMNS[1])])
def test_unseen_letters_in_a_cell_neither_end_the_import_nor_reach_a_reader(database: Database, column: str) -> None:
    evil = "Di\0tutup oleh \u202eSi\u0007stem\u2066"
    if column == COLUMNS[15]:
        evil = "Ditutup oleh \u202eSi\0stem\u2066"
    assert take(database, [row(1) | {column: evil}]).added == 1
    (case,) = by_id(database).values()
    with database.read() as session:
        public = store_read.public_by_number(session, case.request.number)
    assert not set("\0\u202e\u0007\u2066") & set(str(public).encode().decode("unicode_escape"))


def test_a_hostile_tracking_id_is_refused_alone(database: Database) -> None:
    assert take(database, [row(1), row(2, id="70\x0000"), row(3, id="\u202e123"), row(4, id="4" * 33)]).added == 1


def test_a_story_is_as_long_as_one_may_be_here(database: Database) -> None:
    assert take(database, [row(1, text="Panjang sekali. " * 6000)]).added == 1
    (case,) = by_id(database).values()
    with database.read() as session:
        public = store_read.public_by_number(session, case.request.number)
    assert public is not None and len(public.writings[0].text) < 20_000


@pytest.mark.parametrize("said", ["Rahasia", "RAHASIA", " rahasia ", "Anonim/Rahasia", "R\u200bahasia", "Raha\u00adsia",
                                  "Ｒａｈａｓｉａ", "Rаhasia", "Confidential", "Tertutup", "?", "1"])
def test_what_may_mean_secret_is_secret(said: str) -> None:
    assert taken(row(1, type=said), NOW).shown is Shown.CONFIDENTIAL


@pytest.mark.parametrize("said", ["", "-", "Biasa", "Normal", "Publik", "Umum", "Terbuka", "Anonim", "anonim"])
def test_what_means_open_is_not_secret(said: str) -> None:
    assert taken(row(1, type=said), NOW).shown is not Shown.CONFIDENTIAL


@pytest.mark.parametrize("types", [("Rahasia", ""), ("", "Rahasia"), ("Rahasia", "Anonim", "")])
def test_a_row_that_comes_twice_is_secret_if_it_once_was(database: Database, types: tuple[str, ...]) -> None:
    take(database, [row(1, type=said) for said in types])
    (case,) = by_id(database).values()
    assert case.request.shown is Shown.CONFIDENTIAL


def test_what_becomes_secret_there_is_no_longer_shown_here(database: Database) -> None:
    take(database, [row(1, status="Proses"), row(2, status="Proses")])
    number = by_id(database)["7000001"].request.number
    take(database, [row(1, status="Proses", type="Rahasia"), row(2, status="Proses")])
    with database.read() as session:
        public = store_read.public_by_number(session, number)
        listed = {brief.number: brief for brief in store_lists.newest(session, 99)}
    assert public is not None and public.writings == () and "Akhir 1" not in str(listed[number])
    assert sum("Akhir" in str(brief) for brief in listed.values()) == 1
