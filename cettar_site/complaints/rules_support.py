""""Saya juga": who may say it to which complaint, and how one device counts once without being known.

A device is a random number in a cookie, made when its owner first presses the button. What is kept is an HMAC of
it with the complaint's number: the same device gives unrelated values at two complaints.
"""

import hashlib
import hmac
import re

from cettar_site.complaints.rules import Life, Shown, State

DEVICE_BYTES = 16
_DEVICE = re.compile("[0-9a-f]{32}")
_OPEN_TO_ALL = frozenset({State.TRIAGE, State.WAITING, State.ANSWERED, State.CLAIMED, State.DISPUTED})


def device_of(typed: str) -> bytes | None:
    """The device that a cookie names; None for anything else."""
    return bytes.fromhex(typed) if _DEVICE.fullmatch(typed) else None


def device_hash(secret: bytes, device: bytes, number: str) -> bytes:
    """What is kept of a device that supports the complaint with a number."""
    return hmac.digest(secret, b"cettar/support/v1\0" + device + number.encode(), hashlib.sha256)


def may_support(shown: Shown, life: Life) -> bool:
    """Whether others may join: a public story that is still being dealt with and follows no other one."""
    return (shown.public and life.state in _OPEN_TO_ALL and not life.hidden and not life.erased
            and not life.merged_into)
