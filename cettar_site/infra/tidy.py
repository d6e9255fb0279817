"""Make what was deleted gone from the database's files too.

SQLite overwrites what it deletes (secure_delete), with three exceptions: the search index keeps a deleted word until
its parts are merged, the log beside the file keeps pages until it is cut, and a page that was once rearranged may keep
an older copy of a row. PostgreSQL keeps deleted rows until the table is rewritten, and its log until it is used again.
"""

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from cettar_site.base.errors import ForeignFailure
from cettar_site.base.words import mark
from cettar_site.infra.db import Database

WHOLE_UP_TO = 128 << 20
"""So many bytes of a file or a table are rewritten whole: a second or two in which writers wait, and as much memory
(SQLite keeps what it rewrites there: temp_store=MEMORY, so that no copy is left elsewhere on the disk)."""
MERGED_AT_ONCE = 500  # pages of the search index in one short transaction
CHECKPOINT_TRIES, WAIT = 40, 0.25  # seconds between tries
LOCK_SECONDS = 10  # a table that is busy longer is tried again later, so that no reader waits behind us
REWRITES = 40  # of a table whose dead rows somebody's snapshot still sees, a moment apart
MOST_LOG_FILES = 64
_BUSY = mark("Basis data sedang dipakai; dicoba lagi nanti")


@dataclass(frozen=True, slots=True)
class Tables:
    """Which tables hold search words, salts and words; those that are not there are passed over."""

    searched: Sequence[str] = ()
    salted: Sequence[str] = ()
    worded: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was done: whether all was rewritten (else the salts only), and the server's own log and samples too."""

    whole: bool
    log: bool = True


def tidy(db: Database, tables: Tables, whole_up_to: int = WHOLE_UP_TO) -> Tidied:
    """Make what was deleted gone from the files. Raises ForeignFailure when somebody holds them too long."""
    return _tidy_sqlite(db, tables, whole_up_to) if db.is_sqlite else _tidy_postgres(db, tables, whole_up_to)


def _tidy_sqlite(db: Database, tables: Tables, whole_up_to: int) -> Tidied:
    path = Path(db.url.removeprefix("sqlite:///"))
    with _sqlite(db) as connection:
        for table in tables.searched:
            _merge(connection, table)
        size = path.stat().st_size
        whole = size <= whole_up_to and shutil.disk_usage(path.parent).free > 3 * size
        if whole:
            connection.execute("VACUUM")
        else:
            for table in filter(lambda name: _has(connection, name), tables.salted):
                _rewrite(connection, table)
        _cut_log(connection)
    return Tidied(whole)


@contextmanager
def _sqlite(db: Database) -> Iterator[Any]:
    """The driver's own connection: SQLAlchemy would begin a transaction, and VACUUM must not be in one."""
    pooled = db.engine.raw_connection()
    try:
        yield pooled.driver_connection
    finally:
        pooled.close()


def _has(connection: Any, table: str) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return found is not None


def _merge(connection: Any, table: str) -> None:
    """Merge a search index into one part, in which no deleted word is left; a step at a time, so that others write."""
    merge = f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)"  # noqa: S608 (our own names)
    connection.execute(merge, (-MERGED_AT_ONCE,))
    changed = 2
    while changed > 1:  # FTS5 changes fewer than two rows when there is nothing left to merge
        before = connection.total_changes
        connection.execute(merge, (MERGED_AT_ONCE,))
        changed = connection.total_changes - before


def _rewrite(connection: Any, table: str) -> None:
    """Write a table's rows anew: its old pages are emptied with all that was left in them."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.execute(f"CREATE TEMP TABLE rewritten AS SELECT * FROM {table}")  # noqa: S608 (our own names)
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
        connection.execute(f"INSERT INTO {table} SELECT * FROM rewritten")  # noqa: S608
        connection.execute("DROP TABLE rewritten")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _cut_log(connection: Any) -> None:
    """Bring all into the file and cut the log to nothing. Raises ForeignFailure when readers hold it too long."""
    for _ in range(CHECKPOINT_TRIES):
        busy, *_pages = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if not busy:
            return
        time.sleep(WAIT)
    raise ForeignFailure("busy", _BUSY, "")


def _tidy_postgres(db: Database, tables: Tables, whole_up_to: int) -> Tidied:
    # A connection of its own: VACUUM must not be in a transaction, and what a used one has counted of deleted rows but
    # not told the server yet would be taken off what ANALYZE counts.
    options = f"-c search_path={db.schema} -c lock_timeout={LOCK_SECONDS}s"
    try:
        with psycopg.connect(db.url, autocommit=True, options=options) as connection:
            whole = True
            for table in dict.fromkeys((*tables.salted, *tables.worded)):
                found = connection.execute("SELECT pg_total_relation_size(to_regclass(%s))", (table,)).fetchone()
                if found is None or found[0] is None:
                    continue
                small = found[0] <= whole_up_to
                whole = whole and small
                # A salt table is rewritten at any size; rows of the others stay in dead places until these are used.
                if small or table in tables.salted:
                    _rewrite_postgres(connection, table)
                else:
                    connection.execute(SQL("VACUUM {}").format(Identifier(table)))
            samples, log = _forget_samples(connection), _use_up_log(connection)
            return Tidied(whole, samples and log)
    except psycopg.Error as fault:
        raise ForeignFailure("busy", _BUSY, "") from fault


def _rewrite_postgres(connection: psycopg.Connection, table: str) -> None:
    """Rewrite a table until no dead row came along. Raises ForeignFailure when somebody's snapshot stays too long."""
    for _ in range(REWRITES):
        connection.execute(SQL("VACUUM (FULL, ANALYZE) {}").format(Identifier(table)))
        # Counted by ANALYZE, and rows that are only dead for newer snapshots too.
        dead = connection.execute("SELECT pg_stat_get_dead_tuples(to_regclass(%s))", (table,)).fetchone()
        if dead == (0,):
            return
        time.sleep(WAIT)
    raise ForeignFailure("busy", _BUSY, "")


def _forget_samples(connection: psycopg.Connection) -> bool:
    """Rewrite the planner's samples, among them the search index's most common words. False where we may not."""
    file = "SELECT pg_relation_filenode('pg_catalog.pg_statistic')"
    before = connection.execute(file).fetchone()
    connection.execute("VACUUM (FULL) pg_catalog.pg_statistic")  # who may not is only warned
    return connection.execute(file).fetchone() != before


def _use_up_log(connection: psycopg.Connection) -> bool:
    """Write over the server's old log: each switch fills a file's rest with zeros. False where we may not do all."""
    try:
        counted = connection.execute("SELECT count(*) FROM pg_ls_waldir()").fetchone()
        files = counted[0] if counted else 0
        for _ in range(min(files, MOST_LOG_FILES) + 2):
            connection.execute("CHECKPOINT")
            connection.execute("SELECT pg_switch_wal()")
        connection.execute("CHECKPOINT")
    except psycopg.errors.InsufficientPrivilege:
        return False
    return bool(files <= MOST_LOG_FILES)
