"""The verbs of the prices room: record what a publisher said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session

from cettar_site.base.period import wib_date
from cettar_site.prices.actions_order import warn_order
from cettar_site.prices.rules import Observation, Report, SeriesKey, Status
from cettar_site.prices.rules_basis import BASIS_DAYS, NEAR_DAYS, Sister
from cettar_site.prices.rules_check import check
from cettar_site.prices.rules_judge import THIN_DAYS, THIN_PRICES
from cettar_site.prices.rules_plan import Candidate, NewRow, SeriesPlan
from cettar_site.prices.store_record import (
    History,
    add_many,
    add_verdicts,
    believed,
    history,
    known_ids,
    series_ids,
    sister_ids,
)

BACK = timedelta(days=BASIS_DAYS + NEAR_DAYS)
Families = dict[int, tuple[str, str, str]]


def record(session: Session, observations: Sequence[Observation], now: datetime) -> Report:
    """Store what is news among these rows, judge their series from the first changed day on, and count.

    Give all points of a good together: whether one stands still while the others move is only seen side by
    side.
    """
    if not observations:
        return Report()
    ids = series_ids(session, {seen.key: None for seen in observations}.keys())
    first_day = min(seen.observed_on for seen in observations)
    plans = _plans(session, observations, ids, now)
    families = sister_ids(session, plans.keys())
    stored = believed(session, families.keys() - plans.keys(), first_day - BACK, wib_date(now))
    quoted = {number: plan.quoted() for number, plan in plans.items()}
    for number, sisters in _sisters(families, quoted | stored, plans.keys()).items():
        plans[number].judge(sisters)
    judged = {number: plan.prices() for number, plan in plans.items()}
    for number, sisters in _sisters(families, judged | stored, plans.keys()).items():
        plans[number].mark_stale(sisters)
    report = _store(session, plans, len(observations), now)
    last_day = max(seen.observed_on for seen in observations)
    warn_order(session, {seen.key: None for seen in observations}.keys(), first_day, last_day, now)
    return report


def news(session: Session, observations: Sequence[Observation], now: datetime) -> bool:
    """Whether `record` would change anything; it only reads."""
    ids = known_ids(session, {seen.key: None for seen in observations}.keys())
    if any(seen.key not in ids for seen in observations):
        return True
    plans = _plans(session, observations, ids, now) if observations else {}
    return any(plan.has_news for plan in plans.values())


def _plans(
    session: Session, observations: Sequence[Observation], ids: Mapping[SeriesKey, int], now: datetime
) -> dict[int, SeriesPlan]:
    """What is known of each series, and what these rows add to it."""
    first_day, today = min(seen.observed_on for seen in observations), wib_date(now)
    wanted = {ids[seen.key] for seen in observations}
    known = _enough_history(session, wanted, first_day)
    plans = {number: SeriesPlan(known[number]) for number in sorted(wanted)}
    for seen in observations:
        plans[ids[seen.key]].take(Candidate(seen, check(seen, today)))
    return plans


def _enough_history(session: Session, ids: set[int], first_day: date) -> History:
    """The rows that judging may ask for: four months, and for series with few prices 400 days."""
    near = first_day - BACK
    found = history(session, ids, near)
    thin = {
        number
        for number, days in found.items()
        if sum(1 for day in days if day < first_day.toordinal()) < THIN_PRICES
    }
    older = history(session, thin, first_day - timedelta(days=THIN_DAYS), near - timedelta(days=1))
    for number, days in older.items():
        found[number].update(days)
    return found


def _sisters(
    families: Families, prices: Mapping[int, Sequence[tuple[int, int]]], wanted: Iterable[int]
) -> dict[int, list[Sister]]:
    """The sister points of each wanted series: those at hand, and those only stored."""
    members: dict[tuple[str, str, str], dict[int, Sister]] = {}
    for number, family in families.items():
        members.setdefault(family, {})[number] = Sister(prices.get(number, ()))
    return {
        number: [sister for other, sister in members[families[number]].items() if other != number]
        for number in wanted
    }


def _store(session: Session, plans: dict[int, SeriesPlan], read: int, now: datetime) -> Report:
    """Write the plans, and count."""
    rows = [(number, new) for number, plan in plans.items() for new in plan.new_rows()]
    changes = [(number, change) for number, plan in plans.items() for change in plan.changes()]
    add_many(session, rows, now)
    add_verdicts(session, changes, now)
    return Report(
        read=read,
        accepted=_count((new for _, new in rows), Status.ACCEPTED),
        held=_count((new for _, new in rows), Status.HELD),
        refused=_count((new for _, new in rows), Status.REFUSED),
        unchanged=sum(plan.unchanged for plan in plans.values()),
        vindicated=sum(1 for _, change in changes if change.verdict.status is Status.ACCEPTED),
    )


def _count(rows: Iterable[NewRow], status: Status) -> int:
    return sum(1 for new in rows if new.final.status is status)
