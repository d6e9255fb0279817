"""Complaints: rows in, facts out. Filing, adding what happened, erasing; reading is in store_read and store_lists."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import delete, insert, select, text, update
from sqlmodel import Session

from cettar_site.base.errors import Conflict, Raced
from cettar_site.base.seal import Vault
from cettar_site.complaints import store_erased, store_photo, store_search
from cettar_site.complaints.rules import REPLIES, Event, Life, ServiceRequest, State, Writing
from cettar_site.complaints.store_rows import (
    CUSTODY,
    EVENT,
    KEY,
    PRIVATE,
    PUBLIC,
    REPLY,
    REQUEST,
    SALT,
    STATE,
    custody_row,
    event_row,
    moving,
    public_row,
    request_row,
    sealed_row,
    state_row,
)

KEYS_AT_ONCE = 200
# The database's own clock: what is written into the past is still seen by who asks what changed lately.
NOW = {"sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'", "postgresql": "clock_timestamp()"}


@dataclass(frozen=True, slots=True)
class Kept:
    """An earlier sending with the same key: its fingerprint, and the complaint that it made."""

    fingerprint: bytes
    number: str
    agency_code: str
    filed_at: datetime
    due_at: datetime
    triage: bool


@dataclass(frozen=True, slots=True)
class Filed:
    """All that one filing adds. `public` is what everyone reads of `writing`.

    `later` are the words of later events, for the desk and for everyone, where a past is written at once.
    """

    request: ServiceRequest
    writing: Writing
    public: Writing | None
    events: tuple[Event, ...]
    life: Life
    salt: bytes
    code_hash: bytes
    key_hash: bytes
    fingerprint: bytes
    later: tuple[tuple[Writing, Writing | None], ...] = ()
    photos: tuple[str, ...] = ()
    """The ids of photos that came before, for whoever attaches them."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One more event of a complaint, the life after it, its words for the desk and for everyone."""

    event: Event
    after: Life
    writing: Writing | None = None
    public: Writing | None = None


def kept(session: Session, hashes: Iterable[bytes]) -> dict[bytes, Kept]:
    """The earlier sendings among these hashed keys."""
    rows = session.execute(
        select(KEY.c.key_hash, KEY.c.fingerprint, STATE.c.number, STATE.c.agency_code, STATE.c.filed_at,
               STATE.c.due_at, STATE.c.state)
        .join(STATE, STATE.c.complaint_id == KEY.c.complaint_id)
        .where(KEY.c.key_hash.in_(list(hashes))))
    return {bytes(row[0]): Kept(bytes(row.fingerprint), row.number, row.agency_code, row.filed_at, row.due_at,
                                     row.state == State.TRIAGE) for row in rows}


def taken(session: Session, numbers: Iterable[str]) -> set[str]:
    """Which of these public numbers are in use."""
    return set(session.execute(select(REQUEST.c.number).where(REQUEST.c.number.in_(list(numbers)))).scalars())


def add(session: Session, filed: Sequence[Filed], vault: Vault) -> None:
    """Add filings: the facts, the words, the events, the copies and the key of each."""
    if not filed:
        return
    db = session.connection()
    db.execute(insert(REQUEST), [request_row(one.request, one.code_hash) for one in filed])
    db.execute(insert(SALT), [{"complaint_id": one.request.id, "salt": one.salt} for one in filed])
    db.execute(insert(PRIVATE), [sealed_row(one.request.id, one.writing, one.salt, vault) for one in filed])
    db.execute(insert(EVENT), [event_row(one.request.id, event) for one in filed for event in one.events])
    db.execute(insert(STATE), [state_row(one.request, one.life) for one in filed])
    db.execute(insert(CUSTODY), [custody_row(one.request, custody)
                                 for one in filed for custody in one.life.custodies])
    db.execute(insert(KEY), [
        {"key_hash": one.key_hash, "fingerprint": one.fingerprint, "complaint_id": one.request.id,
         "kept_at": one.request.filed_at} for one in filed])
    public = [(one.request, one.public) for one in filed if one.public is not None]
    if public:
        db.execute(insert(PUBLIC), [public_row(request.id, writing) for request, writing in public])
        store_search.add(session, public)
    if any(one.later for one in filed):
        _add_later(session, filed, vault)


def _add_later(session: Session, filed: Sequence[Filed], vault: Vault) -> None:
    """The words of later events; where they are an agency's reply stands with its other replies."""
    sealed = [sealed_row(one.request.id, writing, one.salt, vault) for one in filed for writing, _ in one.later]
    session.execute(insert(PRIVATE), sealed)
    public = [public_row(one.request.id, said) for one in filed for _, said in one.later if said is not None]
    if public:
        session.execute(insert(PUBLIC), public)
    replies = [
        {"agency_code": event.agency_code, "at": event.at, "complaint_id": one.request.id, "seq": event.seq}
        for one in filed for writing, _ in one.later
        if (event := one.events[writing.seq - 1]).kind in REPLIES]
    if replies:
        session.execute(insert(REPLY), replies)


def append(session: Session, request: ServiceRequest, before: Life, new: Happened, vault: Vault) -> None:
    """Add one event, its words and the copies after it. Raises Raced if something else came between."""
    done = session.execute(update(STATE).where(
        STATE.c.complaint_id == request.id, STATE.c.seq == before.seq).values(**moving(new.after)))
    if cast(Any, done).rowcount != 1:
        raise Raced("something else happened to this complaint meanwhile", seq=before.seq)
    session.execute(insert(EVENT), [event_row(request.id, new.event)])
    _custodies(session, request, before, new.after)
    if new.writing is not None:
        salt = salt_of(session, request.id)
        if salt is None:
            raise Conflict("its words were erased; no more can be added")
        session.execute(insert(PRIVATE), [sealed_row(request.id, new.writing, salt, vault)])
    if new.public is not None:
        session.execute(insert(PUBLIC), [public_row(request.id, new.public)])


def _custodies(session: Session, request: ServiceRequest, before: Life, after: Life) -> None:
    """Bring the copies of the custodies up to the life after an event."""
    known = {custody.seq: custody for custody in before.custodies}
    left = known.keys() - {custody.seq for custody in after.custodies}
    if left:
        session.execute(delete(CUSTODY).where(CUSTODY.c.complaint_id == request.id, CUSTODY.c.seq.in_(left)))
    for custody in after.custodies:
        row = custody_row(request, custody)
        if custody.seq not in known:
            session.execute(insert(CUSTODY), [row])
        elif known[custody.seq] != custody:
            session.execute(update(CUSTODY).where(
                CUSTODY.c.complaint_id == request.id, CUSTODY.c.seq == custody.seq).values(
                    **row, moved_at=text(NOW[session.get_bind().dialect.name])))


def salt_of(session: Session, complaint_id: int) -> bytes | None:
    """The salt of a complaint's words; None once they were erased."""
    found = session.execute(select(SALT.c.salt).where(SALT.c.complaint_id == complaint_id)).scalar()
    return None if found is None else bytes(found)


def erase(session: Session, request: ServiceRequest) -> None:
    """Delete every word and photo of a complaint and what they were sealed with; what happened stays."""
    store_search.remove(session, request)
    store_photo.erase(session, request.id)
    for table in (SALT, PRIVATE, PUBLIC):
        session.execute(delete(table).where(table.c.complaint_id == request.id))
    store_erased.note_removed(session)


def add_reply(session: Session, agency_code: str, at: datetime, complaint_id: int, seq: int) -> None:
    """Remember where an agency's reply stands."""
    # Two replies may have one moment (of two machines one may be behind): its number keeps them apart and in order.
    session.execute(insert(REPLY), [
        {"agency_code": agency_code, "at": at + timedelta(microseconds=seq), "complaint_id": complaint_id, "seq": seq}])


def add_support(session: Session, complaint_id: int, n: int = 1) -> None:
    """Count others who said "me too"."""
    session.execute(update(STATE).where(STATE.c.complaint_id == complaint_id)
                    .values(supports=STATE.c.supports + n))


def forget_keys(session: Session, before: datetime) -> None:
    """Forget some of the keys kept since before an instant: few at a time, so that no sender waits."""
    old = select(KEY.c.key_hash).where(KEY.c.kept_at < before).limit(KEYS_AT_ONCE)
    session.execute(delete(KEY).where(KEY.c.key_hash.in_(old)))


def custodies_since(session: Session, since: datetime, moved: datetime | None = None) -> Iterator[tuple[Any, ...]]:
    """Every custody begun since an instant, triage and imports apart; or, with `moved`, all that changed since then.

    Complaint, number of its event, agency, since, due, until, first answer, when it changed by the database's clock.
    """
    rows = select(
        CUSTODY.c.complaint_id, CUSTODY.c.seq, CUSTODY.c.agency_code, CUSTODY.c.since, CUSTODY.c.due_at,
        CUSTODY.c.until, CUSTODY.c.answered_at, CUSTODY.c.moved_at).where(
        CUSTODY.c.triage.is_(False), CUSTODY.c.channel == "site")
    # One condition, so that the database has no choice of index: what moved lately is little, the window is much.
    rows = rows.where(CUSTODY.c.since >= since if moved is None else CUSTODY.c.moved_at >= moved)
    yield from cast(Iterator[tuple[Any, ...]], session.execute(rows.execution_options(yield_per=5000)))
