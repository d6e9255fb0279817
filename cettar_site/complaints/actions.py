"""Filing, one or many. The session, the time and the vault are given; what happens after is in actions_happen."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from sqlmodel import Session

from cettar_site.base.errors import Conflict, Problem, Refused
from cettar_site.base.seal import SALT_BYTES, Vault
from cettar_site.complaints import actions_photo, rules_number, store, store_photo
from cettar_site.complaints.actions_notice import follow
from cettar_site.complaints.rules import CITIZEN, SYSTEM, Event, Kind, ServiceRequest, Writing
from cettar_site.complaints.rules_filing import NO_PHOTO, Destination, Filing, fingerprint, route
from cettar_site.complaints.rules_life import replay
from cettar_site.complaints.rules_public import public_writing

KEYS_KEPT = timedelta(hours=96)
"""How long a sending is recognised: three days are promised."""

ID_BITS = 22

Draw = Callable[[int], int]
"""Gives that many random bits."""
Note = Callable[[Session, Sequence[tuple[int, Destination]]], None]
"""Writes down, in the same transaction, to whom new complaints (by their ids) go and who else may be meant."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A valid filing with its idempotency key, and where it goes (None: as its topic says).

    `at` is only given where the past is written (simulation).
    """

    filing: Filing
    key: str
    at: datetime | None = None
    to: Destination | None = None
    lang: str = "id"
    """In which language notices are written."""
    ask: bool = True
    """Whether the address for notices, if there is one, may be written to."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender gets: the public number, the secret code, who must answer and until when."""

    number: str
    code: str
    agency_code: str
    filed_at: datetime
    due_at: datetime
    again: bool = False
    """Whether this sending had come before: nothing was added."""
    triage: bool = False
    """Whether the sorting desk has to find the agency first."""


def file_group(session: Session, sendings: Sequence[Sending], now: datetime, vault: Vault,
               draw: Draw = secrets.randbits, note: Note | None = None) -> list[Receipt | Exception]:
    """File many at once: a receipt each; Conflict where a key came before with another filing, Refused where a photo
    is not there.
    """
    secret = vault.secret
    store.forget_keys(session, now - KEYS_KEPT)
    hashes = [rules_number.key_hash(secret, one.key) for one in sendings]
    known = store.kept(session, set(hashes))
    new: dict[bytes, store.Filed] = {}
    outcomes: list[Receipt | Exception] = []
    numbers = fresh_numbers(session, len(sendings), draw)
    photos = store_photo.free(session, {photo for one in sendings for photo in one.filing.photos})
    ids = count(draw(ID_BITS - 1))
    for sending, key_hash, unused in zip(sendings, hashes, numbers, strict=True):
        mark = fingerprint(secret, sending.filing)
        earlier = known.get(key_hash)
        if earlier is not None and earlier.fingerprint != mark:
            outcomes.append(Conflict("this key came before with another filing"))
            continue
        number = earlier.number if earlier else unused
        code = rules_number.derive_code(secret, sending.key, number)
        if earlier is None and not photos.issuperset(sending.filing.photos):
            outcomes.append(Refused((Problem("photos", NO_PHOTO),)))
        elif earlier is None:
            photos -= set(sending.filing.photos)
            hashes_of = (rules_number.code_hash(secret, code), key_hash, mark)
            filed = new[key_hash] = _filed(sending, number, sending.at or now, hashes_of, next(ids))
            life = filed.life
            known[key_hash] = store.Kept(mark, number, life.agency_code, life.filed_at, life.due_at,
                                         life.custody.triage)
            outcomes.append(Receipt(number, code, life.agency_code, life.filed_at, life.due_at,
                                    triage=life.custody.triage))
        else:
            outcomes.append(
                Receipt(number, code, earlier.agency_code, earlier.filed_at, earlier.due_at, again=True,
                        triage=earlier.triage))
    store.add(session, list(new.values()), vault)
    _complete(session, dict(zip(hashes, sendings, strict=True)), new, now, vault, note)
    return outcomes


def _complete(session: Session, sendings: Mapping[bytes, Sending], new: Mapping[bytes, store.Filed], now: datetime,
              vault: Vault, note: Note | None) -> None:
    """What hangs on new complaints: their photos, the address that wants to hear of one, who may be in charge."""
    if note is not None and new:
        note(session, [(filed.request.id, sendings[key].to or Destination()) for key, filed in new.items()])
    for key_hash, filed in new.items():
        actions_photo.attach(session, filed.photos, filed.request, 1)
        sending = sendings[key_hash]
        if sending.filing.contact and sending.ask:
            follow(session, filed.request.id, sending.filing.contact, sending.lang, now, vault, filer=True)


def file(session: Session, filing: Filing, key: str, now: datetime, vault: Vault, to: Destination | None = None,
         draw: Draw = secrets.randbits) -> Receipt:
    """File one complaint. Raises Conflict when the key came before with another filing."""
    (outcome,) = file_group(session, [Sending(filing, key, to=to)], now, vault, draw)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def fresh_numbers(session: Session, n: int, draw: Draw) -> list[str]:
    """So many public numbers that nothing bears yet."""
    numbers: list[str] = []
    while len(numbers) < n:
        more = {rules_number.number_from(draw(rules_number.NUMBER_BITS)) for _ in range(n - len(numbers))}
        more -= set(numbers)
        numbers.extend(sorted(more - store.taken(session, more)))
    return numbers


def _filed(sending: Sending, number: str, at: datetime, hashes: tuple[bytes, bytes, bytes],
           low: int) -> store.Filed:
    """What a filing adds; `hashes` are of its code, its key and itself, `low` the lower bits of its id."""
    filing, to = sending.filing, sending.to or route(sending.filing.category_code)
    events = [Event(1, Kind.SUBMITTED, at, CITIZEN)]
    if to.agency_code:
        events.append(Event(2, Kind.ROUTED, at, SYSTEM, to.agency_code, to.detail))
    request = ServiceRequest(row_id(at, low), number, filing.shown, filing.category_code,
                             filing.region_code, filing.district_code, filing.happened_on, at)
    lat, lon = filing.position or (None, None)
    writing = Writing(1, filing.text, filing.place, lat, lon, filing.name)
    public = public_writing(filing.shown, Kind.SUBMITTED, writing)
    salt = secrets.token_bytes(SALT_BYTES)
    return store.Filed(request, writing, public, tuple(events), replay(events), salt, *hashes,
                       photos=filing.photos)


def row_id(at: datetime, low: int) -> int:
    """A row's id: milliseconds, then 22 bits that count up in a group from where chance began.

    It needs no word with the database, which would cost a question a filing, and it grows with time, so that
    new rows lie side by side on the disk. (22 random bits each would meet in one group of two thousand.)
    """
    return int(at.timestamp() * 1000) << ID_BITS | low
