"""Lists of complaints: what all may read, newest first, searched and filtered, and what waits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select, text
from sqlmodel import Session

from cettar_site.complaints import store_search
from cettar_site.complaints.rules import DESK_ONLY, Channel, Shown, State
from cettar_site.complaints.rules_brief import Brief, Unanswered
from cettar_site.complaints.store_rows import EVENT, PUBLIC, REQUEST, STATE

_COLUMNS = (STATE.c.number, STATE.c.shown, STATE.c.category_code, STATE.c.region_code, STATE.c.agency_code,
            STATE.c.state, STATE.c.filed_at, STATE.c.due_at, STATE.c.owed_at, STATE.c.acknowledged_at,
            STATE.c.first_answer_at, STATE.c.ended_at, STATE.c.paused_until, STATE.c.hidden, STATE.c.erased,
            STATE.c.supports)
_LINE = len(_COLUMNS)
END = (1 << 63) - 1
"""Above every id."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which public complaints a reader asks for; empty means all. `before` is the id where the last page ended."""

    words: tuple[str, ...] = ()
    region_code: str = ""
    agency_code: str = ""
    group_code: str = ""
    state: str = ""
    before: int = END
    late_at: datetime | None = None
    """Only those that waited at this instant for a first answer that was overdue."""

    @property
    def equal(self) -> dict[str, str]:
        """The columns that must have a value."""
        pairs = {"region_code": self.region_code, "agency_code": self.agency_code, "group_code": self.group_code,
                 "state": self.state}
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list: its lines, and the id below which the next one begins (None: there is no more)."""

    briefs: tuple[Brief, ...]
    next_before: int | None


def newest(session: Session, n: int) -> tuple[Brief, ...]:
    """The newest complaints that everyone may read, with their public text, newest first."""
    return listed(session, Wanted(), n).briefs


# Written out, not bound: only so do both databases see that their indexes of these rows may be used.
PUBLIC_ONES = text("complaint_state.shown <> 'confidential'")
_UNANSWERED = text("complaint_state.first_answer_at IS NULL AND complaint_state.ended_at IS NULL "
                   "AND complaint_state.channel = 'site'")  # of others the clock runs elsewhere
INDEXED = (("region_code", "agency_code"), ("region_code", "group_code"), ("region_code", "state"),
           ("agency_code", "group_code"), ("agency_code", "state"), ("group_code", "state"))
"""Two filters for which there is an index, newest first; one alone always has one."""
TAGGED = frozenset({"region_code", "group_code"})
STEPS = (400, 1600, 6400)
"""So many complaints are looked through for a page whose filters have no index together."""
SEARCH_STEPS = 12
"""At most some eight thousand matches are looked through for a page of a search."""


def listed(session: Session, wanted: Wanted, n: int) -> Listed:
    """A page of the public list: no confidential ones; hidden and erased ones without their text.

    What it costs does not grow with the number of complaints. Where much had to be looked through, a page may
    have fewer lines than `n`, or none, and still a next one.
    """
    rows = select(*_COLUMNS, STATE.c.channel, STATE.c.complaint_id, PUBLIC.c.text).select_from(STATE).outerjoin(
        PUBLIC, (PUBLIC.c.complaint_id == STATE.c.complaint_id) & (PUBLIC.c.seq == 1)).where(
        PUBLIC_ONES, *_those(wanted))
    if wanted.words:
        found, on = _found(session, wanted, rows, n)
    elif wanted.late_at is None and (len(wanted.equal) < 2 or tuple(wanted.equal) in INDEXED):
        found, on = _stretch(session, rows, wanted.before, 0, n + 1), None
    else:
        found, on = _stepwise(session, wanted, rows, n)
    shown = found[:n]
    return Listed(tuple(_brief(row, "" if row.hidden or row.erased else row.text or "") for row in shown),
                  shown[-1].complaint_id if len(found) > n else on)


def _those(wanted: Wanted) -> list[ColumnElement[bool] | Any]:
    if wanted.late_at is None:
        return [STATE.c[name] == value for name, value in wanted.equal.items()]
    equal = [_aside(STATE.c[name]) == value for name, value in wanted.equal.items()]
    return [*equal, _UNANSWERED, STATE.c.due_at < wanted.late_at]


def _aside(column: Any) -> Any:
    """The column so that no index of it is taken: what waits has an index of its own, much smaller."""
    return column.concat("")


def _stretch(session: Session, rows: Select[Any], before: int, first: int, most: int) -> list[Any]:
    """The newest of the rows with an id from `first` on and below `before`."""
    return list(session.execute(rows.where(STATE.c.complaint_id < before, STATE.c.complaint_id >= first)
                                .order_by(STATE.c.complaint_id.desc()).limit(most)))


def _stepwise(session: Session, wanted: Wanted, rows: Select[Any], n: int) -> tuple[list[Any], int | None]:
    """Rows found along the index that narrows most, and where to look on if that took too long."""
    name = wanted.equal
    pair = next((pair for pair in INDEXED if set(pair) <= name.keys()), tuple(name)[:1])
    along = select(STATE.c.complaint_id).where(PUBLIC_ONES).order_by(STATE.c.complaint_id.desc())
    if wanted.late_at is not None:
        along = along.where(_UNANSWERED)
    else:
        along = along.where(*(STATE.c[column] == name[column] for column in pair))
    before, found = wanted.before, list[Any]()
    for step in STEPS:
        last = session.execute(along.where(STATE.c.complaint_id < before).limit(1).offset(step - 1)).scalar()
        found += _stretch(session, rows, before, last or 0, n + 1 - len(found))
        if last is None or len(found) > n:
            return found, None
        before = last
    return found, before


def _found(session: Session, wanted: Wanted, rows: Select[Any], n: int) -> tuple[list[Any], int | None]:
    """Rows that hold the words: found ids are looked through in steps; where to look on if that took too long."""
    words = (*wanted.words, *store_search.tags_of(wanted.region_code, wanted.group_code))
    # Place and topic stand in the index as words; what else is asked for is looked up in each that was found.
    tagged = wanted.equal.keys() <= TAGGED and wanted.late_at is None
    before, step, found = wanted.before, (2 if tagged else 4) * n, list[Any]()
    for _ in range(SEARCH_STEPS):
        ids = store_search.find(session, words, before, step)
        if ids:
            found += session.execute(rows.where(STATE.c.complaint_id.in_(ids))
                                     .order_by(STATE.c.complaint_id.desc())).all()
        if len(ids) < step or len(found) > n:
            return found, None
        before, step = ids[-1], min(step * 4, 800)
    return found, before


def public_id(session: Session, number: str) -> int | None:
    """The id of a complaint that everyone may read; None of a confidential one too, for its id tells when it came."""
    return session.execute(select(STATE.c.complaint_id).join(REQUEST, REQUEST.c.id == STATE.c.complaint_id).where(
        REQUEST.c.number == number, PUBLIC_ONES)).scalar()


def number_at(session: Session, complaint_id: int) -> str:
    """The number of the complaint with an id."""
    return session.execute(select(STATE.c.number).where(STATE.c.complaint_id == complaint_id)).scalar_one()


def happened_last(session: Session, numbers: Sequence[str]) -> dict[str, datetime]:
    """By number: when something last happened of which the public knows."""
    rows = select(REQUEST.c.number, func.max(EVENT.c.at)).join(EVENT, EVENT.c.complaint_id == REQUEST.c.id).where(
        REQUEST.c.number.in_(list(numbers)), EVENT.c.kind.not_in(list(DESK_ONLY))).group_by(REQUEST.c.number)
    return {row[0]: row[1] for row in session.execute(rows)}


def unanswered(session: Session, now: datetime) -> tuple[Unanswered, ...]:
    """By region: how many that everyone may read wait for a first answer, and how many of these too long."""
    late = func.sum(case((STATE.c.due_at < now, 1), else_=0))
    region = _aside(STATE.c.region_code).label("region")
    rows = select(region, func.count(), late).where(PUBLIC_ONES, _UNANSWERED).group_by(text("region"))
    return tuple(sorted((Unanswered(row[0], int(row[1]), int(row[2])) for row in session.execute(rows)),
                        key=lambda one: one.region_code))


def _brief(row: Any, said: str) -> Brief:
    line: Any = (*row[:_LINE], said)
    brief = Brief(line[0], Shown(line[1]), line[2], line[3], line[4], State(line[5]), *line[6:])
    return replace(brief, channel=Channel(row.channel))
