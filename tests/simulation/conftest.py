"""A demo's database: empty, and filled (once, then copied)."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from cettar_site.infra.db import Database
from cettar_site.simulation import actions
from tests.simulation.makers import NOW, VAULT


def as_demo(db: Database) -> Database:
    """The same database, as if it had been made for the demo."""
    with db.write() as session:
        session.execute(text("UPDATE realm SET name = 'demo'"))
    db.realm = "demo"
    return db


@pytest.fixture
def demo(database: Database) -> Database:
    """An empty demo, once of each kind of database."""
    return as_demo(database)


@pytest.fixture
def sqlite_demo(sqlite_database: Database) -> Database:
    """An empty demo on SQLite."""
    return as_demo(sqlite_database)


@pytest.fixture(scope="session")
def filled_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo on SQLite, filled at NOW, to copy."""
    path = tmp_path_factory.mktemp("demo") / "filled.sqlite"
    shutil.copy(sqlite_template, path)
    db = as_demo(Database(f"sqlite:///{path}"))
    actions.fill(db, NOW, VAULT)
    db.close()  # the last one to leave folds the log into the file
    return path


@pytest.fixture
def filled(filled_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A demo on SQLite, filled at NOW."""
    path = tmp_path / "filled.sqlite"
    shutil.copy(filled_template, path)
    db = Database(f"sqlite:///{path}", "demo")
    yield db
    db.close()
