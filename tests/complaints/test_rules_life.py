"""What may happen to a complaint and what it becomes by it, act by act."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cettar_site.base.errors import Conflict
from cettar_site.base.period import add_working_days
from cettar_site.complaints.rules import Event, Kind, Life, State
from cettar_site.complaints.rules_clock import due_after, is_paused
from cettar_site.complaints.rules_life import MAY, may_now, replay
from tests.complaints.makers import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FILED = Event(1, Kind.SUBMITTED, NOW, "citizen")
ROUTED = Event(2, Kind.ROUTED, NOW, "system", "DINKES", "category")
Act = tuple[Kind, timedelta] | tuple[Kind, timedelta, str] | tuple[Kind, timedelta, str, str]


def life(*acts: Act, triage: bool = False) -> Life:
    """A complaint at DINKES (or in triage), and what happened so long after its filing."""
    events = [FILED] if triage else [FILED, ROUTED]
    for kind, after, *rest in acts:
        agency, detail = [*rest, "DINKES", ""][:2] if len(rest) < 2 else rest
        events.append(Event(len(events) + 1, kind, NOW + after, "P-234567", str(agency), str(detail)))
    return replay(events)


def test_every_kind_has_its_states() -> None:
    assert MAY.keys() == set(Kind)


def test_a_filed_complaint_is_in_triage_until_somebody_sends_it_on() -> None:
    found = life(triage=True)
    assert (found.state, found.agency_code, found.custody.triage) == (State.TRIAGE, "KOMINFO", True)
    assert found.owed_at == add_working_days(NOW, 1) and found.due_at == add_working_days(NOW, 2)
    sent = life((Kind.ROUTED, HOUR * 3), triage=True)
    assert (sent.state, sent.agency_code, sent.owed_at) == (State.WAITING, "DINKES", due_after(NOW + HOUR * 3))
    assert sent.due_at == found.due_at, "the filer's clock never moves"
    assert [(one.agency_code, one.until) for one in sent.custodies] == [("KOMINFO", NOW + HOUR * 3), ("DINKES", None)]


def test_what_is_sent_on_at_once_leaves_no_time_in_triage() -> None:
    assert [one.agency_code for one in life().custodies] == ["DINKES"]


def test_an_acknowledgement_is_seen_and_stops_nothing() -> None:
    found = life((Kind.ACKNOWLEDGED, HOUR))
    assert (found.state, found.open, found.owed_at) == (State.WAITING, True, due_after(NOW))
    with pytest.raises(Conflict):
        life((Kind.ACKNOWLEDGED, HOUR), (Kind.ACKNOWLEDGED, HOUR * 2))


def test_a_reply_without_substance_stops_nothing() -> None:
    found = life((Kind.REPLIED, HOUR))
    assert (found.state, found.first_answer_at, found.owed_at) == (State.WAITING, None, due_after(NOW))


def test_the_first_answer_counts_and_more_may_follow() -> None:
    found = life((Kind.ACKNOWLEDGED, HOUR), (Kind.ANSWERED, HOUR * 2), (Kind.ANSWERED, HOUR * 3))
    assert (found.state, found.answers, found.first_answer_at) == (State.ANSWERED, 2, NOW + HOUR * 2)
    assert found.owed_at is None and found.custody.answered_at == NOW + HOUR * 2


def test_a_plan_is_an_answer_with_a_day() -> None:
    found = life((Kind.PLANNED, HOUR, "DINKES", "2026-12-01"))
    assert (found.state, found.planned_on) == (State.ANSWERED, date(2026, 12, 1))
    with pytest.raises(ValueError):
        life((Kind.PLANNED, HOUR, "DINKES", "soon"))


def test_a_hand_on_stays_with_its_sender_until_it_is_taken() -> None:
    offered = life((Kind.OFFERED, HOUR, "DINSOS"))
    assert (offered.agency_code, offered.owed_at) == ("DINKES", due_after(NOW))
    taken = life((Kind.OFFERED, HOUR, "DINSOS"), (Kind.ACCEPTED, HOUR * 5, "DINSOS"))
    assert (taken.agency_code, taken.offer, taken.owed_at) == ("DINSOS", None, due_after(NOW + HOUR * 5))
    declined = life((Kind.OFFERED, HOUR, "DINSOS"), (Kind.DECLINED, HOUR * 5, "DINSOS"))
    assert (declined.agency_code, declined.offer) == ("DINKES", None)


def test_a_hand_on_can_be_taken_for_one_working_day() -> None:
    on_time = (Kind.OFFERED, HOUR, "DINSOS"), (Kind.ACCEPTED, HOUR * 25, "DINSOS")
    assert life(*on_time).agency_code == "DINSOS"
    with pytest.raises(Conflict):
        life((Kind.OFFERED, HOUR, "DINSOS"), (Kind.ACCEPTED, HOUR * 25 + timedelta(seconds=1), "DINSOS"))
    again = life((Kind.OFFERED, HOUR, "DINSOS"), (Kind.OFFERED, HOUR * 26, "DISHUB"))
    assert again.offer is not None and again.offer.agency_code == "DISHUB"


@pytest.mark.parametrize("acts", [
    ((Kind.OFFERED, HOUR, "DINKES"),),
    ((Kind.OFFERED, HOUR, "DINSOS"), (Kind.OFFERED, HOUR * 2, "DISHUB")),
    ((Kind.OFFERED, HOUR, "DINSOS"), (Kind.ACCEPTED, HOUR * 2, "DISHUB")),
    ((Kind.ACCEPTED, HOUR, "DINSOS"),),
    ((Kind.ROUTED, HOUR, "DINSOS"),),
    ((Kind.FORWARDED, HOUR, "KAB-3518"),),
    ((Kind.DISPUTED, HOUR),),
    ((Kind.CONFIRMED, HOUR),),
    ((Kind.RATED, HOUR, "DINKES", "5"),),
    ((Kind.ANSWERED, HOUR), (Kind.RATED, HOUR, "DINKES", "6")),
    ((Kind.ANSWERED, HOUR), (Kind.OFFERED, HOUR * 2, "DINSOS")),
    ((Kind.ASKED, HOUR), (Kind.ASKED, HOUR * 2)),
    ((Kind.WITHDRAWN, HOUR), (Kind.ANSWERED, HOUR * 2)),
    ((Kind.ANSWERED, HOUR * 2), (Kind.ANSWERED, HOUR)),
    ((Kind.MERGED, HOUR, "DINKES", ""),),
    ((Kind.PARTED, HOUR),),
    ((Kind.HIDDEN, HOUR, "", ""),),
    ((Kind.REVEALED, HOUR),),
    ((Kind.CONTRIBUTED, HOUR, "RSUD-HAJI"),),
    ((Kind.ESCALATED, HOUR, "DINKES", "2"),),
    ((Kind.DRAWN, HOUR, "DINSOS"),),
    ((Kind.CLAIMED, HOUR), (Kind.DRAWN, HOUR, "DINKES")),
    ((Kind.CLAIMED, HOUR), (Kind.AUDITED, HOUR, "DINSOS", "pass")),
    ((Kind.ERASED, HOUR), (Kind.ERASED, HOUR)),
])
def test_what_cannot_happen_is_refused(acts: tuple[Act, ...]) -> None:
    with pytest.raises(Conflict):
        life(*acts)


@pytest.mark.parametrize("events", [
    (), (ROUTED,), (FILED, FILED), (FILED, Event(3, Kind.ROUTED, NOW, "system", "DINKES")),
    (FILED, Event(2, Kind.ROUTED, NOW, "system")), (Event(2, Kind.SUBMITTED, NOW, "citizen"),)])
def test_events_that_do_not_follow_each_other_are_refused(events: tuple[Event, ...]) -> None:
    with pytest.raises(Conflict):
        replay(events)


def test_a_question_stops_the_desks_clock_and_not_the_filers() -> None:
    asked = life((Kind.ASKED, HOUR * 24))
    assert asked.due_at == due_after(NOW) and asked.owed_at == add_working_days(NOW, 7)
    assert is_paused(asked, NOW + DAY * 2) and not is_paused(asked, NOW + DAY * 9)
    replied = life((Kind.ASKED, HOUR * 24), (Kind.MESSAGED, HOUR * 48))
    assert replied.owed_at == add_working_days(NOW, 3), "one working day of waiting is given back"
    assert replied.pause is None and replied.asked


def test_who_is_late_gains_nothing_by_a_question() -> None:
    late = life((Kind.ASKED, DAY * 3))
    assert (late.owed_at, late.pause, late.asked) == (due_after(NOW), None, True)


def test_a_reply_after_the_pause_is_over_gives_no_more() -> None:
    assert life((Kind.ASKED, HOUR), (Kind.MESSAGED, DAY * 20)).owed_at == add_working_days(NOW, 7)


def test_the_filer_has_the_last_word_for_ninety_days() -> None:
    claimed = (Kind.CLAIMED, HOUR)
    confirmed = life(claimed, (Kind.CONFIRMED, DAY * 90 + HOUR))
    assert (confirmed.state, confirmed.over, confirmed.ended_at) == (State.CONFIRMED, True, NOW + DAY * 90 + HOUR)
    disputed = life(claimed, (Kind.DISPUTED, DAY))
    assert (disputed.state, disputed.disputes, disputed.owed_at) == (State.DISPUTED, 1, due_after(NOW + DAY))
    for kind in (Kind.CONFIRMED, Kind.DISPUTED):
        with pytest.raises(Conflict):
            life(claimed, (kind, DAY * 91))


def test_silence_stays_silence() -> None:
    assert life((Kind.CLAIMED, HOUR), (Kind.NOTED, DAY * 400)).state is State.CLAIMED


@pytest.mark.parametrize("again", [Kind.ANSWERED, Kind.CLAIMED, Kind.PLANNED, Kind.REJECTED])
def test_what_was_disputed_is_answered_again_and_the_filer_asked_again(again: Kind) -> None:
    detail = "2026-12-09" if again is Kind.PLANNED else ""
    found = life((Kind.CLAIMED, HOUR), (Kind.DISPUTED, DAY), (again, DAY * 2, "DINKES", detail),
                 (Kind.DISPUTED, DAY * 3))
    assert (found.state, found.disputes, found.first_answer_at) == (State.DISPUTED, 2, NOW + HOUR)


def test_what_was_sent_outside_comes_back_to_triage_when_it_is_disputed() -> None:
    found = life((Kind.FORWARDED, HOUR, "KAB-3518"), triage=True)
    assert (found.state, found.elsewhere, found.first_answer_at) == (State.FORWARDED, "KAB-3518", NOW + HOUR)
    centre = life((Kind.FORWARDED, HOUR, "PUSAT", "PLN"), triage=True)
    assert centre.elsewhere == "PLN"
    back = life((Kind.FORWARDED, HOUR, "KAB-3518"), (Kind.DISPUTED, DAY), (Kind.ROUTED, DAY + HOUR, "DINSOS"),
                triage=True)
    assert (back.state, back.agency_code) == (State.DISPUTED, "DINSOS")


def test_only_who_sorts_routes_and_not_the_same_desk_as_an_agency_that_answers() -> None:
    held = (Kind.ROUTED, HOUR, "KOMINFO"), (Kind.CLAIMED, HOUR * 2, "KOMINFO"), (Kind.DISPUTED, HOUR * 3)
    with pytest.raises(Conflict):
        life(*held, (Kind.ROUTED, HOUR * 4, "DINSOS"), triage=True)
    offered = life(*held, (Kind.OFFERED, HOUR * 4, "DINSOS"), (Kind.ACCEPTED, HOUR * 5, "DINSOS"), triage=True)
    assert (offered.state, offered.agency_code) == (State.DISPUTED, "DINSOS")


def test_a_message_after_the_answer_is_owed_a_word() -> None:
    found = life((Kind.ANSWERED, HOUR), (Kind.MESSAGED, DAY))
    assert (found.state, found.owed_at, found.messages) == (State.ANSWERED, due_after(NOW + DAY), 1)
    assert life((Kind.ANSWERED, HOUR), (Kind.MESSAGED, DAY), (Kind.ANSWERED, DAY * 2)).owed_at is None


def test_a_failed_audit_opens_it_again_and_a_passed_one_changes_nothing() -> None:
    drawn = (Kind.CLAIMED, HOUR), (Kind.DRAWN, HOUR, "INSPEKTORAT")
    failed = life(*drawn, (Kind.AUDITED, DAY, "INSPEKTORAT", "fail"))
    assert (failed.state, failed.audited, failed.disputes) == (State.DISPUTED, "fail", 0)
    assert life(*drawn, (Kind.AUDITED, DAY, "INSPEKTORAT", "pass")).state is State.CLAIMED
    assert life(*drawn, (Kind.CONFIRMED, HOUR * 2), (Kind.AUDITED, DAY, "INSPEKTORAT", "fail")).state is State.CONFIRMED


def test_hidden_merged_and_assigned_change_no_clock() -> None:
    plain = life()
    found = life((Kind.HIDDEN, HOUR, "", "personal"), (Kind.MERGED, HOUR, "", "JTM-0000-0000"),
                 (Kind.ASSIGNED, HOUR, "RSUD-HAJI"), (Kind.CONTRIBUTED, HOUR, "RSUD-HAJI"))
    assert (found.hidden, found.merged_into, found.units) == ("personal", "JTM-0000-0000", ("RSUD-HAJI",))
    assert (found.state, found.owed_at, found.due_at) == (plain.state, plain.owed_at, plain.due_at)


def test_erasing_ends_what_was_open_and_changes_nothing_that_was_over() -> None:
    assert (life((Kind.ERASED, HOUR)).state, life((Kind.ERASED, HOUR)).erased) == (State.WITHDRAWN, True)
    confirmed = life((Kind.ANSWERED, HOUR), (Kind.CONFIRMED, HOUR), (Kind.ERASED, DAY))
    assert (confirmed.state, confirmed.erased) == (State.CONFIRMED, True)


def test_reminders_and_levels_begin_anew_with_the_next_debt() -> None:
    late = life((Kind.REMINDED, HOUR), (Kind.ESCALATED, DAY * 3, "DINKES", "1"))
    assert (late.reminded, late.escalated) == (True, 1)
    again = life((Kind.ESCALATED, DAY * 3, "DINKES", "1"), (Kind.ANSWERED, DAY * 4), (Kind.DISPUTED, DAY * 5))
    assert (again.reminded, again.escalated) == (False, 0)


def test_what_a_page_may_offer_is_what_could_happen() -> None:
    found = life()
    assert may_now(found, Kind.ANSWERED) and may_now(found, Kind.OFFERED, "DINSOS")
    assert not may_now(found, Kind.OFFERED, "DINKES") and not may_now(found, Kind.CONFIRMED)
    assert not may_now(found, Kind.PLANNED, detail="no day")


def test_a_friday_filing_is_due_on_tuesday_in_every_clock() -> None:
    friday = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
    assert due_after(friday) == friday + DAY * 4
