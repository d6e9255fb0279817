"""Which claims are audited, and by whom: drawn by a keyed hash, so that nobody chooses.

Whether a claim is drawn can be checked with the key; by whom, only with the list of auditing agencies of that moment.
"""

import hashlib
import hmac
from collections.abc import Sequence

from cettar_site.jatim import agencies

SHARE = 0.05
DEFAULT = ("INSPEKTORAT", "SETDA")
"""Who audits while no agency has an auditor's account."""
_PURPOSE = b"cettar/audit/v1\0"


def is_drawn(secret: bytes, number: str, seq: int) -> bool:
    """Whether the claim at event `seq` of a complaint is audited: one in twenty."""
    return _hash(secret, number, seq, b"drawn") < SHARE * (1 << 64)


def auditor_of(secret: bytes, number: str, seq: int, claimer: str, auditing: Sequence[str]) -> str:
    """Which agency audits it: another than the claimer, its parent and its units. Empty if there is none."""
    fit = sorted(code for code in set(auditing) if _apart(code, claimer))
    fit = fit or [code for code in DEFAULT if _apart(code, claimer)]
    return fit[_hash(secret, number, seq, b"by") % len(fit)] if fit else ""


def _apart(code: str, claimer: str) -> bool:
    one, other = agencies.by_code(code), agencies.by_code(claimer)
    return one is not None and code != claimer and one.parent != claimer and (other is None or other.parent != code)


def _hash(secret: bytes, number: str, seq: int, what: bytes) -> int:
    said = _PURPOSE + what + f"\0{number}\0{seq}".encode()
    return int.from_bytes(hmac.digest(secret, said, hashlib.sha256)[:8], "big")
