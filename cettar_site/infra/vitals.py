"""How this process, its database and its disk are."""

import os
import secrets
import shutil
import time
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from cettar_site.infra import clock
from cettar_site.infra.db import Database
from cettar_site.infra.log import get_logger

log = get_logger(__name__)
STARTED = clock.now()
# Below this the site must be looked after: SQLite needs room for its log, a migration for a copy.
DISK_NEEDED = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Vitals:
    """What was found: sizes in bytes, times in seconds."""

    process: str
    started_at: datetime
    memory: int
    database: str
    database_up: bool
    database_seconds: float
    disk_free: int
    disk_total: int

    @property
    def disk_enough(self) -> bool:
        """Whether there is room to go on writing."""
        return self.disk_free >= DISK_NEEDED


def vitals(db: Database, folder: Path) -> Vitals:
    """Look at this process, ask the database, measure the disk that holds `folder`."""
    began = time.perf_counter()
    up = _answers(db)
    seconds = time.perf_counter() - began
    disk = shutil.disk_usage(folder)
    kind = "SQLite" if db.is_sqlite else "PostgreSQL"
    return Vitals(process_label(), STARTED, _memory(), kind, up, seconds, disk.free, disk.total)


def process_label(kind: str = "site") -> str:
    """A name for this process that tells nothing of the machine: "site-4711-9f2c".

    The last part keeps two containers apart whose process numbers are equal.
    """
    return f"{kind}-{os.getpid()}-{_random_part(os.getpid())}"


@lru_cache(maxsize=2)
def _random_part(_pid: int) -> str:
    # By process number: a worker that was forked must not go on under its parent's name.
    return secrets.token_hex(2)


def _answers(db: Database) -> bool:
    try:
        with db.read() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError as fault:
        log.error("database_down", fault=type(fault).__name__)
        return False
    return True


def _memory() -> int:
    """Resident memory in bytes; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:")), 0)
