"""Who may do what at the desk, how an answer is checked.

The facts of a complaint are the complaints room's; they are named here too, so that the desk's other files
find them in their own room.
"""

from enum import StrEnum

from cettar_site.base.errors import Forbidden, NotFound, Problem, Refused
from cettar_site.base.words import mark
from cettar_site.complaints.rules import Case, Event, Kind, Life, Shown, State
from cettar_site.complaints.rules_brief import Brief, Counts
from cettar_site.complaints.rules_filing import LONGEST, SHORTEST, clean
from cettar_site.complaints.rules_number import parse_number
from cettar_site.desk.rules_door import Officer, Role

__all__ = ["LONGEST", "SHORTEST", "Brief", "Case", "Counts", "Event", "Kind", "Life", "Officer", "Role", "Shown",
           "State", "parse_number"]

PAGE = 50

_EMPTY = mark("Tulis jawaban untuk warga.")
_SHORT = mark("Jawaban terlalu pendek. Jelaskan keputusan atau langkah berikutnya, paling sedikit 20 huruf.")
_LONG = mark("Jawaban terlalu panjang, paling banyak 4.000 huruf.")


class Act(StrEnum):
    """What can be done to a complaint at the desk."""

    READ = "read"
    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"


# The matrix: role → acts on complaints of the own agency, acts on all others'.
MAY: dict[Role, tuple[frozenset[Act], frozenset[Act]]] = {
    Role.OFFICER: (frozenset(Act), frozenset()),
    Role.TRIAGE: (frozenset(Act), frozenset()),
    Role.SUPERVISOR: (frozenset({Act.READ}), frozenset({Act.READ})),
    Role.AUDITOR: (frozenset(), frozenset()),
    Role.ADMIN: (frozenset(), frozenset()),
}


def check_may(officer: Officer, act: Act, agency_code: str) -> None:
    """Raises NotFound where the officer may not even know of it, Forbidden where they may only look."""
    own, others = MAY[officer.role]
    acts = own if agency_code == officer.agency_code else others
    if Act.READ not in acts:
        raise NotFound("no such complaint at this desk")
    if act not in acts:
        raise Forbidden("this role only reads", role=officer.role, act=act)


def queue_of(officer: Officer) -> str | None:
    """Whose complaints the officer sees: an agency's; None for everyone's."""
    return None if Act.READ in MAY[officer.role][1] else officer.agency_code


def check_answer(text: str) -> str:
    """The answer as it is kept. Raises Refused."""
    kept = clean(text)
    if not kept:
        raise Refused((Problem("text", _EMPTY),))
    if len(kept) < SHORTEST:
        raise Refused((Problem("text", _SHORT),))
    if len(kept) > LONGEST:
        raise Refused((Problem("text", _LONG),))
    return kept
