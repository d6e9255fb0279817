"""Taking complaints over from SP4N-LAPOR!'s file: what is new is filed, what changed is brought up to date."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count

from sqlmodel import Session

from cettar_site.base.errors import Conflict, Refused
from cettar_site.base.seal import SALT_BYTES, Vault
from cettar_site.complaints import store, store_lapor, store_read
from cettar_site.complaints.actions import ID_BITS, fresh_numbers, row_id
from cettar_site.complaints.actions_happen import Deed, happen
from cettar_site.complaints.rules import CITIZEN, SYSTEM, Channel, Event, Kind, ServiceRequest, Shown, Writing
from cettar_site.complaints.rules_lapor import Row, Taken, events_after, mark_of, taken
from cettar_site.complaints.rules_life import replay, step
from cettar_site.complaints.rules_public import public_writing


@dataclass(frozen=True, slots=True)
class Import:
    """What became of the rows of a file."""

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0

    def __add__(self, other: "Import") -> "Import":
        return Import(self.read + other.read, self.added + other.added, self.changed + other.changed,
                      self.unchanged + other.unchanged, self.refused + other.refused)


def take_over(session: Session, rows: Sequence[Row], now: datetime, vault: Vault) -> Import:
    """Take some rows over in one transaction. A row that can't be read is refused alone; our own rows are known."""
    meant, refused = _meant(rows, now)
    known = store_lapor.known(session, meant)
    ours = store.taken(session, meant)
    new: dict[str, tuple[Row, Taken]] = {}
    changed = 0
    for tracking_id, (row, one) in meant.items():
        if tracking_id in known:
            complaint_id, version, mark = known[tracking_id]
            if mark_of(vault.secret, row) != mark:
                changed += _bring_up(session, complaint_id, version, row, one, now, vault)
        elif tracking_id not in ours:
            new[tracking_id] = row, one
    _add(session, list(new.values()), now, vault)
    return Import(len(rows), len(new), changed, len(rows) - refused - len(new) - changed, refused)


def _meant(rows: Sequence[Row], now: datetime) -> tuple[dict[str, tuple[Row, Taken]], int]:
    """What each row means, the last one of a tracking id (secret if any was); and how many mean nothing."""
    found: dict[str, tuple[Row, Taken]] = {}
    refused = 0
    for row in rows:
        try:
            one = taken(row, now)
        except Refused:
            refused += 1
            continue
        earlier = found.get(one.tracking_id)
        if earlier is not None and not earlier[1].shown.public:
            one = replace(one, shown=earlier[1].shown)
        found[one.tracking_id] = row, one
    return found, refused


def _add(session: Session, new: Sequence[tuple[Row, Taken]], now: datetime, vault: Vault) -> None:
    numbers = fresh_numbers(session, len(new), secrets.randbits)
    ids = count(secrets.randbits(ID_BITS - 1))
    filed, raws = [], []
    for (row, one), number in zip(new, numbers, strict=True):
        at = one.filed_at.astimezone(UTC)
        request = ServiceRequest(row_id(at, next(ids)), number, one.shown, one.category_code, one.region_code,
                                 one.district_code, None, at, Channel.LAPOR)
        events = _events(one, at, now)
        writing, salt = Writing(1, one.text, one.place), secrets.token_bytes(SALT_BYTES)
        public = public_writing(one.shown, Kind.SUBMITTED, writing)
        # Nobody holds a code for it: 32 random bytes stand where the hash of one would.
        code, key, nothing = (secrets.token_bytes(32) for _ in range(3))
        filed.append(store.Filed(request, writing, public, events, replay(events), salt, code, key, nothing))
        raws.append((request.id, salt, row, mark_of(vault.secret, row)))
    store.add(session, filed, vault)
    store_lapor.add(session, raws, vault)


def _events(one: Taken, at: datetime, now: datetime) -> tuple[Event, ...]:
    """The filing, and what is known to have happened there, known since now."""
    events = [Event(1, Kind.SUBMITTED, at, CITIZEN)]
    life = replay(events)
    for kind, agency, detail in events_after(one):
        when = at if kind is Kind.ROUTED else now
        event = Event(life.seq + 1, kind, max(when, life.moved_at), SYSTEM, agency, detail)
        try:
            life = step(life, event)
        except Conflict:
            continue
        events.append(event)
    return tuple(events)


def _bring_up(session: Session, complaint_id: int, version: int, row: Row, one: Taken, now: datetime,
              vault: Vault) -> int:
    """What a changed row says happens here too, where it can; 0 if its words were erased.

    What has become secret there is taken from the public here.
    """
    salt, case = store.salt_of(session, complaint_id), store_read.case_by_id(session, complaint_id, vault)
    if salt is None or case is None:
        return 0
    # What a complaint was filed as never changes; what became secret there must not be read here either.
    hidden = one.shown is Shown.CONFIDENTIAL and case.request.shown.public and not case.life.hidden
    for kind, agency, detail in (*([(Kind.HIDDEN, "", "secret")] if hidden else []), *events_after(one)):
        try:
            case = happen(session, case, Deed(kind, SYSTEM, agency, detail), now, vault)
        except Conflict:
            continue
    store_lapor.replace(session, complaint_id, version + 1, salt, row, mark_of(vault.secret, row), vault)
    return 1
