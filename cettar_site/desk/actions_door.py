"""The verbs at the door: make an account, try a password, begin, see and end sessions."""

import secrets
from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from cettar_site.base.errors import Conflict, TooMany
from cettar_site.desk import store_door as store
from cettar_site.desk import store_factor
from cettar_site.desk.actions_trail import note
from cettar_site.desk.rules_door import (
    ABSOLUTE,
    FORGOTTEN_AFTER,
    LONGEST_WAIT,
    SEEN_EVERY,
    Half,
    Officer,
    Role,
    Step,
    Tries,
    Visit,
    check_account,
    counted,
    is_half_over,
    is_over,
    next_step,
    wait,
)
from cettar_site.desk.rules_trail import TrailAct

PSEUDONYM = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def add_officer(session: Session, email: str, agency_code: str, role: Role, password_hash: str, now: datetime,
                choose: Callable[[str], str] = secrets.choice, *, simulated: bool = False,
                must_change: bool = False) -> Officer:
    """Make an account; its second factor is set at its first sign-in. `must_change`: so is its password.

    Raises Refused for an address or agency that can't be, Conflict for a taken address.
    """
    kept = check_account(email, agency_code, simulated=simulated)
    pseudonym = "P-" + "".join(choose(PSEUDONYM) for _ in range(6))
    if store.is_taken(session, kept, pseudonym):
        raise Conflict("this address has an account already")
    officer = Officer(0, pseudonym, kept, agency_code, role, must_change)
    return store.add_officer(session, officer, password_hash, now)


def begin_sign_in(session: Session, account_hash: bytes, now: datetime, longest: float = LONGEST_WAIT) -> None:
    """Count a try before it is made, so that many at once don't get more. Raises TooMany with the wait."""
    tries = store.tries(session, account_hash)
    seconds = wait(tries, now, longest)
    if seconds:
        raise TooMany(seconds)
    store.save_tries(session, account_hash, counted(tries, now))


def forget_tries(session: Session, account_hash: bytes) -> None:
    """The last try was right: its failures are forgotten."""
    store.save_tries(session, account_hash, Tries())


def go_halfway(session: Session, officer: Officer, account_hash: bytes, token_hash: bytes, salt: bytes,
               kept: bytes, now: datetime) -> None:
    """The password was right: what is still asked for is asked under this token, which opens nothing else.

    `salt` and `kept` are a new factor, sealed, for who has none.
    """
    forget_tries(session, account_hash)
    store.forget(session, now - ABSOLUTE, now - FORGOTTEN_AFTER)
    store_factor.add_half(session, token_hash, officer, salt, kept, now)


def current_half(session: Session, token_hash: bytes, now: datetime) -> Half | None:
    """The sign-in on its way with this token, unless it is over."""
    half = store_factor.half(session, token_hash)
    return None if half is None or is_half_over(half, now) else half


def enter(session: Session, half_hash: bytes, old_hash: bytes, token_hash: bytes, now: datetime) -> Officer | None:
    """Begin a session under a new token, end the way to it and the browser's old session; None if it is not done."""
    half = current_half(session, half_hash, now)
    if half is None or next_step(half) is not Step.ENTER:
        return None
    store_factor.end_half(session, half_hash)
    store.end_visit(session, old_hash)
    store.add_visit(session, token_hash, half.officer.id, now)
    note(session, half.officer, TrailAct.SIGNED_IN, "", now)
    return half.officer


def sign_out(session: Session, token_hash: bytes, now: datetime) -> None:
    """End a session."""
    visit = store.visit(session, token_hash)
    store.end_visit(session, token_hash)
    if visit is not None and not is_over(visit, now):
        note(session, visit.officer, TrailAct.SIGNED_OUT, "", now)


def end_sessions(session: Session, officer: Officer, now: datetime, *, keep: bytes = b"", key: str = "") -> int:
    """End one's own sessions, but for the one to `keep`; with a `key` only that one; gives how many."""
    ended = store.end_visits(session, officer.id, keep=keep, key=key)
    if ended:
        note(session, officer, TrailAct.SESSIONS_ENDED, f"{officer.pseudonym}={ended}", now)
    return ended


def current_visit(session: Session, token_hash: bytes, now: datetime) -> Visit | None:
    """The session with this token, unless it has ended or its account may not come in as it is."""
    visit = store.visit(session, token_hash)
    return None if visit is None or is_over(visit, now) or not visit.officer.ready else visit


def is_due_to_be_seen(visit: Visit, now: datetime) -> bool:
    """Whether this use of a session is worth writing down."""
    return now - visit.seen_at >= SEEN_EVERY


def see(session: Session, token_hash: bytes, now: datetime) -> None:
    """Write down that a session is in use."""
    store.see_visit(session, token_hash, now)
