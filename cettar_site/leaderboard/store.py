"""The audit reads the complaints' own rows; of its own it keeps how each day ended."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from sqlmodel import Session, col, select

from cettar_site.complaints import store as complaints
from cettar_site.leaderboard.models import BoardDay
from cettar_site.leaderboard.rules import RULES_VERSION, Case, Evidence, Standing
from cettar_site.leaderboard.rules_ledger import Key


def cases(session: Session, since: datetime) -> Iterator[Case]:
    """Every custody begun since then, of confidential complaints too: they are counted, never shown."""
    for _, case, _ in moved(session, since, None):
        yield case


def moved(session: Session, since: datetime, changed: datetime | None) -> Iterator[tuple[Key, Case, datetime]]:
    """The custodies begun since then (with `changed`: those that changed since), each with when it changed."""
    for complaint_id, seq, agency, begun, due_at, until, answered_at, at in complaints.custodies_since(
            session, since, changed):
        if begun >= since:
            yield (complaint_id, seq), Case(agency, begun, due_at, until, answered_at), at


def day(session: Session, when: date) -> tuple[Standing, ...]:
    """The standings kept for a day, in their order; none when that day was not kept."""
    found = session.exec(select(BoardDay).where(BoardDay.day == when).order_by(col(BoardDay.agency))).all()
    standings = [Standing(row.agency, row.rank, Evidence(row.evidence), row.mature, row.in_time, row.waiting,
                          row.overdue, row.median_days, row.median_at_least) for row in found]
    return tuple(sorted(standings, key=lambda standing: (standing.rank is None, standing.rank or 0)))


def keep_day(session: Session, when: date, standings: Iterable[Standing]) -> None:
    """Keep a day's standings."""
    session.add_all(
        BoardDay(day=when, agency=one.agency, rules=RULES_VERSION, rank=one.rank, evidence=one.evidence.value,
                 mature=one.mature, in_time=one.in_time, waiting=one.waiting, overdue=one.overdue,
                 median_days=one.median_days, median_at_least=one.median_at_least) for one in standings)
