"""Reading prices, on both databases."""

from datetime import date, timedelta

from cettar_site.infra.db import Database
from cettar_site.prices import store
from cettar_site.prices.rules import SISKAPERBAPO, Freshness, Level, Reason, Status
from tests.prices.makers import NOW, days, keep, observation

FIRST = date(2026, 1, 1)


def filled(db: Database) -> None:
    """Three points of shallots at two levels, one typing error, one fill, and rice."""
    keep(
        db,
        [
            *days([20_000] * 20),
            observation(200_000, FIRST + timedelta(days=20)),
            *days([25_000] * 10, region="35.13", point="Pasar Dringu"),
            observation(25_000, FIRST + timedelta(days=10), region="35.13", point="Pasar Dringu", fault=Reason.FILLED),
            *days([35_000] * 5, level=Level.CONSUMER, region="35.78", point="Pasar Genteng"),
            *days([13_000] * 3, commodity="beras-produsen", region="35.78", point="PS Bendul Merisi"),
        ],
    )


def test_a_series_by_place_level_and_days(database: Database) -> None:
    filled(database)
    with database.read() as session:
        assert len(store.series(session, "bawang-merah")) == 35
        assert len(store.series(session, "bawang-merah", region="35.18")) == 20
        assert len(store.series(session, "bawang-merah", level=Level.CONSUMER)) == 5
        some = store.series(
            session,
            "bawang-merah",
            region="35.18",
            since=FIRST + timedelta(days=5),
            until=FIRST + timedelta(days=7),
        )
        assert [row.observed_on.day for row in some] == [6, 7, 8]
        assert store.series(session, "no-such-good") == []


def test_rows_come_by_their_day_and_then_their_series(database: Database) -> None:
    filled(database)
    with database.read() as session:
        rows = store.series(session, "bawang-merah", statuses=tuple(Status))
        newest = store.series(session, "bawang-merah", newest_first=True, limit=1)
    assert [(row.observed_on, row.series) for row in rows] == sorted((row.observed_on, row.series) for row in rows)
    assert newest[0].observed_on == FIRST + timedelta(days=19)


def test_pages_hold_every_row_once(database: Database) -> None:
    filled(database)
    with database.read() as session:
        whole = store.series(session, "bawang-merah", statuses=tuple(Status))
        pages, after = [], None
        while page := store.series(session, "bawang-merah", statuses=tuple(Status), limit=7, after=after):
            pages += page
            after = (page[-1].observed_on, page[-1].series, page[-1].revision)
    assert pages == whole
    assert len(whole) == 37


def test_held_and_refused_rows_are_found_by_their_status(database: Database) -> None:
    filled(database)
    with database.read() as session:
        held = store.series(session, "bawang-merah", statuses=(Status.HELD,))
        refused = store.series(session, "bawang-merah", statuses=(Status.REFUSED,))
    assert [(row.price, row.reason) for row in held] == [(200_000, Reason.OUT_OF_RANGE)]
    assert [row.reason for row in refused] == [Reason.FILLED]


def test_the_newest_accepted_price_of_each_point(database: Database) -> None:
    filled(database)
    with database.read() as session:
        newest = store.latest(session, "bawang-merah", Level.PRODUCER)
        there = store.latest(session, "bawang-merah", Level.PRODUCER, region="35.13")
    assert [(row.point, row.observed_on.day, row.price) for row in newest] == [
        ("Pasar Sukomoro", 20, 20_000),
        ("Pasar Dringu", 10, 25_000),
    ]
    assert [row.point for row in there] == ["Pasar Dringu"]


def test_coverage_says_what_there_is(database: Database) -> None:
    filled(database)
    with database.read() as session:
        have = store.coverage(session)
    assert [(row.commodity, row.level, row.point, row.last_day.day) for row in have] == [
        ("bawang-merah", Level.CONSUMER, "Pasar Genteng", 5),
        ("bawang-merah", Level.PRODUCER, "Pasar Dringu", 10),
        ("bawang-merah", Level.PRODUCER, "Pasar Sukomoro", 21),
        ("beras-produsen", Level.PRODUCER, "PS Bendul Merisi", 3),
    ]
    assert [row.point for row in store.points(have, "bawang-merah", Level.PRODUCER, "35.18")] == ["Pasar Sukomoro"]


def test_a_point_of_refused_rows_only_is_not_covered(database: Database) -> None:
    keep(database, [observation(None, fault=Reason.MISSING)])
    with database.read() as session:
        assert store.coverage(session) == ()


def test_the_last_good_day_of_a_source(database: Database) -> None:
    with database.read() as session:
        assert store.last_good(session, SISKAPERBAPO, Level.PRODUCER) is None
    filled(database)
    with database.read() as session:
        assert store.last_good(session, SISKAPERBAPO, Level.PRODUCER) == Freshness(FIRST + timedelta(days=19), NOW)
