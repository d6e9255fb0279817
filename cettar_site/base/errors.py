"""One small tree of errors: what may go wrong, named by fact, translated at the edges.

Messages are English and meant for logs; what a visitor reads is chosen by the edge from the type. The one
exception is `Problem.text`, an Indonesian sentence (a msgid) that a form shows beside its field.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one field of a form; `field` is "" when it concerns the whole form."""

    field: str
    text: str


class CettarError(Exception):
    """The root: everything that this site raises on purpose; `facts` are for the log, never personal data."""

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts

    def __str__(self) -> str:
        """Give the message followed by its facts, as `message (name=value, …)`."""
        if not self.facts:
            return self.message
        return f"{self.message} ({', '.join(f'{name}={value!r}' for name, value in self.facts.items())})"


class Refused(CettarError):
    """What was asked cannot be accepted as it is; `problems` say which field and how to mend it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("refused", fields=tuple(problem.field for problem in problems))
        self.problems = problems


class NotFound(CettarError):
    """There is no such thing, or none that this visitor may know of."""


class Forbidden(CettarError):
    """It exists, and this visitor may not do that to it."""


class Conflict(CettarError):
    """It was changed by someone else, or the same key came with other content."""


class Raced(Conflict):
    """Something came between reading and writing; the same again may well succeed."""


class TooMany(CettarError):
    """A limit is reached; try again after `retry_after` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__("too many requests", retry_after=retry_after)
        self.retry_after = retry_after


class ForeignFailure(CettarError):
    """Somebody else's system failed us.

    `kind` is a short stable word ("timeout", "status", "not_html" …), `detail` a sentence that people may
    read, `address` the address asked.
    """

    def __init__(self, kind: str, detail: str, address: str) -> None:
        super().__init__(detail, kind=kind, address=address)
        self.kind = kind
        self.detail = detail
        self.address = address
