"""A second factor: six digits that change every half minute (RFC 6238), as any authenticator app shows them."""

from __future__ import annotations

import hmac
from datetime import datetime

from pyotp import TOTP

SECONDS = 30
EITHER_SIDE = 1
"""Steps before and after the present one that are taken too, because clocks differ."""


def step_of(now: datetime) -> int:
    """The half minute that a moment lies in, counted from 1970."""
    return int(now.timestamp()) // SECONDS


def code_at(secret: str, step: int) -> str:
    """The code of a half minute; the secret is base32."""
    return TOTP(secret).generate_otp(step)


def fitting_step(secret: str, code: str, now: datetime, after: int) -> int | None:
    """The half minute whose code this is, None for a wrong one or one not later than the last used, `after`."""
    typed, here = digits(code), step_of(now)
    fitting = [step for step in range(here - EITHER_SIDE, here + EITHER_SIDE + 1)
               if hmac.compare_digest(code_at(secret, step).encode(), typed.encode()) and step > after]
    return max(fitting, default=None)


def code_to_use(secret: str, now: datetime, after: int) -> str | None:
    """A code that would be taken now; None when all were used, until the next half minute."""
    here = step_of(now)
    free = [step for step in (here, here + 1, here - 1) if step > after]
    return code_at(secret, free[0]) if free else None


def digits(code: str) -> str:
    """What was typed without the spaces that apps show between the digits."""
    return "".join(code.split())


def app_address(secret: str, name: str) -> str:
    """What the QR code of an authenticator app says."""
    return TOTP(secret).provisioning_uri(name=name, issuer_name="CETTAR")
