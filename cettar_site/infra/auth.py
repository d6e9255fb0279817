"""Who an officer is: passwords, session tokens, the cookie, the token that a form carries.

The tables are the desk's; here is only what is secret about them. A password is kept as argon2id (the
library's defaults, RFC 9106: 64 MiB, three passes), a session's token as its SHA-256: 256 random bits need no
slow hash.
"""

import hashlib
import hmac
import secrets
import threading
from collections.abc import Mapping
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from cettar_site.infra.settings import settings

HASHER = PasswordHasher()
# Each hash takes 64 MiB and four threads: a crowd at the door must not take the room's air.
ROOM = threading.BoundedSemaphore(2)
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
COOKIE_SECONDS = 12 * 3600


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
    alphabet = "23456789abcdefghijkmnpqrstuvwxyz"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(5))


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


def cookie_name() -> str:
    """The cookie's name; over https its prefix makes browsers refuse it to every other path and host."""
    return "__Host-cettar" if settings().tls else "cettar_session"


def set_cookie(token: str) -> str:
    """The header that gives a session to the browser; an empty token takes it back."""
    secure = "; Secure" if settings().tls else ""
    age = COOKIE_SECONDS if token else 0
    return f"{cookie_name()}={token}; Path=/; Max-Age={age}; HttpOnly; SameSite=Strict{secure}"


def session_token(cookies: Mapping[str, str]) -> str:
    """The session's token among a request's cookies; empty without one."""
    return cookies.get(cookie_name(), "")
