"""SP4N-LAPOR!'s file: taken over once, without names, secret ones secret, and given back as it came."""

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.base.errors import ForeignFailure, Refused
from cettar_site.complaints import store_lapor, store_lists, store_notice, store_read
from cettar_site.complaints.actions_lapor import Import, take_over
from cettar_site.complaints.parse_lapor import parse_lapor
from cettar_site.complaints.rules import Case, Channel, Kind, Shown, State
from cettar_site.complaints.rules_lapor import COLUMNS, HEAD, NAME, Row, exported, line, taken
from cettar_site.infra.db import Database
from cettar_site.infra.vault import vault
from jobs.import_lapor import run
from jobs.report import JobOptions
from tests.complaints.makers import NOW, VAULT, case_of, filed, happens

NAMES = ("Sulastri Karto", "Mbok Darmi")
STORY = "Jalan kabupaten di depan balai desa berlubang sejak dua bulan."


def row(number: int, **changes: str) -> Row:
    """A row as the national system writes it."""
    plain = dict(zip(COLUMNS, (
        f"{7000000 + number}", "6 Jan 2026", "08:15", NAMES[number % 2], "Pengaduan Tidak Berkadar Pengawasan", "412",
        "Jalan > Jalan Rusak", f"Jalan rusak nomor {number}", f"{STORY} Awal {number}.", f"{STORY} Akhir {number}.",
        "Anonim", "Website", "Pemerintah Provinsi Jawa Timur", "88",
        "Dinas Pekerjaan Umum Bina Marga Provinsi Jawa Timur",
        "Ditutup oleh Sistem", "", "Jawa Timur", "Kabupaten Nganjuk", "Kertosono", "Banaran"), strict=True))
    names = {"type": COLUMNS[10], "status": COLUMNS[15], "agency": COLUMNS[14], "parent": COLUMNS[12],
             "day": COLUMNS[1], "text": COLUMNS[9], "first": COLUMNS[8],
             "title": COLUMNS[7], "id": COLUMNS[0], "region": COLUMNS[18]}
    return plain | {names[name]: value for name, value in changes.items()}


ROWS = [
    row(1), row(2, type="Rahasia"), row(3, type="Anonim|Rahasia", status="Belum Terverifikasi"), row(4, type=""),
    row(5, status="Menunggu Kelengkapan Informasi"), row(6, status="Diarsipkan oleh Pelapor"),
    row(7, status="Konten Terblokir"),
    row(8, agency="Dinas PU", parent="Pemerintah Kabupaten Nganjuk", status="Proses"),
    row(9, agency="Instansi yang tidak kami kenal", status="Proses", region="Kabupaten Bandung"),
    row(10, status="Proses"), row(11, title="=HYPERLINK(\"x\")", first="-2 hari lampu padam di desa kami.")]


def csv_of(rows: list[Row], *, titles: int = 0, delimiter: str = ",") -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([["Laporan SP4N-LAPOR!"]] * titles)
    writer.writerow(COLUMNS)
    writer.writerows([[one[name] for name in COLUMNS] for one in rows])
    return text.getvalue().encode("utf-8-sig")


def take(database: Database, rows: list[Row], now: datetime = NOW) -> Import:
    with database.write("complaints") as session:
        return take_over(session, parse_lapor(csv_of(rows), "x.csv"), now, VAULT)


def everything(database: Database) -> list[tuple[Case, Row | None]]:
    with database.read() as session:
        return store_lapor.page(session, 0, 999, VAULT)


def by_id(database: Database) -> dict[str, Case]:
    return {raw[COLUMNS[0]]: case for case, raw in everything(database) if raw is not None}


def test_rows_become_complaints_that_are_not_judged_and_not_solved(database: Database) -> None:
    assert take(database, ROWS) == Import(11, 11, 0, 0, 0)
    cases = by_id(database)
    states = {number: cases[str(7000000 + number)].life.state for number in range(1, 12)}
    assert states == {1: State.CLOSED, 2: State.CLOSED, 3: State.WAITING, 4: State.CLOSED, 5: State.TRIAGE,
                      6: State.CLOSED, 7: State.CLOSED, 8: State.FORWARDED, 9: State.TRIAGE, 10: State.WAITING,
                      11: State.CLOSED}
    assert {case.request.channel for case in cases.values()} == {Channel.LAPOR}
    first = cases["7000001"]
    assert first.events[-1].detail == "sistem" and first.life.first_answer_at is None
    assert first.life.filed_at == datetime(2026, 1, 6, 1, 15, tzinfo=UTC)
    assert (first.request.region_code, first.request.district_code) == ("35.18", "35.18.08")
    assert any(case.life.agency_code == "DPUBM" and case.life.owed_at for case in cases.values())
    assert cases["7000008"].life.elsewhere == "KAB-3518"
    with database.read() as session:
        assert store_notice.nearly_due(session, NOW, NOW + timedelta(days=9), 99) == []


def test_names_are_dropped_and_secret_ones_are_secret(database: Database) -> None:
    take(database, ROWS)
    cases = by_id(database)
    shown = {number: cases[str(7000000 + number)].request.shown for number in (1, 2, 3, 4)}
    assert shown == {1: Shown.ANONYMOUS, 2: Shown.CONFIDENTIAL, 3: Shown.CONFIDENTIAL, 4: Shown.OPEN}
    with database.read() as session:
        public = store_read.public_by_number(session, cases["7000002"].request.number)
        listed = store_lists.newest(session, 99)
    assert public is not None and public.writings == () and public.request.region_code == ""
    assert cases["7000002"].request.number not in {brief.number for brief in listed}
    assert not any(name in str(everything(database)) for name in NAMES)


def test_twice_changes_nothing_and_a_changed_status_is_brought_up(database: Database) -> None:
    take(database, ROWS)
    assert take(database, ROWS, NOW + timedelta(days=1)) == Import(11, 0, 0, 11, 0)
    changed = [*ROWS[:9], row(10, status="Ditutup oleh Pelapor"), ROWS[10]]
    assert take(database, changed, NOW + timedelta(days=2)) == Import(11, 0, 1, 10, 0)
    case = by_id(database)["7000010"]
    assert (case.life.state, case.events[-1].detail) == (State.CLOSED, "pelapor")
    assert take(database, changed, NOW + timedelta(days=3)).changed == 0


def test_what_becomes_secret_there_is_hidden_here(database: Database) -> None:
    take(database, [row(10, status="Proses")])
    number = by_id(database)["7000010"].request.number
    assert take(database, [row(10, status="Proses", type="Rahasia")], NOW + timedelta(days=1)).changed == 1
    with database.read() as session:
        public = store_read.public_by_number(session, number)
        listed = store_lists.newest(session, 9)
        found = store_lists.listed(session, store_lists.Wanted(words=("jalan",)), 9)
    assert public is not None and public.writings == () and public.life.hidden == "secret"
    assert [brief.text for brief in listed] == [""] and found.briefs == ()
    assert take(database, [row(10, status="Diproses", type="Rahasia")], NOW + timedelta(days=2)).changed == 1


def test_a_round_trip_loses_nothing_but_the_names(database: Database) -> None:
    take(database, ROWS)
    filed(database, text="Aduan yang masuk lewat CETTAR sendiri, bukan dari sana.")
    out = HEAD + "".join(line(exported(case, raw)) for case, raw in everything(database))
    back = parse_lapor(out.encode(), "out.csv")
    came = {one[COLUMNS[0]]: one for one in back}
    for original in ROWS:
        assert came[original[COLUMNS[0]]] == original | {NAME: ""}
    assert len(back) == len(ROWS) + 1
    with database.write("complaints") as session:
        assert take_over(session, back, NOW + timedelta(days=1), VAULT) == Import(12, 0, 0, 12, 0)
    assert "'=HYPERLINK" in out and "'-2 hari" in out


def test_what_happened_here_is_said_there(database: Database) -> None:
    take(database, [row(10, status="Proses")])
    (case, raw), = everything(database)
    happens(database, case.request.number, Kind.WITHDRAWN, 24 * 400)
    (case, raw), = everything(database)
    assert exported(case, raw)[COLUMNS[15]] == "Diarsipkan oleh Pelapor"
    happens(database, case.request.number, Kind.ERASED, 24 * 400)
    (case, raw), = everything(database)
    assert exported(case, raw)[COLUMNS[0]] == "7000010" and STORY not in str(exported(case, raw))


@pytest.mark.parametrize("changes", [{"id": ""}, {"day": "kemarin"}, {"day": "31 Feb 2026"}, {"day": "6 Jan 2031"},
                                     {"text": "", "first": "", "title": ""}])
def test_a_row_that_says_too_little_is_refused_alone(database: Database, changes: dict[str, str]) -> None:
    assert take(database, [row(1), row(2, **changes)]) == Import(2, 1, 0, 0, 1)


@pytest.mark.parametrize(("day", "month"), [("6 Jan 2026", 1), ("06/01/2026", 1), ("2026-01-06 00:00:00", 1),
                                            ("6 Agt 2025", 8), ("6 Desember 2025", 12), ("6-Mei-2026", 5)])
def test_days_are_read_however_they_are_written(day: str, month: int) -> None:
    found = taken(row(1, day=day), NOW).filed_at
    assert (found.day, found.month, found.hour) == (6, month, 8)


@pytest.mark.parametrize("content", [
    csv_of(ROWS), csv_of(ROWS, titles=2), csv_of(ROWS, delimiter=";"), csv_of(ROWS).decode("utf-8-sig").encode()])
def test_the_heading_is_found_and_columns_go_by_name(content: bytes) -> None:
    assert parse_lapor(content, "x.csv") == [one | {NAME: ""} for one in ROWS]


def test_a_file_without_the_column_of_names_is_the_same_file() -> None:
    lines = csv_of(ROWS).decode("utf-8-sig").splitlines()
    at = COLUMNS.index(NAME)
    cut = io.StringIO()
    csv.writer(cut).writerows([[cell for n, cell in enumerate(cells) if n != at] for cells in csv.reader(lines)])
    assert parse_lapor(cut.getvalue().encode(), "x.csv") == parse_lapor(csv_of(ROWS), "x.csv")


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04 no workbook", b"\xff\xfe\x00", b"\n" * 50])
def test_another_file_is_refused_whole(content: bytes) -> None:
    with pytest.raises(ForeignFailure):
        parse_lapor(content, "x.csv")


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=12))
def test_whatever_stands_in_a_row_it_is_taken_or_refused(text: str, agency: str, day: str) -> None:
    try:
        assert taken(row(1, text=text, agency=agency, day=day), NOW).filed_at <= NOW
    except Refused:
        pass


def test_the_job_reads_files_and_says_what_became_of_them(sqlite_database: Database, tmp_path: Path) -> None:
    path = tmp_path / "lapor.csv"
    path.write_bytes(csv_of([*ROWS, row(12, day="")]))
    report = run(sqlite_database, now=NOW, options=JobOptions(values={"files": [path]}))
    assert dict(report.facts) == {"read": 12, "added": 11, "changed": 0, "unchanged": 0, "refused": 1}
    with sqlite_database.read() as session:
        (case, raw), *_ = store_lapor.page(session, 0, 1, vault())
    assert raw is not None and case_of(sqlite_database, case.request.number, vault()).request.channel is Channel.LAPOR
    with pytest.raises(ForeignFailure):
        run(sqlite_database, now=NOW, options=JobOptions(values={"files": [tmp_path / "none.csv"]}))
