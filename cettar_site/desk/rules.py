"""Who may do what at the desk, how long a session lasts, how an answer is checked.

The facts of a complaint are the complaints room's; they are named here too, so that the desk's other files
find them in their own room.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cettar_site.base.errors import Forbidden, NotFound, Problem, Refused
from cettar_site.base.words import mark
from cettar_site.complaints.rules import Case, Event, Kind, Life, Shown, State
from cettar_site.complaints.rules_brief import Brief, Counts
from cettar_site.complaints.rules_filing import LONGEST, SHORTEST, clean
from cettar_site.complaints.rules_number import parse_number
from cettar_site.jatim import agencies

__all__ = ["Brief", "Case", "Counts", "Event", "Kind", "Life", "Shown", "State", "parse_number", "LONGEST",
           "SHORTEST"]

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
"""A session's last use is written down at most so often."""
FREE_TRIES = 2
FIRST_WAIT = 15.0
LONGEST_WAIT = 60.0
FORGOTTEN_AFTER = timedelta(hours=1)
PAGE = 50

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")
_EMPTY = mark("Tulis jawaban untuk warga.")
_SHORT = mark("Jawaban terlalu pendek. Jelaskan keputusan atau langkah berikutnya, paling sedikit 20 huruf.")
_LONG = mark("Jawaban terlalu panjang, paling banyak 4.000 huruf.")
_NO_EMAIL = mark("Tulis alamat surel yang lengkap.")
_NO_AGENCY = mark("Instansi ini tidak ada.")


class Role(StrEnum):
    """What an account is for: sorting, answering for an agency or unit, watching over it, auditing, accounts."""

    TRIAGE = "triage"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Act(StrEnum):
    """What can be done to a complaint at the desk."""

    READ = "read"
    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Officer:
    """An account. `pseudonym` is what the events and the public see; the address is for signing in only."""

    id: int
    pseudonym: str
    email: str
    agency_code: str
    role: Role


@dataclass(frozen=True, slots=True)
class Visit:
    """A session: whose, since when, last used when."""

    officer: Officer
    began_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Tries:
    """Failed sign-ins of one account, and the last one."""

    failures: int = 0
    last_at: datetime | None = None


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


def is_over(visit: Visit, now: datetime) -> bool:
    """Whether a session has ended: unused for half an hour, or twelve hours old."""
    return now - visit.seen_at >= IDLE or now - visit.began_at >= ABSOLUTE


def wait(tries: Tries, now: datetime) -> float:
    """Seconds until an account may be tried again: a delay that grows, never a lock."""
    if tries.last_at is None or tries.failures < FREE_TRIES or now - tries.last_at >= FORGOTTEN_AFTER:
        return 0.0
    delay = min(FIRST_WAIT * 2.0 ** min(tries.failures - FREE_TRIES, 8), LONGEST_WAIT)
    return max(0.0, delay - (now - tries.last_at).total_seconds())


def counted(tries: Tries, now: datetime) -> Tries:
    """The tries with one more; old ones are forgotten."""
    stale = tries.last_at is not None and now - tries.last_at >= FORGOTTEN_AFTER
    return Tries(1 if stale else tries.failures + 1, now)


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


def check_account(email: str, agency_code: str) -> str:
    """The address as it is kept, in lower case. Raises Refused."""
    problems: list[Problem] = []
    kept = email.strip().lower()
    if len(kept) > 254 or _EMAIL.fullmatch(kept) is None:
        problems.append(Problem("email", _NO_EMAIL))
    if agencies.by_code(agency_code) is None:
        problems.append(Problem("agency", _NO_AGENCY))
    if problems:
        raise Refused(tuple(problems))
    return kept
