"""Templates of agencies: rows in, facts out."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from cettar_site.desk.models_template import DeskTemplate
from cettar_site.desk.rules_template import Template


def all_of(session: Session, agency_code: str) -> tuple[Template, ...]:
    """An agency's templates by name."""
    rows = session.scalars(select(DeskTemplate).where(col(DeskTemplate.agency_code) == agency_code)
                           .order_by(col(DeskTemplate.name), col(DeskTemplate.id)))
    return tuple(Template(row.id or 0, row.name, row.text) for row in rows)


def texts(session: Session, agency_code: str) -> tuple[str, ...]:
    """The texts alone, to compare an answer with."""
    return tuple(one.text for one in all_of(session, agency_code))


def count(session: Session, agency_code: str) -> int:
    """How many templates an agency has."""
    return int(session.execute(select(func.count()).select_from(DeskTemplate).where(
        col(DeskTemplate.agency_code) == agency_code)).scalar() or 0)


def save(session: Session, agency_code: str, template: Template, actor: str, now: datetime) -> bool:
    """Add a template (id 0) or change the agency's own; whether it was there."""
    if not template.id:
        session.add(DeskTemplate(agency_code=agency_code, name=template.name, text=template.text, changed_at=now,
                                 changed_by=actor))
        session.flush()
        return True
    done = session.execute(update(DeskTemplate).where(
        col(DeskTemplate.id) == template.id, col(DeskTemplate.agency_code) == agency_code).values(
            name=template.name, text=template.text, changed_at=now, changed_by=actor))
    return bool(cast(Any, done).rowcount == 1)


def remove(session: Session, agency_code: str, template_id: int) -> None:
    """Delete one of an agency's templates."""
    session.execute(delete(DeskTemplate).where(
        col(DeskTemplate.id) == template_id, col(DeskTemplate.agency_code) == agency_code))
