"""Whether an open complaint nearby may be about the same: the likeness of the words, the place, the time."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cettar_site.complaints.rules import Shown, State

__all__ = ["Shown", "State"]

SPAN = timedelta(days=60)
"""How old a complaint may be that is still offered."""
SHOW = 0.50
"""From this likeness on it is offered: 98 of 100 rewritten twins are above, 1 of 100 strangers."""
SURE = 0.80
"""From this likeness on, at the same place within SURE_SPAN, it is all but certain."""
SURE_SPAN = timedelta(days=14)
NEAR_KM = 1.5
FAR_KM = 8.0
LONGEST_LIST = 3
SAME_DISTRICT, OTHER_DISTRICT = 0.05, -0.10
NEAR, FAR, OLD = 0.08, -0.12, -0.06
SAME_GROUP = 0.02
EXCERPT = 140
OPEN_STATES = frozenset({State.TRIAGE, State.WAITING, State.ANSWERED, State.CLAIMED, State.DISPUTED})
"""While it stands so, others may join it."""


@dataclass(frozen=True, slots=True)
class Here:
    """What a filer has typed so far; empty what is not known."""

    text: str
    region_code: str
    district_code: str = ""
    category_code: str = ""
    position: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open public complaint as everyone sees it; its position is blurred to a hundred metres."""

    number: str
    text: str
    region_code: str
    district_code: str
    category_code: str
    agency_code: str
    state: State
    filed_at: datetime
    supports: int
    position: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """A candidate with how alike it is (0 to 1, place and time counted), and how far away (km; None: not known)."""

    one: Candidate
    likeness: float
    sure: bool
    distance_km: float | None


def weighed(here: Here, one: Candidate, cosine: float, now: datetime) -> Alike:
    """How alike a candidate is to what was typed, given how alike the words are."""
    age = now - one.filed_at
    distance = kilometres(here.position, one.position) if here.position and one.position else None
    score = cosine + OLD * max(0.0, age / SPAN)
    same_place = False
    if distance is not None:
        score += NEAR if distance <= NEAR_KM else FAR if distance > FAR_KM else 0.0
        same_place = distance <= NEAR_KM
    elif here.district_code and one.district_code:
        same_place = here.district_code == one.district_code
        score += SAME_DISTRICT if same_place else OTHER_DISTRICT
    if here.category_code and here.category_code[:3] == one.category_code[:3]:
        score += SAME_GROUP
    sure = cosine >= SURE and same_place and age <= SURE_SPAN
    return Alike(one, round(min(1.0, max(0.0, score)), 2), sure, None if distance is None else round(distance, 1))


def offered(found: Sequence[Alike]) -> tuple[Alike, ...]:
    """The ones to offer, the likest first."""
    return tuple(sorted((one for one in found if one.likeness >= SHOW),
                        key=lambda one: (-one.likeness, one.one.number))[:LONGEST_LIST])


def excerpt(text: str) -> str:
    """The beginning of a story, cut between words."""
    said = " ".join(text.split())
    if len(said) <= EXCERPT:
        return said
    return said[:EXCERPT].rsplit(" ", 1)[0].rstrip(" ,.;:") + " …"


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two positions in degrees, on a flat piece of the earth: exact enough within a province."""
    north = (one[0] - other[0]) * 110.57
    east = (one[1] - other[1]) * 111.32 * math.cos(math.radians((one[0] + other[0]) / 2))
    return math.hypot(north, east)
