"""Ways to game a complaint's life that must not work, and a calendar that changes after the fact."""

from datetime import timedelta

import pytest

from cettar_site.base.errors import Conflict
from cettar_site.complaints import rules_clock, rules_step
from cettar_site.complaints.rules import Event, Kind, Life, State
from cettar_site.complaints.rules_clock import due_after, nudge
from cettar_site.complaints.rules_life import recalled, replay, step
from tests.complaints.makers import NOW
from tests.complaints.test_rules_life import Act, life

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DRAWN = (Kind.DRAWN, HOUR * 3, "INSPEKTORAT", "")


def drawn(*acts: Act) -> Life:
    """Claimed, drawn for an audit by the inspectorate, and what happened then."""
    return life((Kind.CLAIMED, HOUR * 2), DRAWN, *acts)


def test_claiming_once_more_does_not_shake_off_an_auditor() -> None:
    again = drawn((Kind.ANSWERED, HOUR * 4), (Kind.CLAIMED, HOUR * 5))
    assert (again.audit_by, again.audited) == ("INSPEKTORAT", "")
    disputed = drawn((Kind.DISPUTED, HOUR * 4), (Kind.CLAIMED, HOUR * 5))
    assert disputed.audit_by == "INSPEKTORAT"


def test_a_new_claim_after_an_audit_may_be_drawn_again() -> None:
    again = drawn((Kind.AUDITED, HOUR * 4, "INSPEKTORAT", "fail"), (Kind.CLAIMED, HOUR * 5))
    assert (again.audit_by, again.audited) == ("", "")


def test_whoever_takes_a_complaint_over_does_not_audit_it() -> None:
    taken = drawn((Kind.DISPUTED, HOUR * 4), (Kind.OFFERED, HOUR * 5, "INSPEKTORAT", ""),
                  (Kind.ACCEPTED, HOUR * 6, "INSPEKTORAT", ""), (Kind.CLAIMED, HOUR * 7, "INSPEKTORAT", ""))
    assert (taken.agency_code, taken.audit_by) == ("INSPEKTORAT", "")


def test_a_dispute_gives_a_desk_that_owes_already_no_more_time() -> None:
    owing = life((Kind.ANSWERED, HOUR), (Kind.MESSAGED, HOUR * 2), (Kind.ESCALATED, DAY * 4, "DINKES", "1"))
    assert owing.owed_at == due_after(NOW + HOUR * 2)
    disputed = life((Kind.ANSWERED, HOUR), (Kind.MESSAGED, HOUR * 2), (Kind.ESCALATED, DAY * 4, "DINKES", "1"),
                    (Kind.DISPUTED, DAY * 5))
    assert (disputed.state, disputed.owed_at, disputed.escalated) == (State.DISPUTED, owing.owed_at, 1)


THANKED = (Kind.ANSWERED, HOUR), (Kind.MESSAGED, HOUR * 2)
ENOUGH = (Kind.REPLIED, HOUR * 3, "DINKES", "message")


def test_a_message_is_owed_a_word_and_no_answer() -> None:
    assert life(*THANKED, ENOUGH).owed_at is None
    assert life(*THANKED, (Kind.REPLIED, HOUR * 3)).owed_at == due_after(NOW + HOUR * 2), "stock phrases alone are none"
    assert life(*THANKED, ENOUGH, (Kind.MESSAGED, DAY)).owed_at == due_after(NOW + DAY)


def test_neither_the_first_answer_nor_a_dispute_is_settled_so() -> None:
    first = life(ENOUGH)
    assert (first.state, first.owed_at) == (State.WAITING, due_after(NOW))
    disputed = life(*THANKED, (Kind.DISPUTED, HOUR * 2), ENOUGH)
    assert (disputed.state, disputed.owed_at) == (State.DISPUTED, due_after(NOW + HOUR * 2))


def test_a_message_is_told_to_the_supervisor_and_no_higher() -> None:
    late = life(*THANKED, (Kind.ESCALATED, DAY * 3, "DINKES", "1"))
    assert nudge(late, NOW + DAY * 30) is None
    with pytest.raises(Conflict):
        step(late, Event(late.seq + 1, Kind.ESCALATED, NOW + DAY * 30, "system", "DINKES", "2"))
    disputed = life(*THANKED, (Kind.ESCALATED, DAY * 3, "DINKES", "1"), (Kind.DISPUTED, DAY * 4))
    told = nudge(disputed, NOW + DAY * 30)
    assert told is not None and told.level == 2


def offered() -> tuple[Event, ...]:
    return (Event(1, Kind.SUBMITTED, NOW, "citizen"), Event(2, Kind.ROUTED, NOW, "system", "DINKES"),
            Event(3, Kind.OFFERED, NOW + HOUR, "P-234567", "DINSOS"))


def test_a_calendar_that_changes_later_does_not_make_what_happened_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = (*offered(), Event(4, Kind.ACCEPTED, NOW + HOUR * 5, "P-345678", "DINSOS"))
    again = (*offered(), Event(4, Kind.OFFERED, NOW + DAY + HOUR * 2, "P-234567", "BPBD"))
    said = (Event(1, Kind.SUBMITTED, NOW, "citizen"), Event(2, Kind.ROUTED, NOW, "system", "DINKES"),
            Event(3, Kind.ANSWERED, NOW + HOUR, "P-234567", "DINKES"), Event(4, Kind.DISPUTED, NOW + DAY, "citizen"))
    assert (replay(taken).agency_code, replay(said).state) == ("DINSOS", State.DISPUTED)
    offer = replay(again).offer
    assert offer is not None and offer.agency_code == "BPBD"
    # An estimated holiday turned out to be a working day, a new joint leave was decreed, the last word is shorter now.
    monkeypatch.setattr(rules_step, "take_until", lambda at: at + HOUR)
    monkeypatch.setattr(rules_clock, "WORD", HOUR)
    assert (recalled(taken).agency_code, recalled(said).state) == ("DINSOS", State.DISPUTED)
    monkeypatch.setattr(rules_step, "take_until", lambda at: at + DAY * 3)
    offer = recalled(again).offer
    assert offer is not None and offer.agency_code == "BPBD"


def test_what_is_new_is_still_judged_by_the_clock() -> None:
    waiting = replay(offered())
    assert waiting.offer is not None
    late = waiting.offer.until + HOUR
    for event in (Event(4, Kind.ACCEPTED, late, "P-345678", "DINSOS"), Event(4, Kind.DECLINED, late, "P-1", "DINSOS"),
                  Event(4, Kind.OFFERED, NOW + HOUR * 2, "P-234567", "BPBD")):
        with pytest.raises(Conflict):
            step(waiting, event)
    answered = life((Kind.ANSWERED, HOUR))
    for kind in (Kind.CONFIRMED, Kind.DISPUTED):
        with pytest.raises(Conflict):
            step(answered, Event(answered.seq + 1, kind, NOW + DAY * 91, "citizen"))
