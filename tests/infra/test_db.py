"""One door for writing: whole or not at all, and the pulse with it."""

import pytest
from sqlalchemy import text

from cettar_site.infra.db import Database
from cettar_site.infra.migrate import WrongRealm, migrate

ADD = text("INSERT INTO pulse (topic, version) VALUES ('x', 7)")


def test_a_write_raises_its_topics_together_with_its_rows(database: Database) -> None:
    told: list[tuple[str, ...]] = []
    database.listeners.append(told.append)
    with database.write("prices", "complaints") as session:
        session.execute(ADD)
    assert database.versions() == {"x": 7, "prices": 1, "complaints": 1}
    assert told == [("prices", "complaints")]


def test_a_failed_write_leaves_nothing_and_tells_nobody(database: Database) -> None:
    told: list[tuple[str, ...]] = []
    database.listeners.append(told.append)
    with pytest.raises(RuntimeError), database.write("prices") as session:
        session.execute(ADD)
        raise RuntimeError
    assert database.versions() == {} and told == []


def test_reading_changes_nothing(database: Database) -> None:
    with database.read() as session:
        session.execute(ADD)
    assert database.versions() == {}


def test_sqlite_is_as_durable_as_promised(sqlite_database: Database) -> None:
    with sqlite_database.read() as session:
        found = [session.execute(text(f"PRAGMA {name}")).scalar_one()
                 for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")]
    assert found == ["wal", 2, 1, 15000]


def test_migrating_again_changes_nothing(database: Database) -> None:
    migrate(database)
    with database.read() as session:
        assert session.execute(text("SELECT name FROM realm")).scalars().all() == ["real"]


def test_a_real_database_is_never_opened_as_the_simulation(database: Database) -> None:
    if database.is_sqlite:
        with pytest.raises(WrongRealm):
            migrate(Database(database.url, "demo"))
    else:  # PostgreSQL keeps a schema for each realm: the two can't meet
        other = Database(database.url, "demo")
        migrate(other)
        with other.write("prices") as session:
            session.execute(ADD)
        assert database.versions() == {}
        other.close()
