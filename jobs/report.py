"""What every job is given and what it gives back."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass, field
from datetime import date as Day
from datetime import datetime
from typing import Any, Protocol, TypeVar

from cettar_site.base.errors import ForeignFailure
from cettar_site.infra.db import Database

T = TypeVar("T")


class Stopped(Exception):
    """The run was asked to end: the process stops, or another process has taken the job over."""


class Progress(Protocol):
    """Walks through long work: shows a bar on a terminal, ends the run where it is asked to stop."""

    def __call__(self, steps: Iterable[T], total: int | None = None, unit: str = "rows") -> Iterator[T]:
        """The same steps, one by one; `total` is taken from the steps where they have a length."""
        ...


def quietly(steps: Iterable[T], total: int | None = None, unit: str = "rows") -> Iterator[T]:
    """The progress that shows nothing."""
    return iter(steps)


@dataclass(frozen=True, slots=True)
class JobOptions:
    """How a run was asked for; a job that the timetable starts gets the plain defaults."""

    date: Day | None = None
    values: Mapping[str, Any] = field(default_factory=dict)  # the job's own options, by argparse's names
    progress: Progress = quietly
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class JobReport:
    """What a run did. All of it is public on /status: no personal data, no secret.

    `detail` is an Indonesian sentence (a msgid, marked with `mark`) with {slots} that `facts` fill.
    `failures` are sources that failed while the rest of the work succeeded; a run that got nothing raises.
    """

    rows_in: int = 0
    rows_refused: int = 0
    detail: str = ""
    facts: Mapping[str, str | int | float] = field(default_factory=dict)
    failures: tuple[ForeignFailure, ...] = ()


class Work(Protocol):
    """The function of a job; `db.write` refuses to commit once another process has taken the job over."""

    def __call__(self, db: Database, *, now: datetime, options: JobOptions) -> JobReport:
        """Do the work once. Raises ForeignFailure when a source failed and nothing could be done."""
        ...


def watched(progress: Progress, stopping: Callable[[], bool]) -> Progress:
    """A progress that raises Stopped at the next step once `stopping` says so."""

    def walk(steps: Iterable[T], total: int | None = None, unit: str = "rows") -> Iterator[T]:
        if total is None and isinstance(steps, Sized):
            total = len(steps)
        for step in progress(steps, total, unit):
            if stopping():
                raise Stopped
            yield step

    return walk
