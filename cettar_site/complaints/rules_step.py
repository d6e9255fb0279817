"""What each kind of event makes of a complaint's life. Whether it may happen in a state is asked in rules_life."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from cettar_site.base.errors import Conflict
from cettar_site.complaints.rules import (
    CENTRE,
    SUBSTANTIAL,
    TO_MESSAGE,
    TRIAGE_DESK,
    UNANSWERED,
    Custody,
    Event,
    Kind,
    Life,
    Offer,
    State,
)
from cettar_site.complaints.rules_clock import (
    counted_from,
    due_after,
    due_again,
    due_in_triage,
    has_word,
    highest,
    paused,
    resumed,
    take_until,
    used_by,
)

Step = Callable[[Life, Event], Life]


def begun(event: Event) -> Life:
    """The life that a filing begins. Raises Conflict for any other first event."""
    if event.kind is not Kind.SUBMITTED or event.seq != 1:
        raise Conflict("a complaint begins with its filing", kind=event.kind, seq=event.seq)
    custody = Custody(1, TRIAGE_DESK, event.at, due_in_triage(event.at), triage=True)
    return Life(State.TRIAGE, 1, event.at, due_after(event.at), event.at, (custody,), owed_at=custody.due_at,
                held_from=event.at)


def _owing(life: Life, custody: Custody) -> Life:
    """The life with its running custody replaced; what is owed follows while the first answer is."""
    owed = custody.due_at if life.state in UNANSWERED else life.owed_at
    return replace(life, custodies=(*life.custodies[:-1], custody), owed_at=owed, reminded=False)


def _handed(life: Life, event: Event, agency_code: str, *, triage: bool) -> Life:
    """A new custody begins where the last one ends; what was waited for in the old one is over.

    Nothing is gained by it: whoever gets a complaint back goes on with what it used of its time, and who was told of
    the delay stays told once the filer's own time is over.
    """
    used = used_by(life, event.at)
    due = due_again(life, event.at, agency_code, triage=triage)
    last = life.custody if life.pause is None else resumed(life.custody, life.pause, event.at)
    last = replace(last, until=event.at)
    ended = life.custodies[:-1] if last.since == event.at and last.triage else (*life.custodies[:-1], last)
    state = life.state if life.state is State.DISPUTED else State.TRIAGE if triage else State.WAITING
    # Nobody audits what they hold themselves.
    audit_by = "" if life.audit_by == agency_code and not life.audited else life.audit_by
    custodies = (*ended, Custody(event.seq, agency_code, event.at, due, triage))
    return replace(
        life, state=state, custodies=custodies, owed_at=due, held_from=event.at, used=used, audit_by=audit_by,
        offer=None, pause=None, units=(), acknowledged_at=None, reminded=False,
        escalated=life.escalated if event.at > life.due_at else 0)


def _routed(life: Life, event: Event) -> Life:
    if not life.custody.triage:  # as an agency that answers, its desk hands on like any other
        raise Conflict("only the triage desk routes", agency=life.agency_code)
    if not event.agency_code:
        raise Conflict("routed to nobody")
    return _handed(life, event, event.agency_code, triage=False)


def _replied(life: Life, event: Event) -> Life:
    """Stops no clock; but a message is settled by any word that is more than a stock phrase."""
    settles = life.owes_reply and event.detail == TO_MESSAGE
    return replace(life, owed_at=None, reminded=False, escalated=0) if settles else life


def _acknowledged(life: Life, event: Event) -> Life:
    if life.acknowledged_at is not None:
        raise Conflict("acknowledged before")
    return replace(life, acknowledged_at=event.at)


def _answered(life: Life, event: Event) -> Life:
    """Any substantial word of the desk: the clocks stop, nothing is owed, the filer has the last word."""
    planned = date.fromisoformat(event.detail) if event.kind is Kind.PLANNED else None
    custody = life.custody
    if custody.answered_at is None:
        custody = replace(custody, answered_at=event.at)
    return replace(
        life, state=_RESULT[event.kind], custodies=(*life.custodies[:-1], custody),
        first_answer_at=life.first_answer_at or event.at, answers=life.answers + 1, owed_at=None, used=(), offer=None,
        pause=None, planned_on=planned or life.planned_on, word_from=event.at, reminded=False, escalated=0,
        claimed_at=event.at if event.kind is Kind.CLAIMED else life.claimed_at)


_RESULT = {Kind.ANSWERED: State.ANSWERED, Kind.PLANNED: State.ANSWERED, Kind.CLAIMED: State.CLAIMED,
           Kind.REJECTED: State.REJECTED, Kind.FORWARDED: State.FORWARDED}


def _claimed(life: Life, event: Event) -> Life:
    """A new claim may be drawn anew, but an audit that was not done yet stays: nobody claims twice to lose it."""
    after = _answered(life, event)
    return after if life.audit_by and not life.audited else replace(after, audit_by="", audited="")


def _forwarded(life: Life, event: Event) -> Life:
    if life.agency_code != TRIAGE_DESK:
        raise Conflict("only the triage desk sends outside the province", agency=life.agency_code)
    to = event.detail if event.agency_code == CENTRE else event.agency_code
    return replace(_answered(life, event), elsewhere=to or CENTRE)


def _asked(life: Life, event: Event) -> Life:
    if life.asked:
        raise Conflict("a question was asked before")
    custody, pause = paused(life.custody, event.at)
    return replace(_owing(life, custody), asked=True, pause=pause)


def _offered(life: Life, event: Event) -> Life:
    if event.agency_code in ("", life.agency_code):
        raise Conflict("handed on to nobody else")
    return replace(life, offer=Offer(event.agency_code, take_until(event.at)))


def _taken(life: Life, event: Event) -> Life:
    _check_offer(life, event)
    return _handed(life, event, event.agency_code, triage=event.agency_code == TRIAGE_DESK)


def _declined(life: Life, event: Event) -> Life:
    _check_offer(life, event)
    return replace(life, offer=None)


def _check_offer(life: Life, event: Event) -> None:
    if life.offer is None or life.offer.agency_code != event.agency_code:
        raise Conflict("nothing was handed on to this agency", agency=event.agency_code)


def _assigned(life: Life, event: Event) -> Life:
    if event.agency_code in ("", *life.units):
        raise Conflict("assigned before", unit=event.agency_code)
    return replace(life, units=(*life.units, event.agency_code))


def _contributed(life: Life, event: Event) -> Life:
    if event.agency_code not in life.units:
        raise Conflict("not assigned to this unit", unit=event.agency_code)
    return life


def _merged(life: Life, event: Event) -> Life:
    if life.merged_into or not event.detail:
        raise Conflict("merged before, or with nothing")
    return replace(life, merged_into=event.detail)


def _parted(life: Life, event: Event) -> Life:
    if not life.merged_into:
        raise Conflict("not merged")
    return replace(life, merged_into="")


def _hidden(life: Life, event: Event) -> Life:
    if life.hidden or not event.detail:
        raise Conflict("hidden before, or without a reason")
    return replace(life, hidden=event.detail)


def _revealed(life: Life, event: Event) -> Life:
    if not life.hidden:
        raise Conflict("not hidden")
    return replace(life, hidden="")


def _messaged(life: Life, event: Event) -> Life:
    life = replace(life, messages=life.messages + 1)
    if life.pause is not None:
        held_from = counted_from(life, event.at)
        return replace(_owing(life, resumed(life.custody, life.pause, event.at)), pause=None, held_from=held_from)
    return life if life.owed_at is not None else replace(life, owed_at=due_after(event.at), held_from=event.at)


def _disputed(life: Life, event: Event) -> Life:
    return _reopened(replace(life, disputes=life.disputes + 1), event)


def _reopened(life: Life, event: Event) -> Life:
    """The desk owes another word. Where it owed one already, it gets no more time for it."""
    after = replace(life, state=State.DISPUTED, elsewhere="")
    if life.owed_at is not None:
        return after
    return replace(after, owed_at=due_after(event.at), held_from=event.at, reminded=False, escalated=0)


def _rated(life: Life, event: Event) -> Life:
    if not life.answers or event.detail not in ("1", "2", "3", "4", "5"):
        raise Conflict("no answer to rate, or no such rating")
    return replace(life, rating=int(event.detail))


def _over(life: Life, event: Event, state: State) -> Life:
    """Nothing is owed any more, and nobody holds it."""
    custody = replace(life.custody, until=event.at)
    return replace(life, state=state, custodies=(*life.custodies[:-1], custody), ended_at=event.at, owed_at=None,
                   offer=None, pause=None)


def _ended(state: State) -> Step:
    return lambda life, event: _over(life, event, state)


def _erased(life: Life, event: Event) -> Life:
    if life.erased:
        raise Conflict("erased before")
    ended = life if life.over else _over(life, event, State.WITHDRAWN)
    return replace(ended, erased=True)


def _reminded(life: Life, event: Event) -> Life:
    if life.owed_at is None:
        raise Conflict("nothing is owed")
    return replace(life, reminded=True)


def _escalated(life: Life, event: Event) -> Life:
    if life.owed_at is None or life.escalated >= highest(life) or event.detail != str(life.escalated + 1):
        raise Conflict("levels follow each other", level=event.detail)
    return replace(life, escalated=life.escalated + 1)


def _drawn(life: Life, event: Event) -> Life:
    if life.audit_by or event.agency_code in ("", life.agency_code):
        raise Conflict("drawn before, or for its own agency")
    return replace(life, audit_by=event.agency_code)


def _audited(life: Life, event: Event) -> Life:
    if life.audit_by != event.agency_code or life.audited or event.detail not in ("pass", "fail"):
        raise Conflict("not this agency's audit, or done before")
    life = replace(life, audited=event.detail)
    if event.detail == "fail" and life.state is State.CLAIMED:
        return _reopened(life, event)
    return life


def _unchanged(life: Life, _event: Event) -> Life:
    return life


STEPS: dict[Kind, Step] = {
    Kind.ROUTED: _routed, Kind.ACKNOWLEDGED: _acknowledged, Kind.REPLIED: _replied, Kind.ANSWERED: _answered,
    Kind.PLANNED: _answered, Kind.ASKED: _asked, Kind.CLAIMED: _claimed, Kind.OFFERED: _offered,
    Kind.ACCEPTED: _taken, Kind.DECLINED: _declined, Kind.ASSIGNED: _assigned, Kind.CONTRIBUTED: _contributed,
    Kind.NOTED: _unchanged, Kind.REJECTED: _answered, Kind.FORWARDED: _forwarded, Kind.MERGED: _merged,
    Kind.PARTED: _parted, Kind.HIDDEN: _hidden, Kind.REVEALED: _revealed, Kind.MESSAGED: _messaged,
    Kind.CONFIRMED: _ended(State.CONFIRMED), Kind.DISPUTED: _disputed, Kind.RATED: _rated,
    Kind.WITHDRAWN: _ended(State.WITHDRAWN), Kind.ERASED: _erased, Kind.REMINDED: _reminded,
    Kind.ESCALATED: _escalated, Kind.DRAWN: _drawn, Kind.AUDITED: _audited, Kind.CLOSED: _ended(State.CLOSED),
}
assert _RESULT.keys() == SUBSTANTIAL


def _offer_is_over(life: Life, event: Event) -> None:
    if life.offer is not None and event.at < life.offer.until:
        raise Conflict("a hand-on waits to be taken", to=life.offer.agency_code)


def _offer_runs(life: Life, event: Event) -> None:
    if life.offer is not None and event.at > life.offer.until:
        raise Conflict("the hand-on is over; it stays with its sender", agency=event.agency_code)


def _word_is_left(life: Life, event: Event) -> None:
    if not has_word(life, event.at):
        raise Conflict("the time for the filer's last word is over")


def _not_reminded(life: Life, _event: Event) -> None:
    if life.reminded:
        raise Conflict("reminded before")


IN_TIME: dict[Kind, Callable[[Life, Event], None]] = {
    Kind.OFFERED: _offer_is_over, Kind.ACCEPTED: _offer_runs, Kind.DECLINED: _offer_runs,
    Kind.CONFIRMED: _word_is_left, Kind.DISPUTED: _word_is_left, Kind.REMINDED: _not_reminded}
"""What is asked of a new event by the calendar. Of what happened it is not asked again: the calendar may have changed
since (a joint leave decreed, an estimated holiday moved), and what happened stays a fact.
"""
