"""One invented complaint: what is filed, and how its course is brought into stored events.

All of it follows from the seed and the instant of filing, which the row's id holds; so a complaint that was
stored days ago is understood again without any note about it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from cettar_site.base.errors import Conflict
from cettar_site.base.period import wib_date
from cettar_site.complaints.rules import CITIZEN, SYSTEM, Event, Kind, Life, Shown, State
from cettar_site.complaints.rules_life import replay, step
from cettar_site.complaints.rules_number import NUMBER_BITS, number_from
from cettar_site.jatim import districts
from cettar_site.simulation.rules_cast import homes
from cettar_site.simulation.rules_course import SURE, Act, course, first_agency, is_timely
from cettar_site.simulation.rules_dice import Dice, hashed
from cettar_site.simulation.rules_topic import Topic
from cettar_site.simulation.rules_topics import lot

__all__ = ["Act", "Event", "Kind", "Life", "Shown", "State", "replay"]

SEED = 2019
_LIVE = 1 << 21
_SIGN = _LIVE - 1
_VAGUE = 0.1
_OTHER_TOPICS = ("S38", "")
_ELSEWHERE = frozenset({Kind.ROUTED, Kind.OFFERED, Kind.ACCEPTED, Kind.DECLINED, Kind.FORWARDED, Kind.DRAWN,
                        Kind.AUDITED})
"""Acts that name another agency than the one that holds the complaint."""


@dataclass(frozen=True, slots=True)
class Plan:
    """An invented complaint. `topic` is what it is about, also where the citizen named no topic."""

    id: int
    filed_at: datetime
    live: bool
    topic: Topic
    category_code: str
    shown: Shown
    region_code: str
    district_code: str
    happened_on: date | None
    straight: str
    """The agency that it is sent to at once; empty: to the triage desk."""
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of a complaint, as far as it matters here."""

    events: tuple[Event, ...]
    category_code: str
    region_code: str

    @property
    def life(self) -> Life:
        """What its events add up to."""
        return replay(self.events)


@dataclass(frozen=True, slots=True)
class Standing:
    """A stored complaint of the simulation: as it was planned, as it stands, how much of the plan was done."""

    plan: Plan
    life: Life
    done: int


@dataclass(frozen=True, slots=True)
class Change:
    """One event to add to a stored complaint."""

    plan: Plan
    before: Life
    after: Life
    event: Event


def row_id(seed: int, filed_at: datetime, live: bool) -> int:
    """The row's id, shaped as every complaint's: milliseconds, then 22 bits, here a signature."""
    milliseconds = (filed_at - datetime.fromtimestamp(0, UTC)) // timedelta(milliseconds=1)
    return milliseconds << 22 | (_LIVE if live else 0) | hashed(seed, "sign", milliseconds) & _SIGN


def is_ours(seed: int, id_: int) -> bool:
    """Whether the simulation filed this complaint (a visitor's is taken for ours once in two millions)."""
    return id_ & _SIGN == hashed(seed, "sign", id_ >> 22) & _SIGN


def is_live(id_: int) -> bool:
    """Whether it was filed while the demo ran, beside the common stream."""
    return bool(id_ & _LIVE)


def public_number(seed: int, id_: int, attempt: int) -> str:
    """Its public number; a further attempt gives another, where the first is taken."""
    return number_from(Dice(seed, "number", id_, attempt).bits(NUMBER_BITS))


@lru_cache(maxsize=16_384)
def plan(seed: int, id_: int) -> Plan:
    """The complaint with an id."""
    filed_at = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=id_ >> 22)
    dice = Dice(seed, "complaint", id_)
    topic = lot(wib_date(filed_at).month, is_live(id_)).draw(dice)
    region = homes(topic.where).draw(dice)
    known = districts.of(region.code)
    district = dice.one(known).code if known and dice.happens(0.8) else ""
    vague = not is_live(id_) and dice.happens(_VAGUE)
    category = dice.one(_OTHER_TOPICS) if vague else topic.category
    shown = Shown.CONFIDENTIAL if dice.happens(topic.private) else Shown.ANONYMOUS
    day = wib_date(filed_at) - timedelta(days=dice.below(9)) if dice.happens(0.55) else None
    sure = shown is not Shown.CONFIDENTIAL and Dice(seed, "sure", id_).happens(SURE)
    straight = first_agency(category) if sure else ""
    acts = course(seed, id_, topic, region.code, straight, filed_at)
    return Plan(id_, filed_at, is_live(id_), topic, category, shown, region.code, district, day, straight, acts)


def plan_of(seed: int, id_: int, stored: Stored) -> Plan | None:
    """The plan of a stored complaint; None for a visitor's, and for one that an earlier version invented.

    When these tables of words and weights change, the same instant gives another complaint: what was filed before
    is then left as it stands.
    """
    if not is_ours(seed, id_):
        return None
    planned = plan(seed, id_)
    same = (planned.category_code, planned.region_code) == (stored.category_code, stored.region_code)
    return planned if same else None


def begin(planned: Plan) -> tuple[Event, ...]:
    """The events of a filing: submitted, and routed at once where the site was sure."""
    filed = Event(1, Kind.SUBMITTED, planned.filed_at, CITIZEN)
    if not planned.straight:
        return (filed,)
    return filed, Event(2, Kind.ROUTED, planned.filed_at, SYSTEM, planned.straight, "model:0.82")


def next_act(planned: Plan, done: int) -> Act | None:
    """What will be done next to a complaint to which so much was done; None when nothing will."""
    return planned.acts[done] if done < len(planned.acts) else None


def done_of(planned: Plan, events: Iterable[Event]) -> int:
    """How much was done to a stored complaint; what time alone brought about is no act."""
    return sum(not is_timely(event.kind) for event in events) - len(begin(planned))


def do(planned: Plan, life: Life, act: Act, at: datetime) -> Change | None:
    """The act as an event at an instant; None where a visitor at the desk was first."""
    other = act.kind in _ELSEWHERE
    event = Event(life.seq + 1, act.kind, max(at, life.moved_at), act.actor,
                  act.agency_code if other else life.agency_code, act.detail)
    try:
        return Change(planned, life, step(life, event), event)
    except Conflict:
        return None


def due(planned: Plan, life: Life, done: int, now: datetime) -> tuple[Change, ...]:
    """What should have happened to a stored complaint until now and has not."""
    changes: list[Change] = []
    act = next_act(planned, done)
    while act is not None and act.at <= now:
        change = do(planned, life, act, act.at)
        if change is None:
            break
        changes.append(change)
        life, done = change.after, done + 1
        act = next_act(planned, done)
    return tuple(changes)
