"""Who else said "me too": a hash a device and complaint."""

from typing import Any, cast

from sqlalchemy import Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from cettar_site.complaints.models_beside import ComplaintSupport

SUPPORT = cast(Table, vars(ComplaintSupport)["__table__"])


def add(session: Session, complaint_id: int, device_hash: bytes) -> bool:
    """Keep a device's support; whether it was news."""
    kind: Any = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    done = session.execute(kind.insert(SUPPORT).values(complaint_id=complaint_id, device_hash=device_hash)
                           .on_conflict_do_nothing().returning(SUPPORT.c.complaint_id))
    return done.first() is not None


def count(session: Session, complaint_id: int) -> int:
    """How many devices support a complaint."""
    return int(session.execute(select(func.count()).select_from(SUPPORT).where(
        SUPPORT.c.complaint_id == complaint_id)).scalar() or 0)
