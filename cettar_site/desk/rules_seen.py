"""How far a complaint was when a page was made: a mark that fits that moment and tells nothing more.

A number of events would tell who is audited that a draw, which they don't see, lies between two that they do.
"""

import hashlib
import hmac

LETTERS = 16
_PURPOSE = b"cettar/seen/v1\0"


def mark(secret: bytes, number: str, seq: int) -> str:
    """The mark of a complaint after its event `seq`: 64 bits, keyed, in hexadecimal."""
    return hmac.digest(secret, _PURPOSE + f"{number}\0{seq}".encode(), hashlib.sha256).hex()[:LETTERS]


def fits(secret: bytes, number: str, seq: int, sent: str) -> bool:
    """Whether a form was made after that event."""
    return hmac.compare_digest(mark(secret, number, seq).encode(), sent.encode(errors="replace"))
