"""A backup is whole or not there, can be restored, is useless without the secret, and goes after thirty days."""

import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from sqlalchemy import text

from cettar_site.base.errors import ForeignFailure
from cettar_site.base.seal import Broken, Vault
from cettar_site.complaints.rules import Kind, Shown
from cettar_site.infra import backup
from cettar_site.infra.backup import back_up, erased_before, made_at, prune, remember_erased
from cettar_site.infra.db import Database
from cettar_site.infra.vault import vault
from jobs import backup as backup_job
from jobs import tidy as tidy_job
from jobs.report import JobOptions
from tests.complaints.makers import NOW, SECRET, case_of, filed, happens
from tests.servers import TOOLS

STORY = "Bendahara sekolah meminta uang buku dua kali lipat kepada kami."
ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the jobs keep their backups."""
    for job in (backup_job, tidy_job):
        monkeypatch.setattr(job, "settings", lambda: SimpleNamespace(data_dir=tmp_path / "data"))
    return tmp_path / "data" / "backups"


@pytest.fixture
def restored(tmp_path: Path) -> Iterator[Database]:
    """The database that a backup is copied to, as README says."""
    (tmp_path / "restored").mkdir()
    db = Database(f"sqlite:///{tmp_path}/restored/cettar.sqlite")
    yield db
    db.close()


def run_backup(db: Database, now: datetime = NOW) -> str:
    return backup_job.run(db, now=now, options=JobOptions()).detail


def test_a_restored_backup_is_read_with_the_secret_and_not_without(
        sqlite_database: Database, folder: Path, restored: Database) -> None:
    number = filed(sqlite_database, text=STORY, shown=Shown.CONFIDENTIAL).number
    run_backup(sqlite_database)
    (made,) = folder.glob("cettar-*")
    assert made.name == "cettar-20261123-1000.sqlite" and stat.S_IMODE(made.stat().st_mode) == 0o600
    happens(sqlite_database, number, Kind.ANSWERED, 1, "Sesudah cadangan dibuat.")
    shutil.copy(made, restored.url.removeprefix("sqlite:///"))
    case = case_of(restored, number)
    assert [one.text for one in case.writings] == [STORY]
    assert happens(restored, number, Kind.ANSWERED, 2, "Sesudah dipulihkan.").life.answers == 1
    with pytest.raises(Broken):
        case_of(restored, number, Vault(b"another secret of the same length"))
    assert STORY.encode() not in made.read_bytes() and SECRET not in made.read_bytes()


def test_a_backup_holds_nothing_that_was_erased_before(sqlite_database: Database, folder: Path) -> None:
    number = filed(sqlite_database, text="Ratapan qvxzjkwpfm di depan pasar, mohon diperiksa.").number
    run_backup(sqlite_database)
    happens(sqlite_database, number, Kind.ERASED)
    run_backup(sqlite_database, NOW + timedelta(days=1))
    assert [b"qvxzjkwpfm" in path.read_bytes() for path in sorted(folder.glob("cettar-*"))] == [True, False]


def test_what_was_erased_stays_erased_though_an_older_backup_is_restored(
        sqlite_database: Database, folder: Path, restored: Database) -> None:
    number, other = (filed(sqlite_database, secret=vault().secret).number for _ in range(2))
    run_backup(sqlite_database)
    happens(sqlite_database, number, Kind.ERASED, vault=vault())
    run_backup(sqlite_database, NOW + timedelta(days=1))
    assert erased_before(folder) == {number}
    shutil.copy(folder / "cettar-20261123-1000.sqlite", restored.url.removeprefix("sqlite:///"))
    assert case_of(restored, number, vault()).writings
    report = tidy_job.run(restored, now=NOW + timedelta(days=2), options=JobOptions())
    assert report.rows_in == 1
    case = case_of(restored, number, vault())
    assert case.life.erased and case.writings == () and case.events[-1].actor == "system"
    assert case_of(restored, other, vault()).writings
    remember_erased(folder, {other})
    assert erased_before(folder) == {number, other}


def test_backups_go_after_thirty_days_but_never_the_newest(sqlite_database: Database, folder: Path) -> None:
    for days in (0, 1, 2):
        run_backup(sqlite_database, NOW + timedelta(days=days))
    (folder / "notes.txt").write_text("the operator's own")
    assert prune(folder, NOW + timedelta(days=30)) == 0
    assert prune(folder, NOW + timedelta(days=31)) == 1
    assert prune(folder, NOW + timedelta(days=400)) == 1
    assert sorted(path.name for path in folder.iterdir()) == ["cettar-20261125-1000.sqlite", "notes.txt"]
    run_backup(sqlite_database, NOW + timedelta(days=33))
    assert [path.name for path in folder.glob("cettar-*")] == ["cettar-20261226-1000.sqlite"]


@pytest.mark.parametrize("name", ["cettar-20261123.sqlite", "cettar-20261399-1000.sqlite", "cettar-20261123-1000.txt",
                                  "old-cettar-20261123-1000.sqlite", "cettar-20261123-1000.sqlite.part"])
def test_files_of_other_names_are_no_backups(name: str) -> None:
    assert made_at(Path(name)) is None
    assert made_at(Path("cettar-20261123-1000.dump")) == datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def test_without_room_nothing_is_begun(sqlite_database: Database, folder: Path,
                                       monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=backup.MARGIN))
    with pytest.raises(ForeignFailure) as failure:
        run_backup(sqlite_database)
    assert failure.value.kind == "no_room" and list(folder.iterdir()) == []


IN_LITTLE_ROOM = """import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from cettar_site.base.errors import ForeignFailure
from cettar_site.infra.backup import back_up
from cettar_site.infra.db import Database
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    made = back_up(Database(sys.argv[1]), Path(sys.argv[2]), datetime.now(UTC))
    print("made", made.size)
except ForeignFailure as failure:
    print(failure.kind)"""


@pytest.mark.parametrize(("room", "said"), [(100_000, "not_written"), (1 << 30, "made")])
def test_what_could_not_be_written_to_its_end_is_not_left(sqlite_database: Database, tmp_path: Path, room: int,
                                                          said: str) -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY and signal.SIGXFSZ
    filed(sqlite_database)
    done = subprocess.run([sys.executable, "-c", IN_LITTLE_ROOM, sqlite_database.url, str(tmp_path / "b"), str(room)],
                          cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split()[0] == said
    assert len(list((tmp_path / "b").iterdir())) == (said == "made")


def test_a_damaged_database_makes_no_backup(sqlite_database: Database, folder: Path, tmp_path: Path) -> None:
    filed(sqlite_database)
    run_backup(sqlite_database)
    broken = tmp_path / "broken.sqlite"
    shutil.copy(folder / "cettar-20261123-1000.sqlite", broken)
    with open(broken, "r+b") as file:
        file.seek(8192)
        file.write(os.urandom(40_000))
    with pytest.raises(ForeignFailure) as failure:
        back_up(Database(f"sqlite:///{broken}"), tmp_path / "b", NOW)
    assert failure.value.kind in ("bad_copy", "not_written") and list((tmp_path / "b").iterdir()) == []


def test_what_an_interrupted_backup_left_is_swept_away(sqlite_database: Database, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "cettar-20261122-0340.sqlite.part").write_bytes(b"half")
    run_backup(sqlite_database)
    assert [path.name for path in folder.iterdir()] == ["cettar-20261123-1000.sqlite"]


POSTGRES = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


def tools(tmp_path: Path, script: str = "") -> dict[str, str]:
    """An environment whose PATH leads to the server's own tools, or to a script in their place."""
    if not script:
        return {**os.environ, "PATH": str(TOOLS)}
    place = tmp_path / "tools"
    place.mkdir()
    for name in ("pg_dump", "pg_restore"):
        (place / name).write_text(f"#!/bin/sh\n{script}\n")
        (place / name).chmod(0o755)
    return {**os.environ, "PATH": f"{place}:{os.environ['PATH']}"}


@POSTGRES
def test_postgres_is_dumped_and_restored(database: Database, tmp_path: Path, postgres_template: str) -> None:
    number = filed(database, text=STORY, shown=Shown.CONFIDENTIAL).number
    made = back_up(database, tmp_path / "b", NOW, tools(tmp_path))
    assert made is not None and made.path.name == "cettar-20261123-1000.dump"
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600 and STORY.encode() not in made.path.read_bytes()
    name = f"restored_{os.getpid()}"
    with psycopg.connect(postgres_template, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    address = postgres_template.replace("@/postgres", f"@/{name}", 1)
    subprocess.run([TOOLS / "pg_restore", "--no-owner", "--exit-on-error", f"--dbname={address}", made.path],
                   check=True)
    restored = Database(address)
    assert [one.text for one in case_of(restored, number).writings] == [STORY]
    with pytest.raises(Broken):
        case_of(restored, number, Vault(b"another secret of the same length"))
    with restored.write() as session, pytest.raises(Exception, match="only added"):
        session.execute(text("DELETE FROM complaint_event"))
    restored.close()


@POSTGRES
def test_where_no_pg_dump_is_the_operator_is_told(database: Database, folder: Path,
                                                  monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "Pengelola server harus" in run_backup(database)
    assert list(folder.iterdir()) == []


@POSTGRES
def test_a_failing_pg_dump_leaves_nothing(database: Database, tmp_path: Path) -> None:
    with pytest.raises(ForeignFailure) as failure:
        back_up(database, tmp_path / "b", NOW, tools(tmp_path, "exit 1"))
    assert failure.value.kind == "pg_dump" and list((tmp_path / "b").iterdir()) == []


def test_the_password_is_in_no_argument(tmp_path: Path) -> None:
    said = tmp_path / "said"
    environ = tools(tmp_path, f'echo "$0 $@" >> {said}; echo "$PGPASSWORD $PGHOST $PGDATABASE" >> {said}')
    back_up(Database("postgresql://cettar:kunci-rahasia@db.example/cettar"), tmp_path / "b", NOW, environ)
    dump, given, *_rest = said.read_text().splitlines()
    assert "--schema=cettar" in dump and "kunci" not in dump and given == "kunci-rahasia db.example cettar"
