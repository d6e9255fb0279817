"""Followers and letters: rows in, facts out. Addresses are sealed; letters name no story."""

import json
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from cettar_site.base.seal import Vault
from cettar_site.complaints.models_notice import ComplaintFollow, MailOutbox
from cettar_site.complaints.rules import UNANSWERED, Channel, State
from cettar_site.complaints.rules_clock import ESCALATE_AFTER, late_since
from cettar_site.complaints.rules_notice import Follow, Letter, Waiting, address_hash, token_hash, token_of
from cettar_site.complaints.store_erased import note_removed
from cettar_site.complaints.store_rows import STATE

LEVELS = len(ESCALATE_AFTER)
FOLLOW, OUTBOX = (cast(Table, vars(model)["__table__"]) for model in (ComplaintFollow, MailOutbox))


def add_follow(session: Session, complaint_id: int, address: str, lang: str, now: datetime, salt: bytes, vault: Vault,
               *, filer: bool) -> int | None:
    """Add a follower that has not confirmed yet; its id, None if this address follows already."""
    # The database decides, not a look before: the same form may be sent twice in one moment.
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    done = session.execute(dialect.insert(FOLLOW).values(
        complaint_id=complaint_id, filer=filer, lang=lang, salt=salt, sealed=vault.seal(salt, 0, address.encode()),
        address_hash=address_hash(vault.secret, address), token_hash=token_hash(token_of(vault.secret, salt)),
        made_at=now, confirmed_at=None).on_conflict_do_nothing(
            index_elements=["complaint_id", "address_hash"]).returning(FOLLOW.c.id)).scalar()
    return None if done is None else int(done)


def hold(session: Session, complaint_id: int) -> None:
    """Let nothing happen to a complaint until this transaction has ended (SQLite has one writer anyway)."""
    session.execute(select(STATE.c.complaint_id).where(STATE.c.complaint_id == complaint_id).with_for_update(read=True))


def followers(session: Session, complaint_id: int, *, hold: bool = False) -> list[tuple[int, bool]]:
    """Who follows a complaint and confirmed: id, and whether it is the filer.

    With `hold` none of them can go until the transaction ends: a letter to nobody would undo what it tells of.
    """
    asked = select(FOLLOW.c.id, FOLLOW.c.filer).where(
        FOLLOW.c.complaint_id == complaint_id, FOLLOW.c.confirmed_at.is_not(None)).order_by(FOLLOW.c.id)
    rows = session.execute(asked.with_for_update(read=True, key_share=True) if hold else asked)
    return [(row.id, row.filer) for row in rows]


def by_token(session: Session, token: str, vault: Vault) -> Follow | None:
    """The follower whose links hold this token."""
    row = session.execute(select(FOLLOW).where(FOLLOW.c.token_hash == token_hash(token))).first()
    return None if row is None else _follow(row, vault)


def confirm(session: Session, follow_id: int, now: datetime) -> None:
    """From now on this follower hears."""
    session.execute(update(FOLLOW).where(FOLLOW.c.id == follow_id).values(confirmed_at=now))


def remove(session: Session, follow_id: int) -> None:
    """Forget a follower, and the letters that waited for them."""
    session.execute(delete(OUTBOX).where(OUTBOX.c.follow_id == follow_id))
    session.execute(delete(FOLLOW).where(FOLLOW.c.id == follow_id))
    note_removed(session)


def forget(session: Session, complaint_id: int) -> None:
    """Forget every follower of a complaint."""
    ids = select(FOLLOW.c.id).where(FOLLOW.c.complaint_id == complaint_id)
    session.execute(delete(OUTBOX).where(OUTBOX.c.follow_id.in_(ids)))
    session.execute(delete(FOLLOW).where(FOLLOW.c.complaint_id == complaint_id))


def forget_old(session: Session, unconfirmed_before: datetime, given_up_before: datetime) -> int:
    """Forget who never confirmed, and letters given up long ago; how many followers that were."""
    old = list(session.execute(select(FOLLOW.c.id).where(
        FOLLOW.c.confirmed_at.is_(None), FOLLOW.c.made_at < unconfirmed_before).limit(1000)).scalars())
    for follow_id in old:
        remove(session, follow_id)
    session.execute(delete(OUTBOX).where(OUTBOX.c.next_at.is_(None), OUTBOX.c.made_at < given_up_before))
    return len(old)


def put(session: Session, kind: Letter, follow_id: int, seq: int, now: datetime, at: datetime) -> None:
    """A letter to a follower, to be sent from `at` on."""
    session.execute(insert(OUTBOX).values(
        kind=kind, follow_id=follow_id, salt=None, sealed=None, seq=seq, facts="{}", made_at=now, next_at=at,
        attempts=0, failure=""))


def put_to(session: Session, address: str, facts: dict[str, str], now: datetime, salt: bytes, vault: Vault) -> None:
    """A letter to an official, whose address is sealed with the letter and goes with it."""
    session.execute(insert(OUTBOX).values(
        kind=Letter.DESK, follow_id=None, salt=salt, sealed=vault.seal(salt, 0, address.encode()), seq=0,
        facts=json.dumps(facts), made_at=now, next_at=now, attempts=0, failure=""))


def due(session: Session, now: datetime, limit: int, vault: Vault) -> list[Waiting]:
    """The letters whose time has come, oldest first."""
    rows = session.execute(select(OUTBOX).where(OUTBOX.c.next_at <= now).order_by(OUTBOX.c.next_at).limit(limit)).all()
    wanted = {row.follow_id for row in rows if row.follow_id is not None}
    found = {row.id: _follow(row, vault) for row in session.execute(select(FOLLOW).where(FOLLOW.c.id.in_(wanted)))}
    letters = []
    for row in rows:
        follow = found.get(row.follow_id)
        if follow is None and row.salt is None:  # they ended it between the two questions
            continue
        address = follow.address if follow else vault.open(bytes(row.salt), 0, bytes(row.sealed)).decode()
        letters.append(Waiting(row.id, Letter(row.kind), follow, address, row.seq, json.loads(row.facts), row.attempts,
                               row.made_at))
    return letters


def sent(session: Session, letter_id: int) -> None:
    """A letter is away: nothing of it is kept."""
    session.execute(delete(OUTBOX).where(OUTBOX.c.id == letter_id))


def failed(session: Session, letter_id: int, attempts: int, next_at: datetime | None, failure: str) -> None:
    """A letter could not be sent: when it is tried again (None: never), and why."""
    session.execute(update(OUTBOX).where(OUTBOX.c.id == letter_id).values(
        attempts=attempts, next_at=next_at, failure=failure))


def waiting(session: Session) -> tuple[int, int]:
    """How many letters wait, and how many were given up."""
    row = session.execute(select(func.count(OUTBOX.c.next_at), func.count())).one()
    return int(row[0]), int(row[1]) - int(row[0])


def _follow(row: Any, vault: Vault) -> Follow:
    salt = bytes(row.salt)
    return Follow(row.id, row.complaint_id, row.filer, row.lang, vault.open(salt, 0, bytes(row.sealed)).decode(),
                  token_of(vault.secret, salt), row.confirmed_at is not None)


def nearly_due(session: Session, now: datetime, soon: datetime, limit: int) -> list[int]:
    """The ids of complaints in which time may have said something new: nearly due, or overdue and not yet told all.

    What was told as far as its time has come is left out: were it much, it would keep others from their turn. What
    came from SP4N-LAPOR! is not hurried: its clock ran there.
    """
    levels = [(STATE.c.escalated == level - 1) & (STATE.c.owed_at <= late_since(now, level))
              for level in range(1, LEVELS + 1)]
    late = or_(levels[0], or_(*levels[1:]) & STATE.c.state.in_([*UNANSWERED, State.DISPUTED]))
    near = (STATE.c.owed_at > now) & STATE.c.reminded.is_(False)
    return list(session.execute(select(STATE.c.complaint_id).where(
        STATE.c.owed_at.is_not(None), STATE.c.owed_at <= soon, STATE.c.channel == Channel.SITE, late | near)
        .order_by(STATE.c.owed_at.desc()).limit(limit)).scalars())
