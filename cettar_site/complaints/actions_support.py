"""Join a complaint: counted once a device."""

from dataclasses import replace

from sqlmodel import Session

from cettar_site.base.errors import Conflict, NotFound
from cettar_site.complaints import store, store_read, store_support
from cettar_site.complaints.rules import Case
from cettar_site.complaints.rules_support import device_hash, may_support


def support(session: Session, number: str, device: bytes, secret: bytes) -> tuple[Case, bool]:
    """Count a device for the complaint with a number: its public view after it, and whether this was news.

    Raises NotFound, and Conflict where nobody can join (any more).
    """
    case = store_read.public_by_number(session, number)
    if case is None:
        raise NotFound("no such complaint")
    if not may_support(case.request.shown, case.life):
        raise Conflict("nobody can join this one", state=case.life.state)
    news = store_support.add(session, case.request.id, device_hash(secret, device, number))
    if news:
        store.add_support(session, case.request.id)
        case = replace(case, supports=case.supports + 1)
    return case, news
