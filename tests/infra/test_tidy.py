"""What was erased is gone from the files after tidying; each step that tidying takes is needed for it."""

import secrets
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import cast

import psycopg
import pytest
from sqlalchemy import text

from cettar_site.base.errors import ForeignFailure
from cettar_site.base.seal import SALT_BYTES
from cettar_site.complaints import store_erased, store_lists
from cettar_site.complaints.actions import Receipt, Sending, file_group
from cettar_site.complaints.actions_happen import Deed, happen_to
from cettar_site.complaints.rules import CITIZEN, Kind, Shown
from cettar_site.infra import tidy as infra_tidy
from cettar_site.infra.db import Database
from cettar_site.infra.migrate import migrate
from cettar_site.infra.tidy import Tables, Tidied, tidy
from jobs.report import JobOptions
from jobs.tidy import NOTHING, TABLES, WHOLE
from jobs.tidy import run as run_tidy
from tests.complaints.makers import NOW, TO, VAULT, filed, filing, happens, key
from tests.servers import postgres_url

STORIES, GONE = 120, 30
LETTERS = "bcdfghjkmpqvwxz"


class Told:
    """Complaints of which some were erased, and what may be left of these nowhere."""

    def __init__(self, db: Database) -> None:
        self.words = ["".join(secrets.choice(LETTERS) for _ in range(16)) for _ in range(STORIES)]
        said = [f"Jalan rusak {word} di depan pasar, mohon diperiksa." for word in self.words]
        with db.write("complaints") as session:
            receipts = file_group(session, [Sending(filing(text=one), key(), to=TO) for one in said], NOW, VAULT)
        self.numbers = [receipt.number for receipt in receipts if isinstance(receipt, Receipt)]
        with db.read() as session:
            salts = {row.number: bytes(row.salt) for row in session.execute(text(
                "SELECT number, salt FROM complaint_salt JOIN complaint_request ON id = complaint_id"))}
        with db.write("complaints") as session:
            if not db.is_sqlite:
                session.execute(text("ANALYZE"))  # as the server does by itself; its samples of columns are copies too
            for number in self.numbers[:GONE]:
                assert happen_to(session, number, Deed(Kind.ERASED, CITIZEN), NOW + timedelta(hours=1), VAULT)
        self.traces = [*(word.encode() for word in self.words[:GONE]),
                       *(salts[number] for number in self.numbers[:GONE])]
        self.others = [word.encode() for word in self.words[GONE:]]

    def left_in(self, folder: Path) -> dict[str, int]:
        """How many traces of the erased ones the files of a folder hold, file by file."""
        found = {str(path.relative_to(folder)): sum(trace in path.read_bytes() for trace in self.traces)
                 for path in folder.rglob("*") if path.is_file()}
        return {name: n for name, n in found.items() if n}


def folder_of(db: Database) -> Path:
    return Path(db.url.removeprefix("sqlite:///")).parent


def index_terms(db: Database) -> set[str]:
    """The words that the search index holds, as FTS5 itself reads it: a file may hold them cut to pieces."""
    with db.write() as session:
        session.execute(text("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, complaint_search, instance)"))
        found = set(session.execute(text("SELECT term FROM temp.terms")).scalars())
        session.execute(text("DROP TABLE temp.terms"))
    return found


@pytest.mark.parametrize("whole_up_to", [infra_tidy.WHOLE_UP_TO, 0])
def test_nothing_of_the_erased_is_left_in_any_file(sqlite_database: Database, whole_up_to: int) -> None:
    told = Told(sqlite_database)
    assert told.left_in(folder_of(sqlite_database)), "before it is tidied, the files hold traces"
    assert tidy(sqlite_database, TABLES, whole_up_to).whole is (whole_up_to > 0)
    assert told.left_in(folder_of(sqlite_database)) == {}
    terms = index_terms(sqlite_database)
    assert not terms & set(told.words[:GONE]) and terms >= set(told.words[GONE:])
    kept = b"".join(path.read_bytes() for path in folder_of(sqlite_database).glob("*.sqlite"))
    assert all(word in kept for word in told.others), "what nobody erased is still there"
    with sqlite_database.read() as session:
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []


@pytest.mark.parametrize("forgotten", ["_merge", "_cut_log"])
def test_a_tidying_that_forgets_a_step_is_found_out(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch,
                                                    forgotten: str) -> None:
    told = Told(sqlite_database)
    monkeypatch.setattr(infra_tidy, forgotten, lambda *_: None)
    tidy(sqlite_database, TABLES, 0)
    assert told.left_in(folder_of(sqlite_database))


def test_an_erasing_that_forgets_the_salt_is_found_out(sqlite_database: Database,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite_database.write() as session:  # deletions of salts do nothing
        session.execute(text("CREATE TRIGGER planted BEFORE DELETE ON complaint_salt BEGIN SELECT RAISE(IGNORE); END"))
    told = Told(sqlite_database)
    tidy(sqlite_database, TABLES)
    assert told.left_in(folder_of(sqlite_database)) == {"cettar.sqlite": GONE}


def test_a_rewritten_table_keeps_its_rows_and_leaves_no_copy(sqlite_database: Database) -> None:
    stale = secrets.token_bytes(32)
    first = filed(sqlite_database).number
    with sqlite_database.write() as session:
        before = session.execute(text("SELECT complaint_id, salt FROM complaint_salt")).all()
    tidy(sqlite_database, Tables(salted=("complaint_salt", "no_such_table")), 0)
    with sqlite_database.read() as session:
        assert session.execute(text("SELECT complaint_id, salt FROM complaint_salt")).all() == before
    with sqlite_database.write() as session, pytest.raises(Exception, match="FOREIGN KEY"):
        session.execute(text("INSERT INTO complaint_salt VALUES (1, :salt)"), {"salt": stale})
    assert happens(sqlite_database, first, Kind.ACKNOWLEDGED).life.acknowledged_at is not None


def test_a_reader_that_stays_makes_it_a_failure_that_is_tried_again(sqlite_database: Database,
                                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(infra_tidy, "CHECKPOINT_TRIES", 2)
    monkeypatch.setattr(infra_tidy, "WAIT", 0.0)
    with sqlite_database.read() as reader:
        reader.execute(text("SELECT count(*) FROM complaint_request")).scalar()
        Told(sqlite_database)
        connection = sqlite_database.engine.raw_connection()
        connection.driver_connection.execute("PRAGMA busy_timeout = 0")  # type: ignore[union-attr]
        connection.close()
        with pytest.raises(ForeignFailure) as failure:
            tidy(sqlite_database, TABLES, 0)
    assert failure.value.kind == "busy"


@pytest.fixture
def postgres() -> Iterator[tuple[Database, Path]]:
    """A server of the test's own, and the folder of its files."""
    with postgres_url() as address:
        db = Database(address)
        migrate(db)
        yield db, Path(address.partition("host=")[2])
        db.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def alone(request: pytest.FixtureRequest) -> Database:
    """A database that no other test has written to: of a server's log more is kept the more was written."""
    if request.param == "sqlite":
        return cast(Database, request.getfixturevalue("sqlite_database"))
    return cast(Database, request.getfixturevalue("postgres")[0])


def test_the_job_works_only_after_something_was_taken_away(alone: Database) -> None:
    options = JobOptions()
    number = filed(alone).number
    filed(alone, shown=Shown.CONFIDENTIAL)
    assert run_tidy(alone, now=NOW, options=options).detail == NOTHING
    for kind, detail in ((Kind.HIDDEN, "personal"), (Kind.ERASED, "")):
        happens(alone, number, kind, 1, detail=detail)
        assert run_tidy(alone, now=NOW, options=options).detail == WHOLE
        assert run_tidy(alone, now=NOW, options=options).detail == NOTHING
    with alone.read() as session:
        assert store_erased.untidied(session) is None and store_erased.erased_numbers(session) == {number}


def test_postgres_keeps_nothing_of_the_erased_in_its_tables_nor_in_its_log(postgres: tuple[Database, Path]) -> None:
    db, folder = postgres
    told = Told(db)
    assert told.left_in(folder), "before it is tidied, the files hold traces"
    assert tidy(db, TABLES) == Tidied(whole=True, log=True)
    assert told.left_in(folder) == {}
    with db.read() as session:
        kept = "".join(session.execute(text("SELECT text FROM complaint_public")).scalars())
    assert all(word.decode() in kept for word in told.others), "what nobody erased is still there"


def test_of_large_tables_postgres_rewrites_the_salts_alone(postgres: tuple[Database, Path]) -> None:
    db, folder = postgres
    told = Told(db)
    assert tidy(db, TABLES, 0) == Tidied(whole=False, log=True)
    left = {name.partition("/")[0] for name in told.left_in(folder)}
    assert left == {"base"}, "masked words that everyone could read lie in dead rows until these are used again"
    told.traces = [trace for trace in told.traces if len(trace) == SALT_BYTES]
    assert told.left_in(folder) == {}, "no salt is left, so nothing sealed can be opened"


def test_who_may_not_write_over_the_servers_log_is_told_so(postgres: tuple[Database, Path]) -> None:
    db, folder = postgres
    with db.write() as session:
        session.execute(text("CREATE ROLE plain LOGIN"))
        session.execute(text("GRANT ALL ON SCHEMA cettar TO plain"))
        for table in session.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'cettar'")).scalars():
            session.execute(text(f"ALTER TABLE cettar.{table} OWNER TO plain"))
    other = Database(db.url.replace("postgres:@", "plain:@"))
    told = Told(other)
    assert tidy(other, TABLES) == Tidied(whole=True, log=False)
    assert {name.partition("/")[0] for name in told.left_in(folder)} == {"pg_wal"}
    with db.write() as session:
        session.execute(text("GRANT pg_checkpoint, pg_monitor, pg_maintain TO plain"))
        session.execute(text("GRANT EXECUTE ON FUNCTION pg_switch_wal TO plain"))
    assert tidy(other, TABLES) == Tidied(whole=True, log=True)
    other.close()
    assert told.left_in(folder) == {}


def test_rows_that_somebody_s_snapshot_still_sees_make_it_a_failure(postgres: tuple[Database, Path],
                                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    db, folder = postgres
    monkeypatch.setattr(infra_tidy, "REWRITES", 2)
    monkeypatch.setattr(infra_tidy, "WAIT", 0.0)
    with psycopg.connect(db.url) as other:
        other.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        other.execute("SELECT 1")
        told = Told(db)
        with pytest.raises(ForeignFailure) as failure:
            tidy(db, TABLES)
        assert failure.value.kind == "busy" and told.left_in(folder), "rewritten, the dead rows came along"
    assert tidy(db, TABLES).whole and told.left_in(folder) == {}


def test_a_table_that_somebody_holds_makes_it_a_failure(postgres: tuple[Database, Path],
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    db, _folder = postgres
    monkeypatch.setattr(infra_tidy, "LOCK_SECONDS", 1)
    with db.read() as reader:
        reader.execute(text("SELECT count(*) FROM complaint_salt")).scalar()
        with pytest.raises(ForeignFailure) as failure:
            tidy(db, TABLES)
    assert failure.value.kind == "busy"


def test_others_write_and_read_meanwhile(sqlite_database: Database) -> None:
    told, end, filings = Told(sqlite_database), threading.Event(), list[str]()

    def write() -> None:
        while not end.is_set():
            filings.append(filed(sqlite_database).number)

    def read() -> None:
        while not end.is_set():
            with sqlite_database.read() as session:
                store_lists.newest(session, 20)

    others = [threading.Thread(target=work) for work in (write, read, read)]
    for other in others:
        other.start()
    try:
        for _ in range(3):
            assert tidy(sqlite_database, TABLES).whole
            assert told.left_in(folder_of(sqlite_database)) == {}
    finally:
        end.set()
        for other in others:
            other.join()
    with sqlite_database.read() as session:
        kept = set(session.execute(text("SELECT number FROM complaint_request")).scalars())
    assert filings and kept >= set(filings)
