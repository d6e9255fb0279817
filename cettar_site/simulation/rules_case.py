"""One invented complaint: what is filed, and what the agencies will do about it and when.

All of it follows from the seed and the instant of filing, which the row's id holds; so a complaint that was
stored days ago is understood again without any note about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from cettar_site.base.errors import Conflict
from cettar_site.base.period import wib_date
from cettar_site.complaints.rules import CITIZEN, SYSTEM, TRIAGE_DESK, Event, Kind, Life, Shown, State
from cettar_site.complaints.rules_life import replay, step
from cettar_site.complaints.rules_number import NUMBER_BITS, number_from
from cettar_site.jatim import categories, districts
from cettar_site.simulation.rules_cast import homes, takers, temper
from cettar_site.simulation.rules_dice import Dice, hashed
from cettar_site.simulation.rules_hours import after_office_hours
from cettar_site.simulation.rules_topic import Topic
from cettar_site.simulation.rules_topics import lot

__all__ = ["Event", "Kind", "Life", "Shown", "State", "replay"]

SEED = 2019
_LIVE = 1 << 21
_SIGN = _LIVE - 1
_VAGUE = 0.1
_PASSED_ON = 0.85
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_OTHER_TOPICS = ("S38", "")


@dataclass(frozen=True, slots=True)
class Act:
    """What an officer will do; where it is handed on or taken, `agency_code` is the next agency."""

    kind: Kind
    at: datetime
    agency_code: str
    actor: str


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
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of a complaint, as far as it matters here."""

    life: Life
    category_code: str
    region_code: str


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
    acts = _acts(seed, dice, topic, region.code, category, filed_at)
    return Plan(id_, filed_at, is_live(id_), topic, category, shown, region.code, district, day, acts)


def _acts(seed: int, dice: Dice, topic: Topic, region_code: str, category: str,
          filed_at: datetime) -> tuple[Act, ...]:
    """What will be done: passed on or not, read, answered or never, followed up."""
    acts: list[Act] = []
    holder, begin = first_agency(category) or TRIAGE_DESK, filed_at
    onward = ""
    if not first_agency(category):
        onward = first_agency(topic.category) if dice.happens(_PASSED_ON) else ""
        if onward:
            begin = after_office_hours(begin, dice.around(3.0, 0.8))
            acts.append(Act(Kind.ROUTED, begin, onward, _officer(seed, dice, holder)))
        else:
            return ()
    elif topic.onward and dice.happens(topic.onward_share):
        onward = dice.one(takers(topic.onward, region_code))
        begin = after_office_hours(begin, dice.around(3.0, 0.8))
        acts.append(Act(Kind.OFFERED, begin, onward, _officer(seed, dice, holder)))
        begin += timedelta(minutes=20)
        acts.append(Act(Kind.ACCEPTED, begin, onward, _officer(seed, dice, onward)))
    holder = onward or holder
    manner, actor = temper(holder), _officer(seed, dice, holder)
    hours = dice.around(manner.hours * (0.75 if onward else 1.0), manner.spread)
    if dice.happens(manner.acknowledges):
        read = after_office_hours(begin, hours * dice.between(0.08, 0.5))
        acts.append(Act(Kind.ACKNOWLEDGED, read, holder, actor))
    if dice.happens(manner.silent):
        return tuple(acts)
    if dice.happens(manner.always_open):
        answered = begin + timedelta(hours=hours * 1.3)
    else:
        answered = after_office_hours(begin, hours)
    answered = max([answered, *(act.at + timedelta(minutes=4) for act in acts)])
    acts.append(Act(Kind.ANSWERED, answered, holder, actor))
    if dice.happens(manner.more):
        later = after_office_hours(answered, dice.between(5.0, 45.0))
        acts.append(Act(Kind.ANSWERED, later, holder, actor))
    return tuple(acts)


def _officer(seed: int, dice: Dice, agency_code: str) -> str:
    """The pseudonym of one of an agency's three officers, written as the desk writes them."""
    name = Dice(seed, "officer", agency_code, dice.below(3))
    return "P-" + "".join(name.one(_ALPHABET) for _ in range(6))


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


def first_agency(category_code: str) -> str:
    """To whom the demo's site sends a topic at once; empty: to the triage desk."""
    category = categories.by_code(category_code)
    return category.agency_code if category and not category.is_group else ""


def begin(planned: Plan) -> tuple[Event, ...]:
    """The events of a filing: submitted, and routed by its topic where that is known well enough."""
    filed, to = Event(1, Kind.SUBMITTED, planned.filed_at, CITIZEN), first_agency(planned.category_code)
    if not to:
        return (filed,)
    return filed, Event(2, Kind.ROUTED, planned.filed_at, SYSTEM, to, "category")


def next_act(planned: Plan, life: Life) -> Act | None:
    """What will be done next to a complaint that stands so; None when nothing will."""
    at = life.seq - len(begin(planned))
    return planned.acts[at] if 0 <= at < len(planned.acts) else None


def do(planned: Plan, life: Life, act: Act, at: datetime) -> Change | None:
    """The act as an event at an instant; None where a visitor at the desk was first."""
    agency = act.agency_code if act.kind in (Kind.ROUTED, Kind.OFFERED, Kind.ACCEPTED) else life.agency_code
    event = Event(life.seq + 1, act.kind, max(at, life.moved_at), act.actor, agency)
    try:
        return Change(planned, life, step(life, event), event)
    except Conflict:
        return None


def due(planned: Plan, life: Life, now: datetime) -> tuple[Change, ...]:
    """What should have happened to a stored complaint until now and has not."""
    changes: list[Change] = []
    act = next_act(planned, life)
    while act is not None and act.at <= now:
        change = do(planned, life, act, act.at)
        if change is None:
            break
        changes.append(change)
        life = change.after
        act = next_act(planned, life)
    return tuple(changes)
