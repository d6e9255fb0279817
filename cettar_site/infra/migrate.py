"""Bring a database to the newest step, under a lock, whoever starts first."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from cettar_site.infra.db import Database, open_database
from cettar_site.infra.settings import Settings

SCRIPTS = Path(__file__).parent.parent / "migrations"
LOCK = 5_238_827  # any number, the same in every process


class WrongRealm(Exception):
    """A database of simulated rows was opened as the real one, or the other way round."""


@contextmanager
def _locked(db: Database) -> Iterator[Connection]:
    """A connection in a transaction that no other process migrates beside."""
    if db.is_sqlite:
        with open(db.url.removeprefix("sqlite:///") + ".lock", "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            with db.engine.begin() as connection:
                yield connection
        return
    with db.engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {db.schema}"))
        yield connection


def migrate(db: Database) -> None:
    """Apply the missing steps in one transaction. Raises WrongRealm."""
    script = Config()
    script.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    with _locked(db) as connection:
        script.attributes["connection"] = connection
        command.upgrade(script, "head")
        stamped = connection.execute(text("SELECT name FROM realm")).scalars().all()
        if not stamped:
            connection.execute(text("INSERT INTO realm (name) VALUES (:name)"), {"name": db.realm})
        elif stamped != [db.realm]:
            raise WrongRealm(f"this database holds {stamped[0]} rows, it was opened as {db.realm}")


def migrate_all(config: Settings) -> None:
    """Bring the real database, and with CETTAR_DEMO the simulation's, to the newest step."""
    for realm in ("real", "demo") if config.demo else ("real",):
        db = open_database(config, realm)
        try:
            migrate(db)
        finally:
            db.close()
