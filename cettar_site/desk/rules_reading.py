"""What an officer reads of a complaint: its desk all, others what the filer reads, moderators what everyone does."""

from dataclasses import replace
from datetime import datetime

from cettar_site.complaints.rules import Case, Kind, Writing
from cettar_site.complaints.rules_citizen import filer_case
from cettar_site.complaints.rules_public import public_writing
from cettar_site.desk.rules import Officer
from cettar_site.desk.rules_deed import possible
from cettar_site.desk.rules_matrix import Act, Whose, may, whose

_DESK = frozenset({Whose.OWN, Whose.UNIT, Whose.TRIAGE})
_CLOSE = frozenset({Whose.OFFERED, Whose.SENT, Whose.DRAWN, Whose.BELOW, Whose.ESCALATED})


def read_as(officer: Officer, case: Case, now: datetime) -> Case:
    """The complaint as this officer reads it; whether they may is asked before.

    The name that a filer gave and the desk's notes are for the desk that works on it. That it was drawn for an audit
    is not told to who is audited.
    """
    found = whose(officer.agency_code, case.life, case.request.shown, now)
    if found & _DESK:
        told = bool(case.life.audited) or Whose.DRAWN in found
        return case if told else replace(case, events=tuple(one for one in case.events if one.kind is not Kind.DRAWN))
    if found & _CLOSE:
        own = filer_case(case)
        return replace(own, writings=tuple(replace(one, name="") for one in own.writings))
    kinds = {event.seq: event.kind for event in case.events}
    return replace(filer_case(case), writings=tuple(
        said for one in case.writings if (said := _said(case, kinds[one.seq], one)) is not None))


def _said(case: Case, kind: Kind, writing: Writing) -> Writing | None:
    return public_writing(case.request.shown, kind, writing)


def acts_now(officer: Officer, case: Case, now: datetime) -> tuple[Act, ...]:
    """What this officer may do to the complaint and what can happen to it now, in the order of the acts."""
    return tuple(act for act in Act if act is not Act.READ
                 and may(officer, act, case.life, case.request.shown, now)
                 and possible(case.life, act, officer.agency_code, now))
