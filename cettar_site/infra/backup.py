"""Backups of the database: one file a night, whole or not at all, thirty days.

SQLite is copied by VACUUM INTO, a snapshot that holds what is there and nothing that was deleted, and the copy is
checked before it gets its name. PostgreSQL is dumped by its own pg_dump where there is one; else the operator must.
The secret is not in a backup. Photos are not either: their files are sealed, never change and lie beside the folder.
"""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from cettar_site.base.errors import ForeignFailure
from cettar_site.base.period import WIB, in_wib
from cettar_site.base.words import mark
from cettar_site.infra.db import Database

KEPT = timedelta(days=30)
MARGIN = 64 << 20  # bytes that must stay free beside a copy, so that complaints can still be kept
DUMP_SECONDS = 7200.0
FOLDER = "backups"
"""Below the data folder."""
ERASED = "erased.txt"
_NAME = re.compile(r"cettar-(\d{8}-\d{4})\.(?:sqlite|dump)")
_NO_ROOM = mark("Ruang di diska tidak cukup untuk cadangan")
_NOT_WRITTEN = mark("Cadangan tidak dapat ditulis")
_BAD_COPY = mark("Salinan cadangan rusak dan dibuang")
_DUMP_FAILED = mark("pg_dump gagal")
# libpq's names in the environment: an argument could be read by every user of the machine.
_ENVIRONMENT = {"host": "PGHOST", "hostaddr": "PGHOSTADDR", "port": "PGPORT", "user": "PGUSER",
                "password": "PGPASSWORD", "passfile": "PGPASSFILE", "dbname": "PGDATABASE", "sslmode": "PGSSLMODE",
                "sslrootcert": "PGSSLROOTCERT", "connect_timeout": "PGCONNECT_TIMEOUT"}


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: its file, and its size in bytes."""

    path: Path
    size: int


def back_up(db: Database, folder: Path, now: datetime, environ: Mapping[str, str] = os.environ) -> Backup | None:
    """Make a backup; None where PostgreSQL's pg_dump is not on this machine. Raises ForeignFailure."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder)
    name = f"cettar-{in_wib(now):%Y%m%d-%H%M}.{'sqlite' if db.is_sqlite else 'dump'}"
    unfinished = folder / f"{name}.part"
    try:
        if db.is_sqlite:
            _copy(Path(db.url.removeprefix("sqlite:///")), unfinished)
        elif not _dump(db, unfinished, environ):
            return None
        return Backup(folder / name, _placed(unfinished, folder / name))
    finally:
        unfinished.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what an interrupted backup left."""
    for left in (*folder.glob("*.part"), *folder.glob("*.part-journal")):
        left.unlink(missing_ok=True)


def _copy(source: Path, unfinished: Path) -> None:
    """A checked copy of an SQLite database, made beside its writers."""
    if shutil.disk_usage(unfinished.parent).free < source.stat().st_size + MARGIN:
        raise ForeignFailure("no_room", _NO_ROOM, "")
    _made_for_its_owner(unfinished)
    try:
        with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, timeout=60)) as connection:
            connection.execute("VACUUM INTO ?", (str(unfinished),))
        with closing(sqlite3.connect(f"{unfinished.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            said = copy.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.OperationalError as fault:
        raise ForeignFailure("not_written", _NOT_WRITTEN, "") from fault
    except sqlite3.DatabaseError as fault:
        raise ForeignFailure("bad_copy", _BAD_COPY, "") from fault
    if said != "ok":
        raise ForeignFailure("bad_copy", _BAD_COPY, "")


def _made_for_its_owner(path: Path) -> None:
    """An empty file that nobody else may read; VACUUM INTO fills it."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))


def _dump(db: Database, unfinished: Path, environ: Mapping[str, str]) -> bool:
    """A checked dump of PostgreSQL's schema; False where there is no pg_dump."""
    dump, restore = (shutil.which(tool, path=environ.get("PATH")) for tool in ("pg_dump", "pg_restore"))
    if dump is None or restore is None:
        return False
    _made_for_its_owner(unfinished)
    given = {_ENVIRONMENT[key]: str(value) for key, value in conninfo_to_dict(db.url).items() if key in _ENVIRONMENT}
    for command in ([dump, "--format=custom", "--no-owner", "--no-password", f"--schema={db.schema}",
                     f"--file={unfinished}"], [restore, "--list", f"{unfinished}"]):
        try:
            done = subprocess.run(  # noqa: S603 (our own two commands)
                command, env={**environ, **given}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, timeout=DUMP_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as fault:
            raise ForeignFailure("pg_dump", _DUMP_FAILED, "") from fault
        if done.returncode != 0:
            raise ForeignFailure("pg_dump", _DUMP_FAILED, "")
    return True


def _placed(unfinished: Path, path: Path) -> int:
    """Give a finished file its name, on the disk when this returns; its size."""
    for place in (unfinished, unfinished.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        if place == unfinished:
            unfinished.rename(path)
    return path.stat().st_size


def made_at(path: Path) -> datetime | None:
    """When a backup was made, by its name; None for another file."""
    found = _NAME.fullmatch(path.name)
    with suppress(ValueError):
        return found and datetime.strptime(found[1], "%Y%m%d-%H%M").replace(tzinfo=WIB)
    return None


def prune(folder: Path, now: datetime) -> int:
    """Delete the backups older than thirty days, but never the newest one; how many they were."""
    dated = sorted((moment, path) for path in folder.glob("cettar-*") if (moment := made_at(path)) is not None)
    old = [path for moment, path in dated[:-1] if moment < now - KEPT]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def remember_erased(folder: Path, numbers: Iterable[str]) -> None:
    """Keep beside the backups which complaints were erased, so that restoring an older one brings nobody back."""
    known = erased_before(folder)
    if known.issuperset(numbers := set(numbers)):
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = folder / f"{ERASED}.part"
    _made_for_its_owner(unfinished)
    unfinished.write_text("".join(f"{number}\n" for number in sorted(known | numbers)), encoding="ascii")
    _placed(unfinished, folder / ERASED)


def erased_before(folder: Path) -> set[str]:
    """The numbers of the complaints that were erased, as the list beside the backups says."""
    path = folder / ERASED
    return set(path.read_text(encoding="ascii").split()) if path.exists() else set()
