"""The filer's verbs: add words, confirm, dispute, rate, withdraw, erase. The code was checked before.

Saying the same once more (a page loaded again, a line that broke) changes nothing and is no fault.
"""

from datetime import datetime

from sqlmodel import Session

from cettar_site.base.errors import Conflict, TooMany
from cettar_site.base.seal import Vault
from cettar_site.complaints.actions_happen import Deed, happen
from cettar_site.complaints.rules import CITIZEN, Case, Kind, State
from cettar_site.complaints.rules_citizen import (
    MOST_MESSAGES,
    MOST_RATINGS,
    check_message,
    check_optional,
    check_rating,
    filer_case,
)


def message(session: Session, case: Case, text: str, now: datetime, vault: Vault) -> Case:
    """Add words; an asked question is answered by them. Raises Refused, Conflict."""
    kept = check_message(text)
    if _said_last(case, Kind.MESSAGED, kept):
        return case
    if case.life.messages >= MOST_MESSAGES:
        raise Conflict("so many messages were sent already")
    return happen(session, case, Deed(Kind.MESSAGED, CITIZEN, text=kept), now, vault)


def confirm(session: Session, case: Case, now: datetime, vault: Vault) -> Case:
    """Say that it is solved: the last word. Raises Conflict."""
    if case.life.state is State.CONFIRMED:
        return case
    return happen(session, case, Deed(Kind.CONFIRMED, CITIZEN), now, vault)


def dispute(session: Session, case: Case, text: str, now: datetime, vault: Vault) -> Case:
    """Say that it is not solved; the agency owes another word. Raises Refused, Conflict."""
    kept = check_optional(text)
    if _said_last(case, Kind.DISPUTED, kept):
        return case
    return happen(session, case, Deed(Kind.DISPUTED, CITIZEN, text=kept), now, vault)


def rate(session: Session, case: Case, rating: str, now: datetime, vault: Vault) -> Case:
    """Rate the answer, 1 to 5; the newest counts. Raises Refused, Conflict."""
    kept = check_rating(rating)
    if case.life.rating == int(kept):
        return case
    if sum(event.kind is Kind.RATED for event in case.events) >= MOST_RATINGS:
        raise TooMany(retry_after=86_400)
    return happen(session, case, Deed(Kind.RATED, CITIZEN, detail=kept), now, vault)


def withdraw(session: Session, case: Case, text: str, now: datetime, vault: Vault) -> Case:
    """Take the complaint back. Raises Refused, Conflict."""
    kept = check_optional(text)
    if case.life.state is State.WITHDRAWN and not case.life.erased:
        return case
    return happen(session, case, Deed(Kind.WITHDRAWN, CITIZEN, text=kept), now, vault)


def erase(session: Session, case: Case, now: datetime, vault: Vault) -> Case:
    """Have every word deleted; what happened, and when, stays. Raises Conflict."""
    if case.life.erased:
        return case
    return happen(session, case, Deed(Kind.ERASED, CITIZEN), now, vault)


def _said_last(case: Case, kind: Kind, text: str) -> bool:
    """Whether the newest thing that happened is the filer saying just this."""
    seen = filer_case(case)
    newest = seen.events[-1]
    said = seen.writing(newest.seq)
    return newest.kind is kind and newest.actor == CITIZEN and (said.text if said else "") == text
