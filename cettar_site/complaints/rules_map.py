"""The regions on a map: how dark each is, and what the legend says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cettar_site.complaints.rules_brief import Unanswered
from cettar_site.jatim import regions

SHADES = 4
"""Above none: so many shades, each for about as many regions."""


@dataclass(frozen=True, slots=True)
class Shade:
    """The numbers that a shade stands for, both ends included."""

    first: int
    last: int


def everywhere(counted: Iterable[Unanswered]) -> tuple[Unanswered, ...]:
    """Every region in the order of its code, those where nobody waits too."""
    known = {one.region_code: one for one in counted}
    return tuple(known.get(region.code, Unanswered(region.code, 0, 0)) for region in regions.ALL)


def shades(counted: Sequence[Unanswered]) -> tuple[Shade, ...]:
    """The shades from light to dark for numbers above zero; equal numbers never differ in shade."""
    values = sorted(one.late for one in counted if one.late)
    if not values:
        return ()
    ends = sorted({values[max(0, len(values) * at // SHADES - 1)] for at in range(1, SHADES + 1)})
    starts = [values[0], *(end + 1 for end in ends[:-1])]
    return tuple(Shade(first, last) for first, last in zip(starts, ends, strict=True))


def shade_of(value: int, among: Sequence[Shade]) -> int:
    """Which shade a number has: 0 for none, else 1 to SHADES, the last one always the darkest."""
    if not value:
        return 0
    at = next(at for at, shade in enumerate(among) if value <= shade.last)
    return SHADES - len(among) + at + 1
