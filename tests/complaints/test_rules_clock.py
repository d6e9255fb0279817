"""The clocks: only an answer stops the filer's; time alone reminds and escalates."""

from datetime import UTC, datetime, timedelta

import pytest

from cettar_site.base.period import add_working_days
from cettar_site.complaints.rules import Event, Kind
from cettar_site.complaints.rules_clock import Nudge, Phase, clock_of, due_after, nudge
from cettar_site.complaints.rules_life import replay, step
from tests.complaints.makers import NOW

HOUR = timedelta(hours=1)
FILED = (Event(1, Kind.SUBMITTED, NOW, "citizen"), Event(2, Kind.ROUTED, NOW, "system", "DINKES"))


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


@pytest.mark.parametrize(("after", "level"), [
    (HOUR, None), (HOUR * 35, None), (HOUR * 36, 0), (HOUR * 47, 0), (HOUR * 48, 1), (HOUR * 60, 1)])
def test_time_reminds_half_a_day_before_and_tells_the_supervisor_after(after: timedelta, level: int | None) -> None:
    found = nudge(replay(FILED), NOW + after)
    assert found == (None if level is None else Nudge(level))


def test_each_level_is_told_once_and_in_order() -> None:
    life, told = replay(FILED), []
    at = add_working_days(NOW, 20)
    while (found := nudge(life, at)) is not None:
        told.append(found.level)
        life = step(life, Event(life.seq + 1, Kind.ESCALATED, at, "system", "DINKES", str(found.level)))
    assert told == [1, 2, 3]


def test_nothing_is_asked_of_a_desk_that_waits_for_the_filer_or_owes_nothing() -> None:
    asked = replay((*FILED, Event(3, Kind.ASKED, NOW + HOUR, "P-2", "DINKES")))
    assert nudge(asked, NOW + HOUR * 40) is None
    answered = replay((*FILED, Event(3, Kind.ANSWERED, NOW + HOUR, "P-2", "DINKES")))
    assert nudge(answered, NOW + timedelta(days=90)) is None
