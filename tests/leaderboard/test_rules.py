"""The audit's figures: what counts, what ranks, what a silent agency can't gain."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.base.words import words
from cettar_site.leaderboard.rules import Evidence, board, evidence, median_wait
from cettar_site.leaderboard.rules_view import view
from tests.leaderboard.makers import NOW, case

HOUR = timedelta(hours=1)


def test_open_complaints_count_against_the_share() -> None:
    found = board([case() for _ in range(6)] + [case(answered_after=None) for _ in range(4)], NOW)
    (standing,) = found.standings
    assert (standing.in_time, standing.mature, standing.waiting, standing.overdue) == (6, 10, 4, 4)
    assert standing.share == pytest.approx(0.6)


def test_a_young_complaint_is_waiting_but_not_yet_judged() -> None:
    (standing,) = board([case(days_ago=0.5, answered_after=None)], NOW).standings
    assert (standing.mature, standing.waiting, standing.overdue, standing.share) == (0, 1, 0, None)


def test_a_quick_answer_to_a_young_complaint_does_not_lift_the_share_before_its_time() -> None:
    (standing,) = board([case(days_ago=0.5, answered_after=0.1)], NOW).standings
    assert standing.mature == 0


def test_the_deadline_counts_working_days() -> None:
    # Filed on Thursday: Saturday and Sunday don't count, Monday morning is still in time.
    on_monday = case(days_ago=4.0, answered_after=3.9)
    (standing,) = board([on_monday], NOW).standings
    assert (standing.in_time, standing.mature) == (1, 1)


def test_who_hands_on_too_late_is_late_and_who_does_so_in_time_is_not_judged() -> None:
    held = case(answered_after=None)
    late, in_time = replace(held, until=held.due_at + HOUR), replace(held, until=held.due_at - HOUR)
    (standing,) = board([late, in_time, case()], NOW).standings
    assert (standing.in_time, standing.mature, standing.waiting) == (1, 2, 0)


def test_who_gets_it_back_with_nothing_left_is_late_whatever_comes() -> None:
    held = case(answered_after=0.01)
    (standing,) = board([replace(held, due_at=held.since)], NOW).standings
    assert (standing.in_time, standing.mature) == (0, 1)


def test_only_strong_evidence_is_ranked() -> None:
    cases = ([case("DINKES")] * 30 + [case("DINSOS", answered_after=9.0)] * 30 + [case("DISHUB")] * 12
             + [case("DLH")] * 3)
    found = board(cases, NOW).standings
    assert [(s.agency, s.rank) for s in found] == [("DINKES", 1), ("DINSOS", 2), ("DISHUB", None), ("DLH", None)]
    assert [s.evidence for s in found][2:] == [Evidence.PROVISIONAL, Evidence.TOO_FEW]


def test_one_quick_answer_does_not_win_the_board() -> None:
    # The Swedish lesson: a municipality with one fix in four minutes stood first.
    found = board([case("DLH", answered_after=0.003)] + [case("DINKES")] * 40, NOW).standings
    assert found[0].agency == "DINKES" and found[1].rank is None


def test_what_is_older_than_the_window_is_left_out() -> None:
    assert board([case(days_ago=91)], NOW).standings == ()


def test_the_median_counts_those_who_wait() -> None:
    answered = [(1.0, True)] * 4
    assert median_wait(answered + [(9.0, False)] * 3) == (1.0, False)
    assert median_wait(answered + [(9.0, False)] * 6) == (9.0, True)
    assert median_wait([]) == (None, False)


@given(st.lists(st.tuples(st.floats(0, 60), st.booleans()), min_size=1, max_size=40))
def test_one_more_silent_complaint_never_makes_the_median_shorter(waits: list[tuple[float, bool]]) -> None:
    before, before_at_least = median_wait(waits)
    after, at_least = median_wait([*waits, (61.0, False)])
    assert after is not None and before is not None
    assert after >= before or (before_at_least and not at_least)


@given(st.integers(0, 200))
def test_evidence_never_weakens_with_more_complaints(n: int) -> None:
    order = [Evidence.TOO_FEW, Evidence.PROVISIONAL, Evidence.RANKED]
    assert order.index(evidence(n + 1)) >= order.index(evidence(n))


@pytest.mark.parametrize(("lang", "sentence"), [
    ("id", "75% aduan dijawab dalam dua hari kerja: 30 dari 40 aduan."),
])
def test_the_answer_is_a_sentence_with_its_numbers(lang: str, sentence: str) -> None:
    found = board([case()] * 30 + [case(answered_after=None)] * 10, NOW)
    assert view(words(lang), found)["answer"] == sentence


def test_a_weak_share_is_not_shown_as_a_number() -> None:
    (row,) = view(words("id"), board([case()] * 3, NOW))["rows"]
    assert (row["share"], row["rank"], row["note"]) == ("–", "–", "belum cukup data")
