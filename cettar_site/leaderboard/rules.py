"""How an agency's speed of answering is counted, and which figures are strong enough to rank.

The share counts every complaint older than two working days, those still open too: an agency that
stays silent can't look fast. (Counting only finished ones made an agency that ignores 40 % of its
complaints look 2.8 times faster than one that answers all.)
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from cettar_site.jatim import agencies

WORKING_DAYS = 2
WINDOW = timedelta(days=90)
RANKED_FROM = 30
SHOWN_FROM = 10
RULES_VERSION = "2026-2"


class Evidence(StrEnum):
    """How much a share may be trusted, by the number of mature complaints behind it."""

    RANKED = "ranked"
    PROVISIONAL = "provisional"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Case:
    """One custody as the audit sees it: whose, since when, due when, ended and answered when (or not yet).

    An agency pays for the time in which it held a complaint, not for another's.
    """

    agency: str
    since: datetime
    due_at: datetime
    until: datetime | None = None
    answered_at: datetime | None = None

    def is_mature(self, now: datetime) -> bool:
        """Whether it counts: its time is over, and it was not handed on or withdrawn before that."""
        return self.due_at <= now and (self.answered_at is not None or self.until is None or self.until > self.due_at)

    @property
    def is_open(self) -> bool:
        """Whether its answer is still owed."""
        return self.answered_at is None and self.until is None


@dataclass(frozen=True, slots=True)
class Standing:
    """One agency's figures. `rank` is None where the evidence is not strong enough."""

    agency: str
    rank: int | None
    evidence: Evidence
    mature: int
    in_time: int
    waiting: int
    overdue: int
    median_days: float | None
    median_at_least: bool

    @property
    def share(self) -> float | None:
        """The share of mature complaints first answered within two working days, 0..1."""
        return self.in_time / self.mature if self.mature else None


@dataclass(frozen=True, slots=True)
class Board:
    """The whole leaderboard: agencies in order, and the province's own sums."""

    standings: tuple[Standing, ...]
    mature: int
    in_time: int
    waiting: int
    overdue: int
    filed: int
    since: datetime

    @property
    def share(self) -> float | None:
        """The province's share, 0..1."""
        return self.in_time / self.mature if self.mature else None


def evidence(mature: int) -> Evidence:
    """How strong a share of so many complaints is."""
    if mature >= RANKED_FROM:
        return Evidence.RANKED
    return Evidence.PROVISIONAL if mature >= SHOWN_FROM else Evidence.TOO_FEW


def median_wait(waits: Sequence[tuple[float, bool]]) -> tuple[float | None, bool]:
    """The Kaplan-Meier median of the time to a first answer.

    `waits` holds (calendar days, answered); an unanswered one counts as "at least so long". Returns the
    median and False, or the longest known wait and True where more than half still wait.
    """
    alive = len(waits)
    surviving = 1.0
    for days, answered in sorted(waits, key=lambda wait: (wait[0], not wait[1])):
        if answered:
            surviving *= (alive - 1) / alive
            if surviving <= 0.5:
                return days, False
        alive -= 1
    return (max(days for days, _ in waits), True) if waits else (None, False)


def _standing(agency: str, cases: Sequence[Case], now: datetime) -> Standing:
    mature = [case for case in cases if case.is_mature(now)]
    in_time = sum(case.answered_at is not None and case.answered_at <= case.due_at for case in mature)
    open_ones = [case.due_at for case in cases if case.is_open]
    median, at_least = median_wait([
        (((case.answered_at or case.until or now) - case.since) / timedelta(days=1), case.answered_at is not None)
        for case in cases])
    return Standing(agency, None, evidence(len(mature)), len(mature), in_time, len(open_ones),
                    sum(due <= now for due in open_ones), median, at_least)


def _as_of(case: Case, now: datetime) -> Case:
    """The case as it was known then: a later answer, or end, had not come."""
    if (case.until is None or case.until <= now) and (case.answered_at is None or case.answered_at <= now):
        return case

    def known(moment: datetime | None) -> datetime | None:
        return None if moment is not None and moment > now else moment

    return replace(case, until=known(case.until), answered_at=known(case.answered_at))


def _order(standing: Standing) -> tuple[int, float, int, str]:
    strength = list(Evidence).index(standing.evidence)
    return strength, -(standing.share or 0.0), -standing.mature, agencies.get(standing.agency).name


def standing(agency: str, cases: Sequence[Case], now: datetime) -> Standing:
    """One agency's figures by its custodies of the window, as they were known at `now`; not ranked yet."""
    return _standing(agency, [_as_of(case, now) for case in cases], now)


def board(cases: Iterable[Case], now: datetime) -> Board:
    """The leaderboard of the custodies begun in the last 90 days."""
    since = now - WINDOW
    by_agency: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        if since <= case.since <= now:
            by_agency[case.agency].append(case)
    return assembled([standing(agency, own, now) for agency, own in by_agency.items()],
                     sum(len(own) for own in by_agency.values()), since)


def assembled(standings: Iterable[Standing], filed: int, since: datetime) -> Board:
    """The board of these figures: in order, ranked, summed up. `filed` is how many custodies are behind them."""
    found = sorted(standings, key=_order)
    ranked = [Standing(s.agency, place if s.evidence is Evidence.RANKED else None, s.evidence, s.mature, s.in_time,
                       s.waiting, s.overdue, s.median_days, s.median_at_least)
              for place, s in enumerate(found, start=1)]
    return Board(tuple(ranked), sum(s.mature for s in ranked), sum(s.in_time for s in ranked),
                 sum(s.waiting for s in ranked), sum(s.overdue for s in ranked), filed, since)
