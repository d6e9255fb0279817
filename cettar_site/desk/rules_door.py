"""Who an officer is, how long a session lasts, how long one waits after a wrong try."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cettar_site.base.errors import Problem, Refused
from cettar_site.base.words import mark
from cettar_site.jatim import agencies

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
"""A session's last use is written down at most so often."""
FREE_TRIES = 2
FIRST_WAIT = 15.0
LONGEST_WAIT = 60.0
FORGOTTEN_AFTER = timedelta(hours=1)

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")
_NO_EMAIL = mark("Tulis alamat surel yang lengkap.")
_NO_AGENCY = mark("Instansi ini tidak ada.")


class Role(StrEnum):
    """What an account is for: sorting, answering for an agency or unit, watching over it, auditing, accounts."""

    TRIAGE = "triage"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ADMIN = "admin"


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
