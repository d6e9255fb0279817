"""A visitor can not write the logs full: of what frameworks and browsers say, a few records and a number."""

import io
import logging
from collections.abc import Callable, Iterator

import pytest

from cettar_site.infra import log
from tests.infra.test_log import lines, logged_to


@pytest.fixture(autouse=True)
def passing(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time in seconds by which floods are measured, in a list to change it."""
    time = [0.0]
    monkeypatch.setattr(log, "ALLOWANCES", log.allowances(lambda: time[0]))
    return time


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    """What is logged during a test."""
    yield from logged_to(io.StringIO())


def fault() -> RuntimeError:
    return RuntimeError("kenari-4711")


@pytest.mark.parametrize(("kind", "say"), [
    ("frameworks", lambda: logging.getLogger("reflex_base.event").error("no such event %s", "x")),
    ("frameworks", lambda: logging.getLogger("engineio.server").warning("odd packet")),
    ("event_failed", lambda: log.event_failed(fault())), ("page_failed", lambda: log.page_failed(fault())),
])
def test_a_flood_of_records_is_a_few_and_one_line_that_counts_the_rest(
        kind: str, say: Callable[[], None], out: io.StringIO, passing: list[float]) -> None:
    for _ in range(1_000):
        say()
    assert len(lines(out)) == log.AT_MOST
    log.get_logger("cettar_site.jobs").info("job_ran")
    assert len(lines(out)) == log.AT_MOST + 1, "what is ours is written in the middle of a flood"
    passing[0] += log.SPAN
    log.get_logger("cettar_site.jobs").info("job_ran")
    told, ran = lines(out)[log.AT_MOST + 1:]
    assert (told["event"], told["kind"], told["records"]) == ("records_suppressed", kind, 1_000 - log.AT_MOST)
    assert ran["event"] == "job_ran"
    say()
    assert len(lines(out)) == log.AT_MOST + 4, "the next one is written again, and nothing is told twice"


def test_one_flood_hides_no_other_kind(out: io.StringIO) -> None:
    for _ in range(log.AT_MOST + 1):
        log.page_failed(fault())
    log.event_failed(fault())
    logging.getLogger("granian").error("stopped")
    assert [record["event"] for record in lines(out)][log.AT_MOST:] == ["event_failed", "stopped"]


def test_a_flood_reaches_no_handler_that_reflex_attaches_later(out: io.StringIO) -> None:
    theirs = logging.StreamHandler(io.StringIO())
    logger = logging.getLogger("reflex_base.event")
    logger.addHandler(theirs)
    try:
        for _ in range(100):
            logger.error("no such event")
    finally:
        logger.removeHandler(theirs)
    assert theirs.stream.getvalue().count("\n") == log.AT_MOST
