"""Who audits: the agencies that have an auditor's account."""

from sqlalchemy import select
from sqlmodel import Session, col

from cettar_site.desk.models import DeskOfficer
from cettar_site.desk.rules import Role


def auditing(session: Session) -> list[str]:
    """The agencies with an auditor whose account is in use."""
    wanted = select(col(DeskOfficer.agency_code)).where(
        col(DeskOfficer.role) == Role.AUDITOR, col(DeskOfficer.disabled_at).is_(None))
    return list(session.execute(wanted.distinct().order_by(col(DeskOfficer.agency_code))).scalars())
