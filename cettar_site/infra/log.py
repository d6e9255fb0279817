"""Structured logs without personal data: one JSON object a line, or a readable line on a terminal.

`get_logger(__name__)` gives a logger; name events in snake_case and give facts by name:
`log.info("job_ran", job="fetch_prices", rows=87)`. Every record, ours or a library's, goes through the same
processors (see log_privacy.py): keys that may hold personal data are hidden, values that look like NIK,
telephone or e-mail are masked, control characters are escaped. What frameworks say is made harmless when the
record is *made*, so that a handler which they attach themselves prints nothing about a visitor either.
"""

import json
import logging
import sys
import threading
import time
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from typing import Any, Protocol, TextIO

import structlog
from structlog.typing import EventDict, Processor

from cettar_site.infra.log_privacy import HIDDEN, clean, elided, is_personal, safe, traced

# Loggers of software that prints what visitors send; each with all its children.
FRAMEWORKS = ("reflex", "reflex_base", "reflex_cli", "socketio", "engineio", "asyncio", "starlette",
              "uvicorn", "granian", "_granian", "multipart", "python_multipart", "sqlalchemy", "concurrent")
# Loggers that bring handlers of their own: those go, the records come to us.
ROUTED = ("reflex", "reflex_base", "reflex_cli", "granian", "_granian", "uvicorn", "uvicorn.error",
          "apscheduler", "alembic", "sqlalchemy", "socketio", "engineio", "socketio.server",
          "engineio.server")
# Each line of an access log is an address and a path of a visitor: there is none.
SILENT = ("uvicorn.access", "granian.access", "hypercorn.access", "gunicorn.access")
QUIET = ("httpx", "httpcore", "apscheduler", "sqlalchemy.engine", "alembic.runtime", "asyncio", "h11",
         "socketio.server", "engineio.server", "watchfiles", "PIL")
LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}

# What a visitor can make us write: so many records of each kind in so many seconds.
AT_MOST = 20
SPAN = 10.0
NOWHERE = -1  # a level below every handler's

_make_record = logging.LogRecord


class LogSettings(Protocol):
    """What is needed of the settings."""

    @property
    def log_level(self) -> str:
        """One of debug, info, warning, error."""


class Allowance:
    """So many records in a span; the others are not written, but counted. Shared by threads."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._lock = seconds, threading.Lock()
        self._began, self._asked, self._untold = seconds(), 0, 0

    def may_write(self) -> bool:
        """Whether one more record may be written now."""
        with self._lock:
            self._turn()
            self._asked += 1
            return self._asked <= AT_MOST

    def suppressed(self) -> int:
        """How many were not written in spans that are over; each is told once."""
        with self._lock:
            self._turn()
            untold, self._untold = self._untold, 0
            return untold

    def _turn(self) -> None:
        if self._seconds() - self._began >= SPAN:
            self._untold += max(0, self._asked - AT_MOST)
            self._began, self._asked = self._seconds(), 0


def allowances(seconds: Callable[[], float] = time.monotonic) -> dict[str, Allowance]:
    """One for each kind, so that a flood of what a browser says hides no fault of ours."""
    return {kind: Allowance(seconds) for kind in ("frameworks", "event_failed", "page_failed")}


ALLOWANCES = allowances()


class _OurHandler(logging.StreamHandler[TextIO]):
    """The one handler; its own type, so that a second `configure` finds and replaces it."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Say that a record could not be written; logging's own way prints the message and source lines."""
        said = {"level": "error", "event": "log_failed", "logger": clean(str(record.name))}
        with suppress(OSError, ValueError):
            self.stream.write(json.dumps(said) + "\n")


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """The logger of a module: `log = get_logger(__name__)`."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def configure(config: LogSettings, stream: TextIO | None = None) -> None:
    """Send every record of this process to `stream` (stderr if none); may be called again, as in a worker."""
    out = stream if stream is not None else sys.stderr
    handler = _OurHandler(out)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_processors(), processors=[*_last(pretty=out.isatty())]))
    root = logging.getLogger()
    for old in list(root.handlers):
        if type(old) in (_OurHandler, logging.StreamHandler):
            root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(LEVELS[config.log_level])
    logging.setLogRecordFactory(harmless_record)
    for name in ROUTED:
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    for name in SILENT:
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).disabled = True
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, LEVELS[config.log_level]))


def event_failed(exception: Exception) -> None:
    """Log a failed event of a page, for `rx.App(backend_exception_handler=…)`: where, never the payload.

    Reflex looks at the parameter's name.
    """
    if ALLOWANCES["event_failed"].may_write():
        get_logger("cettar_site.page").error("event_failed", exc_info=exception)


def page_failed(exception: Exception) -> None:
    """Log a failure in a visitor's browser, for `rx.App(frontend_exception_handler=…)`: that it happened.

    Its text is written by the browser, so anybody can put anything there.
    """
    if ALLOWANCES["page_failed"].may_write():
        get_logger("cettar_site.page").warning("page_failed", fault=type(exception).__name__)


def harmless_record(*args: Any, **facts: Any) -> logging.LogRecord:
    """Make a record; of a framework's, the message without payloads and the traceback without values.

    This is logging's record factory (arguments as of LogRecord), because Reflex attaches handlers and cuts
    propagation whenever it likes: a filter on a handler or on a parent would be passed by.
    """
    _tell_suppressed()
    record = _make_record(*args, **facts)
    if not _of_framework(record):
        return record
    if not ALLOWANCES["frameworks"].may_write():
        record.levelno, record.msg, record.args, record.exc_info = NOWHERE, "", (), None
        return record
    try:
        text = record.getMessage()
    except Exception:
        text = f"{HIDDEN} (a record that could not be read)"
    record.msg, record.args = clean(elided(text)), ()
    if record.exc_info and record.exc_info[1] is not None:
        # As text, any formatter prints it, and none can walk the exception itself.
        record.exc_text, record.exc_info = traced(record.exc_info), None
    return record


def _tell_suppressed() -> None:
    """Say how many records were not written, once their span is over: before the next record of anybody."""
    for kind, allowance in ALLOWANCES.items():
        if records := allowance.suppressed():
            get_logger(__name__).warning("records_suppressed", kind=kind, records=records)


def _of_framework(record: logging.LogRecord) -> bool:
    # `logging.makeLogRecord` makes one without a name and fills it afterwards.
    return bool(record.name) and record.name.split(".", 1)[0] in FRAMEWORKS


def hide_personal(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Hide values by their key, mask them by their look, escape controls, reduce objects to their type."""
    for key in list(event):
        if not key.startswith("_") and key not in ("exc_info", "stack_info"):
            event[key] = HIDDEN if is_personal(key) else safe(event[key])
    return event


def _trace(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Turn `exc_info` into the text `exception`, without values; a framework's is text already."""
    given = event.pop("exc_info", None)
    event.pop("stack_info", None)
    if isinstance(given, BaseException):
        given = (type(given), given, given.__traceback__)
    elif given and not isinstance(given, tuple):
        given = sys.exc_info()
    if given and given[1] is not None:
        event["exception"] = traced(given)
    elif (record := event.get("_record")) is not None and _of_framework(record) and record.exc_text:
        event["exception"] = record.exc_text
    return event


def _processors() -> list[Processor]:
    """What every record goes through, whoever made it."""
    return [
        structlog.stdlib.PositionalArgumentsFormatter(),
        hide_personal,  # before what is ours: nobody else's "level" or "exception" gets by
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _trace,
    ]


def _last(pretty: bool) -> list[Processor]:
    """How a record is written."""
    strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if pretty:
        return [strip, structlog.dev.ConsoleRenderer()]
    return [strip, _plain, structlog.processors.JSONRenderer()]


def _plain(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Time, level, logger and event first: the same order in each line."""
    first = {key: event.pop(key) for key in ("timestamp", "level", "logger", "event") if key in event}
    return {**first, **event}


# On import, so that a logger used before `configure` is harmless too.
structlog.configure(
    processors=[structlog.stdlib.filter_by_level, *_processors(),
                structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=False,
)
