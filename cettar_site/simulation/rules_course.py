"""What becomes of an invented complaint: who sorts it, holds it, asks, answers, claims; what its filer says to that.

Shares are inventions, chosen so that a visitor of the demo meets every ending; none is known of a real agency.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cettar_site.base.period import add_working_days, wib_date
from cettar_site.complaints.rules import CITIZEN, SYSTEM, TRIAGE_DESK, Kind
from cettar_site.jatim import agencies, categories
from cettar_site.simulation.rules_cast import Temper, takers, temper
from cettar_site.simulation.rules_dice import Dice
from cettar_site.simulation.rules_hours import after_office_hours
from cettar_site.simulation.rules_topic import Topic

SURE = 0.55
"""The share of complaints with a fine topic that go straight to their agency."""
AUDITOR = "INSPEKTORAT"
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_APART = timedelta(minutes=4)
_TIMELY = frozenset({Kind.REMINDED, Kind.ESCALATED})
TEMPLATE_SAID = "template"
"""The detail of a reply that is nearly a template: it stops no clock."""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody will do; where it is handed on, taken or forwarded, `agency_code` is the next one."""

    kind: Kind
    at: datetime
    agency_code: str
    actor: str
    detail: str = ""


@dataclass(slots=True)
class Course:
    """The acts so far, who holds the complaint, and the time of the last act."""

    seed: int
    dice: Dice
    at: datetime
    holder: str
    acts: list[Act] = field(default_factory=list)

    def do(self, kind: Kind, at: datetime, actor: str = "", agency: str = "", detail: str = "") -> None:
        """One more act, a little after the last one at the soonest."""
        self.at = max(at, self.at + _APART)
        who = actor or officer(self.seed, self.dice, self.holder)
        self.acts.append(Act(kind, self.at, agency or self.holder, who, detail))

    def office(self, hours: float) -> datetime:
        """The instant after so many office hours from now."""
        return after_office_hours(self.at, hours)


def officer(seed: int, dice: Dice, agency_code: str) -> str:
    """The pseudonym of one of an agency's three officers, written as the desk writes them."""
    name = Dice(seed, "officer", agency_code, dice.below(3))
    return "P-" + "".join(name.one(_ALPHABET) for _ in range(6))


def first_agency(category_code: str) -> str:
    """To whom a fine topic belongs by its own name; empty for a group or an unknown one."""
    category = categories.by_code(category_code)
    return category.agency_code if category and not category.is_group else ""


def course(seed: int, id_: int, topic: Topic, region_code: str, straight: str, filed_at: datetime) -> tuple[Act, ...]:
    """Everything that will be done; `straight` is the agency that it was sent to at once, empty for triage."""
    dice = Dice(seed, "course", id_)
    made = Course(seed, dice, filed_at, straight or TRIAGE_DESK)
    if not straight and not _sorted(made, topic, region_code):
        return tuple(made.acts)
    if topic.onward and dice.happens(topic.onward_share):
        _hand_on(made, dice.one(takers(topic.onward, region_code)))
    again = any(act.kind is Kind.DISPUTED for act in made.acts)
    if _answered(made, temper(made.holder), again=again):
        _afterwards(made, temper(made.holder))
    return tuple(made.acts)


def _sorted(made: Course, topic: Topic, region_code: str) -> bool:
    """The triage desk: on to the agency, outside the province, or turned away. Whether an agency has it now."""
    dice, category = made.dice, categories.by_code(topic.category)
    made.at = made.office(dice.around(2.5, 0.8))
    government = agencies.of_region(region_code)
    if category is not None and category.regency_may_answer and government is not None and dice.happens(0.14):
        made.do(Kind.FORWARDED, made.at, agency=government.code)
        if dice.happens(0.2):
            _say(made, Kind.DISPUTED, 30)
            made.do(Kind.ROUTED, made.office(3), agency=first_agency(topic.category) or "PEMPROV")
            made.holder = made.acts[-1].agency_code
            return True
        return False
    if dice.happens(0.03):
        made.do(Kind.REJECTED, made.at, detail="not_service")
        return False
    if dice.happens(0.03):
        return False
    made.do(Kind.ROUTED, made.at, agency=first_agency(topic.category) or "PEMPROV", detail="desk")
    made.holder = made.acts[-1].agency_code
    return True


def _hand_on(made: Course, to: str) -> None:
    """To a unit or hospital: taken at once, or after a first refusal."""
    if to == made.holder:
        return
    made.do(Kind.OFFERED, made.office(made.dice.around(2.5, 0.7)), agency=to)
    hours = made.dice.between(0.3, 5.0)
    taker = officer(made.seed, made.dice, to)
    if made.dice.happens(0.18):
        made.do(Kind.DECLINED, made.office(hours), taker, to)
        return
    made.do(Kind.ACCEPTED, made.office(hours), taker, to)
    made.holder = to


def _answered(made: Course, manner: Temper, *, again: bool) -> bool:
    """Read, asked back, put off, answered at last; whether it was. What comes back (`again`) is only answered."""
    dice = made.dice
    hours = dice.around(manner.hours, manner.spread)
    if not again and dice.happens(manner.acknowledges):
        made.do(Kind.ACKNOWLEDGED, made.office(hours * dice.between(0.08, 0.5)))
        hours *= 0.6
    if not again and dice.happens(0.05) and hours < 12:
        made.do(Kind.ASKED, made.office(hours * 0.5))
        if not dice.happens(0.75):
            return False
        _say(made, Kind.MESSAGED, 20)
    if dice.happens(manner.silent):
        if dice.happens(0.12):
            _say(made, Kind.MESSAGED, 150)
        if dice.happens(0.06):
            _say(made, Kind.WITHDRAWN, 300)
        return False
    if dice.happens(manner.silent + 0.04):
        made.do(Kind.REPLIED, made.office(hours * 0.7), detail=TEMPLATE_SAID)
        hours *= 0.8
    at = made.at + timedelta(hours=hours * 1.3) if dice.happens(manner.always_open) else made.office(hours)
    if dice.happens(0.3):
        day = wib_date(add_working_days(at, 3 + dice.below(15)))
        made.do(Kind.PLANNED, at, detail=day.isoformat())
    else:
        made.do(Kind.ANSWERED, at)
    return True


def _afterwards(made: Course, manner: Temper) -> None:
    """What follows an answer: rated, added to, claimed, confirmed or disputed; silence most often."""
    dice = made.dice
    if dice.happens(0.2):
        _rate(made, manner)
    if dice.happens(0.5):
        made.do(Kind.CLAIMED, made.office(dice.between(8.0, 90.0)))
        if made.holder != AUDITOR and dice.happens(0.05):
            made.do(Kind.DRAWN, made.at, SYSTEM, AUDITOR)
    elif dice.happens(manner.more):
        made.do(Kind.ANSWERED, made.office(dice.between(5.0, 45.0)))
    claimed = any(act.kind is Kind.CLAIMED for act in made.acts)
    good, bad = (0.36, 0.14) if claimed else (0.1, 0.06)
    if manner.silent > 0.1:
        good, bad = good * 0.7, bad * 1.9
    if dice.happens(good):
        _say(made, Kind.CONFIRMED, 40)
    elif dice.happens(bad):
        _say(made, Kind.DISPUTED, 60)
        made.do(Kind.CLAIMED, made.office(dice.around(manner.hours, manner.spread)))
        if dice.happens(0.55):
            _say(made, Kind.CONFIRMED, 50)
    elif not claimed and dice.happens(0.1):
        _say(made, Kind.MESSAGED, 40)
        if not dice.happens(manner.silent):
            made.do(Kind.ANSWERED, made.office(dice.around(manner.hours, manner.spread)))
    kinds = [act.kind for act in made.acts]
    if Kind.DRAWN in kinds:  # also after a new claim: nobody shakes off an auditor by it
        made.do(Kind.AUDITED, made.office(dice.between(6.0, 30.0)), officer(made.seed, dice, AUDITOR), AUDITOR,
                "pass" if dice.happens(0.85) else "fail")


def _say(made: Course, kind: Kind, hours: float) -> None:
    """The filer, by day or night."""
    made.do(kind, made.at + timedelta(hours=made.dice.around(hours, 0.8)), CITIZEN)


def _rate(made: Course, manner: Temper) -> None:
    stars = 4.2 - manner.silent * 2.5 + made.dice.normal()
    made.do(Kind.RATED, made.at + timedelta(hours=made.dice.around(20, 0.7)), CITIZEN,
            detail=str(min(5, max(1, round(stars)))))


def is_timely(kind: Kind) -> bool:
    """Whether time alone brings such an event about: it is no act of anybody's."""
    return kind in _TIMELY
