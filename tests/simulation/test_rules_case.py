"""One complaint: everything follows from the instant of filing, and can really happen."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from cettar_site.base.period import in_wib, is_working_day, wib_date
from cettar_site.complaints.rules import Life
from cettar_site.complaints.rules_answer import Substance, substance
from cettar_site.complaints.rules_life import replay
from cettar_site.jatim import regions
from cettar_site.simulation.rules_case import (
    SEED,
    Event,
    Kind,
    Plan,
    Stored,
    begin,
    do,
    done_of,
    due,
    is_live,
    is_ours,
    next_act,
    plan,
    plan_of,
    public_number,
    row_id,
)
from cettar_site.simulation.rules_cast import takers, temper
from cettar_site.simulation.rules_hours import after_office_hours, filed_on, is_open
from cettar_site.simulation.rules_text_life import said
from tests.simulation.makers import NOW

FAR = NOW + timedelta(days=900)


def some(days: int = 40) -> list[Plan]:
    """The complaints of so many days."""
    return [plan(SEED, row_id(SEED, moment, False)) for back in range(1, days)
            for moment in filed_on(SEED, wib_date(NOW) - timedelta(days=back))]


def life_of(planned: Plan, until: datetime) -> Life:
    life = replay(begin(planned))
    changes = due(planned, life, 0, until)
    return changes[-1].after if changes else life


def test_the_id_holds_when_it_was_filed_and_by_whom() -> None:
    moment = datetime(2026, 11, 20, 3, 4, 5, 678_000, tzinfo=UTC)
    common, live = row_id(SEED, moment, False), row_id(SEED, moment, True)
    assert plan(SEED, common).filed_at == plan(SEED, live).filed_at == moment
    assert (is_live(common), is_live(live)) == (False, True)
    assert is_ours(SEED, common) and is_ours(SEED, live)
    assert not is_ours(SEED + 1, common)
    assert sum(is_ours(SEED, common + k) for k in range(1, 200_000)) < 3
    assert common < 1 << 63


def test_a_complaint_is_the_same_however_often_it_is_thought_of() -> None:
    planned = some(5)[7]
    plan.cache_clear()
    assert plan(SEED, planned.id) == planned
    assert public_number(SEED, planned.id, 0) == public_number(SEED, planned.id, 0)
    assert public_number(SEED, planned.id, 0) != public_number(SEED, planned.id, 1)


def test_a_complaint_of_somebody_else_has_no_plan() -> None:
    planned = some(3)[0]
    mine = Stored(begin(planned), planned.category_code, planned.region_code)
    assert plan_of(SEED, planned.id, mine) == planned
    assert plan_of(SEED, planned.id + 1, mine) is None  # a visitor's
    assert plan_of(SEED, planned.id, replace(mine, category_code="S99")) is None  # an earlier version's
    assert plan_of(SEED, planned.id, replace(mine, region_code="35.00")) is None


def test_all_that_is_planned_can_happen_in_its_order() -> None:
    for planned in some():
        life = life_of(planned, FAR)
        assert life.seq == len(begin(planned)) + len(planned.acts)
        assert all(a.at < b.at for a, b in pairwise(planned.acts))
        assert not planned.acts or planned.acts[0].at > planned.filed_at


def test_what_was_done_in_steps_is_what_was_done_at_once() -> None:
    for planned in some(10):
        life, done = replay(begin(planned)), 0
        for hours in range(0, 24 * 60, 5):
            for change in due(planned, life, done, planned.filed_at + timedelta(hours=hours)):
                life, done = change.after, done + 1
        assert life == life_of(planned, planned.filed_at + timedelta(hours=24 * 60 - 5))


def test_every_turn_of_a_life_is_met_in_ninety_days() -> None:
    kinds = Counter(act.kind for planned in some(90) for act in planned.acts)
    told = {Kind.ROUTED, Kind.ACKNOWLEDGED, Kind.REPLIED, Kind.ANSWERED, Kind.PLANNED, Kind.ASKED, Kind.CLAIMED,
            Kind.OFFERED, Kind.ACCEPTED, Kind.DECLINED, Kind.REJECTED, Kind.FORWARDED, Kind.MESSAGED, Kind.CONFIRMED,
            Kind.DISPUTED, Kind.RATED, Kind.WITHDRAWN, Kind.DRAWN, Kind.AUDITED}
    assert kinds.keys() == told, told - kinds.keys()
    assert kinds[Kind.CONFIRMED] < kinds[Kind.CLAIMED] and kinds[Kind.DISPUTED] < kinds[Kind.CONFIRMED]


def test_what_time_alone_brings_about_does_not_move_the_plan() -> None:
    planned = next(one for one in some() if len(one.acts) > 2)
    events = list(begin(planned))
    events.append(Event(len(events) + 1, Kind.REMINDED, planned.filed_at, "system", planned.straight))
    life = replay(events)
    assert done_of(planned, events) == 0
    changes = due(planned, life, 0, FAR)
    assert [change.event.kind for change in changes] == [act.kind for act in planned.acts]


def test_words_are_said_at_every_turn_that_has_words() -> None:
    silent = {Kind.ROUTED, Kind.ACKNOWLEDGED, Kind.ACCEPTED, Kind.CONFIRMED, Kind.RATED, Kind.DRAWN}
    for planned in some(12):
        for change in due(planned, replay(begin(planned)), 0, FAR):
            text = said(SEED, planned, change.event, first=change.before.answers == 0)
            assert (text == "") if change.event.kind in silent else "{" not in text
            if change.event.kind in (Kind.ANSWERED, Kind.PLANNED, Kind.CLAIMED):
                assert substance(text, ()) is Substance.SUBSTANTIAL, text
            if change.event.kind is Kind.REPLIED:
                assert substance(text, ()) is Substance.STOCK


def test_officers_answer_mostly_in_office_hours() -> None:
    answers = [act.at for planned in some() for act in planned.acts if act.kind is Kind.ANSWERED]
    assert sum(map(is_open, answers)) / len(answers) > 0.85
    assert any(not is_open(at) for at in answers)


def test_somebody_at_the_desk_goes_before() -> None:
    planned = next(one for one in some() if one.straight and [act.kind for act in one.acts] == [
        Kind.ACKNOWLEDGED, Kind.ANSWERED])
    life = replay(begin(planned))
    answered = do(planned, life, planned.acts[1], planned.acts[0].at)
    assert answered is not None
    assert next_act(planned, 1) == planned.acts[1]
    again = due(planned, answered.after, 1, FAR)
    assert [change.event.kind for change in again] == [Kind.ANSWERED]
    assert do(planned, answered.after, planned.acts[0], FAR) is None


def test_people_live_where_people_live() -> None:
    where = Counter(planned.region_code for planned in some(90))
    assert len(where) >= 36
    crowded = {region.code for region in sorted(regions.ALL, key=lambda region: -region.population)[:5]}
    assert {code for code, _ in where.most_common(3)} <= crowded


def test_days_have_a_rhythm() -> None:
    hours = Counter(in_wib(planned.filed_at).hour for planned in some(90))
    assert hours[9] > 5 * hours[3]
    assert all(filed_on(SEED, date(2026, 11, 2)) == filed_on(SEED, date(2026, 11, 2)) for _ in range(2))
    assert filed_on(SEED, date(2026, 11, 2)) != filed_on(SEED + 1, date(2026, 11, 2))


def test_office_hours_stand_still_when_offices_are_closed() -> None:
    friday = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)  # 15.00 WIB, an hour before they close
    assert in_wib(after_office_hours(friday, 2)).isoformat() == "2026-11-23T08:30:00+07:00"
    assert after_office_hours(friday, 0.5) == friday + timedelta(minutes=30)
    assert not is_working_day(date(2026, 8, 17))
    night = datetime(2026, 8, 14, 15, 0, tzinfo=UTC)
    assert in_wib(after_office_hours(night, 1)).isoformat() == "2026-08-18T08:30:00+07:00"


def test_a_hospital_is_near() -> None:
    assert takers("RSUD", "35.28") == ("RSUD-MOHNOER",)
    assert "RSUD-SOETOMO" in takers("RSUD", "35.78")
    assert takers("SAMSAT", "35.01") == ("SAMSAT",)
    assert temper("DISHUB").hours < temper("DINDIK").hours < temper("DPUBM").hours
