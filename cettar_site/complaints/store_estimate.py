"""How long waits lasted, counted by the database; the estimates that were made of them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Integer, Label, Table, delete, func, insert, literal, or_, select
from sqlalchemy import case as when
from sqlalchemy import cast as cast_in_sql
from sqlmodel import Session

from cettar_site.base.columns import UtcDateTime
from cettar_site.complaints.models_beside import ComplaintEstimate
from cettar_site.complaints.rules import Case, Channel
from cettar_site.complaints.rules_estimate import Estimate, Outcome, Quantile, Tally, best
from cettar_site.complaints.store_rows import CUSTODY, GROUP, STATE

ESTIMATE = cast(Table, vars(ComplaintEstimate)["__table__"])
_A_MOMENT = 1e-6
"""Of an hour: what a day as a floating number may lack of a whole hour."""
# Grouped by their names: PostgreSQL takes two equal expressions with parameters in them for different ones.
_HOURS, _OUTCOME = "spent_hours", "came_to"


def by_agency(session: Session, since: datetime, now: datetime) -> Iterator[tuple[str, str, Tally]]:
    """The waits of every custody begun since an instant, by agency and topic's group; triage and imports apart."""
    ended = func.coalesce(CUSTODY.c.answered_at, CUSTODY.c.until, literal(now, UtcDateTime))
    hours = _hours(session, CUSTODY.c.since, ended)
    outcome = _outcome(CUSTODY.c.answered_at, CUSTODY.c.until)
    rows = session.execute(
        select(CUSTODY.c.agency_code, STATE.c.group_code, hours, outcome, func.count())
        .join(STATE, STATE.c.complaint_id == CUSTODY.c.complaint_id)
        .where(CUSTODY.c.since >= since, CUSTODY.c.since <= now, CUSTODY.c.triage.is_(False),
               CUSTODY.c.channel == Channel.SITE)
        .group_by(CUSTODY.c.agency_code, STATE.c.group_code, _HOURS, _OUTCOME).execution_options(yield_per=5000))
    for agency_code, group_code, spent, kind, n in rows:
        yield agency_code, group_code, Tally(spent, Outcome(kind), n)


def of_all(session: Session, since: datetime, now: datetime) -> list[Tally]:
    """How long the filers of all complaints waited for a first answer, from sending on."""
    ended = func.coalesce(STATE.c.first_answer_at, STATE.c.ended_at, literal(now, UtcDateTime))
    hours = _hours(session, STATE.c.filed_at, ended)
    outcome = _outcome(STATE.c.first_answer_at, STATE.c.ended_at)
    rows = session.execute(
        select(hours, outcome, func.count())
        .where(STATE.c.filed_at >= since, STATE.c.filed_at <= now, STATE.c.channel == Channel.SITE)
        .group_by(_HOURS, _OUTCOME))
    return [Tally(spent, Outcome(kind), n) for spent, kind, n in rows]


def keep(session: Session, estimates: Iterable[Estimate]) -> None:
    """Put these in the place of all that were kept."""
    rows = [{"agency_code": one.agency_code, "group_code": one.group_code, "n": one.n, "waiting": one.waiting,
             "half_days": one.half.days, "half_at_least": one.half.at_least, "nine_days": one.nine.days,
             "nine_at_least": one.nine.at_least, "at": one.at} for one in estimates]
    session.execute(delete(ESTIMATE))
    if rows:
        session.execute(insert(ESTIMATE), rows)


def near(session: Session, agency_code: str, group_code: str) -> list[Estimate]:
    """The estimates that may be shown for a complaint: its group at its agency, the agency, the province."""
    rows = session.execute(select(ESTIMATE).where(
        or_((ESTIMATE.c.agency_code == agency_code) & ESTIMATE.c.group_code.in_(("", group_code)),
            (ESTIMATE.c.agency_code == "") & (ESTIMATE.c.group_code == ""))))
    return [Estimate(row.agency_code, row.group_code, row.n, row.waiting, Quantile(row.half_days, row.half_at_least),
                     Quantile(row.nine_days, row.nine_at_least), row.at) for row in rows]


def for_case(session: Session, case: Case) -> Estimate | None:
    """The estimate for who waits for a first answer; of a confidential complaint it tells nothing of its topic."""
    if not case.life.open:
        return None
    group = case.request.category_code[:GROUP] if case.request.shown.public else ""
    return best(near(session, "" if case.life.custody.triage else case.life.agency_code, group))


def _outcome(answered_at: Any, ended_at: Any) -> Label[int]:
    return when((answered_at.is_not(None), int(Outcome.ANSWERED)), (ended_at.is_not(None), int(Outcome.LEFT)),
                else_=int(Outcome.WAITING)).label(_OUTCOME)


def _hours(session: Session, since: Any, until: Any) -> Label[int]:
    """The whole hours between two instants, in the words of the database; waits are never negative."""
    if session.get_bind().dialect.name == "sqlite":
        hours: Any = (func.julianday(until) - func.julianday(since)) * 24 + _A_MOMENT  # cast cuts off
    else:
        hours = func.floor(func.extract("epoch", until - since) / 3600 + _A_MOMENT)
    return cast_in_sql(hours, Integer).label(_HOURS)
