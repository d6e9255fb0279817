"""The marked sentences of tests/data/privacy, and how well what looks personal is found in them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from cettar_site.complaints.rules_privacy import Personal, Span, spans

FOLDER = Path(__file__).parents[1] / "data" / "privacy"
SENTENCES, UNSEEN = FOLDER / "sentences.txt", FOLDER / "unseen.txt"
_MARK = re.compile(r"\{([a-z]+|=)\|([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, what of it must go, and what must stay."""

    text: str
    goes: tuple[Span, ...]
    stays: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Marks:
    """How often each kind was to be found, was found, was said to be there, rightly; and what went wrong."""

    wanted: Counter[Personal] = field(default_factory=Counter)
    found: Counter[Personal] = field(default_factory=Counter)
    said: Counter[Personal] = field(default_factory=Counter)
    right: Counter[Personal] = field(default_factory=Counter)
    stayed: int = 0
    to_stay: int = 0
    faults: list[str] = field(default_factory=list)

    def recall(self, kind: Personal | None = None) -> float:
        """The share of what is personal of which no letter is left."""
        return _share(self.found, self.wanted, kind)

    def precision(self, kind: Personal | None = None) -> float:
        """The share of what was masked that hid nothing else."""
        return _share(self.right, self.said, kind)


def _share(part: Counter[Personal], whole: Counter[Personal], kind: Personal | None) -> float:
    n = whole.total() if kind is None else whole[kind]
    return (part.total() if kind is None else part[kind]) / n if n else 1.0


def read(path: Path) -> list[Sentence]:
    """The sentences of a file."""
    return [sentence(line) for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


def sentence(line: str) -> Sentence:
    """A marked line without its braces."""
    text, at = "", 0
    goes: list[Span] = []
    stays: list[tuple[int, int]] = []
    for mark in _MARK.finditer(line):
        text += line[at:mark.start()]
        at, start = mark.end(), len(text)
        text += mark[2]
        if mark[1] == "=":
            stays.append((start, len(text)))
        else:
            goes.append(Span(start, len(text), Personal(mark[1])))
    return Sentence(text + line[at:], tuple(goes), tuple(stays))


def measure(sentences: Iterable[Sentence], look: Callable[[str], list[Span]] = spans) -> Marks:
    """Compare what is found with what is marked."""
    marks = Marks()
    for one in sentences:
        hidden = look(one.text)
        for span in one.goes:
            marks.wanted[span.kind] += 1
            if _inside(one.text, span, hidden):
                marks.found[span.kind] += 1
            else:
                marks.faults.append(f"left {one.text[span.start:span.end]!r} ({span.kind}) in {one.text!r}")
        for span in hidden:
            marks.said[span.kind] += 1
            if _inside(one.text, span, one.goes):
                marks.right[span.kind] += 1
            else:
                marks.faults.append(f"hid {one.text[span.start:span.end]!r} ({span.kind}) in {one.text!r}")
        marks.to_stay += len(one.stays)
        marks.stayed += sum(not any(span.start < end and start < span.end for span in hidden)
                            for start, end in one.stays)
    return marks


def _inside(text: str, span: Span, others: Iterable[Span]) -> bool:
    """Whether every letter and digit of a span lies in the others."""
    covered = {at for other in others for at in range(other.start, other.end)}
    return all(at in covered or not text[at].isalnum() for at in range(span.start, span.end))
