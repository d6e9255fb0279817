"""The verbs of the desk: acknowledge, answer."""

from datetime import datetime

from sqlmodel import Session

from cettar_site.base.errors import Conflict, NotFound
from cettar_site.base.seal import Vault
from cettar_site.complaints.actions_happen import Deed, happen, judged
from cettar_site.complaints.rules_answer import Substance
from cettar_site.desk import store
from cettar_site.desk.rules import Act, Case, Kind, Officer, check_answer, check_may


def case_for(session: Session, officer: Officer, number: str, act: Act, vault: Vault) -> Case:
    """A complaint for an officer. Raises NotFound (also for another agency's) and Forbidden."""
    case = store.case(session, number, vault)
    if case is None:
        raise NotFound("no such complaint at this desk")
    check_may(officer, act, case.life.agency_code)
    return case


def acknowledge(session: Session, officer: Officer, number: str, seen: int | None, now: datetime,
                vault: Vault) -> Case:
    """Tell the citizen that their complaint was read. This does not stop the clock."""
    case = case_for(session, officer, number, Act.ACKNOWLEDGE, vault)
    check_seen(case, seen)
    return happen(session, case, Deed(Kind.ACKNOWLEDGED, officer.pseudonym, case.life.agency_code), now, vault)


def answer(session: Session, officer: Officer, number: str, text: str, seen: int | None, now: datetime,
           vault: Vault) -> Case:
    """Answer a complaint. Raises Refused, NotFound, Forbidden, and Conflict if it is not as it was seen.

    `seen` is the number of events that the officer had before them (None: don't ask).
    """
    case = case_for(session, officer, number, Act.ANSWER, vault)
    check_seen(case, seen)
    kept = check_answer(text)
    real = judged(session, case.life.agency_code, kept, vault) is Substance.SUBSTANTIAL
    kind = Kind.ANSWERED if real else Kind.REPLIED
    return happen(session, case, Deed(kind, officer.pseudonym, case.life.agency_code, text=kept), now, vault)


def check_seen(case: Case, seen: int | None) -> None:
    """Raises Conflict where something happened since the officer looked."""
    if seen is not None and seen != case.life.seq:
        raise Conflict("something happened to this complaint meanwhile", seen=seen, seq=case.life.seq)
