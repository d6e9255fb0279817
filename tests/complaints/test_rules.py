"""Events only add up in ways that can happen; the clock is stopped by an answer and by nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.base.errors import Conflict
from cettar_site.complaints.rules import (
    Event,
    Kind,
    Life,
    Phase,
    State,
    clock_of,
    due_after,
    replay,
    step,
)
from tests.complaints.makers import NOW

HOUR = timedelta(hours=1)
FILED = (Event(1, Kind.SUBMITTED, NOW, "citizen"), Event(2, Kind.ROUTED, NOW, "system", "DINKES", "KAB"))


def events(*kinds: Kind) -> tuple[Event, ...]:
    """A filed complaint and what came after, an hour apart."""
    later = tuple(Event(3 + at, kind, NOW + HOUR * (at + 1), "P-234567", "DINKES") for at,
                  kind in enumerate(kinds))
    return FILED + later


def test_a_filed_complaint_waits_at_its_agency_until_two_working_days_later() -> None:
    life = replay(FILED)
    assert life == Life(State.WAITING, 2, NOW, datetime(2026, 11, 25, 3, 0, tzinfo=UTC), "DINKES")
    assert life.open


def test_an_acknowledgement_is_seen_and_stops_nothing() -> None:
    life = replay(events(Kind.ACKNOWLEDGED))
    assert (life.state, life.open, life.first_answer_at) == (State.ACKNOWLEDGED, True, None)
    assert clock_of(life.filed_at, life.due_at, life.first_answer_at, NOW + HOUR * 2).phase is Phase.RUNNING


def test_the_first_answer_counts_and_more_may_follow() -> None:
    life = replay(events(Kind.ACKNOWLEDGED, Kind.ANSWERED, Kind.ANSWERED))
    assert (life.state, life.answers, life.first_answer_at) == (State.ANSWERED, 2, NOW + HOUR * 2)
    assert not life.open


@pytest.mark.parametrize("impossible", [
    (),
    (FILED[1],),
    (FILED[0], FILED[0]),
    (*FILED, Event(4, Kind.ANSWERED, NOW, "x", "DINKES")),
    (*FILED, Event(2, Kind.ANSWERED, NOW, "x", "DINKES")),
    (FILED[0], Event(2, Kind.ANSWERED, NOW, "x", "DINKES")),
    events(Kind.ACKNOWLEDGED, Kind.ACKNOWLEDGED),
    events(Kind.ANSWERED, Kind.ACKNOWLEDGED),
    events(Kind.ANSWERED, Kind.ROUTED),
    events(Kind.SUBMITTED),
    (Event(2, Kind.SUBMITTED, NOW, "citizen"),),
])
def test_what_cannot_happen_is_refused(impossible: tuple[Event, ...]) -> None:
    with pytest.raises(Conflict):
        replay(impossible)


@given(st.lists(st.sampled_from(Kind), max_size=8))
def test_whatever_is_tried_the_invariants_hold(kinds: list[Kind]) -> None:
    life, done = replay(FILED), list(FILED)
    for kind in kinds:
        event = Event(life.seq + 1, kind, NOW + HOUR * life.seq, "P-234567", "DINSOS")
        try:
            after = step(life, event)
        except Conflict:
            continue
        done.append(event)
        assert (after.filed_at, after.due_at) == (life.filed_at,
                                                  life.due_at), "the citizen's clock never resets"
        assert after.first_answer_at is None or life.first_answer_at in (None, after.first_answer_at)
        life = after
        assert life == replay(done)
    answered = [event for event in done if event.kind is Kind.ANSWERED]
    assert life.open == (not answered) and life.answers == len(answered)
    assert life.seq == len(done)


@pytest.mark.parametrize(("answer_after", "now_after", "phase", "working"), [
    (None, HOUR * 24, Phase.RUNNING, 1.0),
    (None, HOUR * 48, Phase.RUNNING, 0.0),
    (None, HOUR * 72, Phase.LATE, 1.0),
    (HOUR * 12, HOUR * 99, Phase.KEPT, 0.5),
    (HOUR * 48, HOUR * 99, Phase.KEPT, 2.0),
    (HOUR * 60, HOUR * 99, Phase.BROKEN, 0.5),
])
def test_the_clock(answer_after: timedelta | None, now_after: timedelta, phase: Phase,
                   working: float) -> None:
    answer = None if answer_after is None else NOW + answer_after
    clock = clock_of(NOW, due_after(NOW), answer, NOW + now_after)
    assert (clock.phase, clock.working_days) == (phase, working)


def test_days_off_do_not_count_but_calendar_days_stand_beside() -> None:
    friday = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
    clock = clock_of(friday, due_after(friday), None, friday + timedelta(days=5))
    assert (clock.phase, clock.working_days, clock.calendar_days) == (Phase.LATE, 1.0, 1.0)
    kept = clock_of(friday, due_after(friday), friday + timedelta(days=4), friday + timedelta(days=9))
    assert (kept.phase, kept.working_days, kept.calendar_days) == (Phase.KEPT, 2.0, 4.0)
