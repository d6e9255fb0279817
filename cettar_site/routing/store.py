"""Suggestions, kept and read. Nothing here reads a word of a complaint."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, func, insert, select
from sqlmodel import Session

from cettar_site.routing.models import RoutingSuggestion
from cettar_site.routing.rules import Suggestion

SUGGESTED = cast(Table, vars(RoutingSuggestion)["__table__"])
AT_ONCE = 400


def keep(session: Session, made: Mapping[int, Sequence[Suggestion]], version: str, alone: Iterable[int] = ()) -> None:
    """Keep what was suggested for complaints, by their ids; `alone` are those that were sent without asking."""
    sent = frozenset(alone)
    rows = [
        {"complaint_id": id_, "rank": rank, "agency_code": one.agency_code, "confidence": one.confidence,
         "alone": id_ in sent and rank == 1, "model_version": version}
        for id_, found in made.items() for rank, one in enumerate(found, 1)]
    if rows:
        session.connection().execute(insert(SUGGESTED), rows)


def suggestions_of(session: Session, complaint_ids: Iterable[int]) -> dict[int, tuple[Suggestion, ...]]:
    """What was suggested for these complaints when they were filed, the likeliest first; those without are left out."""
    found: defaultdict[int, list[Suggestion]] = defaultdict(list)
    for row in _rows(session, complaint_ids):
        found[row.complaint_id].append(Suggestion(row.agency_code, row.confidence))
    return {id_: tuple(ranked) for id_, ranked in found.items()}


def sent_alone(session: Session, complaint_ids: Iterable[int]) -> set[int]:
    """Those of these complaints that the site sent without asking."""
    return {row.complaint_id for row in _rows(session, complaint_ids) if row.alone}


def newest_ids(session: Session, n: int) -> list[int]:
    """The newest complaints for which something was suggested, oldest first."""
    rows = select(SUGGESTED.c.complaint_id).where(SUGGESTED.c.rank == 1).order_by(
        SUGGESTED.c.complaint_id.desc()).limit(n)
    return sorted(session.execute(rows).scalars())


def count(session: Session) -> int:
    """For how many complaints something was suggested."""
    return int(session.execute(select(func.count()).select_from(SUGGESTED).where(SUGGESTED.c.rank == 1)).scalar() or 0)


def _rows(session: Session, complaint_ids: Iterable[int]) -> Iterable[Any]:
    asked = sorted(set(complaint_ids))
    for at in range(0, len(asked), AT_ONCE):
        yield from session.execute(select(SUGGESTED).where(
            SUGGESTED.c.complaint_id.in_(asked[at:at + AT_ONCE])).order_by(SUGGESTED.c.complaint_id, SUGGESTED.c.rank))
