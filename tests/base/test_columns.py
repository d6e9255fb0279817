"""UtcDateTime on both databases: aware in, the same instant back, order kept."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from cettar_site.base.columns import UtcDateTime
from cettar_site.base.period import WIB
from cettar_site.infra.db import Database

TABLE = Table(
    "column_trial",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=True),
)

MOMENTS = [
    datetime(2026, 11, 22, 7, 5, 0, 123456, tzinfo=UTC),
    datetime(2026, 11, 22, 14, 5, tzinfo=WIB),
    datetime(2026, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=9))),
    datetime(1999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
]


@pytest.fixture
def trial(database: Database) -> Database:
    TABLE.create(database.engine)
    return database


def test_an_instant_comes_back_in_utc(trial: Database):
    with trial.engine.begin() as connection:
        connection.execute(insert(TABLE), [{"id": n, "at": at} for n, at in enumerate(MOMENTS)])
        connection.execute(insert(TABLE), [{"id": 99, "at": None}])
        back = {row.id: row.at for row in connection.execute(select(TABLE.c.id, TABLE.c.at))}
    assert [back[n] for n in range(len(MOMENTS))] == MOMENTS
    assert all(
        moment.tzinfo is UTC or moment.utcoffset() == timedelta(0) for moment in back.values() if moment
    )
    assert back[99] is None


def test_the_database_orders_and_compares_instants(trial: Database):
    with trial.engine.begin() as connection:
        connection.execute(insert(TABLE), [{"id": n, "at": at} for n, at in enumerate(MOMENTS)])
        ordered = connection.execute(select(TABLE.c.at).order_by(TABLE.c.at)).scalars().all()
        since = datetime(2026, 11, 22, 14, 5, tzinfo=WIB)
        later = connection.execute(select(TABLE.c.id).where(TABLE.c.at > since)).scalars().all()
    assert ordered == sorted(MOMENTS)
    assert later == [0]


def test_a_naive_instant_is_refused(trial: Database):
    naive = datetime(2026, 11, 22, 7, 5)  # noqa: DTZ001
    with trial.engine.connect() as connection:
        with pytest.raises(StatementError, match="needs a time zone"):
            connection.execute(insert(TABLE), {"id": 1, "at": naive})
