"""What may be done to accounts, by whom, and what a password must be."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime

from cettar_site.base.errors import Forbidden, Problem, Refused
from cettar_site.base.words import mark
from cettar_site.desk.rules_door import Officer, Role
from cettar_site.desk.rules_example import EXAMPLE_EMAILS, PASSWORD
from cettar_site.jatim import agencies

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
FEWEST_LETTERS = 5
"""Different signs that a password has at least: \"aaaaaaaaaaaa\" is long, too."""
ACCOUNTS_PAGE = 50
# What is left of many passwords once the digits and signs behind are taken off.
COMMON = frozenset((
    "password", "passw", "katasandi", "sandi", "rahasia", "admin", "administrator", "petugas", "pegawai", "operator",
    "qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qazwsxedc", "iloveyou", "sayang", "bismillah", "alhamdulillah",
    "indonesia", "indonesiaraya", "merdeka", "garuda", "jawatimur", "jatim", "surabaya", "suroboyo", "malang",
    "pemprov", "pemprovjatim", "kominfo", "diskominfo", "cettar", "lapor", "laporan", "gubernur", "khofifah",
    "sidoarjo", "persebaya", "arema", "welcome", "selamatdatang", "letmein", "dragon", "monkey", "superman"))
_ROWS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")

_SHORT = mark("Kata sandi terlalu pendek, paling sedikit 12 huruf.")
_LONG = mark("Kata sandi terlalu panjang, paling banyak 256 huruf.")
_SAME_LETTERS = mark("Kata sandi ini mudah ditebak. Pakai lebih banyak huruf yang berbeda.")
_KNOWN = mark("Kata sandi ini mudah ditebak. Jangan pakai nama akun, alamat surel, atau kata sandi contoh.")
_NOT_NEW = mark("Kata sandi baru harus lain dari yang lama.")
_NOT_AGAIN = mark("Kedua kata sandi tidak sama.")
_SELF = mark("Akun Anda sendiri hanya bisa diubah oleh pengelola lain.")
_EXAMPLE = mark("Akun contoh dipakai semua orang, jadi tidak bisa diubah. Buat akun baru untuk mencoba.")
_NO_ROLE = mark("Pilih peran.")
_NO_AGENCY = mark("Pilih instansi.")

MAY_MANAGE: frozenset[Role] = frozenset({Role.ADMIN})
MAY_READ_TRAIL: frozenset[Role] = frozenset({Role.ADMIN, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class Account:
    """An account as admins see it: since when, disabled when, how many sessions, last used when."""

    officer: Officer
    made_at: datetime
    disabled_at: datetime | None
    sessions: int
    seen_at: datetime | None
    recovery: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which accounts an admin looks for; empty means all. `words`: part of a pseudonym, address or agency."""

    role: Role | None = None
    disabled: bool | None = None
    words: str = ""


def check_manager(officer: Officer) -> None:
    """Raises Forbidden for who may not see accounts."""
    if officer.role not in MAY_MANAGE or not officer.ready:
        raise Forbidden("only an admin sees accounts", role=officer.role)


def check_trail_reader(officer: Officer) -> None:
    """Raises Forbidden for who may not read the trail."""
    if officer.role not in MAY_READ_TRAIL or not officer.ready:
        raise Forbidden("only an auditor or admin reads the trail", role=officer.role)


def check_managing(actor: Officer, target: Officer, admins: Container[int]) -> None:
    """Raises Forbidden for who is no admin (any more), Refused for one's own account and the simulation's.

    `admins` are the ids of all that can sign in now. Nobody changes their own account, and only who still is
    an admin changes others': so one admin always stays.
    """
    check_manager(actor)
    if actor.id not in admins:
        raise Forbidden("this account is no admin any more", role=actor.role)
    if target.email in EXAMPLE_EMAILS:
        raise Refused((Problem("", _EXAMPLE),))
    if target.id == actor.id:
        raise Refused((Problem("", _SELF),))


def check_own(officer: Officer) -> None:
    """Raises Refused where many share an account: what one changes would lock the others out."""
    if officer.email in EXAMPLE_EMAILS:
        raise Refused((Problem("", _EXAMPLE),))


def check_role(role: str, agency_code: str) -> Role:
    """The role with this name, for an agency that there is. Raises Refused."""
    problems = []
    if role not in list(Role):
        problems.append(Problem("role", _NO_ROLE))
    if agencies.by_code(agency_code) is None:
        problems.append(Problem("agency", _NO_AGENCY))
    if problems:
        raise Refused(tuple(problems))
    return Role(role)


def is_common(lower: str, names: Iterable[str]) -> bool:
    """Whether a password is one of those that are tried first: a known word or name with digits, a row of keys."""
    bare = re.sub(r"[^a-z]", "", lower)
    block = re.sub(r"(.{1,6}?)\1+", r"\1", lower)
    runs = sum(any(lower[at:at + 3] in row or lower[at:at + 3] in row[::-1] for row in _ROWS)
               for at in range(len(lower) - 2))
    named = any(name in lower and not re.search("[a-z]", lower.replace(name, "")) for name in names)
    return bare in COMMON or named or len(block) < 7 or runs >= len(lower) - 4


def check_password(officer: Officer, password: str, again: str, *, same: bool) -> None:
    """Raises Refused for a password that is short, known, not new (`same`), or typed differently the second time."""
    wrong, names = "", {officer.email, officer.email.partition("@")[0], officer.pseudonym.lower()}
    lower = password.lower()
    if len(password) < SHORTEST_PASSWORD:
        wrong = _SHORT
    elif len(password) > LONGEST_PASSWORD:
        wrong = _LONG
    elif len(set(lower)) < FEWEST_LETTERS:
        wrong = _SAME_LETTERS
    elif lower == PASSWORD or is_common(lower, names):
        wrong = _KNOWN
    elif same:
        wrong = _NOT_NEW
    if wrong:
        raise Refused((Problem("new", wrong),))
    if password != again:
        raise Refused((Problem("again", _NOT_AGAIN),))
