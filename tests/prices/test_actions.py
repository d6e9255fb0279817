"""Recording prices, on both databases: nothing is overwritten, and the order of arrival does not matter."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from cettar_site.infra.db import Database
from cettar_site.prices import actions, store
from cettar_site.prices.rules import Observation, Reason, Report, Seen, Status
from cettar_site.prices.rules_news import Stored as SeriesPlanRow
from cettar_site.prices.rules_plan import Candidate, SeriesPlan
from tests.prices.makers import DAY, NOW, days, keep, observation, walk

ALL = tuple(Status)
FIRST = date(2026, 1, 1)


def stored(db: Database, **wanted: Any) -> list[Seen]:
    with db.read() as session:
        return store.series(session, "bawang-merah", **({"statuses": ALL} | wanted))


def count(db: Database, table: str) -> int:
    with db.read() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_rows_are_kept_with_all_that_says_where_they_come_from(database: Database) -> None:
    assert keep(database, [observation(21_000)]) == Report(read=1, accepted=1)
    (row,) = stored(database)
    given = observation(21_000)
    assert (row.observed_on, row.price, row.rupiah_per_kg, row.raw) == (DAY, 21_000, 21_000, given.raw)
    assert (row.source, row.address, row.fetched_at) == (
        given.origin.source,
        given.origin.address,
        given.origin.fetched_at,
    )
    assert (row.region, row.point, row.unit, row.status, row.reason) == (
        "35.18",
        "Pasar Sukomoro",
        "kg",
        Status.ACCEPTED,
        Reason.NONE,
    )


def test_nothing_given_is_nothing_done(database: Database) -> None:
    assert keep(database, []) == Report()
    with database.read() as session:
        assert not actions.news(session, [], NOW)


def test_the_same_rows_twice_change_nothing(database: Database) -> None:
    rows = [
        *days(walk(60)),
        observation(None, fault=Reason.MISSING),
        observation(20_000, fault=Reason.FILLED, raw="f"),
    ]
    first = keep(database, rows)
    before = [count(database, name) for name in ("price_series", "price_batch", "price_observation", "price_verdict")]
    with database.read() as session:
        assert not actions.news(session, rows, NOW)
    assert keep(database, rows) == Report(read=62, unchanged=62)
    after = [count(database, name) for name in ("price_series", "price_batch", "price_observation", "price_verdict")]
    assert before == after
    assert first == Report(read=62, accepted=60, refused=2)


def test_a_changed_price_is_a_new_row_that_counts(database: Database) -> None:
    keep(database, [observation(21_000)])
    assert keep(database, [observation(22_000)]) == Report(read=1, accepted=1)
    assert [(row.price, row.revision) for row in stored(database)] == [(22_000, 1)]
    assert count(database, "price_observation") == 2


def test_a_price_taken_back_counts_again(database: Database) -> None:
    for price in (21_000, 22_000, 21_000):
        keep(database, [observation(price)])
    assert [(row.price, row.revision) for row in stored(database)] == [(21_000, 2)]


def test_an_old_file_does_not_undo_a_correction(database: Database) -> None:
    keep(database, [observation(21_000, archive=True)])
    keep(database, [observation(22_000)])
    assert keep(database, [observation(21_000, archive=True)]) == Report(read=1, unchanged=1)
    assert [row.price for row in stored(database)] == [22_000]


def test_a_newer_file_corrects_an_old_one(database: Database) -> None:
    keep(database, [observation(21_000, archive=True)])
    keep(database, [observation(21_500, archive=True)])
    assert [row.price for row in stored(database)] == [21_500]


def test_a_day_without_a_price_is_filled_when_the_price_comes(database: Database) -> None:
    assert keep(database, [observation(None, fault=Reason.MISSING)]) == Report(read=1, refused=1)
    assert keep(database, [observation(21_000)]) == Report(read=1, accepted=1)
    assert [(row.price, row.status) for row in stored(database)] == [
        (None, Status.REFUSED),
        (21_000, Status.ACCEPTED),
    ]
    assert [row.price for row in stored(database, statuses=(Status.ACCEPTED,))] == [21_000]


def test_a_refused_row_never_takes_a_prices_place(database: Database) -> None:
    keep(database, [observation(21_000)])
    assert keep(database, [observation(None, fault=Reason.MISSING, raw="later")]) == Report(read=1, refused=1)
    assert [row.price for row in stored(database, statuses=(Status.ACCEPTED,))] == [21_000]


def test_a_typing_error_is_held_with_its_reason_and_not_accepted(database: Database) -> None:
    rows = [
        *days([20_000] * 40),
        observation(250_000, FIRST + timedelta(days=40)),
        observation(2_000, FIRST + timedelta(days=41)),
    ]
    assert keep(database, rows) == Report(read=42, accepted=40, held=2)
    held = stored(database, statuses=(Status.HELD,))
    assert [(row.price, row.reason) for row in held] == [
        (250_000, Reason.OUT_OF_RANGE),
        (2_000, Reason.DECIMAL_SHIFT),
    ]
    assert len(stored(database, statuses=(Status.ACCEPTED,))) == 40


def test_a_held_level_is_vindicated_by_new_verdicts_and_not_by_changed_rows(database: Database) -> None:
    keep(database, days([20_000] * 20))
    new = [observation(40_000, FIRST + timedelta(days=20 + at)) for at in range(3)]
    assert keep(database, new[:1]) == Report(read=1, held=1)
    assert keep(database, new[1:2]) == Report(read=1, held=1)
    assert keep(database, new[2:]) == Report(read=1, accepted=1, vindicated=2)
    assert [row.reason for row in stored(database)][20:] == [
        Reason.VINDICATED,
        Reason.VINDICATED,
        Reason.NEW_LEVEL,
    ]
    with database.read() as session:
        first = session.execute(
            text("SELECT status, reason FROM price_observation WHERE observed_on >= '2026-01-21' ORDER BY observed_on")
        )
        assert [tuple(row) for row in first] == [
            ("held", "jump"),
            ("held", "jump"),
            ("accepted", "new_level"),
        ]
    assert count(database, "price_verdict") == 2


def test_all_at_once_leaves_the_same_trace(database: Database) -> None:
    assert keep(database, days([*[20_000] * 20, 40_000, 40_000, 40_000])) == Report(read=23, accepted=23)
    assert count(database, "price_verdict") == 2


def test_a_row_that_comes_late_makes_later_days_be_judged_again(database: Database) -> None:
    keep(database, days([20_000, 20_000]))
    keep(database, [observation(200_000 // 2, FIRST + timedelta(days=10))])
    assert stored(database)[-1].status is Status.ACCEPTED  # two prices can say nothing
    keep(database, days([20_000] * 8, FIRST + timedelta(days=2)))
    assert (stored(database)[-1].status, stored(database)[-1].reason) == (Status.HELD, Reason.JUMP)


def test_a_point_that_stands_still_is_held_beside_its_sister(database: Database) -> None:
    rising = [20_000 + 500 * day for day in range(30)]
    rows = [*days([20_000] * 30, point="Pasar Diam"), *days(rising, point="Pasar Naik")]
    report = keep(database, rows)
    assert (report.held, report.accepted) == (16, 44)
    held = stored(database, statuses=(Status.HELD,))
    assert {(row.point, row.reason) for row in held} == {("Pasar Diam", Reason.STALE)}


def test_sisters_that_are_only_stored_speak_too(database: Database) -> None:
    keep(database, days([20_000 + 500 * day for day in range(30)], point="Pasar Naik"))
    assert keep(database, days([20_000] * 30, point="Pasar Diam")).held == 16


def test_a_level_a_unit_or_a_place_is_another_series(database: Database) -> None:
    rows = days([20_000] * 10)
    others = [
        observation(19_000, FIRST + timedelta(days=11), unit="liter", commodity="minyakita"),
        observation(60_000, FIRST + timedelta(days=11), region="35.13", point="Pasar Dringu"),
    ]
    assert keep(database, [*rows, *others]) == Report(read=12, accepted=12)
    assert count(database, "price_series") == 3


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_the_order_of_arrival_does_not_matter(seed: int) -> None:
    dice = random.Random(seed)
    prices = [dice.choice([10_000, 11_000, 20_000, 21_000, 40_000, 100_000]) for _ in range(40)]
    rows = days(prices)
    whole = SeriesPlan({})
    parts: dict[int, SeriesPlanRow] = {}
    for row in rows:
        whole.take(Candidate(row, None))
    whole.judge()
    expected = {new.observation.observed_on: new.final for new in whole.new_rows()}
    dice.shuffle(rows)
    for chunk in (rows[:15], rows[15:18], rows[18:]):
        plan = SeriesPlan({day: [row] for day, row in parts.items()})
        for row in chunk:
            plan.take(Candidate(row, None))
        plan.judge()
        parts |= {new.observation.observed_on.toordinal(): _stored(new) for new in plan.new_rows()}
        for change in plan.changes():
            parts[change.day] = _changed(parts[change.day], change)
    assert {date.fromordinal(day): row.final for day, row in parts.items()} == expected


def _stored(new: Any) -> Any:
    from_row: Observation = new.observation
    day = from_row.observed_on.toordinal()
    return SeriesPlanRow(day, new.revision, from_row.price, from_row.fingerprint, new.first, new.final)


def _changed(row: Any, change: Any) -> Any:
    return SeriesPlanRow(row.day, row.revision, row.price, row.fingerprint, row.first, change.verdict)


@pytest.mark.parametrize("size", [1, 7, 40])
def test_a_feed_day_by_day_ends_as_one_file(sqlite_database: Database, size: int) -> None:
    prices = [*walk(60, step=0.1), *[90_000] * 5, *walk(30, seed=3)]
    rows = days(prices)
    for start in range(0, len(rows), size):
        keep(sqlite_database, rows[start : start + size])
    plan = SeriesPlan({})
    for row in rows:
        plan.take(Candidate(row, None))
    plan.judge()
    assert [(row.observed_on, row.status, row.reason) for row in stored(sqlite_database)] == [
        (new.observation.observed_on, new.final.status, new.final.reason) for new in plan.new_rows()
    ]
