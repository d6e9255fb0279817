"""Reads a foreign file in a process of its own, which may take so much memory and time and then ends.

A library that lays out a sheet as large as the file claims, or inflates what a few bytes announce, takes the memory of
whoever called it, and ends it where there is none: here that is nobody's.
"""

import multiprocessing
import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from cettar_site.base.errors import ForeignFailure
from cettar_site.base.words import mark

Read = TypeVar("Read")
MEMORY = 4 * 1024**3
"""Bytes of address space."""
SECONDS = 300
"""Of processor time, and of waiting for it."""
_TOO_MUCH = mark("Berkas ini membutuhkan terlalu banyak memori atau waktu")
_UNREADABLE = mark("Berkas tidak terbaca")


def read_apart(reader: Callable[[bytes, str], Read], content: bytes, name: str, *, memory: int = MEMORY,
               seconds: int = SECONDS) -> Read:
    """What `reader` makes of a file. Raises ForeignFailure: its own, or "too_big" when it ran out of what it may take.

    `reader` is a function of a module that a new process can import; what it gives must be picklable.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, initializer=_bound, initargs=(memory, seconds)) as pool:
        try:
            made, failure = pool.submit(_tried, reader, content, name).result(seconds)
        except (BrokenProcessPool, MemoryError, TimeoutError):
            for process in pool._processes.values():  # one that hangs is not waited for
                process.kill()
            raise ForeignFailure("too_big", _TOO_MUCH, name) from None
    if failure is not None:
        raise ForeignFailure(*failure)
    return made  # type: ignore[return-value]


def _bound(memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _tried(reader: Callable[[bytes, str], Read], content: bytes, name: str,
           ) -> tuple[Read | None, tuple[str, str, str] | None]:
    """What came of it: the reading, or the facts of the failure, because an error of ours does not travel."""
    try:
        return reader(content, name), None
    except ForeignFailure as failure:
        return None, (failure.kind, failure.detail, failure.address)
    except BaseException as fault:  # a library in another language panics in its own way
        if isinstance(fault, MemoryError):
            return None, ("too_big", _TOO_MUCH, name)
        return None, ("layout", _UNREADABLE, name)
