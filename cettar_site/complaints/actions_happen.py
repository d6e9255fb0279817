"""One more thing happens to a complaint: the event, its words for each reader, and what follows from it elsewhere.

Everybody's verbs end here: the filer's (actions_citizen), the officers' (the desk's actions), time's (actions_time).
Whether an officer may is asked before, by the room that knows them; that nobody else does what is the filer's, here.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from cettar_site.base.errors import Conflict
from cettar_site.base.seal import Vault
from cettar_site.complaints import store, store_notice, store_read, store_search
from cettar_site.complaints.actions_notice import tell
from cettar_site.complaints.rules import CITIZEN, REPLIES, Case, Event, Kind, Life, Writing
from cettar_site.complaints.rules_answer import COMPARED, Substance, substance
from cettar_site.complaints.rules_citizen import check_actor
from cettar_site.complaints.rules_life import MAY, step
from cettar_site.complaints.rules_public import is_bare, public_writing
from cettar_site.complaints.store import Happened

FOLLOWED = REPLIES | {Kind.ACKNOWLEDGED, Kind.ROUTED}
"""What is said to a complaint is said to those merged into it too; those that still wait to be sorted go with it."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does: the kind, who (a pseudonym, citizen or system), to or for which agency, and the words."""

    kind: Kind
    actor: str
    agency_code: str = ""
    detail: str = ""
    text: str = ""


def happen(session: Session, case: Case, deed: Deed, now: datetime, vault: Vault) -> Case:
    """Let it happen, and all that follows; the complaint as its desk sees it then. Raises Conflict."""
    check_actor(deed.kind, deed.actor, case.request.channel)
    if deed.kind is Kind.MERGED:
        main = _main_for(session, case, deed.detail)
        case = _sent_along(session, case, main, deed, now, vault)
    after = _add(session, case, deed, now, vault)
    if deed.kind in REPLIES and deed.text:
        store.add_reply(session, case.life.agency_code, after.life.moved_at, case.request.id, after.life.seq)
    if deed.kind is Kind.HIDDEN:
        store_search.remove(session, case.request)
    elif deed.kind is Kind.REVEALED and not after.life.erased:
        store_search.add_again(session, case.request)
    elif deed.kind is Kind.ERASED:
        store.erase(session, case.request)
        store_notice.forget(session, case.request.id)
        return replace(after, writings=())
    if deed.kind in FOLLOWED:
        _tell_merged(session, case, deed, now, vault)
    return after


def happen_to(session: Session, number: str, deed: Deed, now: datetime, vault: Vault) -> Life | None:
    """Let it happen to the complaint with a number, if it can; None when there is none or it can't."""
    case = store_read.case_by_number(session, number, vault)
    if case is None:
        return None
    try:
        return happen(session, case, deed, now, vault).life
    except Conflict:
        return None


def judged(session: Session, agency_code: str, text: str, vault: Vault, templates: tuple[str, ...] = (),
           case: Case | None = None) -> Substance:
    """What an agency's words are to the clock, beside its newest replies, the templates and what the filer wrote."""
    by = {event.seq for event in case.events if event.actor == CITIZEN} if case else set[int]()
    said = [one.text for one in case.writings if one.seq in by] if case else []
    others = store_read.newest_replies(session, agency_code, COMPARED, vault)
    return substance(text, (*templates, *others), said)


def _main_for(session: Session, case: Case, number: str) -> Case:
    """The complaint with a number, which another one shall follow. Raises Conflict where it can't.

    Its answers are published at those that follow it: so nothing follows a confidential one. What ended is answered
    no more; and in a chain no answer would come through.
    """
    main = store_read.public_by_number(session, number)
    if main is None or number == case.request.number:
        raise Conflict("no such complaint to follow", number=number)
    if not main.request.shown.public or main.life.over or main.life.merged_into:
        raise Conflict("nothing can follow this one", number=number, state=main.life.state)
    if store_read.children(session, case.request.number):
        raise Conflict("others follow it already")
    if case.life.merged_into:
        raise Conflict("it follows another already")
    return main


def _sent_along(session: Session, case: Case, main: Case, deed: Deed, now: datetime, vault: Vault) -> Case:
    """What still waits to be sorted goes to the main one's holder: what is said there could not be said to it else."""
    if case.life.state not in MAY[Kind.ROUTED] or not case.life.custody.triage or main.life.custody.triage:
        return case
    return _add(session, case, Deed(Kind.ROUTED, deed.actor, main.life.agency_code, "desk"), now, vault)


def _add(session: Session, case: Case, deed: Deed, now: datetime, vault: Vault, *, open_words: bool = True) -> Case:
    life = case.life
    # Two machines' clocks differ: what comes after is never written down as before.
    event = Event(life.seq + 1, deed.kind, max(now, life.moved_at), deed.actor, deed.agency_code, deed.detail)
    after = step(life, event)
    writing = Writing(event.seq, deed.text) if deed.text else None
    public = public_writing(case.request.shown, deed.kind, writing) if writing and open_words else None
    store.append(session, case.request, life, Happened(event, after, writing, public), vault)
    tell(session, case.request.id, event, now)
    writings = (*case.writings, writing) if writing else case.writings
    return replace(case, events=(*case.events, event), writings=writings, life=after)


def _tell_merged(session: Session, case: Case, deed: Deed, now: datetime, vault: Vault) -> None:
    """The same event for each complaint that follows this one, where it can happen; each keeps its own clock.

    What the public may not read here it does not read there.
    """
    for number in store_read.children(session, case.request.number):
        child = store_read.case_by_number(session, number, vault)
        if child is None or child.life.over:
            continue
        try:
            step(child.life, Event(child.life.seq + 1, deed.kind, max(now, child.life.moved_at), deed.actor,
                                   deed.agency_code, deed.detail))
        except Conflict:
            continue
        _add(session, child, replace(deed, text="" if child.life.erased else deed.text), now, vault,
             open_words=not is_bare(case))
