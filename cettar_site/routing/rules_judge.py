"""How good the sorting is: shares right at first and among three, how much went alone, and how sure is sure enough."""

from collections.abc import Sequence
from dataclasses import dataclass

from cettar_site.complaints.rules import CENTRE, TRIAGE_DESK
from cettar_site.jatim import agencies
from cettar_site.routing.rules import ENOUGH, LOCAL, is_provincial

FEWEST = 50
"""With fewer decisions above a threshold nothing is known about it."""
MARGIN = 0.01
"""What is asked for beyond enough: a threshold is chosen on what was, and used on what comes."""
LOWEST = 0.35
"""Below this nothing goes alone, whatever was measured: the words then say too little."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said of one complaint before anybody decided, and what was decided. Labels with their shares."""

    near: tuple[tuple[str, float], ...]
    truth: str
    alone: bool = False

    @property
    def first(self) -> str:
        """The likeliest label; empty where nothing was said."""
        return self.near[0][0] if self.near else ""

    @property
    def sure(self) -> float:
        """How sure that was."""
        return self.near[0][1] if self.near else 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Out of `n` decided complaints: right at first, right among three, sent alone, right among those."""

    n: int = 0
    first: int = 0
    among: int = 0
    alone: int = 0
    alone_right: int = 0

    def share(self, part: int) -> float:
        """A part of all, 0 to 1."""
        return part / self.n if self.n else 0.0

    @property
    def precision(self) -> float:
        """Of what was sent alone, the share that was right; 1 where nothing was."""
        return self.alone_right / self.alone if self.alone else 1.0


def figures(judged: Sequence[Judged], threshold: float | None = None) -> Figures:
    """The figures of complaints; with a threshold, of what would have been sent alone at it."""
    sent = [one for one in judged if (one.alone if threshold is None else would_go(one, threshold))]
    return Figures(
        len(judged), sum(one.first == one.truth for one in judged),
        sum(any(label == one.truth for label, _ in one.near[:3]) for one in judged),
        len(sent), sum(one.first == one.truth for one in sent))


def would_go(one: Judged, threshold: float) -> bool:
    """Whether it would have been sent alone at a threshold. Labels of another city's file are agencies too."""
    foreign = one.first not in (LOCAL, CENTRE) and agencies.by_code(one.first) is None
    return one.sure >= threshold and one.first != TRIAGE_DESK and (is_provincial(one.first) or foreign)


def threshold(judged: Sequence[Judged], enough: float = ENOUGH + MARGIN) -> float | None:
    """The lowest confidence from which on at least that share was right; None where none is sure enough."""
    ranked = sorted((one for one in judged if would_go(one, LOWEST)), key=lambda one: -one.sure)
    right, best = 0, None
    for n, one in enumerate(ranked, 1):
        right += one.first == one.truth
        last_of_its_kind = n == len(ranked) or ranked[n].sure < one.sure
        if n >= FEWEST and last_of_its_kind and right / n >= enough:
            best = one.sure
    return best
