"""The tests' site as a large town would run it: two processes, PostgreSQL, Redis."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import postgres_url, redis_url
from tests.site import Site, running


@contextmanager
def running_twice(data: Path, **settings: str) -> Iterator[Site]:
    """A site of two processes on servers of its own, all stopped at the end."""
    with postgres_url() as database, redis_url() as redis, \
            running(data, workers="2", db_url=database, redis_url=redis, **settings) as site:
        yield site
