"""Facts to rows and back: the tables by name, the copy of a life, the words sealed and opened."""

import json
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import Table

from cettar_site.base.seal import Vault
from cettar_site.complaints.models import (
    ComplaintCustody,
    ComplaintEvent,
    ComplaintKey,
    ComplaintPrivate,
    ComplaintPublic,
    ComplaintReply,
    ComplaintRequest,
    ComplaintSalt,
    ComplaintState,
)
from cettar_site.complaints.rules import Channel, Custody, Event, Kind, Life, ServiceRequest, Shown, Writing

# Core tables: adding hundreds of rows a second, the ORM's bookkeeping would cost more than the database.
REQUEST, SALT, PRIVATE, PUBLIC, EVENT, STATE, CUSTODY, REPLY, KEY = (
    cast(Table, vars(model)["__table__"]) for model in (
        ComplaintRequest, ComplaintSalt, ComplaintPrivate, ComplaintPublic, ComplaintEvent, ComplaintState,
        ComplaintCustody, ComplaintReply, ComplaintKey))
GROUP = 3
"""A topic's group is the first letters of its code: S08 of S08.007."""

Row = dict[str, object]


def request_row(request: ServiceRequest, code_hash: bytes) -> Row:
    """What is kept of a filing."""
    return {"id": request.id, "number": request.number, "code_hash": code_hash, "shown": request.shown,
            "channel": request.channel, "category_code": request.category_code, "region_code": request.region_code,
            "district_code": request.district_code, "happened_on": request.happened_on,
            "filed_at": request.filed_at}


def request_of(row: Any) -> ServiceRequest:
    """The filing that a row of REQUEST holds."""
    return ServiceRequest(row.id, row.number, Shown(row.shown), row.category_code, row.region_code,
                          row.district_code, row.happened_on, row.filed_at, Channel(row.channel))


def event_row(complaint_id: int, event: Event) -> Row:
    """What is kept of an event."""
    return {"complaint_id": complaint_id, "seq": event.seq, "kind": event.kind, "at": event.at,
            "actor": event.actor, "agency_code": event.agency_code, "detail": event.detail}


def event_of(row: Any) -> Event:
    """The event that a row of EVENT holds."""
    return Event(row.seq, Kind(row.kind), row.at, row.actor, row.agency_code, row.detail)


def state_row(request: ServiceRequest, life: Life) -> Row:
    """The copy of a complaint's life, whole."""
    return {"complaint_id": request.id, "number": request.number, "shown": request.shown,
            "channel": request.channel, "region_code": request.region_code, "category_code": request.category_code,
            "group_code": request.category_code[:GROUP], "filed_at": life.filed_at, "due_at": life.due_at,
            "supports": 0, **moving(life)}


def moving(life: Life) -> Row:
    """What events change of the copy."""
    return {"seq": life.seq, "state": life.state, "agency_code": life.agency_code, "moved_at": life.moved_at,
            "owed_at": life.owed_at, "acknowledged_at": life.acknowledged_at,
            "first_answer_at": life.first_answer_at, "claimed_at": life.claimed_at, "ended_at": life.ended_at,
            "paused_until": life.pause and life.pause.until, "planned_on": life.planned_on,
            "offered_to": life.offer.agency_code if life.offer else "",
            "offered_until": life.offer and life.offer.until, "audit_by": life.audit_by, "audited": life.audited,
            "merged_into": life.merged_into, "hidden": life.hidden, "erased": life.erased,
            "reminded": life.reminded, "escalated": life.escalated, "disputes": life.disputes,
            "answers": life.answers, "rating": life.rating}


def custody_row(request: ServiceRequest, custody: Custody) -> Row:
    """The copy of one custody; the database writes down by itself when it last changed."""
    return {"complaint_id": request.id, "seq": custody.seq, "agency_code": custody.agency_code,
            "channel": request.channel, "triage": custody.triage, "since": custody.since, "due_at": custody.due_at,
            "until": custody.until, "answered_at": custody.answered_at}


def sealed_row(complaint_id: int, writing: Writing, salt: bytes, vault: Vault) -> Row:
    """What is kept of words: sealed, with what was said beside them."""
    said = {"text": writing.text, "place": writing.place, "lat": writing.lat, "lon": writing.lon,
            "name": writing.name}
    plain = json.dumps({name: value for name, value in said.items() if value not in ("", None)})
    return {"complaint_id": complaint_id, "seq": writing.seq, "sealed": vault.seal(salt, writing.seq, plain.encode())}


def opened(seq: int, sealed: bytes, salt: bytes, vault: Vault) -> Writing:
    """The words again. Raises base.seal.Broken under another secret."""
    return replace(Writing(seq, ""), **json.loads(vault.open(bytes(salt), seq, bytes(sealed))))


def public_row(complaint_id: int, writing: Writing) -> Row:
    """What is kept of words that everyone reads."""
    return {"complaint_id": complaint_id, "seq": writing.seq, "text": writing.text, "place": writing.place,
            "lat": writing.lat, "lon": writing.lon}
