"""Whatever anybody tries, in whatever order and at whatever time: no invariant of a complaint's life breaks.

The machine tries every kind of event at any moment, as any agency, with and without words. What the rules refuse
leaves no trace; what they let happen is checked after each step. Other machines have a planted fault each (the filer's
clock is reset by a reply, the desk's by a hand-on) that must be found.
"""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from cettar_site.base.errors import Conflict
from cettar_site.base.period import add_working_days, start_of_day, wib_date, working_days_between
from cettar_site.complaints.rules import (
    DESK_ONLY,
    FILER_ONLY,
    SUBSTANTIAL,
    UNANSWERED,
    Case,
    Event,
    Kind,
    Life,
    ServiceRequest,
    Shown,
    State,
    Writing,
)
from cettar_site.complaints.rules_clock import PAUSE_DAYS, PROMISE_DAYS, due_after
from cettar_site.complaints.rules_life import recalled, replay, step
from cettar_site.complaints.rules_public import public_case, public_writing
from tests.complaints.makers import NOW

pytestmark = pytest.mark.slow
AGENCIES = ("DINKES", "DINSOS", "KOMINFO", "INSPEKTORAT", "RSUD-HAJI", "KAB-3518", "PUSAT", "")
DETAILS = ("", "pass", "fail", "1", "2", "3", "5", "2026-12-01", "personal", "JTM-0000-0000", "PLN", "message")
SECRET = "rahasia-meja"
STEPS = settings(max_examples=120, stateful_step_count=30, deadline=None,
                 suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


class Acts(RuleBasedStateMachine):
    """One complaint, and everybody who may touch it."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []
        self.writings: list[Writing] = []
        self.public: list[Writing] = []
        self.life: Life = None  # type: ignore[assignment]
        self.before: Life | None = None
        self.now = NOW

    @initialize(shown=st.sampled_from(Shown), routed=st.booleans())
    def file(self, shown: Shown, routed: bool) -> None:
        self.shown = shown
        self.events = [Event(1, Kind.SUBMITTED, NOW, "citizen")]
        if routed:
            self.events.append(Event(2, Kind.ROUTED, NOW, "system", "DINKES"))
        self.life = replay(self.events)
        self.write(Kind.SUBMITTED, 1)

    @rule(hours=st.integers(0, 200))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(kind=st.sampled_from(Kind), agency=st.sampled_from(AGENCIES), detail=st.sampled_from(DETAILS))
    def attempt(self, kind: Kind, agency: str, detail: str) -> None:
        self.happen(kind, agency, detail)

    @rule(kind=st.sampled_from([Kind.ANSWERED, Kind.CLAIMED, Kind.ASKED, Kind.OFFERED, Kind.ACCEPTED, Kind.MESSAGED,
                                Kind.DISPUTED, Kind.CONFIRMED, Kind.ROUTED]))
    def likely(self, kind: Kind) -> None:
        """What would fit: the rare combinations are found sooner."""
        offer = self.life.offer.agency_code if self.life.offer else ""
        self.happen(kind, offer or ("DINSOS" if self.life.agency_code == "DINKES" else "DINKES"), "")

    @rule(hours=st.integers(1, 24), back=st.integers(0, 47))
    def hand_on(self, hours: int, back: int) -> None:
        """To the other desk, which takes it after some hours; and a while goes by."""
        to = "DINSOS" if self.life.agency_code == "DINKES" else "DINKES"
        self.happen(Kind.OFFERED, to, "")
        self.now += timedelta(hours=hours)
        self.happen(Kind.ACCEPTED, to, "")
        self.now += timedelta(hours=back)

    def happen(self, kind: Kind, agency: str, detail: str) -> None:
        event = Event(self.life.seq + 1, kind, self.now, "P-234567", agency, detail)
        try:
            after = self.step(self.life, event)
        except (Conflict, ValueError):
            return
        self.before, self.life = self.life, after
        self.events.append(event)
        self.write(kind, event.seq)

    def step(self, life: Life, event: Event) -> Life:
        return step(life, event)

    def write(self, kind: Kind, seq: int) -> None:
        """Words at every event; private ones carry a mark."""
        private = not self.shown.public or kind in DESK_ONLY | FILER_ONLY
        writing = Writing(seq, f"Kata-kata {SECRET if private else ''} 3518085107790002.", SECRET if private else "",
                          -7.5001234, 112.1234567, f"Nama {SECRET}")
        self.writings.append(writing)
        public = public_writing(self.shown, kind, writing)
        if public is not None:
            self.public.append(public)


class Lives(Acts):
    """What must be true after whatever they did."""

    @invariant()
    def one_custodian_at_a_time(self) -> None:
        if not self.events:
            return
        custodies = self.life.custodies
        assert custodies[0].since == NOW
        assert all(one.until == other.since for one, other in pairwise(custodies))
        assert (custodies[-1].until is not None) == self.life.over
        assert len({one.seq for one in custodies}) == len(custodies)

    @invariant()
    def clocks_move_only_by_rule(self) -> None:
        if not self.events:
            return
        life, last = self.life, self.events[-1].kind
        assert (life.filed_at, life.due_at) == (NOW, due_after(NOW))
        if self.before is None:
            return
        if self.before.first_answer_at is not None:
            assert life.first_answer_at == self.before.first_answer_at
        elif life.first_answer_at is not None:
            assert last in SUBSTANTIAL and life.first_answer_at == self.events[-1].at
        if life.state in UNANSWERED:
            assert life.owed_at == life.custody.due_at
        moved = life.custody.seq == self.before.custody.seq and life.custody.due_at != self.before.custody.due_at
        assert not moved or last in (Kind.ASKED, Kind.MESSAGED)
        assert sum(event.kind is Kind.ASKED for event in self.events) <= 1
        assert life.custody.due_at <= due_after(life.custody.since) + timedelta(days=PAUSE_DAYS + 16)

    @invariant()
    def nobody_is_silent_for_more_than_two_days_and_in_time(self) -> None:
        """What a desk held it without the word that is owed, in all its custodies; pauses apart.

        Only on the day on which it comes back, and only if some of the two days was left then, may it be more.
        """
        life = self.life
        if not self.events or life.owed_at is None or life.custody.triage or self.now >= life.owed_at:
            return
        back, held = life.custody.since, self.held()[life.agency_code]
        if held > PROMISE_DAYS + 1e-6:
            assert held - working_days_between(back, self.now) < PROMISE_DAYS
            assert self.now <= start_of_day(wib_date(add_working_days(back, 0)) + timedelta(days=1))

    def held(self) -> dict[str, float]:
        """Working days by agency (triage apart), added up from event to event since a word began to be owed."""
        found: dict[str, float] = {}
        life: Life | None = None
        ends = [event.at for event in self.events[1:]] + [self.now]
        for event, end in zip(self.events, ends, strict=True):
            life = step(life, event)
            if event.kind in SUBSTANTIAL:
                found = {}
            if life.owed_at is None or life.over or life.custody.triage:
                continue
            since = min(max(event.at, life.pause.until), end) if life.pause else event.at
            found[life.agency_code] = found.get(life.agency_code, 0.0) + working_days_between(since, end)
        return found

    @invariant()
    def terminal_is_terminal(self) -> None:
        if self.before is not None and self.before.over:
            assert self.life.state is self.before.state and self.life.ended_at == self.before.ended_at
            assert self.life.owed_at is None and self.life.offer is None
        if self.events:
            assert (self.life.ended_at is not None) == self.life.over

    @invariant()
    def only_the_filer_ends_it_well(self) -> None:
        if self.events and self.life.state is State.CONFIRMED:
            assert any(event.kind is Kind.CONFIRMED for event in self.events)

    @invariant()
    def events_replay_to_the_same_life(self) -> None:
        if self.events:
            assert replay(self.events) == recalled(self.events) == self.life

    @invariant()
    def the_public_never_sees_what_is_private(self) -> None:
        if not self.events:
            return
        request = ServiceRequest(1, "JTM-0000-0000", self.shown, "S08.007", "35.18", "35.18.08", NOW.date(), NOW)
        seen = public_case(Case(request, tuple(self.events), tuple(self.public), self.life))
        said = " ".join(f"{one.text} {one.place} {one.name}" for one in seen.writings)
        assert SECRET not in said and "3518085107790002" not in said
        assert not any(event.kind in DESK_ONLY for event in seen.events)
        assert all(one.lat is None or one.lat == round(one.lat, 3) for one in seen.writings)
        if not self.shown.public:
            assert not seen.writings and (seen.request.region_code, seen.request.category_code) == ("", "")
        if self.life.erased or self.life.hidden:
            assert not seen.writings


class Faulty(Lives):
    """The same, with a planted fault: an answer without substance resets the filer's clock."""

    def step(self, life: Life, event: Event) -> Life:
        after = step(life, event)
        return replace(after, due_at=due_after(event.at)) if event.kind is Kind.REPLIED else after


class Generous(Lives):
    """The same, with another: who takes a complaint has two fresh days, as often as it comes."""

    def step(self, life: Life, event: Event) -> Life:
        after = step(life, event)
        if event.kind is not Kind.ACCEPTED or after.custody.triage:
            return after
        custody = replace(after.custody, due_at=due_after(event.at))
        return replace(after, custodies=(*after.custodies[:-1], custody), owed_at=custody.due_at, used=())

    def events_replay_to_the_same_life(self) -> None:
        """Not asked: the fault must be found by what it does."""


def test_no_sequence_breaks_an_invariant() -> None:
    run_state_machine_as_test(Lives, settings=STEPS)


@pytest.mark.parametrize("machine", [Faulty, Generous])
def test_a_planted_fault_is_found(machine: type[Lives]) -> None:
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=settings(
            STEPS, max_examples=2000, phases=[Phase.generate], derandomize=True, print_blob=False))
