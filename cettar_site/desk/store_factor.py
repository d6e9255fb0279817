"""Second factors, recovery codes and sign-ins on their way: rows in, facts out."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from cettar_site.base.seal import Vault
from cettar_site.desk.models import DeskHalf, DeskOfficer, DeskRecovery
from cettar_site.desk.rules_door import Half, Officer
from cettar_site.desk.store_door import officer_of

# A factor is the only text under its salt.
NUMBER = 0


def sealed(secret: str, salt: bytes, vault: Vault) -> bytes:
    """A factor's secret as it is kept."""
    return vault.seal(salt, NUMBER, secret.encode())


def opened(kept: bytes, salt: bytes, vault: Vault) -> str:
    """A factor's secret. Raises seal.Broken."""
    return vault.open(salt, NUMBER, kept).decode()


def factor(session: Session, officer_id: int, vault: Vault, *, hold: bool = True) -> tuple[str, int] | None:
    """The secret and the last step used, to `hold` against others who would use it; None for who has no factor."""
    row = session.get(DeskOfficer, officer_id, with_for_update=hold or None, populate_existing=True)
    if row is None or row.enrolled_at is None or row.factor_salt is None or row.factor_sealed is None:
        return None
    return opened(row.factor_sealed, row.factor_salt, vault), row.factor_step


def use_step(session: Session, officer_id: int, step: int) -> None:
    """Never take a code of this half minute or before again."""
    session.execute(update(DeskOfficer).where(col(DeskOfficer.id) == officer_id).values(factor_step=step))


def set_factor(session: Session, officer_id: int, salt: bytes, kept: bytes, step: int, now: datetime) -> None:
    """Give an account this factor, of which `step` was used."""
    session.execute(update(DeskOfficer).where(col(DeskOfficer.id) == officer_id).values(
        factor_salt=salt, factor_sealed=kept, factor_step=step, enrolled_at=now))


def forget_factor(session: Session, officer_id: int) -> None:
    """Take an account's factor and recovery codes away."""
    session.execute(update(DeskOfficer).where(col(DeskOfficer.id) == officer_id).values(
        factor_salt=None, factor_sealed=None, factor_step=0, enrolled_at=None))
    session.execute(delete(DeskRecovery).where(col(DeskRecovery.officer_id) == officer_id))


def set_recovery(session: Session, officer_id: int, hashes: Iterable[bytes]) -> None:
    """Give an account new recovery codes; the old ones are gone."""
    session.execute(delete(DeskRecovery).where(col(DeskRecovery.officer_id) == officer_id))
    session.add_all(DeskRecovery(code_hash=one, officer_id=officer_id) for one in hashes)
    session.flush()


def use_recovery(session: Session, officer_id: int, code_hash: bytes) -> bool:
    """Use a recovery code up; whether there was one."""
    done = session.execute(delete(DeskRecovery).where(
        col(DeskRecovery.code_hash) == code_hash, col(DeskRecovery.officer_id) == officer_id).returning(
            col(DeskRecovery.officer_id)))
    return done.first() is not None


def recovery_left(session: Session, officer_id: int) -> int:
    """How many recovery codes an account has left."""
    return session.scalar(select(func.count()).select_from(DeskRecovery).where(
        col(DeskRecovery.officer_id) == officer_id)) or 0


def add_half(session: Session, token_hash: bytes, officer: Officer, salt: bytes, kept: bytes, now: datetime) -> None:
    """Begin a sign-in on its way, with the factor that is offered to who has none."""
    session.add(DeskHalf(token_hash=token_hash, officer_id=officer.id, began_at=now, salt=salt, sealed=kept))
    session.flush()


def half(session: Session, token_hash: bytes) -> Half | None:
    """The sign-in on its way with this token, over or not."""
    row = session.execute(select(DeskHalf, DeskOfficer).join(
        DeskOfficer, col(DeskOfficer.id) == col(DeskHalf.officer_id)).where(
            col(DeskHalf.token_hash) == token_hash)).first()
    if row is None:
        return None
    return Half(officer_of(row[1]), row[0].began_at, row[0].proved, row[0].failures, row[0].salt, row[0].sealed)


def prove(session: Session, token_hash: bytes) -> None:
    """The second factor was shown on this way."""
    session.execute(update(DeskHalf).where(col(DeskHalf.token_hash) == token_hash).values(proved=True))


def count_failure(session: Session, token_hash: bytes) -> None:
    """A wrong code was given on this way."""
    session.execute(update(DeskHalf).where(col(DeskHalf.token_hash) == token_hash).values(
        failures=col(DeskHalf.failures) + 1))


def end_half(session: Session, token_hash: bytes) -> None:
    """This way leads nowhere any more."""
    session.execute(delete(DeskHalf).where(col(DeskHalf.token_hash) == token_hash))
