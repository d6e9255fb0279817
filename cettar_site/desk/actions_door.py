"""The verbs at the door: make an account, sign in and out."""

import secrets
from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from cettar_site.base.errors import Conflict, TooMany
from cettar_site.desk import store_door as store
from cettar_site.desk.rules_door import (
    ABSOLUTE,
    FORGOTTEN_AFTER,
    SEEN_EVERY,
    Officer,
    Role,
    Tries,
    Visit,
    check_account,
    counted,
    is_over,
    wait,
)

PSEUDONYM = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def add_officer(session: Session, email: str, agency_code: str, role: Role, password_hash: str, now: datetime,
                choose: Callable[[str], str] = secrets.choice) -> Officer:
    """Make an account. Raises Refused for an address or agency that can't be, Conflict for a taken one."""
    kept = check_account(email, agency_code)
    pseudonym = "P-" + "".join(choose(PSEUDONYM) for _ in range(6))
    if store.is_taken(session, kept, pseudonym):
        raise Conflict("this address has an account already")
    return store.add_officer(session, Officer(0, pseudonym, kept, agency_code, role), password_hash, now)


def begin_sign_in(session: Session, account_hash: bytes, now: datetime) -> None:
    """Count a try before it is made, so that many at once don't get more. Raises TooMany with the wait."""
    tries = store.tries(session, account_hash)
    seconds = wait(tries, now)
    if seconds:
        raise TooMany(seconds)
    store.save_tries(session, account_hash, counted(tries, now))


def sign_in(session: Session, officer: Officer, account_hash: bytes, token_hash: bytes,
            now: datetime) -> None:
    """Begin a session under a new token; the account's failures are forgotten."""
    store.save_tries(session, account_hash, Tries())
    store.forget(session, now - ABSOLUTE, now - FORGOTTEN_AFTER)
    store.add_visit(session, token_hash, officer.id, now)


def sign_out(session: Session, token_hash: bytes) -> None:
    """End a session."""
    store.end_visit(session, token_hash)


def current_visit(session: Session, token_hash: bytes, now: datetime) -> Visit | None:
    """The session with this token, unless it has ended."""
    visit = store.visit(session, token_hash)
    return None if visit is None or is_over(visit, now) else visit


def is_due_to_be_seen(visit: Visit, now: datetime) -> bool:
    """Whether this use of a session is worth writing down."""
    return now - visit.seen_at >= SEEN_EVERY


def see(session: Session, token_hash: bytes, now: datetime) -> None:
    """Write down that a session is in use."""
    store.see_visit(session, token_hash, now)
