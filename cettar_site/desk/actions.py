"""The verbs of the desk: make an account, sign in and out, acknowledge, answer."""

import secrets
from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from cettar_site.base.errors import Conflict, NotFound, TooMany
from cettar_site.base.seal import Vault
from cettar_site.complaints.actions_happen import Deed, happen, judged
from cettar_site.complaints.rules_answer import Substance
from cettar_site.desk import store
from cettar_site.desk.rules import (
    ABSOLUTE,
    FORGOTTEN_AFTER,
    SEEN_EVERY,
    Act,
    Case,
    Kind,
    Officer,
    Role,
    Tries,
    Visit,
    check_account,
    check_answer,
    check_may,
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


def case_for(session: Session, officer: Officer, number: str, act: Act, vault: Vault) -> Case:
    """A complaint for an officer. Raises NotFound (also for another agency's) and Forbidden."""
    case = store.case(session, number, vault)
    if case is None:
        raise NotFound("no such complaint at this desk")
    check_may(officer, act, case.life.agency_code)
    return case


def acknowledge(session: Session, officer: Officer, number: str, seen: int | None, now: datetime,
                vault: Vault) -> Case:
    """Tell the citizen that their complaint was read. This does not stop the clock."""
    case = case_for(session, officer, number, Act.ACKNOWLEDGE, vault)
    check_seen(case, seen)
    return happen(session, case, Deed(Kind.ACKNOWLEDGED, officer.pseudonym, case.life.agency_code), now, vault)


def answer(session: Session, officer: Officer, number: str, text: str, seen: int | None, now: datetime,
           vault: Vault) -> Case:
    """Answer a complaint. Raises Refused, NotFound, Forbidden, and Conflict if it is not as it was seen.

    `seen` is the number of events that the officer had before them (None: don't ask).
    """
    case = case_for(session, officer, number, Act.ANSWER, vault)
    check_seen(case, seen)
    kept = check_answer(text)
    real = judged(session, case.life.agency_code, kept, vault) is Substance.SUBSTANTIAL
    kind = Kind.ANSWERED if real else Kind.REPLIED
    return happen(session, case, Deed(kind, officer.pseudonym, case.life.agency_code, text=kept), now, vault)


def check_seen(case: Case, seen: int | None) -> None:
    """Raises Conflict where something happened since the officer looked."""
    if seen is not None and seen != case.life.seq:
        raise Conflict("something happened to this complaint meanwhile", seen=seen, seq=case.life.seq)
