"""Handing a complaint to and fro gains nobody time: what a desk used of its two days stays used."""

from datetime import timedelta

import pytest

from cettar_site.base.period import add_working_days, start_of_day, wib_date
from cettar_site.complaints.rules import Kind, State
from cettar_site.complaints.rules_clock import due_after, nudge
from tests.complaints.makers import NOW
from tests.complaints.test_rules_life import Act, life

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def to(agency: str, hours: float) -> tuple[Act, Act]:
    """Handed on and taken so many hours after the filing."""
    return (Kind.OFFERED, HOUR * hours, agency), (Kind.ACCEPTED, HOUR * hours, agency)


def test_who_gets_a_complaint_back_goes_on_with_the_time_it_used() -> None:
    back = life(*to("DINSOS", 4), *to("DINKES", 8))
    assert back.owed_at == add_working_days(NOW + HOUR * 4, 2), "four hours used, four hours with the other"
    assert back.custody.due_at == back.owed_at


def test_the_other_desk_has_time_of_its_own() -> None:
    assert life(*to("DINSOS", 40)).owed_at == due_after(NOW + HOUR * 40)


def test_who_has_a_little_left_has_the_rest_of_the_working_day() -> None:
    back = life(*to("DINSOS", 47), *to("DINKES", 49))
    taken = NOW + HOUR * 49
    assert back.owed_at == start_of_day(wib_date(taken) + DAY) > taken + HOUR


def test_the_rest_of_a_day_is_used_as_well_and_given_once() -> None:
    back = life(*to("DINSOS", 47), *to("DINKES", 49), *to("DINSOS", 53), *to("DINKES", 54))
    assert back.owed_at == NOW + HOUR * 54, "late at once"
    assert all(one.until is not None and one.until < one.due_at for one in back.custodies[:3])


def test_a_pause_and_a_dispute_are_counted_apart() -> None:
    asked = life((Kind.ASKED, HOUR * 2), (Kind.MESSAGED, HOUR * 22), *to("DINSOS", 24), *to("DINKES", 25))
    assert asked.owed_at == add_working_days(NOW + HOUR * 21, 2), "four hours of its own: before and after the question"
    pending = life((Kind.ASKED, HOUR * 2), *to("DINSOS", 24), *to("DINKES", 25))
    assert pending.owed_at == add_working_days(NOW + HOUR * 23, 2), "two hours: the question was not replied to yet"
    assert pending.custodies[0].due_at == add_working_days(NOW + HOUR * 22, 2)
    anew = life(*to("DINSOS", 40), (Kind.ANSWERED, HOUR * 41), (Kind.DISPUTED, HOUR * 42), *to("DINKES", 44))
    assert (anew.state, anew.owed_at) == (State.DISPUTED, due_after(NOW + HOUR * 44)), "the next word has two days"
    again = life(*to("DINSOS", 40), (Kind.ANSWERED, HOUR * 41), (Kind.DISPUTED, HOUR * 42), *to("DINKES", 44),
                 *to("DINSOS", 46))
    assert again.owed_at == add_working_days(NOW + HOUR * 44, 2)


def test_the_sorting_desk_goes_on_with_its_day_and_routes_nobody_a_new_one() -> None:
    found = life((Kind.ROUTED, HOUR * 6, "DINKES"), *to("KOMINFO", 10), triage=True)
    assert (found.state, found.owed_at) == (State.TRIAGE, add_working_days(NOW + HOUR * 4, 1))
    back = life((Kind.ROUTED, HOUR * 6, "DINKES"), *to("KOMINFO", 10), (Kind.ROUTED, HOUR * 12, "DINKES"), triage=True)
    assert back.owed_at == add_working_days(NOW + HOUR * 8, 2)


def test_a_hand_on_does_not_take_back_what_was_told_once_the_filers_time_is_over() -> None:
    told = (Kind.ESCALATED, HOUR * 49, "DINKES", "1")
    late = life(told, *to("DINSOS", 50))
    assert (late.escalated, late.reminded) == (1, False)
    assert late.owed_at is not None
    soon = nudge(late, late.owed_at - HOUR)
    assert soon is not None and soon.level == 0, "the new desk is reminded all the same"
    early = life((Kind.ESCALATED, HOUR * 25, "KOMINFO", "1"), (Kind.ROUTED, HOUR * 26, "DINKES"), triage=True)
    assert early.escalated == 0


@pytest.mark.parametrize("rounds", [3, 9])
def test_two_desks_that_hand_it_to_and_fro_are_late_in_the_end(rounds: int) -> None:
    acts = [act for at in range(rounds) for act in to("DINSOS" if at % 2 == 0 else "DINKES", 20 * (at + 1))]
    found = life(*acts)
    late = [one for one in found.custodies if one.until and one.until > one.due_at]
    assert bool(late) == (rounds == 9)
