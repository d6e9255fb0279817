"""What is done with photos: keep one that came, give it to a filing or to an agency's claim, open it, forget it.

The session, the time and the vault are given; files are somebody else's (infra.darkroom_shelf).
"""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from cettar_site.base.errors import Problem, Refused
from cettar_site.base.seal import Vault
from cettar_site.complaints import store_photo
from cettar_site.complaints.rules import Case, ServiceRequest
from cettar_site.complaints.rules_filing import NO_PHOTO
from cettar_site.complaints.rules_photo import UNUSED_FOR, Facts, Photo, alike, flags_of
from cettar_site.complaints.store_photo import Waiting

LARGE, SMALL, FACTS = 0, 1, 2
"""The numbers under which a photo's three texts are sealed with its salt."""


def attach(session: Session, ids: Sequence[str], request: ServiceRequest, seq: int) -> None:
    """Give photos that the filer sent before to an event of the complaint. Raises Refused where one is not there."""
    if not store_photo.attach(session, ids, request.id, seq):
        raise Refused((Problem("photos", NO_PHOTO),))


def attach_evidence(session: Session, case: Case, seq: int, ids: Sequence[str], now: datetime,
                    vault: Vault) -> tuple[Photo, ...]:
    """Give an agency's photos to its claim, with what is noticed about each; `case` is whole. Raises Refused."""
    if not ids:
        return ()
    request, found = case.request, store_photo.waiting(session, ids)
    if found.keys() != set(ids):
        raise Refused((Problem("photos", NO_PHOTO),))
    filers = store_photo.filers_looks(session, request.id)
    for at, one in enumerate(found[photo_id] for photo_id in dict.fromkeys(ids)):
        own = any(alike(one.look, look) for look in filers)
        reused = store_photo.evidence_like(session, one.look, request.id, seq)
        flags = flags_of(case, facts_of(one, vault), own, reused, now)
        if not store_photo.attach_evidence(session, one, request.id, seq, at, flags):
            raise Refused((Problem("photos", NO_PHOTO),))
    return tuple(photo for photo in store_photo.photos_of(session, request.id) if photo.seq == seq and photo.evidence)


def sealed_facts(facts: Facts, salt: bytes, vault: Vault) -> bytes | None:
    """When and where it was taken, sealed; nothing where the camera said nothing."""
    said = {"taken_at": facts.taken_at and facts.taken_at.isoformat(), "position": facts.position}
    return vault.seal(salt, FACTS, json.dumps(said).encode()) if any(said.values()) else None


def facts_of(one: Waiting, vault: Vault) -> Facts:
    """When and where a piece of evidence was taken."""
    if one.facts is None:
        return Facts()
    said = json.loads(vault.open(one.salt, FACTS, one.facts))
    at, position = said["taken_at"], said["position"]
    return Facts(datetime.fromisoformat(at) if at else None, (position[0], position[1]) if position else None)


def forget(session: Session, now: datetime) -> list[str]:
    """Forget some photos whose filing never came; the names of their files."""
    return store_photo.forget(session, now - UNUSED_FOR)
