"""The doorbells: import a file, fetch two days; every failure is told, and the last good data stay."""

import argparse
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cettar_site.base.errors import ForeignFailure
from cettar_site.base.words import words
from cettar_site.infra.db import Database
from cettar_site.infra.http import FeedClient
from cettar_site.infra.http_cache import MemoryCache
from cettar_site.prices import store
from cettar_site.prices.rules import Seen, Status
from jobs import fetch_prices, import_prices
from jobs.report import JobOptions, JobReport
from tests.infra.fake_network import EAGER
from tests.infra.publisher import Asked, Publisher
from tests.prices.makers import NOW, saved

HEAD = "tanggal,komoditas,titik_pantau,kab_kota,kode_kab_bps,harga_rp_per_kg,diisi_maju\n"
PRODUCER, CONSUMER = "/produsen/tabel.nodesign", "/harga/tabel.nodesign/"
MORNING = datetime(2026, 8, 18, 3, 20, tzinfo=UTC)  # 10.20 WIB
EVENING = datetime(2026, 8, 18, 12, 20, tzinfo=UTC)  # 19.20 WIB, when the regencies are asked too
ZEROS = b'sekarang">0'.join(
    piece[piece.index(b"<") :] if at else piece for at, piece in enumerate(saved("producer.html").split(b'sekarang">'))
)


def stored(db: Database, good: str = "bawang-merah", **wanted: object) -> list[Seen]:
    with db.read() as session:
        return store.series(session, good, statuses=tuple(Status), **wanted)  # type: ignore[arg-type]


def load(db: Database, file: Path) -> JobReport:
    return import_prices.run(db, now=NOW, options=JobOptions(values={"files": [file]}))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "harga lama.csv"
    rows = [
        f"2026-01-{day:02d},Bawang Merah,Pasar Sukomoro,Kabupaten Nganjuk,3518,{price},{fill}\n"
        for day, price, fill in [
            *((day, 20_000, 0) for day in range(1, 11)),
            (11, 200_000, 0),
            (12, 2_000, 0),
            (13, 20_000, 1),
            (14, 0, 0),
        ]
    ]
    path.write_text(HEAD + "".join(rows) + "2026-01-01,Durian,Pasar,Kabupaten Nganjuk,3518,1,0\n")
    return path


def test_an_import_says_what_became_of_every_row(database: Database, file: Path) -> None:
    report = load(database, file)
    assert report.facts == {"read": 15, "accepted": 10, "held": 2, "refused": 2, "unchanged": 0, "unknown": 1}
    assert (report.rows_in, report.rows_refused) == (15, 2)
    assert words("id")(report.detail, **report.facts) == (
        "15 dibaca: 10 diterima, 2 ditahan, 2 ditolak, 0 sudah ada, 1 di luar daftar kami"
    )


def test_an_import_twice_changes_nothing_and_tells_no_page(database: Database, file: Path) -> None:
    load(database, file)
    before, version = stored(database), database.versions()["prices"]
    assert load(database, file).facts["unchanged"] == 14
    assert (stored(database), database.versions()["prices"]) == (before, version)


def test_an_import_keeps_the_files_name_and_not_its_folder(sqlite_database: Database, file: Path) -> None:
    load(sqlite_database, file)
    assert {row.address for row in stored(sqlite_database)} == {"harga lama.csv"}


def test_a_file_that_is_not_there_or_not_ours_keeps_nothing(sqlite_database: Database, tmp_path: Path) -> None:
    for name, content, kind in [("none.csv", None, "file"), ("other.csv", "a,b\n1,2\n", "layout")]:
        if content:
            (tmp_path / name).write_text(content)
        with pytest.raises(ForeignFailure) as failure:
            load(sqlite_database, tmp_path / name)
        assert (failure.value.kind, failure.value.address) == (kind, name)
    assert stored(sqlite_database) == []


def test_the_command_line_takes_files() -> None:
    parser = argparse.ArgumentParser()
    import_prices.arguments(parser)
    assert parser.parse_args(["a.csv", "b.csv"]).files == [Path("a.csv"), Path("b.csv")]


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with Publisher() as server:
        server.serve(PRODUCER, saved("producer.html"))
        server.serve(CONSUMER, saved("consumer.html"))
        yield server


def fetch(db: Database, publisher: Publisher, now: datetime = MORNING, **options: object) -> JobReport:
    client = FeedClient(True, MemoryCache(), lambda: now, EAGER)
    return fetch_prices.fetch(db, client, publisher.origin, now=now, options=JobOptions(**options))  # type: ignore[arg-type]


def test_yesterday_and_today_are_fetched(database: Database, publisher: Publisher) -> None:
    report = fetch(database, publisher)
    assert [asked.form["tanggal"] for asked in publisher.asked] == ["2026-08-17", "2026-08-18"]
    assert report.facts == {"read": 20, "accepted": 10, "held": 2, "refused": 4, "unchanged": 0, "unknown": 4}
    assert {row.observed_on for row in stored(database)} == {date(2026, 8, 17), date(2026, 8, 18)}
    again = fetch(database, publisher)
    assert (again.facts["unchanged"], again.facts["accepted"]) == (16, 0)


def test_a_day_may_be_asked_for(sqlite_database: Database, publisher: Publisher) -> None:
    fetch(sqlite_database, publisher, date=date(2025, 3, 2))
    assert {asked.form["tanggal"] for asked in publisher.asked} == {"2025-03-01", "2025-03-02"}


def test_the_regencies_are_asked_three_times_a_day(sqlite_database: Database, publisher: Publisher) -> None:
    fetch(sqlite_database, publisher, EVENING)
    regencies = [asked.form["kabkota"] for asked in publisher.asked if asked.path == CONSUMER]
    assert (len(regencies), len(set(regencies))) == (76, 38)
    with sqlite_database.read() as session:
        assert len(store.series(session, "bawang-merah", region="35.18")) == 4  # two days at both levels


def test_a_corrected_price_replaces_yesterdays(sqlite_database: Database, publisher: Publisher) -> None:
    fetch(sqlite_database, publisher)
    publisher.serve(PRODUCER, saved("producer.html").replace(b"22.500", b"22.750"))
    fetch(sqlite_database, publisher)
    rows = stored(sqlite_database, region="35.18")
    assert [(row.price, row.revision) for row in rows] == [(22_750, 1), (22_750, 1)]


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        ("forbidden", "forbidden"),
        ("error", "server_error"),
        ("html", "not_a_table"),
        ("truncated", "truncated"),
        ("gzip_bomb", "bomb"),
        ("empty", "blank"),
    ],
)
def test_an_ill_publisher_is_told_and_the_last_good_data_stay(
    sqlite_database: Database, publisher: Publisher, behaviour: str, kind: str
) -> None:
    fetch(sqlite_database, publisher)
    before = stored(sqlite_database)
    publisher.behave(behaviour)
    with pytest.raises(ForeignFailure) as failure:
        fetch(sqlite_database, publisher)
    assert failure.value.kind == kind
    assert stored(sqlite_database) == before


def test_zeros_of_today_are_not_yet_and_zeros_of_both_days_are_a_failure(
    sqlite_database: Database, publisher: Publisher
) -> None:
    def by_day(asked: Asked) -> bytes:
        return ZEROS if asked.form["tanggal"] == "2026-08-18" else saved("producer.html")

    publisher.serve(PRODUCER, by_day)
    report = fetch(sqlite_database, publisher)
    assert (report.failures, report.facts["read"]) == ((), 10)
    publisher.serve(PRODUCER, ZEROS)
    with pytest.raises(ForeignFailure) as failure:
        fetch(sqlite_database, publisher)
    assert failure.value.kind == "zero_prices"


def test_consumers_that_fail_take_nothing_from_producers(sqlite_database: Database, publisher: Publisher) -> None:
    publisher.behave("forbidden", CONSUMER)
    report = fetch(sqlite_database, publisher, EVENING)
    assert [failure.kind for failure in report.failures] == ["forbidden"]
    assert report.facts["accepted"] == 10
    assert sum(asked.path == CONSUMER for asked in publisher.asked) == 3  # and is then left in peace
