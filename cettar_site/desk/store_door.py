"""Accounts, sessions and failed sign-ins: rows in, facts out."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select, text, update
from sqlmodel import Session, col

from cettar_site.base.columns import UtcDateTime
from cettar_site.desk.models import DeskHalf, DeskOfficer, DeskSession, DeskTries
from cettar_site.desk.rules_door import Officer, Role, Tries, Visit

# Two tries at once must not stumble over each other's row.
SAVE_TRIES = text(
    "INSERT INTO desk_tries (account_hash, failures, last_at) VALUES (:account, :failures, :at) "
    "ON CONFLICT (account_hash) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at"
).bindparams(bindparam("at", type_=UtcDateTime))


def add_officer(session: Session, officer: Officer, password_hash: str, now: datetime) -> Officer:
    """Add an account; its id is given by the database, a second factor it has none."""
    row = DeskOfficer(pseudonym=officer.pseudonym, email=officer.email, password_hash=password_hash,
                      agency_code=officer.agency_code, role=officer.role, made_at=now,
                      must_change=officer.must_change)
    session.add(row)
    session.flush()
    return officer_of(row)


def is_taken(session: Session, email: str, pseudonym: str) -> bool:
    """Whether an account has this address or this pseudonym."""
    return session.execute(select(DeskOfficer).where(
        (col(DeskOfficer.email) == email) | (col(DeskOfficer.pseudonym) == pseudonym))).first() is not None


def officer_by_email(session: Session, email: str) -> tuple[Officer, str] | None:
    """The account with an address, and the hash of its password."""
    row = session.scalars(select(DeskOfficer).where(col(DeskOfficer.email) == email)).first()
    return None if row is None else (officer_of(row), row.password_hash)


def officers(session: Session) -> tuple[Officer, ...]:
    """Every account that is not disabled, in the order they were made."""
    return tuple(officer_of(row) for row in session.scalars(select(DeskOfficer).where(
        col(DeskOfficer.disabled_at).is_(None)).order_by(col(DeskOfficer.id))))


def set_password(session: Session, officer_id: int, password_hash: str, *, must_change: bool) -> None:
    """Give an account another password; `must_change`: it is somebody else's doing."""
    session.execute(update(DeskOfficer).where(col(DeskOfficer.id) == officer_id).values(
        password_hash=password_hash, must_change=must_change))


def add_visit(session: Session, token_hash: bytes, officer_id: int, now: datetime) -> None:
    """Begin a session, just confirmed by a code."""
    session.add(DeskSession(token_hash=token_hash, officer_id=officer_id, began_at=now, seen_at=now, confirmed_at=now))
    session.flush()


def visit(session: Session, token_hash: bytes) -> Visit | None:
    """The session with this token, ended or not."""
    row = session.execute(select(DeskSession, DeskOfficer).join(
        DeskOfficer, col(DeskOfficer.id) == col(DeskSession.officer_id)).where(
            col(DeskSession.token_hash) == token_hash)).first()
    return None if row is None else _visit(row[0], row[1])


def visits(session: Session, officer: Officer) -> tuple[Visit, ...]:
    """An account's sessions, the last used first, ended or not."""
    rows = session.execute(select(DeskSession, DeskOfficer).join(
        DeskOfficer, col(DeskOfficer.id) == col(DeskSession.officer_id)).where(
            col(DeskSession.officer_id) == officer.id).order_by(col(DeskSession.seen_at).desc()))
    return tuple(_visit(row[0], row[1]) for row in rows)


def _visit(row: DeskSession, officer: DeskOfficer) -> Visit:
    return Visit(officer_of(officer), row.began_at, row.seen_at, row.confirmed_at, key_of(row.token_hash))


def key_of(token_hash: bytes) -> str:
    """A session's name for its owner: a part of what is kept, which opens nothing."""
    return token_hash[:8].hex()


def confirm_visit(session: Session, token_hash: bytes, now: datetime) -> None:
    """Write down that a code was given again."""
    session.execute(update(DeskSession).where(col(DeskSession.token_hash) == token_hash).values(confirmed_at=now))


def see_visit(session: Session, token_hash: bytes, now: datetime) -> None:
    """Write down that a session is in use."""
    session.execute(update(DeskSession).where(col(DeskSession.token_hash) == token_hash).values(seen_at=now))


def end_visit(session: Session, token_hash: bytes) -> None:
    """End a session."""
    session.execute(delete(DeskSession).where(col(DeskSession.token_hash) == token_hash))


def end_visits(session: Session, officer_id: int, *, keep: bytes = b"", key: str = "") -> int:
    """End an account's sessions and half-way sign-ins, but for the one to `keep`; with a `key` only that session."""
    mine = (col(DeskSession.officer_id) == officer_id) & (col(DeskSession.token_hash) != keep)
    ended = [kept for kept in session.scalars(select(col(DeskSession.token_hash)).where(mine))
             if not key or key_of(kept) == key]
    session.execute(delete(DeskSession).where(col(DeskSession.token_hash).in_(ended)))
    if not key:
        session.execute(delete(DeskHalf).where(col(DeskHalf.officer_id) == officer_id))
    return len(ended)


def forget(session: Session, seen_before: datetime, tried_before: datetime) -> None:
    """Delete ended sessions, sign-ins that nobody finished, and old failures."""
    session.execute(delete(DeskHalf).where(col(DeskHalf.began_at) < tried_before))
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


def officer_of(row: DeskOfficer) -> Officer:
    """The account in a row."""
    assert row.id is not None
    return Officer(row.id, row.pseudonym, row.email, row.agency_code, Role(row.role), row.must_change,
                   row.enrolled_at is not None, row.disabled_at is not None)
