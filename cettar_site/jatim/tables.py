"""Reads the tables of facts beside this file; every other module here turns one of them into typed facts.

A table is a CSV file in UTF-8 whose first line names the columns; an empty cell means "not known" or "not
sourced", never zero. Sources stand in the columns named `source` or `…_source`. Values that nobody could
source were left out when the tables were made: guessed websites, capitals, the names of three bureaus and a
branch office.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import TypeVar

from cettar_site.base.errors import NotFound

Fact = TypeVar("Fact")

_SPACES = re.compile(r"\s+")
_SLASH = re.compile(r"\s*/\s*")


def rows(name: str) -> list[dict[str, str]]:
    """Read the table `name` ("regions.csv"), each row as column → text."""
    text = (files("cettar_site.jatim") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def words_of(cell: str, mark: str = ";") -> tuple[str, ...]:
    """Split a cell that holds several values; an empty cell holds none."""
    return tuple(part.strip() for part in cell.split(mark) if part.strip())


def whole(cell: str) -> int | None:
    """Read a whole number; None for an empty cell."""
    return int(cell) if cell else None


def squeeze(name: str) -> str:
    """Take superfluous space out of a published name: one blank between words, none around a slash."""
    return _SLASH.sub("/", _SPACES.sub(" ", name)).strip()


def fold(name: str) -> str:
    """Make published names comparable: squeezed, without case, without the dash that leads item rows."""
    return squeeze(name).removeprefix("- ").casefold()


def index(facts: Iterable[Fact], key: Callable[[Fact], str]) -> dict[str, Fact]:
    """Build a look-up by a key that must be unique; ValueError names a key met twice."""
    table: dict[str, Fact] = {}
    for fact in facts:
        if key(fact) in table:
            raise ValueError(f"{key(fact)!r} stands twice in a table")
        table[key(fact)] = fact
    return table


def found(fact: Fact | None, what: str, code: str) -> Fact:
    """Pass a fact on; NotFound when there is none."""
    if fact is None:
        raise NotFound(f"no such {what}", code=code)
    return fact
