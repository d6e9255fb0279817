"""Recording prices that are judged beside those of other points, or of the other level."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from cettar_site.infra.db import Database
from cettar_site.prices import store
from cettar_site.prices.rules import Level, Reason, Report, Seen, Status
from tests.prices.makers import days, keep, observation

FIRST = date(2026, 1, 1)
CALM = [20_000 + 500 * (at % 3) for at in range(60)]
SISTER: dict[str, Any] = {"region": "35.13", "point": "Pasar Dringu"}
RETAIL: dict[str, Any] = {"level": Level.CONSUMER, "point": "Pasar Wage"}


def stored(db: Database, **wanted: Any) -> list[Seen]:
    with db.read() as session:
        return store.series(session, "bawang-merah", **({"statuses": tuple(Status)} | wanted))


def verdicts(db: Database) -> int:
    with db.read() as session:
        return int(session.execute(text("SELECT count(*) FROM price_verdict")).scalar_one())


@pytest.mark.parametrize("size", [1, 70])
def test_a_price_that_leaves_its_sister_is_held_day_by_day_or_at_once(sqlite_database: Database, size: int) -> None:
    own = days([*CALM, 30_500, 20_500, 20_000, 30_500, 31_000, 30_000])
    sister = days([25_000, 25_500] * 33, **SISTER)
    for start in range(0, 66, size):
        keep(sqlite_database, [*own[start : start + size], *sister[start : start + size]])
    assert [row.reason for row in stored(sqlite_database, region="35.18")][60:] == [
        Reason.CROSS_MARKET,
        Reason.NONE,
        Reason.NONE,
        Reason.VINDICATED,
        Reason.VINDICATED,
        Reason.NEW_LEVEL,
    ]
    assert all(row.status is Status.ACCEPTED for row in stored(sqlite_database, region="35.13"))
    assert keep(sqlite_database, [*own, *sister]) == Report(read=132, unchanged=132)


def test_a_sister_that_is_only_stored_is_a_witness_too(database: Database) -> None:
    keep(database, [*days(CALM), *days([25_000, 25_500] * 31, **SISTER)])
    assert keep(database, [observation(30_500, FIRST + timedelta(days=60))]) == Report(read=1, held=1)
    assert stored(database, region="35.18")[-1].reason is Reason.CROSS_MARKET


def warnings(db: Database) -> list[tuple[Status, Reason]]:
    return [(row.status, row.reason) for row in stored(db, level=Level.PRODUCER)]


@pytest.mark.parametrize("first", [Level.PRODUCER, Level.CONSUMER])
def test_above_retail_is_accepted_with_a_warning_whichever_came_first(database: Database, first: Level) -> None:
    rows = {
        Level.PRODUCER: days([20_000, 23_000, 21_000]),
        Level.CONSUMER: days([22_000] * 3, **RETAIL),
    }
    other = Level.CONSUMER if first is Level.PRODUCER else Level.PRODUCER
    for level in (first, other, first, other):
        report = keep(database, rows[level])
        assert (report.held, report.refused, report.vindicated) == (0, 0, 0)
    ordinary = (Status.ACCEPTED, Reason.NONE)
    assert warnings(database) == [ordinary, (Status.ACCEPTED, Reason.LEVEL_ORDER), ordinary]
    assert [row.price for row in stored(database, statuses=(Status.ACCEPTED,), level=Level.PRODUCER)] == [
        20_000,
        23_000,
        21_000,
    ]
    assert verdicts(database) == 1


def test_a_late_row_takes_no_warning_and_a_corrected_retail_price_does(database: Database) -> None:
    keep(database, [*days([22_000] * 4, **RETAIL), *days([20_000, 20_000, 20_000, 23_000])[1:]])
    keep(database, days([20_000]))
    assert warnings(database)[-1] == (Status.ACCEPTED, Reason.LEVEL_ORDER)
    assert verdicts(database) == 1
    keep(database, [observation(24_000, FIRST + timedelta(days=3), **RETAIL)])
    assert warnings(database)[-1] == (Status.ACCEPTED, Reason.NONE)
