"""The desk's view of complaints, asked of their own store."""

from datetime import datetime

from sqlmodel import Session

from cettar_site.base.seal import Vault
from cettar_site.complaints import store_lists as complaint_lists
from cettar_site.complaints import store_read as complaints
from cettar_site.desk.rules import Brief, Case, Counts


def case(session: Session, number: str, vault: Vault) -> Case | None:
    """The complaint with a public number."""
    return complaints.case_by_number(session, number, vault)


def queue(session: Session, agency_code: str | None, owed: bool | None, limit: int, offset: int,
          vault: Vault) -> tuple[Brief, ...]:
    """A desk's complaints: those in which something is owed first, by when it is due."""
    return complaint_lists.queue(session, agency_code, owed, limit, vault, offset)


def queue_counts(session: Session, agency_code: str | None, now: datetime) -> Counts:
    """How a desk's queue is made up."""
    return complaint_lists.queue_counts(session, agency_code, now)
