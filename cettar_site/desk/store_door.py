"""Accounts, sessions and failed sign-ins: rows in, facts out."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select, text, update
from sqlmodel import Session, col

from cettar_site.base.columns import UtcDateTime
from cettar_site.desk.models import DeskOfficer, DeskSession, DeskTries
from cettar_site.desk.rules_door import Officer, Role, Tries, Visit

# Two tries at once must not stumble over each other's row.
SAVE_TRIES = text(
    "INSERT INTO desk_tries (account_hash, failures, last_at) VALUES (:account, :failures, :at) "
    "ON CONFLICT (account_hash) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at"
).bindparams(bindparam("at", type_=UtcDateTime))


def add_officer(session: Session, officer: Officer, password_hash: str, now: datetime) -> Officer:
    """Add an account; its id is given by the database."""
    row = DeskOfficer(pseudonym=officer.pseudonym, email=officer.email, password_hash=password_hash,
                      agency_code=officer.agency_code, role=officer.role, made_at=now)
    session.add(row)
    session.flush()
    return _officer(row)


def is_taken(session: Session, email: str, pseudonym: str) -> bool:
    """Whether an account has this address or this pseudonym."""
    return session.execute(select(DeskOfficer).where(
        (col(DeskOfficer.email) == email) | (col(DeskOfficer.pseudonym) == pseudonym))).first() is not None


def officer_by_email(session: Session, email: str) -> tuple[Officer, str] | None:
    """The account with an address, and the hash of its password."""
    row = session.scalars(select(DeskOfficer).where(col(DeskOfficer.email) == email)).first()
    return None if row is None else (_officer(row), row.password_hash)


def officers(session: Session) -> tuple[Officer, ...]:
    """Every account, in the order they were made."""
    return tuple(_officer(row) for row in session.scalars(select(DeskOfficer).order_by(col(DeskOfficer.id))))


def add_visit(session: Session, token_hash: bytes, officer_id: int, now: datetime) -> None:
    """Begin a session."""
    session.add(DeskSession(token_hash=token_hash, officer_id=officer_id, began_at=now, seen_at=now))
    session.flush()


def visit(session: Session, token_hash: bytes) -> Visit | None:
    """The session with this token, ended or not."""
    row = session.execute(select(DeskSession, DeskOfficer).join(
        DeskOfficer, col(DeskOfficer.id) == col(DeskSession.officer_id)).where(
            col(DeskSession.token_hash) == token_hash)).first()
    return None if row is None else Visit(_officer(row[1]), row[0].began_at, row[0].seen_at)


def see_visit(session: Session, token_hash: bytes, now: datetime) -> None:
    """Write down that a session is in use."""
    session.execute(update(DeskSession).where(col(DeskSession.token_hash) == token_hash).values(seen_at=now))


def end_visit(session: Session, token_hash: bytes) -> None:
    """End a session."""
    session.execute(delete(DeskSession).where(col(DeskSession.token_hash) == token_hash))


def forget(session: Session, seen_before: datetime, tried_before: datetime) -> None:
    """Delete ended sessions and old failures."""
    session.execute(delete(DeskSession).where(col(DeskSession.seen_at) < seen_before))
    session.execute(delete(DeskTries).where(col(DeskTries.last_at) < tried_before))


def tries(session: Session, account_hash: bytes) -> Tries:
    """The failed sign-ins of an account, held against others who would count at the same time."""
    row = session.get(DeskTries, account_hash, with_for_update=True, populate_existing=True)
    return Tries() if row is None else Tries(row.failures, row.last_at)


def save_tries(session: Session, account_hash: bytes, counted: Tries) -> None:
    """Write the failed sign-ins of an account; none deletes the row."""
    if not counted.failures or counted.last_at is None:
        session.execute(delete(DeskTries).where(col(DeskTries.account_hash) == account_hash))
        return
    session.execute(
        SAVE_TRIES, {"account": account_hash, "failures": counted.failures, "at": counted.last_at})


def _officer(row: DeskOfficer) -> Officer:
    assert row.id is not None
    return Officer(row.id, row.pseudonym, row.email, row.agency_code, Role(row.role))
