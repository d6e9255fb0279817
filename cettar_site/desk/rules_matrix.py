"""The matrix: which role may do what to whose complaint, and which pages of the desk it has.

SECURITY.md shows the same as a table; tests/desk/test_matrix.py takes that table as its only input and tries every role
with every act on every kind of complaint over HTTP. When an act can happen at all is complaints.rules_life's to say.
"""

from datetime import datetime
from enum import StrEnum

from cettar_site.base.errors import Forbidden, NotFound
from cettar_site.complaints.rules import TRIAGE_DESK, Kind, Life, Shown
from cettar_site.desk.rules import Officer, Role
from cettar_site.jatim import agencies


class Act(StrEnum):
    """What can be done to a complaint at the desk."""

    READ = "read"
    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"
    PLAN = "plan"
    ASK = "ask"
    CLAIM = "claim"
    ASSIGN = "assign"
    CONTRIBUTE = "contribute"
    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    REJECT = "reject"
    NOTE = "note"
    ROUTE = "route"
    FORWARD = "forward"
    MERGE = "merge"
    PART = "part"
    HIDE = "hide"
    REVEAL = "reveal"
    AUDIT = "audit"


class Whose(StrEnum):
    """What a complaint is to an officer's agency or unit; several may be true of one."""

    TRIAGE = "triage"  # the sorting desk holds it
    OWN = "own"  # the own agency or unit holds it
    UNIT = "unit"  # its holder has the own unit work on it
    PARENT = "parent"  # the agency that the own unit belongs to holds it
    BELOW = "below"  # a unit of the own agency holds it
    OFFERED = "offered"  # handed on to the own agency, not yet taken
    DRAWN = "drawn"  # for an audit by the own agency
    SENT = "sent"  # the sorting desk held it before
    ESCALATED = "escalated"  # so late that the own office was told
    PUBLIC = "public"  # its story is public
    OTHER = "other"  # another agency holds it


class Page(StrEnum):
    """Pages of the desk that are about many complaints."""

    QUEUE = "queue"
    SORT = "sort"
    TEMPLATES = "templates"
    EXPORT = "export"


KINDS: dict[Act, Kind] = {
    Act.ACKNOWLEDGE: Kind.ACKNOWLEDGED, Act.ANSWER: Kind.ANSWERED, Act.PLAN: Kind.PLANNED, Act.ASK: Kind.ASKED,
    Act.CLAIM: Kind.CLAIMED, Act.ASSIGN: Kind.ASSIGNED, Act.CONTRIBUTE: Kind.CONTRIBUTED, Act.OFFER: Kind.OFFERED,
    Act.ACCEPT: Kind.ACCEPTED, Act.DECLINE: Kind.DECLINED, Act.REJECT: Kind.REJECTED, Act.NOTE: Kind.NOTED,
    Act.ROUTE: Kind.ROUTED, Act.FORWARD: Kind.FORWARDED, Act.MERGE: Kind.MERGED, Act.PART: Kind.PARTED,
    Act.HIDE: Kind.HIDDEN, Act.REVEAL: Kind.REVEALED, Act.AUDIT: Kind.AUDITED}
TOLD_AT = {"SETDA": 2, "PEMPROV": 3}
"""From which level of escalation the secretary's and the governor's office are told."""

_OWN, _TRIAGE, _TAKEN = frozenset({Whose.OWN}), frozenset({Whose.TRIAGE}), frozenset({Whose.OFFERED})
_WORKED_ON = frozenset({Whose.OWN, Whose.UNIT})
_MODERATED = frozenset({Whose.TRIAGE, Whose.SENT, Whose.PUBLIC})
_NOTHING = frozenset[Whose]()
_HOLDER: dict[Act, frozenset[Whose]] = {
    Act.READ: _WORKED_ON | _TAKEN, Act.CONTRIBUTE: frozenset({Whose.UNIT}), Act.NOTE: _WORKED_ON,
    Act.ACCEPT: _TAKEN, Act.DECLINE: _TAKEN} | dict.fromkeys((
        Act.ACKNOWLEDGE, Act.ANSWER, Act.PLAN, Act.ASK, Act.CLAIM, Act.ASSIGN, Act.OFFER, Act.REJECT), _OWN)
MATRIX: dict[Role, dict[Act, frozenset[Whose]]] = {
    Role.TRIAGE: {Act.READ: _MODERATED | _TAKEN, Act.ACCEPT: _TAKEN, Act.DECLINE: _TAKEN, Act.NOTE: _TRIAGE} |
    dict.fromkeys((Act.ANSWER, Act.ASK, Act.REJECT, Act.ROUTE, Act.FORWARD), _TRIAGE) |
    dict.fromkeys((Act.MERGE, Act.PART, Act.HIDE, Act.REVEAL), _MODERATED),
    Role.OFFICER: _HOLDER,
    Role.SUPERVISOR: _HOLDER | {Act.READ: _HOLDER[Act.READ] | {Whose.BELOW, Whose.ESCALATED}},
    Role.AUDITOR: {Act.READ: frozenset({Whose.DRAWN}), Act.AUDIT: frozenset({Whose.DRAWN})},
    Role.ADMIN: {},
}
PAGES: dict[Role, frozenset[Page]] = {
    Role.TRIAGE: frozenset({Page.QUEUE, Page.SORT, Page.EXPORT}),
    Role.OFFICER: frozenset({Page.QUEUE}),
    Role.SUPERVISOR: frozenset({Page.QUEUE, Page.TEMPLATES, Page.EXPORT}),
    Role.AUDITOR: frozenset({Page.QUEUE}),
    Role.ADMIN: frozenset({Page.QUEUE}),
}


def whose(agency_code: str, life: Life, shown: Shown, now: datetime) -> frozenset[Whose]:
    """What a complaint is to an agency or unit."""
    found = {_held(agency_code, life)}
    if shown.public:
        found.add(Whose.PUBLIC)
    if agency_code in life.units:
        found.add(Whose.UNIT)
    if life.offer is not None and life.offer.agency_code == agency_code and now <= life.offer.until:
        found.add(Whose.OFFERED)
    if life.audit_by == agency_code:
        found.add(Whose.DRAWN)
    if agency_code == TRIAGE_DESK and any(one.triage for one in life.custodies):
        found.add(Whose.SENT)
    if life.escalated >= TOLD_AT.get(agency_code, life.escalated + 1):
        found.add(Whose.ESCALATED)
    return frozenset(found)


def _held(agency_code: str, life: Life) -> Whose:
    if life.custody.triage:
        return Whose.TRIAGE
    if life.agency_code == agency_code:
        return Whose.OWN
    own, holder = agencies.by_code(agency_code), agencies.by_code(life.agency_code)
    if own is not None and own.parent == life.agency_code:
        return Whose.PARENT
    return Whose.BELOW if holder is not None and holder.code in units_of(agency_code) else Whose.OTHER


def units_of(agency_code: str) -> tuple[str, ...]:
    """The units of an agency. The province's own agencies are none: their complaints are not its office's to read."""
    agency = agencies.by_code(agency_code)
    if agency is None or agency.kind == "provinsi":
        return ()
    return tuple(one.code for one in agencies.PROVINCIAL if one.parent == agency_code)


def allowed(role: Role, act: Act) -> frozenset[Whose]:
    """On whose complaints a role may do something."""
    return MATRIX[role].get(act, _NOTHING)


def may(officer: Officer, act: Act, life: Life, shown: Shown, now: datetime) -> bool:
    """Whether the matrix lets an officer do this to a complaint."""
    return bool(allowed(officer.role, act) & whose(officer.agency_code, life, shown, now))


def check_may(officer: Officer, act: Act, life: Life, shown: Shown, now: datetime) -> None:
    """Raises NotFound where the officer may not even know of it, Forbidden where they may only look."""
    if not may(officer, Act.READ, life, shown, now):
        raise NotFound("no such complaint at this desk")
    if not may(officer, act, life, shown, now):
        raise Forbidden("not this role's to do", role=officer.role, act=act)


def check_page(officer: Officer, page: Page) -> None:
    """Raises Forbidden where a role has no such page."""
    if page not in PAGES[officer.role]:
        raise Forbidden("not this role's page", role=officer.role, page=page)
