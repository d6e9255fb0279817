"""The database: one door for reading, one for writing, and the only place that commits.

SQLite is embedded: WAL, synchronous=FULL (an acknowledged complaint survives a power cut), writes
begin IMMEDIATE because a read that turns into a write fails at once when another writer is busy.
PostgreSQL is taken when CETTAR_DB_URL names it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from cettar_site.infra.settings import Settings, settings

BUMP = text("INSERT INTO pulse (topic, version) VALUES (:topic, 1) "
            "ON CONFLICT (topic) DO UPDATE SET version = pulse.version + 1")
# wal_autocheckpoint: whose commit brings the pages of the last ones into the file waits for it; one in a hundred may.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000",
           "trusted_schema=OFF", "secure_delete=ON", "cache_size=-16000", "temp_store=MEMORY",
           "wal_autocheckpoint=4000")
Announce = Callable[[tuple[str, ...]], None]
DatabaseFault = SQLAlchemyError
"""What the edges catch when the database failed them; they know nothing else of the library."""


def sqlite_url(config: Settings, realm: str) -> str:
    """The address of the embedded database of a realm ("real" or "demo")."""
    name = "cettar.sqlite" if realm == "real" else "demo.sqlite"
    return f"sqlite:///{config.data_dir / name}"


def _sqlite_engine(url: str, begin: str) -> Engine:
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": 15},
                           hide_parameters=True)  # an error must not carry a citizen's words into the log

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgres_engine(url: str, realm: str) -> Engine:
    schema = "cettar" if realm == "real" else "cettar_demo"
    return create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1), pool_pre_ping=True, pool_size=5, max_overflow=10,
        hide_parameters=True,
        connect_args={"options": f"-c search_path={schema} -c timezone=UTC", "connect_timeout": 5})


class Database:
    """One database of one realm. Edges call `read` and `write`; nobody else commits."""

    def __init__(self, url: str, realm: str = "real") -> None:
        self.url = url
        self.realm = realm
        self.is_sqlite = url.startswith("sqlite")
        self._reader = _sqlite_engine(url, "BEGIN") if self.is_sqlite else _postgres_engine(url, realm)
        self._writer = _sqlite_engine(url, "BEGIN IMMEDIATE") if self.is_sqlite else self._reader
        self.listeners: list[Announce] = []

    @property
    def engine(self) -> Engine:
        """The writing engine, for migrations."""
        return self._writer

    @property
    def schema(self) -> str | None:
        """The PostgreSQL schema of this realm; None on SQLite, where a realm is a file."""
        if self.is_sqlite:
            return None
        return "cettar" if self.realm == "real" else "cettar_demo"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session to read with; whatever it changed is rolled back."""
        with Session(self._reader) as session:
            try:
                yield session
            finally:
                session.rollback()

    @contextmanager
    def write(self, *topics: str) -> Iterator[Session]:
        """A session in one transaction: committed at the end, rolled back on any error.

        The topics' pulses are raised in the same transaction, so that a page is never told of
        something that did not happen, nor left untold of something that did.
        """
        with Session(self._writer, expire_on_commit=False) as session:
            yield session
            for topic in sorted(topics):  # always in one order: two writers must not wait for each other
                session.execute(BUMP, {"topic": topic})
                if not self.is_sqlite:
                    session.execute(text("SELECT pg_notify(:channel, :topic)"),
                                    {"channel": f"{self.schema}_pulse", "topic": topic})
            session.commit()
        for announce in tuple(self.listeners):
            announce(topics)

    def versions(self) -> dict[str, int]:
        """The pulse of each topic: a number that grows with each commit that touches it."""
        with self.read() as session:
            return {row.topic: row.version for row in session.execute(text("SELECT topic, version FROM pulse"))}

    def close(self) -> None:
        """Give every connection back."""
        self._reader.dispose()
        self._writer.dispose()


def is_empty(db: Database) -> bool:
    """Whether neither a complaint nor a price was ever stored here."""
    with db.read() as session:
        return not any(session.execute(text(f"SELECT 1 FROM {table} LIMIT 1")).first()  # noqa: S608 (our own two names)
                       for table in ("complaint_request", "price_observation"))


def open_database(config: Settings, realm: str) -> Database:
    """The database of a realm, by the settings. Does not migrate."""
    url = config.db_url if config.db_url.startswith("postgresql") else config.db_url or sqlite_url(config, realm)
    if config.db_url.startswith("sqlite") and realm == "demo":
        url = sqlite_url(config, realm)
    return Database(url, realm)


@lru_cache(maxsize=1)
def database() -> Database:
    """The database that this process serves.

    With CETTAR_DEMO the simulation's, a database of its own, for as long as the real one is empty:
    simulated and real rows can't mix because they never share a file or a schema.
    """
    config = settings()
    real = open_database(config, "real")
    if config.demo and is_empty(real):
        real.close()
        return open_database(config, "demo")
    return real
