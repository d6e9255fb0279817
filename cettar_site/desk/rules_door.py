"""Who an officer is, the steps of signing in, how long a session lasts, how long one waits after a wrong try."""

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
LONGEST_CODE_WAIT = 900.0
"""Six digits are guessed sooner than a password, and only who knows the password can try them."""
HALFWAY = timedelta(minutes=10)
FRESH = timedelta(minutes=10)
WRONG_CODES = 5
"""After so many wrong codes the password is asked for again."""
FORGOTTEN_AFTER = timedelta(hours=1)

EXAMPLE = "@contoh.invalid"

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")
_NO_EMAIL = mark("Tulis alamat surel yang lengkap.")
_ONLY_EXAMPLES = mark("Di simulasi hanya alamat yang berakhir dengan @contoh.invalid.")
_NO_EXAMPLES = mark("Alamat @contoh.invalid hanya untuk simulasi.")
_NO_AGENCY = mark("Instansi ini tidak ada.")


class Role(StrEnum):
    """What an account is for: sorting, answering for an agency or unit, watching over it, auditing, accounts."""

    TRIAGE = "triage"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ADMIN = "admin"


ROLE_WORDS: dict[Role, str] = {
    Role.TRIAGE: mark("Pemilah"), Role.OFFICER: mark("Petugas"), Role.SUPERVISOR: mark("Pengawas"),
    Role.AUDITOR: mark("Pemeriksa"), Role.ADMIN: mark("Pengelola"),
}
ROLE_HINTS: dict[Role, str] = {
    Role.TRIAGE: mark("memilih instansi bagi aduan yang belum jelas tujuannya"),
    Role.OFFICER: mark("menjawab aduan instansi atau unitnya"),
    Role.SUPERVISOR: mark("membaca semua aduan, tanpa menjawab"),
    Role.AUDITOR: mark("memeriksa klaim selesai dan jejak meja"),
    Role.ADMIN: mark("mengatur akun, tanpa membaca aduan"),
}

@dataclass(frozen=True, slots=True)
class Officer:
    """An account. `pseudonym` is what the events and the public see; the address is for signing in only."""

    id: int
    pseudonym: str
    email: str
    agency_code: str
    role: Role
    must_change: bool = False
    enrolled: bool = False
    disabled: bool = False

    @property
    def ready(self) -> bool:
        """Whether nothing stands between a right password and code and the desk."""
        return self.enrolled and not self.must_change and not self.disabled


@dataclass(frozen=True, slots=True)
class Visit:
    """A session: whose, since when, last used and last confirmed by a code when; `key` names it to its owner."""

    officer: Officer
    began_at: datetime
    seen_at: datetime
    confirmed_at: datetime | None = None
    key: str = ""


class Step(StrEnum):
    """What is still asked of somebody whose password was right."""

    CODE = "code"
    PASSWORD = "password"  # noqa: S105 (a step's name)
    ENROL = "enrol"
    ENTER = "enter"


@dataclass(frozen=True, slots=True, repr=False)
class Half:
    """A sign-in on its way: no session, it opens nothing but its own steps.

    `proved`: the second factor was shown. `salt` and `sealed`: the new factor that is offered, for who has none.
    """

    officer: Officer
    began_at: datetime
    proved: bool = False
    failures: int = 0
    salt: bytes | None = None
    sealed: bytes | None = None


@dataclass(frozen=True, slots=True)
class Tries:
    """Failed sign-ins of one account, and the last one."""

    failures: int = 0
    last_at: datetime | None = None


def is_over(visit: Visit, now: datetime) -> bool:
    """Whether a session has ended: unused for half an hour, or twelve hours old."""
    return now - visit.seen_at >= IDLE or now - visit.began_at >= ABSOLUTE


def next_step(half: Half) -> Step:
    """The code first where there is one, then an own password, then a second factor for who has none."""
    officer = half.officer
    if officer.enrolled and not half.proved:
        return Step.CODE
    if officer.must_change:
        return Step.PASSWORD
    return Step.ENTER if officer.enrolled else Step.ENROL


def is_half_over(half: Half, now: datetime) -> bool:
    """Whether a sign-in must begin again: too slow, too many wrong codes, or the account was disabled."""
    return now - half.began_at >= HALFWAY or half.failures >= WRONG_CODES or half.officer.disabled


def needs_fresh(visit: Visit, now: datetime) -> bool:
    """Whether a dangerous act asks for a code again: the last one is more than ten minutes old."""
    return visit.confirmed_at is None or now - visit.confirmed_at > FRESH


def wait(tries: Tries, now: datetime, longest: float = LONGEST_WAIT) -> float:
    """Seconds until an account may be tried again: a delay that grows up to `longest`, never a lock."""
    if tries.last_at is None or tries.failures < FREE_TRIES or now - tries.last_at >= FORGOTTEN_AFTER:
        return 0.0
    delay = min(FIRST_WAIT * 2.0 ** min(tries.failures - FREE_TRIES, 8), longest)
    return max(0.0, delay - (now - tries.last_at).total_seconds())


def counted(tries: Tries, now: datetime) -> Tries:
    """The tries with one more; old ones are forgotten."""
    stale = tries.last_at is not None and now - tries.last_at >= FORGOTTEN_AFTER
    return Tries(1 if stale else tries.failures + 1, now)


def check_account(email: str, agency_code: str, *, simulated: bool = False) -> str:
    """The address as it is kept, in lower case. Raises Refused.

    The simulation's accounts have addresses of its own, to which no letter can go; no other site takes those.
    """
    problems: list[Problem] = []
    kept = email.strip().lower()
    if len(kept) > 254 or _EMAIL.fullmatch(kept) is None:
        problems.append(Problem("email", _NO_EMAIL))
    elif kept.endswith(EXAMPLE) != simulated:
        problems.append(Problem("email", _ONLY_EXAMPLES if simulated else _NO_EXAMPLES))
    if agencies.by_code(agency_code) is None:
        problems.append(Problem("agency", _NO_AGENCY))
    if problems:
        raise Refused(tuple(problems))
    return kept


def home_of(officer: Officer) -> str:
    """Where an officer's work begins."""
    return "/meja/akun" if officer.role is Role.ADMIN else "/meja"


def is_example(email: str) -> bool:
    """Whether this is an address of the simulation, whose passwords and codes everybody knows."""
    return email.strip().lower().endswith(EXAMPLE)
