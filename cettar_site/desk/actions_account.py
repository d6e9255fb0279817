"""What an admin does to accounts. Each act is in the trail, and ends the account's sessions."""

from datetime import datetime

from sqlmodel import Session

from cettar_site.base.errors import NotFound
from cettar_site.desk import actions_door, store_account, store_door, store_factor
from cettar_site.desk.actions_trail import note
from cettar_site.desk.rules_account import Account, Wanted, check_manager, check_managing, check_role
from cettar_site.desk.rules_door import Officer
from cettar_site.desk.rules_trail import TrailAct


def listed(session: Session, actor: Officer, wanted: Wanted, limit: int,
           offset: int) -> tuple[tuple[Account, ...], int]:
    """Accounts that are looked for, and how many there are. Raises Forbidden."""
    check_manager(actor)
    return store_account.accounts(session, wanted, limit, offset), store_account.count(session, wanted)


def account(session: Session, actor: Officer, pseudonym: str) -> Account:
    """One account. Raises Forbidden, NotFound."""
    check_manager(actor)
    found = store_account.account(session, pseudonym)
    if found is None:
        raise NotFound("no such account")
    return found


def make(session: Session, actor: Officer, email: str, agency_code: str, role: str, password_hash: str, now: datetime,
         *, simulated: bool) -> Officer:
    """A new account with a password for once. Raises Forbidden, Refused, Conflict for a taken address."""
    check_manager(actor)
    wanted = check_role(role, agency_code)
    made = actions_door.add_officer(session, email, agency_code, wanted, password_hash, now, simulated=simulated,
                                    must_change=True)
    note(session, actor, TrailAct.ACCOUNT_MADE, f"{made.pseudonym}:{made.role}.{made.agency_code}", now)
    return made


def change(session: Session, actor: Officer, pseudonym: str, role: str, agency_code: str, now: datetime) -> None:
    """Another role or agency. Raises Forbidden, NotFound, Refused."""
    target = _target(session, actor, pseudonym)
    wanted = check_role(role, agency_code)
    if (wanted, agency_code) == (target.role, target.agency_code):
        return
    store_account.change(session, target, wanted, agency_code)
    store_door.end_visits(session, target.id)
    before = f"{target.role}.{target.agency_code}"
    note(session, actor, TrailAct.ACCOUNT_CHANGED, f"{pseudonym}:{before}>{wanted}.{agency_code}", now)


def disable(session: Session, actor: Officer, pseudonym: str, now: datetime) -> None:
    """Close an account: nobody comes in with it, who is inside is out. Raises Forbidden, NotFound, Refused."""
    target = _target(session, actor, pseudonym)
    store_account.disable(session, target, now)
    store_door.end_visits(session, target.id)
    note(session, actor, TrailAct.ACCOUNT_DISABLED, pseudonym, now)


def enable(session: Session, actor: Officer, pseudonym: str, now: datetime) -> None:
    """Open an account again. Raises Forbidden, NotFound, Refused."""
    store_account.disable(session, _target(session, actor, pseudonym), None)
    note(session, actor, TrailAct.ACCOUNT_ENABLED, pseudonym, now)


def reset_password(session: Session, actor: Officer, pseudonym: str, password_hash: str, now: datetime) -> None:
    """A new password for once. Raises Forbidden, NotFound, Refused."""
    target = _target(session, actor, pseudonym)
    store_door.set_password(session, target.id, password_hash, must_change=True)
    store_door.end_visits(session, target.id)
    note(session, actor, TrailAct.PASSWORD_RESET, pseudonym, now)


def reset_factor(session: Session, actor: Officer, pseudonym: str, now: datetime) -> None:
    """Take the second factor away; the next sign-in sets another. Raises Forbidden, NotFound, Refused."""
    target = _target(session, actor, pseudonym)
    store_factor.forget_factor(session, target.id)
    store_door.end_visits(session, target.id)
    note(session, actor, TrailAct.FACTOR_RESET, pseudonym, now)


def reset_by_hand(session: Session, email: str, password_hash: str, now: datetime, *,
                  must_change: bool) -> Officer | None:
    """The operator's way back in for somebody, on the machine itself; None for an address without account."""
    found = store_door.officer_by_email(session, email)
    if found is None:
        return None
    officer = found[0]
    store_door.set_password(session, officer.id, password_hash, must_change=must_change)
    store_factor.forget_factor(session, officer.id)
    store_account.disable(session, officer, None)
    store_door.end_visits(session, officer.id)
    note(session, officer, TrailAct.FACTOR_RESET, f"{officer.pseudonym}:by-hand", now)
    return officer


def _target(session: Session, actor: Officer, pseudonym: str) -> Officer:
    """The account to change, while nobody else changes accounts."""
    admins = store_account.hold_admins(session)
    target = account(session, actor, pseudonym).officer
    check_managing(actor, target, admins)
    return target
