"""Second factors: a code is tried, a factor is set, lost and reset; passwords of one's own."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from cettar_site.base.factor import code_to_use, fitting_step
from cettar_site.base.seal import Vault
from cettar_site.desk import store_door
from cettar_site.desk import store_factor as store
from cettar_site.desk.actions_trail import note
from cettar_site.desk.rules_door import Half, Officer, Step, next_step
from cettar_site.desk.rules_trail import TrailAct


def try_code(session: Session, officer: Officer, code: str, recovery_hash: bytes, now: datetime, vault: Vault) -> bool:
    """Whether this is a code of the officer's factor that was not used yet, or one of the recovery codes; used up."""
    factor = store.factor(session, officer.id, vault)
    if factor is None:
        return False
    step = fitting_step(factor[0], code, now, factor[1])
    if step is not None:
        store.use_step(session, officer.id, step)
        return True
    if store.use_recovery(session, officer.id, recovery_hash):
        note(session, officer, TrailAct.RECOVERY_USED, officer.pseudonym, now)
        return True
    note(session, officer, TrailAct.CODE_REFUSED, officer.pseudonym, now)
    return False


def prove(session: Session, half: Half, half_hash: bytes, code: str, recovery_hash: bytes, now: datetime,
          vault: Vault) -> bool:
    """The code of a sign-in on its way; a wrong one is counted."""
    if next_step(half) is not Step.CODE:
        return False
    right = try_code(session, half.officer, code, recovery_hash, now, vault)
    (store.prove if right else store.count_failure)(session, half_hash)
    return right


def confirm(session: Session, officer: Officer, token_hash: bytes, code: str, recovery_hash: bytes, now: datetime,
            vault: Vault) -> bool:
    """A code given again inside a session, before a dangerous act."""
    right = try_code(session, officer, code, recovery_hash, now, vault)
    if right:
        store_door.confirm_visit(session, token_hash, now)
        note(session, officer, TrailAct.CONFIRMED, officer.pseudonym, now)
    return right


def offered(half: Half, vault: Vault) -> str:
    """The secret that is offered to who has no second factor yet."""
    assert half.salt is not None and half.sealed is not None
    return store.opened(half.sealed, half.salt, vault)


def enrol(session: Session, half: Half, half_hash: bytes, code: str, recovery: Sequence[bytes], now: datetime,
          vault: Vault) -> bool:
    """Set the offered factor once a code shows that the officer's app has it."""
    if next_step(half) is not Step.ENROL:
        return False
    step = fitting_step(offered(half, vault), code, now, 0)
    if step is None or half.salt is None or half.sealed is None:
        return False
    set_factor(session, half.officer, half.salt, half.sealed, step, now)
    store.set_recovery(session, half.officer.id, recovery)
    store.prove(session, half_hash)
    return True


def set_factor(session: Session, officer: Officer, salt: bytes, kept: bytes, step: int, now: datetime) -> None:
    """Give an account this factor, sealed under its salt."""
    store.set_factor(session, officer.id, salt, kept, step, now)
    note(session, officer, TrailAct.FACTOR_SET, officer.pseudonym, now)


def new_recovery(session: Session, officer: Officer, recovery: Sequence[bytes], now: datetime) -> None:
    """New recovery codes; the old ones are worth nothing any more."""
    store.set_recovery(session, officer.id, recovery)
    note(session, officer, TrailAct.RECOVERY_MADE, officer.pseudonym, now)


def own_password(session: Session, officer: Officer, password_hash: str, now: datetime, *, keep: bytes = b"",
                 ending: bool = True) -> None:
    """A password of one's own; sessions elsewhere end (`ending`), the one to `keep` goes on."""
    store_door.set_password(session, officer.id, password_hash, must_change=False)
    if ending:
        store_door.end_visits(session, officer.id, keep=keep)
    note(session, officer, TrailAct.PASSWORD_CHANGED, officer.pseudonym, now)


def shown_code(session: Session, officer: Officer, now: datetime, vault: Vault) -> str | None:
    """A code that would be taken now: for the simulation's pages alone."""
    factor = store.factor(session, officer.id, vault, hold=False)
    return None if factor is None else code_to_use(factor[0], now, factor[1])
