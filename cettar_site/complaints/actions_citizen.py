"""The filer's verbs: add words, confirm, dispute, rate, withdraw, erase. The code was checked before."""

from datetime import datetime

from sqlmodel import Session

from cettar_site.base.errors import Conflict, TooMany
from cettar_site.base.seal import Vault
from cettar_site.complaints.actions_happen import Deed, happen
from cettar_site.complaints.rules import CITIZEN, Case, Kind
from cettar_site.complaints.rules_citizen import (
    MOST_MESSAGES,
    MOST_RATINGS,
    check_message,
    check_optional,
    check_rating,
)


def message(session: Session, case: Case, text: str, now: datetime, vault: Vault) -> Case:
    """Add words; an asked question is answered by them. Raises Refused, Conflict."""
    kept = check_message(text)
    if case.life.messages >= MOST_MESSAGES:
        raise Conflict("so many messages were sent already")
    return happen(session, case, Deed(Kind.MESSAGED, CITIZEN, text=kept), now, vault)


def confirm(session: Session, case: Case, now: datetime, vault: Vault) -> Case:
    """Say that it is solved: the last word. Raises Conflict."""
    return happen(session, case, Deed(Kind.CONFIRMED, CITIZEN), now, vault)


def dispute(session: Session, case: Case, text: str, now: datetime, vault: Vault) -> Case:
    """Say that it is not solved; the agency owes another word. Raises Refused, Conflict."""
    return happen(session, case, Deed(Kind.DISPUTED, CITIZEN, text=check_optional(text)), now, vault)


def rate(session: Session, case: Case, rating: str, now: datetime, vault: Vault) -> Case:
    """Rate the answer, 1 to 5; the newest counts. Raises Refused, Conflict."""
    kept = check_rating(rating)
    if sum(event.kind is Kind.RATED for event in case.events) >= MOST_RATINGS:
        raise TooMany(retry_after=86_400)
    return happen(session, case, Deed(Kind.RATED, CITIZEN, detail=kept), now, vault)


def withdraw(session: Session, case: Case, text: str, now: datetime, vault: Vault) -> Case:
    """Take the complaint back. Raises Refused, Conflict."""
    return happen(session, case, Deed(Kind.WITHDRAWN, CITIZEN, text=check_optional(text)), now, vault)


def erase(session: Session, case: Case, now: datetime, vault: Vault) -> Case:
    """Have every word deleted; what happened, and when, stays. Raises Conflict."""
    return happen(session, case, Deed(Kind.ERASED, CITIZEN), now, vault)
