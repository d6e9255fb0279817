"""Fixtures that every room's tests share: a migrated, empty database of each kind."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

# Settings are read once a process: the tests' own come before anything of the site is imported.
os.environ["CETTAR_DATA_DIR"] = tempfile.mkdtemp(prefix="cettar-tests-")
os.environ["CETTAR_FEED_LOOPBACK"] = "1"
for _name in ("CETTAR_DB_URL", "CETTAR_REDIS_URL", "CETTAR_DEMO"):
    os.environ.pop(_name, None)

from cettar_site.infra import db as infra_db
from cettar_site.infra import pulse, snapshot
from cettar_site.infra.db import Database
from cettar_site.infra.migrate import migrate
from tests.loopback import guard
from tests.servers import postgres_url

guard()

COUNT = itertools.count()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite"
    db = Database(f"sqlite:///{path}")
    migrate(db)
    db.close()
    return path


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    """The address of a PostgreSQL server whose database `template_cettar` is migrated and empty."""
    with postgres_url() as address:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CREATE DATABASE template_cettar")
        template = Database(address.replace("@/postgres", "@/template_cettar", 1))
        migrate(template)
        template.close()
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database, once of each kind; also the one that `infra.db.database()` gives."""
    if request.param == "sqlite":
        path = tmp_path / "cettar.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        db = Database(f"sqlite:///{path}")
    else:
        address = request.getfixturevalue("postgres_template")
        name = f"test_{os.getpid()}_{next(COUNT)}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template_cettar")
        db = Database(address.replace("@/postgres", f"@/{name}", 1))
    yield from _served(db)


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database, for tests in which the kind does not matter."""
    path = tmp_path / "cettar.sqlite"
    shutil.copy(sqlite_template, path)
    yield from _served(Database(f"sqlite:///{path}"))


def _served(db: Database) -> Iterator[Database]:
    """Make this the database of the process, for the length of a test."""
    infra_db.database.cache_clear()
    pulse.hub.cache_clear()
    original = infra_db.open_database
    infra_db.open_database = lambda config, realm: db  # the one seam: the process's own choice
    for one in snapshot.ALL:
        one.forget()
    try:
        yield db
    finally:
        infra_db.open_database = original
        infra_db.database.cache_clear()
        pulse.hub.cache_clear()
        db.close()
