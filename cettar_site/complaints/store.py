"""Complaints: rows in, facts out. Filing, following one, adding what happened; lists are in store_lists."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, delete, insert, select, update
from sqlmodel import Session

from cettar_site.base.errors import Conflict
from cettar_site.complaints.models import (
    ComplaintEvent,
    ComplaintKey,
    ComplaintPrivate,
    ComplaintRequest,
    ComplaintState,
)
from cettar_site.complaints.rules import Case, Event, Kind, Life, ServiceRequest, Shown, Writing, replay

# Core tables: adding hundreds of rows a second, the ORM's bookkeeping would cost more than the database.
REQUEST, PRIVATE, EVENT, STATE, KEY = (
    cast(Table, vars(model)["__table__"])
    for model in (ComplaintRequest, ComplaintPrivate, ComplaintEvent, ComplaintState, ComplaintKey))
KEYS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """An earlier sending with the same key: its fingerprint, and the complaint that it made."""

    fingerprint: bytes
    number: str
    agency_code: str
    filed_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Filed:
    """All that one filing adds."""

    request: ServiceRequest
    writing: Writing
    events: tuple[Event, ...]
    life: Life
    code_hash: bytes
    key_hash: bytes
    fingerprint: bytes


def kept(session: Session, hashes: Iterable[bytes]) -> dict[bytes, Kept]:
    """The earlier sendings among these hashed keys."""
    rows = session.execute(
        select(KEY.c.key_hash, KEY.c.fingerprint, REQUEST.c.number, STATE.c.agency_code, STATE.c.filed_at,
               STATE.c.due_at)
        .join(REQUEST, REQUEST.c.id == KEY.c.complaint_id)
        .join(STATE, STATE.c.complaint_id == KEY.c.complaint_id)
        .where(KEY.c.key_hash.in_(list(hashes))))
    return {bytes(row[0]): Kept(bytes(row[1]), *row[2:]) for row in rows}


def taken(session: Session, numbers: Iterable[str]) -> set[str]:
    """Which of these public numbers are in use."""
    return set(session.execute(select(REQUEST.c.number).where(REQUEST.c.number.in_(list(numbers)))).scalars())


def add(session: Session, filed: Sequence[Filed]) -> None:
    """Add filings: the facts, the words, the events, the state and the key of each."""
    if not filed:
        return
    db = session.connection()
    db.execute(insert(REQUEST), [_request(one.request, one.code_hash) for one in filed])
    db.execute(insert(PRIVATE), [_writing(one.request.id, one.writing) for one in filed])
    db.execute(insert(EVENT), [_event(one.request.id, event) for one in filed for event in one.events])
    db.execute(insert(STATE), [
        {"complaint_id": one.request.id, "shown": one.request.shown, "filed_at": one.life.filed_at,
         "due_at": one.life.due_at, **_moving(one.life)} for one in filed])
    db.execute(insert(KEY), [
        {"key_hash": one.key_hash, "fingerprint": one.fingerprint, "complaint_id": one.request.id,
         "kept_at": one.request.filed_at} for one in filed])


def append(session: Session, complaint_id: int, before: Life, after: Life, event: Event,
           text: str = "") -> None:
    """Add one event, its text and the state after it. Raises Conflict if something else came between."""
    done = session.execute(update(STATE).where(
        STATE.c.complaint_id == complaint_id, STATE.c.seq == before.seq).values(**_moving(after)))
    if cast(Any, done).rowcount != 1:
        raise Conflict("something else happened to this complaint meanwhile", seq=before.seq)
    session.execute(insert(EVENT), [_event(complaint_id, event)])
    if text:
        session.execute(insert(PRIVATE), [_writing(complaint_id, Writing(event.seq, text))])


def forget_keys(session: Session, before: datetime) -> None:
    """Forget some of the keys kept since before an instant: few at a time, so that no sender waits."""
    old = select(KEY.c.key_hash).where(KEY.c.kept_at < before).limit(KEYS_AT_ONCE)
    session.execute(delete(KEY).where(KEY.c.key_hash.in_(old)))


def case_by_number(session: Session, number: str) -> Case | None:
    """The complaint with a public number."""
    return _case(session, session.execute(select(REQUEST).where(REQUEST.c.number == number)).first())


def case_by_code(session: Session, code_hash: bytes) -> Case | None:
    """The complaint whose access code has this hash."""
    return _case(session, session.execute(select(REQUEST).where(REQUEST.c.code_hash == code_hash)).first())


def events_of(session: Session, number: str) -> int:
    """How many events the complaint with a number has; 0 if there is none."""
    found = select(STATE.c.seq).join(REQUEST, REQUEST.c.id == STATE.c.complaint_id)
    return session.execute(found.where(REQUEST.c.number == number)).scalar() or 0


def first_answers(session: Session, since: datetime) -> Iterator[tuple[str, datetime, datetime | None]]:
    """Agency, filing and first answer (or None) of every complaint filed since an instant, in one query."""
    rows = session.execute(select(STATE.c.agency_code, STATE.c.filed_at, STATE.c.first_answer_at)
                           .where(STATE.c.filed_at >= since).execution_options(yield_per=5000))
    yield from cast(Iterator[tuple[str, datetime, datetime | None]], rows)


def _case(session: Session, row: Any) -> Case | None:
    if row is None:
        return None
    request = ServiceRequest(row.id, row.number, Shown(row.shown), row.category_code, row.region_code,
                             row.district_code, row.happened_on, row.filed_at)
    happened = session.execute(select(EVENT).where(EVENT.c.complaint_id == row.id).order_by(EVENT.c.seq))
    events = tuple(
        Event(one.seq, Kind(one.kind), one.at, one.actor, one.agency_code, one.hint) for one in happened)
    written = session.execute(select(PRIVATE).where(PRIVATE.c.complaint_id == row.id).order_by(PRIVATE.c.seq))
    writings = tuple(Writing(one.seq, one.text, one.place) for one in written)
    # Replayed, not read from complaint_state: between two questions somebody may have answered.
    return Case(request, events, writings, replay(events))


def _request(request: ServiceRequest, code_hash: bytes) -> dict[str, object]:
    return {"id": request.id, "number": request.number, "code_hash": code_hash, "shown": request.shown,
            "category_code": request.category_code, "region_code": request.region_code,
            "district_code": request.district_code, "happened_on": request.happened_on,
            "filed_at": request.filed_at}


def _event(complaint_id: int, event: Event) -> dict[str, object]:
    return {"complaint_id": complaint_id, "seq": event.seq, "kind": event.kind, "at": event.at,
            "actor": event.actor, "agency_code": event.agency_code, "hint": event.hint}


def _writing(complaint_id: int, writing: Writing) -> dict[str, object]:
    return {"complaint_id": complaint_id, "seq": writing.seq, "text": writing.text, "place": writing.place}


def _moving(life: Life) -> dict[str, object]:
    """What events change of a complaint's state."""
    return {"seq": life.seq, "state": life.state, "is_open": life.open, "agency_code": life.agency_code,
            "acknowledged_at": life.acknowledged_at, "first_answer_at": life.first_answer_at,
            "answers": life.answers}
