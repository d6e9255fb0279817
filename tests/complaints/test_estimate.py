"""The honest estimate: who still waits is counted, on paper and in both databases."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.base.words import words
from cettar_site.complaints import actions_estimate, store_estimate
from cettar_site.complaints.rules import Kind, Shown
from cettar_site.complaints.rules_estimate import HALF, NINE_OF_TEN, Outcome, Quantile, Tally, best, estimate, quantile
from cettar_site.complaints.rules_filing import Destination
from cettar_site.infra.db import Database
from jobs import estimate as job
from jobs.report import JobOptions
from tests.complaints.makers import NOW, filed, happens

LATER = NOW + timedelta(days=20)
WAITS = st.lists(st.builds(Tally, st.integers(0, 30), st.sampled_from(Outcome), st.integers(1, 4)), max_size=12)


def naive(tallies: Sequence[Tally], share: float) -> Quantile | None:
    """The definition, wait by wait, in fractions: at each time, who of those still waiting is answered then."""
    waits = [tally for tally in tallies for _ in range(tally.n)]
    if not waits:
        return None
    surviving = Fraction(1)
    for hour in range(max(tally.hours for tally in waits) + 1):
        at_risk = sum(tally.hours >= hour for tally in waits)
        answered = sum(tally.hours == hour and tally.outcome is Outcome.ANSWERED for tally in waits)
        surviving *= 1 - Fraction(answered, at_risk)
        if surviving <= 1 - Fraction(str(share)):
            return Quantile((hour + 1) / 24)
    return Quantile(max(tally.hours for tally in waits) / 24, at_least=True)


@given(WAITS, st.sampled_from([HALF, NINE_OF_TEN, 0.25]))
def test_it_is_the_estimate_of_kaplan_and_meier(tallies: list[Tally], share: float) -> None:
    assert quantile(tallies, share) == naive(tallies, share)


@given(WAITS.filter(bool), st.data())
def test_who_waits_longer_never_makes_it_better(tallies: list[Tally], data: st.DataObject) -> None:
    """An answer that has not come yet can only make the estimate longer."""
    at = data.draw(st.integers(0, len(tallies) - 1))
    waits = [*tallies[:at], Tally(31, Outcome.WAITING, tallies[at].n), *tallies[at + 1:]]
    before, after = quantile(tallies, HALF), quantile(waits, HALF)
    assert before is not None and after is not None
    if tallies[at].outcome is Outcome.ANSWERED and not before.at_least:
        assert after.days >= before.days


def test_the_figures_of_a_textbook() -> None:
    """The 6-MP arm of Freireich et al. (1963): the median remission is 23 weeks, 12 of 21 are censored."""
    times = (6, 6, 6, 7, 10, 13, 16, 22, 23)
    censored = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
    tallies = [Tally(time, Outcome.ANSWERED) for time in times] + [Tally(time, Outcome.WAITING) for time in censored]
    assert quantile(tallies, HALF) == Quantile(24 / 24)
    assert quantile(tallies, NINE_OF_TEN) == Quantile(35 / 24, at_least=True)


def test_silence_does_not_look_fast() -> None:
    """Of ten, four are answered within a day and six wait: counting the answered alone would say "one day"."""
    found = estimate("DINKES", "", [Tally(20, Outcome.ANSWERED, 4), Tally(400, Outcome.WAITING, 6)], NOW)
    assert found is not None and (found.n, found.waiting) == (10, 6)
    assert found.half == Quantile(400 / 24, at_least=True)


def test_the_closest_estimate_with_enough_behind_it_is_shown() -> None:
    def of(agency: str, group: str, n: int):
        return estimate(agency, group, [Tally(20, Outcome.ANSWERED, n)], NOW)

    group, agency, few, province = of("D", "S08", 10), of("D", "", 40), of("D", "S08", 9), of("", "", 99)
    assert group and agency and few and province
    assert best([province, agency, group]) == group
    assert best([province, agency, few]) == agency
    assert best([province, few]) == province
    assert best([few]) is None and best([]) is None
    assert estimate("D", "", [], NOW) is None


def test_the_database_counts_as_the_rules_do(database: Database) -> None:
    at = Destination("DPUBM", "category")
    fast = [filed(database, NOW - timedelta(days=5), to=at).number for _ in range(3)]
    slow = filed(database, NOW - timedelta(days=5), to=at, shown=Shown.CONFIDENTIAL).number
    filed(database, NOW - timedelta(days=2), to=at)
    other = filed(database, NOW - timedelta(days=2), to=at, category_code="").number
    filed(database, NOW - timedelta(days=200), to=at)
    filed(database, NOW - timedelta(hours=3), to=Destination())
    for number in fast:
        happens(database, number, Kind.ANSWERED, 24)
    happens(database, slow, Kind.ANSWERED, 47.99)
    happens(database, other, Kind.OFFERED, 2, agency="DINSOS")
    happens(database, other, Kind.ACCEPTED, 3.5, agency="DINSOS")
    with database.read() as session:
        counted = list(store_estimate.by_agency(session, NOW - timedelta(days=180), NOW))
        whole = store_estimate.of_all(session, NOW - timedelta(days=180), NOW)
    assert set(counted) == {
        ("DPUBM", "S08", Tally(24, Outcome.ANSWERED, 3)), ("DPUBM", "S08", Tally(47, Outcome.ANSWERED)),
        ("DPUBM", "S08", Tally(48, Outcome.WAITING)), ("DPUBM", "", Tally(3, Outcome.LEFT)),
        ("DINSOS", "", Tally(44, Outcome.WAITING))}
    assert set(whole) == {
        Tally(24, Outcome.ANSWERED, 3), Tally(47, Outcome.ANSWERED), Tally(48, Outcome.WAITING, 2),
        Tally(3, Outcome.WAITING)}


def test_the_job_puts_new_estimates_in_the_place_of_the_old(database: Database) -> None:
    for _ in range(12):
        happens(database, filed(database).number, Kind.ANSWERED, 30)
    report = job.run(database, now=LATER, options=JobOptions())
    assert report.rows_in == 3
    again = job.run(database, now=LATER + timedelta(hours=1), options=JobOptions())
    assert again.rows_in == 3 and words("id")(report.detail, n=3) == "3 perkiraan dihitung ulang"
    with database.read() as session:
        found = best(store_estimate.near(session, "DPUBM", "S08"))
        assert best(store_estimate.near(session, "DPUBM", "S99")) == best(store_estimate.near(session, "DPUBM", ""))
        elsewhere = best(store_estimate.near(session, "DINKES", "S04"))
    assert found is not None and (found.agency_code, found.group_code) == ("DPUBM", "S08")
    assert (found.n, found.waiting) == (12, 0)
    assert found.half == Quantile(31 / 24) and found.at == LATER + timedelta(hours=1)
    assert elsewhere is not None and (elsewhere.agency_code, elsewhere.group_code) == ("", "")


@pytest.mark.parametrize("now", [NOW, NOW + timedelta(days=400)])
def test_without_complaints_nothing_is_said(sqlite_database: Database, now: object) -> None:
    assert job.run(sqlite_database, now=now, options=JobOptions()).rows_in == 0  # type: ignore[arg-type]
    with sqlite_database.read() as session:
        assert actions_estimate.measured(session, NOW) == [] and store_estimate.near(session, "DINKES", "S04") == []
