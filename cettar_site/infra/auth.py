"""Who an officer is: passwords, session tokens, the cookie, the token that a form carries.

The tables are the desk's; here is only what is secret about them. A password is kept as argon2id (the
library's defaults, RFC 9106: 64 MiB, three passes), a session's token as its SHA-256: 256 random bits need no
slow hash.
"""

import base64
import hashlib
import hmac
import secrets
import threading
from collections.abc import Mapping
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from cettar_site.base.seal import SALT_BYTES
from cettar_site.infra.settings import settings

HASHER = PasswordHasher()
# Each hash takes 64 MiB and four threads: a crowd at the door must not take the room's air.
ROOM = threading.BoundedSemaphore(2)
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
COOKIE_SECONDS = 12 * 3600
HALFWAY_SECONDS = 600
READABLE = "23456789abcdefghijkmnpqrstuvwxyz"
RECOVERY_CODES = 10


def hash_password(password: str) -> str:
    """The hash to keep of a password, its parameters and salt inside."""
    with ROOM:
        return HASHER.hash(password)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return hash_password(new_password())


def password_fits(kept: str | None, password: str) -> bool:
    """Whether this is the password; for an unknown account (None) the same work, always False."""
    if len(password) > LONGEST_PASSWORD:
        password = ""
    against = kept or _nobodys()
    with ROOM:
        try:
            return HASHER.verify(against, password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def new_password() -> str:
    """A password made for somebody: 100 random bits, in five groups that can be read aloud."""
    return _groups(5)


def _groups(count: int) -> str:
    return "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(count))


def new_factor() -> str:
    """A second factor's secret: 160 random bits in base32, as authenticator apps take them."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def new_salt() -> bytes:
    """A salt to seal one thing with."""
    return secrets.token_bytes(SALT_BYTES)


def new_recovery() -> tuple[str, ...]:
    """Codes for who has lost the second factor: 60 random bits each, used once."""
    return tuple(_groups(3) for _ in range(RECOVERY_CODES))


def recovery_hash(code: str) -> bytes:
    """What is kept of a recovery code, however it was typed: useless without this site's secret."""
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hmac.digest(settings().secret, b"cettar/recovery/v1\0" + plain.encode(), hashlib.sha256)


def code_hash(pseudonym: str) -> bytes:
    """A name under which an account's wrong codes are counted, apart from its wrong passwords."""
    return hmac.digest(settings().secret, b"cettar/code/v1\0" + pseudonym.encode(), hashlib.sha256)


def new_token() -> str:
    """A session's token: 256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What is kept of a session's token."""
    return hashlib.sha256(token.encode()).digest()


def account_hash(email: str) -> bytes:
    """A name for an account, known or not, under which failed sign-ins are counted."""
    message = b"cettar/account/v1\0" + email.strip().lower().encode()
    return hmac.digest(settings().secret, message, hashlib.sha256)


def form_token(token: str) -> str:
    """What the forms of a session carry, so that no other page can send them."""
    digest = hmac.digest(settings().secret, b"cettar/form/v1\0" + token.encode(), hashlib.sha256)
    return digest[:16].hex()


def form_token_fits(token: str, given: str) -> bool:
    """Whether a form came from this session's own pages."""
    return hmac.compare_digest(form_token(token).encode(), given.encode())


def cookie_name(halfway: bool = False) -> str:
    """The cookie's name; over https its prefix makes browsers refuse it to every other path and host."""
    what = "cettar_half" if halfway else "cettar_session"
    return f"__Host-{what.removesuffix('_session')}" if settings().tls else what


def set_cookie(token: str, halfway: bool = False) -> str:
    """The header that gives a session to the browser; an empty token takes it back.

    `halfway`: of one whose password was right and whose second factor is still asked for.
    """
    secure = "; Secure" if settings().tls else ""
    age = (HALFWAY_SECONDS if halfway else COOKIE_SECONDS) if token else 0
    return f"{cookie_name(halfway)}={token}; Path=/; Max-Age={age}; HttpOnly; SameSite=Strict{secure}"


def session_token(cookies: Mapping[str, str], halfway: bool = False) -> str:
    """The session's token among a request's cookies; empty without one."""
    return cookies.get(cookie_name(halfway), "")
