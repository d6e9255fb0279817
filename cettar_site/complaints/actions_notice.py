"""Following by mail: begin, confirm, end; and what each event puts into the outbox."""

import secrets
from datetime import datetime

from sqlmodel import Session

from cettar_site.base.seal import SALT_BYTES, Vault
from cettar_site.complaints import store_notice
from cettar_site.complaints.rules import Event, Kind
from cettar_site.complaints.rules_notice import (
    ASK_AFTER,
    CONFIRM_WITHIN,
    GIVEN_UP_KEPT,
    Follow,
    Letter,
    Waiting,
    hears,
    next_try,
)


def follow(session: Session, complaint_id: int, address: str, lang: str, now: datetime, vault: Vault, *,
           filer: bool = False) -> None:
    """Write to an address once, to ask whether it wants to hear; nothing if it was asked before."""
    salt = secrets.token_bytes(SALT_BYTES)
    new = store_notice.add_follow(session, complaint_id, address, lang, now, salt, vault, filer=filer)
    if new is not None:
        store_notice.put(session, Letter.CONFIRM, new, 0, now, now)


def confirm(session: Session, token: str, now: datetime, vault: Vault) -> Follow | None:
    """The address is theirs and they want to hear. None for a token of nobody."""
    found = store_notice.by_token(session, token, vault)
    if found is not None and not found.confirmed:
        store_notice.confirm(session, found.id, now)
    return found


def end(session: Session, token: str, vault: Vault) -> Follow | None:
    """They want to hear no more: the address is forgotten. None for a token of nobody."""
    found = store_notice.by_token(session, token, vault)
    if found is not None:
        store_notice.remove(session, found.id)
    return found


def tell(session: Session, complaint_id: int, event: Event, now: datetime) -> None:
    """Put the letters about an event into the outbox, in the event's own transaction."""
    for follow_id, filer in store_notice.followers(session, complaint_id, hold=True):
        if hears(event, filer=filer):
            store_notice.put(session, Letter.EVENT, follow_id, event.seq, now, now)
        if filer and event.kind is Kind.CLAIMED:
            store_notice.put(session, Letter.WORD, follow_id, event.seq, now, event.at + ASK_AFTER)


def put_off(session: Session, letter: Waiting, failure: str, now: datetime, *, for_good: bool) -> None:
    """A letter could not be sent: later again, or never; an address that does not exist is forgotten."""
    if for_good and letter.follow is not None:
        store_notice.remove(session, letter.follow.id)
        return
    attempts = letter.attempts + 1
    again = None if for_good else next_try(attempts, now)
    store_notice.failed(session, letter.id, attempts, again, failure)


def forget_old(session: Session, now: datetime) -> int:
    """Forget addresses that never confirmed, and letters given up long ago."""
    return store_notice.forget_old(session, now - CONFIRM_WITHIN, now - GIVEN_UP_KEPT)
