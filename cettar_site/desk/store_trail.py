"""The desk's trail: rows are added and read, never changed."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlmodel import Session, col

from cettar_site.desk.models import DeskTrail
from cettar_site.desk.rules_trail import Sought, Step


def add(session: Session, at: datetime, pseudonym: str, act: str, object_: str, agency_code: str) -> None:
    """Add a row."""
    session.execute(insert(DeskTrail).values(at=at, pseudonym=pseudonym, act=act, object=object_,
                                             agency_code=agency_code))


def steps(session: Session, sought: Sought, limit: int) -> tuple[Step, ...]:
    """Rows that are looked for, the newest first."""
    asked = select(DeskTrail).order_by(col(DeskTrail.id).desc()).limit(limit)
    for column, value in ((DeskTrail.pseudonym, sought.pseudonym), (DeskTrail.act, sought.act),
                          (DeskTrail.agency_code, sought.agency_code)):
        if value:
            asked = asked.where(col(column) == value)
    if sought.object:
        # "P-234567" is found in "P-234567:officer.DINKES>supervisor.DINKES", too; after ":" comes ";".
        asked = asked.where((col(DeskTrail.object) == sought.object) | (
            (col(DeskTrail.object) >= sought.object + ":") & (col(DeskTrail.object) < sought.object + ";")))
    if sought.since is not None:
        asked = asked.where(col(DeskTrail.at) >= sought.since)
    if sought.until is not None:
        asked = asked.where(col(DeskTrail.at) < sought.until)
    if sought.before is not None:
        asked = asked.where(col(DeskTrail.id) < sought.before)
    return tuple(Step(row.id or 0, row.at, row.pseudonym, row.act, row.object, row.agency_code)
                 for row in session.scalars(asked))
