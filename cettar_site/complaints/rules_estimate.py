"""How long an answer takes, honestly: quantiles that count those who still wait.

The product-limit estimate of E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations",
Journal of the American Statistical Association 53 (1958), 457-481: a complaint that waits, or that left its agency
unanswered, is known to have waited at least so long. The quantile is the first time at which at most that share
still waits (R. Brookmeyer and J. Crowley, Biometrics 38 (1982), 29-41).

Times are whole hours of the calendar, counted by the database: an answer counts at the end of its hour, so that the
estimate is never better than the truth; of one hour, answers come before those who leave it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

WINDOW = timedelta(days=180)
LEAST = 10
"""With fewer complaints nothing is said."""
HALF, NINE_OF_TEN = 0.5, 0.9
_EPSILON = 1e-9


class Outcome(IntEnum):
    """What became of a wait: it ended without an answer (handed on, withdrawn), was answered, or goes on."""

    LEFT = 0
    ANSWERED = 1
    WAITING = 2


@dataclass(frozen=True, slots=True)
class Tally:
    """So many waits of so many whole hours that came to the same."""

    hours: int
    outcome: Outcome
    n: int = 1


@dataclass(frozen=True, slots=True)
class Quantile:
    """A time in days of 24 hours; `at_least` where too many still wait to know more than that."""

    days: float
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long answers take: in a topic's group at an agency, at an agency, or in the province (empty codes)."""

    agency_code: str
    group_code: str
    n: int
    waiting: int
    half: Quantile
    nine: Quantile
    at: datetime


def quantile(tallies: Iterable[Tally], share: float) -> Quantile | None:
    """The time within which this share (0..1) was answered; None without a single wait."""
    answered, all_ended = Counter[int](), Counter[int]()
    for tally in tallies:
        all_ended[tally.hours] += tally.n
        if tally.outcome is Outcome.ANSWERED:
            answered[tally.hours] += tally.n
    if not all_ended:
        return None
    at_risk, surviving = all_ended.total(), 1.0
    for hours in sorted(all_ended):
        surviving *= 1 - answered[hours] / at_risk
        if surviving <= 1 - share + _EPSILON:
            return Quantile((hours + 1) / 24)
        at_risk -= all_ended[hours]
    return Quantile(max(all_ended) / 24, at_least=True)


def estimate(agency_code: str, group_code: str, tallies: Iterable[Tally], at: datetime) -> Estimate | None:
    """What these waits tell; None without a single one."""
    tallies = tuple(tallies)
    half, nine = quantile(tallies, HALF), quantile(tallies, NINE_OF_TEN)
    if half is None or nine is None:
        return None
    waiting = sum(tally.n for tally in tallies if tally.outcome is Outcome.WAITING)
    return Estimate(agency_code, group_code, sum(tally.n for tally in tallies), waiting, half, nine, at)


def best(found: Iterable[Estimate]) -> Estimate | None:
    """The closest one that rests on enough: this group at this agency, this agency, the province; None: too few."""
    enough = [one for one in found if one.n >= LEAST]
    return max(enough, key=lambda one: (bool(one.group_code), bool(one.agency_code)), default=None)
