"""Who held it, and whose turn it was: no time is lost, none is counted twice, whatever happens."""

from datetime import datetime, timedelta
from itertools import pairwise

import htpy as h
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cettar_site.base.errors import Conflict
from cettar_site.base.words import words
from cettar_site.complaints.island_custody import WIDE, custody_section
from cettar_site.complaints.rules import Case, Event, Kind, ServiceRequest, Shown, Writing, seen_by_filer
from cettar_site.complaints.rules_clock import due_after
from cettar_site.complaints.rules_custody import Segment, Turn, picture_ends, segments
from cettar_site.complaints.rules_life import replay, step
from cettar_site.complaints.rules_stage import Reached, steps
from cettar_site.complaints.rules_view_case import held_words, moved_words
from tests.complaints.makers import NOW

HOUR = timedelta(hours=1)
W = words("id")
REQUEST = ServiceRequest(1, "JTM-0000-0000", Shown.ANONYMOUS, "S08", "35.18", "", None, NOW)
FILED, ROUTED = Event(1, Kind.SUBMITTED, NOW, "citizen"), Event(2, Kind.ROUTED, NOW, "system", "DPUBM", "category")


def case(*acts: tuple[Kind, float, str], triage: bool = False) -> Case:
    """A complaint at the public works agency (or in triage), and what happened so many hours after its filing."""
    events = [FILED] if triage else [FILED, ROUTED]
    for kind, hours, agency in acts:
        detail = "2026-12-09" if kind is Kind.PLANNED else "1" if kind is Kind.ESCALATED else ""
        events.append(Event(len(events) + 1, kind, NOW + hours * HOUR, "P-234567", agency or "DPUBM", detail))
    return Case(REQUEST, tuple(events), (), replay(events))


def turns(one: Segment) -> list[tuple[str, float, float]]:
    return [(span.turn, (span.since - NOW) / HOUR, (span.until - NOW) / HOUR) for span in one.spans]


def at(hours: float) -> datetime:
    return NOW + hours * HOUR


@pytest.mark.parametrize(("acts", "now", "said"), [
    ((), 5, [("owed", 0, 5)]),
    ((), 60, [("owed", 0, 48), ("late", 48, 60)]),
    (((Kind.ANSWERED, 20, ""),), 60, [("owed", 0, 20), ("done", 20, 60)]),
    (((Kind.REPLIED, 20, ""),), 30, [("owed", 0, 30)]),
    (((Kind.ASKED, 4, ""), (Kind.MESSAGED, 10, "")), 12, [("owed", 0, 4), ("paused", 4, 10), ("owed", 10, 12)]),
    (((Kind.ASKED, 4, ""),), 12, [("owed", 0, 4), ("paused", 4, 12)]),
    (((Kind.CLAIMED, 20, ""), (Kind.DISPUTED, 30, "")), 31, [("owed", 0, 20), ("done", 20, 30), ("owed", 30, 31)]),
    (((Kind.CLAIMED, 20, ""), (Kind.DISPUTED, 30, ""), (Kind.ANSWERED, 90, "")), 91,
     [("owed", 0, 20), ("done", 20, 30), ("owed", 30, 78), ("late", 78, 90), ("done", 90, 91)]),
    (((Kind.ANSWERED, 20, ""), (Kind.MESSAGED, 25, "")), 26, [("owed", 0, 20), ("done", 20, 25), ("owed", 25, 26)]),
])
def test_whose_turn_it_was(acts: tuple[tuple[Kind, float, str], ...], now: float,
                           said: list[tuple[str, float, float]]) -> None:
    (one,) = segments(case(*acts), at(now))
    assert turns(one) == said


def test_a_question_too_late_stops_nothing() -> None:
    (one,) = segments(case((Kind.ASKED, 50, ""), (Kind.MESSAGED, 55, "")), at(60))
    assert turns(one) == [("owed", 0, 48), ("late", 48, 60)]


def test_a_question_pauses_for_five_working_days_at_most() -> None:
    (one,) = segments(case((Kind.ASKED, 4, "")), at(24 * 20))
    assert turns(one)[:2] == [("owed", 0, 4), ("paused", 4, 4 + 24 * 7)]
    assert [span.turn for span in one.spans] == [Turn.OWED, Turn.PAUSED, Turn.OWED, Turn.LATE]


def test_hand_ons_make_segments_that_follow_each_other() -> None:
    bounced = case((Kind.OFFERED, 2, "DINSOS"), (Kind.DECLINED, 3, "DINSOS"), (Kind.OFFERED, 4, "DINSOS"),
                   (Kind.ACCEPTED, 6, "DINSOS"), (Kind.OFFERED, 7, "KOMINFO"), (Kind.ACCEPTED, 9, "KOMINFO"),
                   (Kind.ROUTED, 12, "DINKES"))
    found = segments(bounced, at(20))
    assert [(one.custody.agency_code, one.custody.triage) for one in found] == [
        ("DPUBM", False), ("DINSOS", False), ("KOMINFO", True), ("DINKES", False)]
    assert [len(one.events) for one in found] == [3, 1, 0, 0]
    assert moved_words(W, found) == "Dipegang 3 instansi, 3 kali berpindah meja."
    assert [held_words(W, one, at(20)) for one in found] == [
        "Memegang 6 jam tanpa menjawab.", "Memegang 3 jam tanpa menjawab.", "Mencari instansi selama 3 jam.",
        "Sudah memegang 8 jam, belum menjawab."]


def test_working_days_and_calendar_days_stand_side_by_side() -> None:
    (one,) = segments(case(), at(24 * 7))
    assert held_words(W, one, at(24 * 7)) == ("Sudah memegang 5 hari kerja (7 hari), belum menjawab. "
                                              "Terlambat 3 hari kerja (5 hari).")
    (again,) = segments(case((Kind.CLAIMED, 20, ""), (Kind.DISPUTED, 30, ""), (Kind.ESCALATED, 80, "")), at(90))
    assert held_words(W, again, at(90)) == (
        "Menjawab sesudah 20 jam. Terlambat 12 jam. Harus menanggapi lagi sejak 24 Nov 2026, 16.00 WIB. Dilaporkan "
        "sampai ke pengawas instansi.")


ACTS = st.lists(st.tuples(
    st.sampled_from([kind for kind in Kind if kind is not Kind.SUBMITTED]), st.integers(0, 90),
    st.sampled_from(["DPUBM", "DINSOS", "KOMINFO", "DINKES", ""])), max_size=25)


def lived(acts: list[tuple[Kind, int, str]], public: bool) -> Case:
    """What is left of these attempts once the rules have refused what can't be."""
    events, life, now = [FILED, ROUTED], replay([FILED, ROUTED]), NOW
    for kind, hours, agency in acts:
        now += hours * HOUR
        details = {Kind.PLANNED: "2026-12-09", Kind.ESCALATED: str(life.escalated + 1), Kind.RATED: "3",
                   Kind.MERGED: "JTM-0", Kind.HIDDEN: "spam", Kind.AUDITED: "fail", Kind.REPLIED: "message"}
        offered = life.offer.agency_code if life.offer and kind in (Kind.ACCEPTED, Kind.DECLINED) else agency
        event = Event(life.seq + 1, kind, now, "P-234567", offered, details.get(kind, ""))
        try:
            life = step(life, event)
        except (Conflict, ValueError):
            continue
        events.append(event)
    shown = seen_by_filer(events) if public else events
    return Case(REQUEST, tuple(shown), (), life)


@given(ACTS, st.booleans(), st.integers(0, 400))
@settings(deadline=None)
def test_no_time_is_lost_and_none_counted_twice(acts: list[tuple[Kind, int, str]], public: bool, later: int) -> None:
    whole = lived(acts, public)
    now = whole.life.moved_at + later * HOUR
    for one in segments(whole, now):
        end = one.custody.until or now
        assert sum((span.until - span.since for span in one.spans), timedelta()) == end - one.custody.since
        assert all(first.until == second.since for first, second in pairwise(one.spans))
    last = segments(whole, now)[-1]
    owes = whole.life.owed_at is not None and not whole.life.over
    if last.spans and last.spans[-1].until == now and later:
        assert (last.spans[-1].turn is not Turn.DONE) == owes
        if last.spans[-1].turn is Turn.LATE:
            assert whole.life.owed_at is not None and whole.life.owed_at <= now
    assert whole.life.filed_at <= picture_ends(segments(whole, now), now) <= now


@given(ACTS, st.integers(0, 400))
@settings(deadline=None)
def test_one_step_is_here_and_the_order_of_days_is_kept(acts: list[tuple[Kind, int, str]], later: int) -> None:
    whole = lived(acts, public=True)
    found = steps(whole, whole.life.moved_at + later * HOUR)
    assert [one.reached for one in found].count(Reached.HERE) == 1 and len(found) == 5
    assert all(one.at is not None for one in found if one.reached is Reached.DONE)
    assert found[0].reached is Reached.DONE


@pytest.mark.parametrize(("acts", "days", "said"), [
    ((), 0, ["done", "here", "ahead", "ahead", "ahead"]),
    (((Kind.ANSWERED, 20, ""),), 2, ["done", "done", "here", "ahead", "ahead"]),
    (((Kind.CLAIMED, 20, ""),), 2, ["done", "done", "done", "here", "ahead"]),
    (((Kind.CLAIMED, 20, ""),), 99, ["done", "done", "done", "here", "never"]),
    (((Kind.CLAIMED, 20, ""), (Kind.CONFIRMED, 30, "")), 3, ["done", "done", "done", "done", "here"]),
    (((Kind.ANSWERED, 20, ""), (Kind.CONFIRMED, 30, "")), 3, ["done", "done", "done", "never", "here"]),
    (((Kind.REJECTED, 20, ""),), 2, ["done", "done", "here", "never", "ahead"]),
    (((Kind.WITHDRAWN, 20, ""),), 2, ["done", "done", "never", "never", "here"]),
])
def test_how_far_it_has_come(acts: tuple[tuple[Kind, float, str], ...], days: int, said: list[str]) -> None:
    assert [one.reached for one in steps(case(*acts), at(24 * days))] == said


def test_the_bars_stay_inside_their_picture_and_carry_no_style() -> None:
    whole = case((Kind.OFFERED, 2, "DINSOS"), (Kind.ACCEPTED, 2.01, "DINSOS"), (Kind.ASKED, 3, "DINSOS"),
                 (Kind.MESSAGED, 4, ""), (Kind.ANSWERED, 200, "DINSOS"))
    page = str(h.fragment[custody_section(W, whole, at(999))])
    tree = LexborHTMLParser(page)
    bars = [(float(bar.attributes["x"] or ""), float(bar.attributes["width"] or ""))
            for bar in tree.css("svg.custody-bar rect")]
    assert len(bars) == 6 and all(left >= 0 and wide > 0 and left + wide <= WIDE for left, wide in bars)
    assert "style=" not in page and tree.css(".bar-late") and tree.css(".bar-paused")


def test_the_question_and_the_reasons_of_hand_ons_are_told() -> None:
    whole = case((Kind.OFFERED, 2, "DINSOS"), (Kind.DECLINED, 3, "DINSOS"))
    said = (Writing(3, "Bukan jalan, ini <bantuan>."), Writing(4, "Bukan bantuan sosial."))
    page = str(h.fragment[custody_section(W, Case(whole.request, whole.events, said, whole.life), at(9))])
    assert "ditawarkan ke Dinas Sosial" in page and "Bukan bantuan sosial." in page and "&lt;bantuan&gt;" in page


def test_due_again_after_a_dispute_is_two_working_days() -> None:
    life = case((Kind.CLAIMED, 20, ""), (Kind.DISPUTED, 30, "")).life
    assert life.owed_at == due_after(at(30))
