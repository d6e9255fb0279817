"""Logs say what happened and nothing about a person; one record is one line whatever is in it."""

import asyncio
import io
import json
import logging
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from types import SimpleNamespace

import pytest
from reflex_base.event import Event
from reflex_base.event.processor.event_processor import EventProcessor
from reflex_base.registry import RegistrationContext

from cettar_site.infra import log
from cettar_site.infra.log_privacy import HIDDEN, PERSONAL_KEYS

CANARY = "kenari-4711"
INFO = SimpleNamespace(log_level="info")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@dataclass
class Complaint:
    """Something of ours that holds what nobody else may read."""

    text: str = CANARY


class Colour(Enum):
    """A plain choice."""

    RED = "merah"


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    """What is logged during a test; the process's logging is put back afterwards."""
    yield from logged_to(io.StringIO())


@pytest.fixture(autouse=True)
def passing(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time in seconds by which floods are measured, in a list to change it."""
    time = [0.0]
    monkeypatch.setattr(log, "ALLOWANCES", log.allowances(lambda: time[0]))
    return time


@pytest.fixture
def screen() -> Iterator[io.StringIO]:
    """The same on a terminal."""
    yield from logged_to(Terminal())


def logged_to(stream: io.StringIO) -> Iterator[io.StringIO]:
    root, factory = logging.getLogger(), logging.getLogRecordFactory()
    named = [logging.getLogger(name) for name in {*log.ROUTED, *log.SILENT, *log.QUIET}]
    before = [(one, list(one.handlers), one.propagate, one.disabled, one.level) for one in (root, *named)]
    log.configure(INFO, stream)
    yield stream
    logging.setLogRecordFactory(factory)
    for one, handlers, propagate, disabled, level in before:
        one.handlers[:], one.propagate, one.disabled = handlers, propagate, disabled
        one.setLevel(level)


def lines(out: io.StringIO) -> list[dict[str, object]]:
    """The records written, each from a line of its own."""
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_record_is_one_line_of_json(out: io.StringIO) -> None:
    logger = log.get_logger("cettar_site.jobs")
    logger.info("job_ran", job="fetch_prices", rows=87, seconds=1.5, day=date(2026, 11, 22))
    (record,) = lines(out)
    assert datetime.fromisoformat(str(record.pop("timestamp"))).tzinfo is not None
    assert record == {"level": "info", "logger": "cettar_site.jobs", "event": "job_ran",
                      "job": "fetch_prices", "rows": 87, "seconds": 1.5, "day": "2026-11-22"}


@pytest.mark.parametrize("key", [*sorted(PERSONAL_KEYS), "client_ip", "Reporter-Email", "X-User-Agent"])
def test_a_value_is_hidden_by_its_key(key: str, out: io.StringIO) -> None:
    log.get_logger("x").warning("said", **{key: CANARY, "deep": {"deeper": [{key: CANARY}]}})
    assert CANARY not in out.getvalue() and out.getvalue().count(HIDDEN) == 2


def test_things_are_reduced_to_their_type(out: io.StringIO) -> None:
    odd = {1: CANARY.encode()}
    log.get_logger("x").info("said", complaint=Complaint(), many=[Complaint()], odd=odd, colour=Colour.RED)
    (record,) = lines(out)
    assert CANARY not in out.getvalue()
    assert (record["complaint"], record["many"], record["colour"]) == (
        "<Complaint>", ["<Complaint>"], "merah")


def test_injected_lines_and_signs_stay_in_their_record(out: io.StringIO, passing: list[float]) -> None:
    dice = random.Random(7)
    signs = ["\n", "\r\n", "\x1b[2J", "\x00", "\u2028", "\u2029", "\x85", "\x9b31m", "\u202e", '"}', "\x7f",
             '{"level":"info"}']
    loggers: list[Callable[[str], object]] = [
        lambda said: log.get_logger("x").info("said", what=said), lambda said: log.get_logger("x").info(said),
        lambda said: log.get_logger("x").info("said", deep={said: [said]}),
        lambda said: log.get_logger("x").info("said %s", said),
        lambda said: logging.getLogger("lib").warning("said %s", said),
        lambda said: logging.getLogger("granian").error(said),
        lambda said: log.get_logger("x").info("said", exception=said, level=said, logger=said),
    ]
    for turn in range(1_000):
        said = "".join(dice.choice([*signs, "a", " "]) for _ in range(dice.randint(1, 12)))
        passing[0] += log.SPAN
        loggers[turn % len(loggers)](said)
    written = out.getvalue()
    assert len(lines(out)) == written.count("\n") == 1_000
    assert all(sign.isprintable() for sign in written.replace("\n", ""))


def test_a_terminal_gets_readable_lines_without_obeying(screen: io.StringIO) -> None:
    log.get_logger("x").info("job_ran", what="a\nb\x1b[2Jc\u202e", email=CANARY)
    assert r"a\nb\x1b[2Jc" in screen.getvalue() and "\x1b[2J" not in screen.getvalue()
    assert screen.getvalue().count("\n") == 1 and CANARY not in screen.getvalue()
    with pytest.raises(json.JSONDecodeError):
        json.loads(screen.getvalue())


def fail(message: str) -> None:
    secret = CANARY
    try:
        raise ValueError(f"invalid literal: '{secret}'")
    except ValueError as fault:
        raise RuntimeError(message) from fault


@pytest.mark.parametrize("say", [
    lambda: log.get_logger("x").exception("failed"), lambda: logging.getLogger("lib").exception("failed"),
    lambda: logging.getLogger("reflex.app").exception("failed"),
    lambda: logging.getLogger("uvicorn.error").error("failed", exc_info=True),
])
def test_a_traceback_says_where_not_what(say: Callable[[], None], out: io.StringIO) -> None:
    try:
        fail("[SQL: INSERT …]\n[parameters: ('kenari-4711', 1)]")
    except RuntimeError:
        say()
    (record,) = lines(out)
    trace = str(record["exception"])
    assert CANARY not in out.getvalue() and record["event"] == "failed"
    assert "in fail\nValueError: invalid literal: '...'\nthen\n" in trace
    assert "RuntimeError: [SQL: INSERT" in trace


async def ask_for_an_unknown_event() -> None:
    processor = EventProcessor()
    processor.configure()
    sent = {"nama": CANARY, "isi": f"a\n{CANARY}"}
    router = {"ip": "203.0.113.77", "headers": {"cookie": CANARY, "user-agent": CANARY}, "q": {"q": CANARY}}
    async with processor:
        await processor.enqueue("token", Event(name="state.no_such", payload=sent, router_data=router))
        await processor.join(timeout=10)


def reflex_is_asked_for_an_unknown_event() -> None:
    with RegistrationContext():
        asyncio.run(ask_for_an_unknown_event())


def test_reflex_prints_no_payload(out: io.StringIO) -> None:
    reflex_is_asked_for_an_unknown_event()
    said = [record for record in lines(out) if "event queue entry" in str(record["event"])]
    assert len(said) == 1 and "KeyError" in str(said[0]["exception"])
    assert CANARY not in out.getvalue() and "203.0.113" not in out.getvalue()


def test_a_handler_that_reflex_attaches_later_prints_no_payload_either(out: io.StringIO) -> None:
    theirs = logging.StreamHandler(io.StringIO())
    logger = logging.getLogger("reflex_base.event")
    logger.addHandler(theirs)
    try:
        reflex_is_asked_for_an_unknown_event()
    finally:
        logger.removeHandler(theirs)
    assert "event queue entry" in theirs.stream.getvalue() and CANARY not in theirs.stream.getvalue()


def test_without_us_reflex_prints_it_all() -> None:
    """Planted: were this green for another reason, the two tests before would prove nothing."""
    before, theirs = logging.getLogRecordFactory(), logging.StreamHandler(io.StringIO())
    logger = logging.getLogger("reflex_base.event")
    logging.setLogRecordFactory(logging.LogRecord)
    logger.addHandler(theirs)
    try:
        reflex_is_asked_for_an_unknown_event()
    finally:
        logger.removeHandler(theirs)
        logging.setLogRecordFactory(before)
    assert CANARY in theirs.stream.getvalue() and "203.0.113.77" in theirs.stream.getvalue()


def test_the_handlers_for_reflex_name_the_place_alone(out: io.StringIO) -> None:
    try:
        fail(f"'{CANARY}'")
    except RuntimeError as fault:
        log.event_failed(fault)
        log.page_failed(fault)
    event, page = lines(out)
    assert (event["event"], page["event"], page["fault"]) == ("event_failed", "page_failed", "RuntimeError")
    assert "in fail" in str(event["exception"]) and CANARY not in out.getvalue()


def test_what_a_browser_says_of_its_version_is_not_written(out: io.StringIO) -> None:
    logging.getLogger("reflex.app").warning(
        f"Frontend version {CANARY} Siti Aminah for session x does not match the backend version 1.0.")
    (record,) = lines(out)
    assert record["event"] == "Frontend version ..."


def test_an_argument_named_by_a_visitor_is_not_written(out: io.StringIO) -> None:
    log.event_failed(TypeError("save() got an unexpected keyword argument 'siti_aminah'"))
    assert "siti_aminah" not in out.getvalue() and "unexpected keyword argument" in out.getvalue()


def test_there_is_no_access_log(out: io.StringIO) -> None:
    for name in log.SILENT:
        logging.getLogger(name).error('203.0.113.77 "GET /lacak?q=%s"', CANARY)
    assert out.getvalue() == ""


def test_libraries_are_routed_and_quiet_ones_are_quiet(out: io.StringIO) -> None:
    stray = logging.StreamHandler(io.StringIO())
    logging.getLogger("_granian").addHandler(stray)
    logging.getLogger("_granian").propagate = False
    log.configure(INFO, out)
    logging.getLogger("_granian").info("started")
    logging.getLogger("apscheduler.executors").info("running a job")
    logging.getLogger("httpx").info("HTTP Request")
    logging.getLogger("x").debug("too fine")
    assert [record["event"] for record in lines(out)] == ["started"] and stray.stream.getvalue() == ""


def test_configured_twice_each_record_is_written_once(out: io.StringIO) -> None:
    log.configure(INFO, out)
    log.configure(INFO, out)
    log.get_logger("x").info("once")
    assert len(lines(out)) == 1


def test_a_record_that_cannot_be_read_is_named_not_printed(out: io.StringIO) -> None:
    (handler,) = (one for one in logging.getLogger().handlers if getattr(one, "stream", None) is out)
    for name in ("reflex", "lib"):
        record = logging.getLogRecordFactory()(name, logging.WARNING, "", 1, "%d of %s", (CANARY,), None)
        handler.handle(record)
    first, second = (record["event"] for record in lines(out))
    assert (first, second) == (f"{HIDDEN} (a record that could not be read)", "log_failed")
    assert CANARY not in out.getvalue()


def test_time_is_told_in_utc(out: io.StringIO) -> None:
    log.get_logger("x").info("now", at=datetime(2026, 11, 22, 4, 45, tzinfo=UTC))
    (record,) = lines(out)
    assert str(record["timestamp"]).endswith("Z") and record["at"] == "2026-11-22 04:45:00+00:00"
