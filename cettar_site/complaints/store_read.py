"""One complaint, read: whole for its desk and its filer, or only what everyone may know."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from cettar_site.base.seal import Vault
from cettar_site.complaints.rules import Case, Writing
from cettar_site.complaints.rules_life import recalled
from cettar_site.complaints.rules_public import public_case
from cettar_site.complaints.store_rows import (
    EVENT,
    PRIVATE,
    PUBLIC,
    REPLY,
    REQUEST,
    SALT,
    STATE,
    event_of,
    opened,
    request_of,
)


def case_by_number(session: Session, number: str, vault: Vault) -> Case | None:
    """The complaint with a public number, with every word of it."""
    return _whole(session, session.execute(select(REQUEST).where(REQUEST.c.number == number)).first(), vault)


def case_by_code(session: Session, code_hash: bytes, vault: Vault) -> Case | None:
    """The complaint whose access code has this hash, with every word of it."""
    return _whole(session, session.execute(select(REQUEST).where(REQUEST.c.code_hash == code_hash)).first(), vault)


def case_by_id(session: Session, complaint_id: int, vault: Vault) -> Case | None:
    """The complaint in a row, with every word of it."""
    return _whole(session, session.execute(select(REQUEST).where(REQUEST.c.id == complaint_id)).first(), vault)


def public_by_number(session: Session, number: str) -> Case | None:
    """What everyone may know of the complaint with a number. It needs no vault: nothing sealed is read."""
    row = session.execute(select(REQUEST).where(REQUEST.c.number == number)).first()
    if row is None:
        return None
    said = session.execute(select(PUBLIC).where(PUBLIC.c.complaint_id == row.id).order_by(PUBLIC.c.seq))
    writings = tuple(Writing(one.seq, one.text, one.place, one.lat, one.lon) for one in said)
    return public_case(_case(session, row, writings))


def number_of(session: Session, complaint_id: int) -> str:
    """The public number of the complaint in a row; empty if there is none."""
    return session.execute(select(REQUEST.c.number).where(REQUEST.c.id == complaint_id)).scalar() or ""


def events_of(session: Session, number: str) -> tuple[int, int]:
    """How many events and supports the complaint with a number has: what changes its public page; zeros if none."""
    row = session.execute(select(STATE.c.seq, STATE.c.supports).join(
        REQUEST, REQUEST.c.id == STATE.c.complaint_id).where(REQUEST.c.number == number)).first()
    return (0, 0) if row is None else (row.seq, row.supports)


def children(session: Session, number: str) -> list[str]:
    """The numbers of the complaints that were merged into this one."""
    return list(session.execute(select(STATE.c.number).where(
        STATE.c.merged_into == number, STATE.c.merged_into != "").order_by(STATE.c.complaint_id)).scalars())


def newest_replies(session: Session, agency_code: str, n: int, vault: Vault) -> list[str]:
    """The texts of an agency's newest replies, newest first, those that are not erased."""
    newest = select(REPLY.c.complaint_id, REPLY.c.seq, REPLY.c.at).where(
        REPLY.c.agency_code == agency_code).order_by(REPLY.c.at.desc()).limit(n).subquery()
    rows = session.execute(
        select(PRIVATE.c.seq, PRIVATE.c.sealed, SALT.c.salt)
        .join(newest, (newest.c.complaint_id == PRIVATE.c.complaint_id) & (newest.c.seq == PRIVATE.c.seq))
        .join(SALT, SALT.c.complaint_id == PRIVATE.c.complaint_id).order_by(newest.c.at.desc()))
    return [opened(row.seq, row.sealed, row.salt, vault).text for row in rows]


def _whole(session: Session, row: Any, vault: Vault) -> Case | None:
    if row is None:
        return None
    said = session.execute(
        select(PRIVATE.c.seq, PRIVATE.c.sealed, SALT.c.salt).join(SALT, SALT.c.complaint_id == PRIVATE.c.complaint_id)
        .where(PRIVATE.c.complaint_id == row.id).order_by(PRIVATE.c.seq))
    return _case(session, row, tuple(opened(one.seq, one.sealed, one.salt, vault) for one in said))


def _case(session: Session, row: Any, writings: tuple[Writing, ...]) -> Case:
    happened = session.execute(select(EVENT).where(EVENT.c.complaint_id == row.id).order_by(EVENT.c.seq))
    events = tuple(event_of(one) for one in happened)
    supports = session.execute(select(STATE.c.supports).where(STATE.c.complaint_id == row.id)).scalar() or 0
    # Replayed, not read from complaint_state: between two questions somebody may have answered.
    return Case(request_of(row), events, writings, recalled(events), supports)
