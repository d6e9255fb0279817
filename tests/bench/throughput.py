"""Readers and senders a second, with the limits on: each request comes from another made-up network."""

from collections.abc import Sequence

from tests.bench.figures import Figure
from tests.load import Tally, load

READERS, SENDERS = 64, 200
SECONDS = 6.0
WARM_SECONDS = 1.0
TAKEN = (200, 201)


def readers(port: int, path: str) -> list[Figure]:
    """Requests a second of one public page."""
    load(port, connections=READERS, seconds=WARM_SECONDS, path=path)
    tally = load(port, connections=READERS, seconds=SECONDS, path=path)
    return rows("public pages, own generator, 64 connections", path, tally, 2000, None, (200,))


def senders(port: int) -> list[Figure]:
    """Complaints a second that were durable when answered."""
    load(port, connections=SENDERS, seconds=WARM_SECONDS)
    tally = load(port, connections=SENDERS, seconds=SECONDS)
    return rows("complaints, 200 clients", "durable intakes", tally, 1500, 200, TAKEN)


def rows(group: str, name: str, tally: Tally, rate: float, p99: float | None,
         good: Sequence[int]) -> list[Figure]:
    """Rate, p99 and errors of one load."""
    said = ", ".join(f"{status}: {n}" for status, n in sorted(tally.statuses.items()) if status not in good)
    return [Figure(group, name, tally.rate(), "/s", rate, more=True),
            Figure(group, f"{name}, p99", tally.quantile(0.99), "ms", p99),
            Figure(group, f"{name}, errors", tally.errors(good), "", 0, note=said)]


def measure(port: int, paths: Sequence[str]) -> list[Figure]:
    """Every page, then the intake."""
    return [figure for path in paths for figure in readers(port, path)] + senders(port)
