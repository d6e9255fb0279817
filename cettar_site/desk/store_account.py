"""Accounts as admins see and change them: rows in, facts out."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlmodel import Session, col

from cettar_site.desk.models import DeskOfficer, DeskRecovery, DeskSession
from cettar_site.desk.rules_account import Account, Wanted
from cettar_site.desk.rules_door import Officer, Role
from cettar_site.desk.store_door import officer_of

_SESSIONS = select(func.count()).select_from(DeskSession).where(
    col(DeskSession.officer_id) == col(DeskOfficer.id)).scalar_subquery()
_SEEN = select(func.max(DeskSession.seen_at)).where(
    col(DeskSession.officer_id) == col(DeskOfficer.id)).scalar_subquery()
_RECOVERY = select(func.count()).select_from(DeskRecovery).where(
    col(DeskRecovery.officer_id) == col(DeskOfficer.id)).scalar_subquery()


def accounts(session: Session, wanted: Wanted, limit: int, offset: int) -> tuple[Account, ...]:
    """Accounts that are looked for, by agency and role, then in the order they were made."""
    asked = select(DeskOfficer, _SESSIONS, _SEEN, _RECOVERY).where(*_conditions(wanted)).order_by(
        col(DeskOfficer.agency_code), col(DeskOfficer.role), col(DeskOfficer.id)).limit(limit).offset(offset)
    return tuple(_account(*row) for row in session.execute(asked))


def count(session: Session, wanted: Wanted) -> int:
    """How many accounts are looked for."""
    return session.scalar(select(func.count()).select_from(DeskOfficer).where(*_conditions(wanted))) or 0


def account(session: Session, pseudonym: str) -> Account | None:
    """One account."""
    row = session.execute(select(DeskOfficer, _SESSIONS, _SEEN, _RECOVERY).where(
        col(DeskOfficer.pseudonym) == pseudonym)).first()
    return None if row is None else _account(*row)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.role is not None:
        found.append(col(DeskOfficer.role) == wanted.role)
    if wanted.disabled is not None:
        is_null = col(DeskOfficer.disabled_at).is_(None)
        found.append(~is_null if wanted.disabled else is_null)
    for word in wanted.words.split():
        found.append(or_(*(func.lower(column).contains(word.lower(), autoescape=True) for column in (
            DeskOfficer.pseudonym, DeskOfficer.email, DeskOfficer.agency_code))))
    return found


def _account(row: DeskOfficer, sessions: int, seen_at: datetime | None, recovery: int) -> Account:
    return Account(officer_of(row), row.made_at, row.disabled_at, sessions, seen_at, recovery)


def hold_admins(session: Session) -> frozenset[int]:
    """The ids of all admins that are not disabled, held: one change of accounts after another."""
    return frozenset(one for one in session.scalars(select(col(DeskOfficer.id)).where(
        col(DeskOfficer.role) == Role.ADMIN, col(DeskOfficer.disabled_at).is_(None)).order_by(
            col(DeskOfficer.id)).with_for_update()) if one is not None)


def change(session: Session, officer: Officer, role: Role, agency_code: str) -> None:
    """Give an account another role or agency."""
    session.execute(update(DeskOfficer).where(col(DeskOfficer.id) == officer.id).values(
        role=role, agency_code=agency_code))


def disable(session: Session, officer: Officer, at: datetime | None) -> None:
    """Close an account since `at`, or open it again (None)."""
    session.execute(update(DeskOfficer).where(col(DeskOfficer.id) == officer.id).values(disabled_at=at))
