"""What people write is kept sealed: readable only with this site's secret and the matter's own salt.

Each complaint and each photo has a salt of 32 random bytes. Its key is HMAC-SHA256(secret, salt); texts are sealed
with AES-256-GCM under that key, the number of the text as the nonce (a key seals each number once, because texts
are only added). Who has the database without the secret reads nothing; when a salt is deleted, all copies of what it
sealed, in backups and in the files' unused pages, are noise.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SALT_BYTES = 32
_PURPOSE = b"cettar/seal/v1\0"


class Broken(ValueError):
    """What was sealed can't be opened: another secret, another salt, or changed bytes."""


@dataclass(frozen=True, slots=True, repr=False)
class Vault:
    """Seals and opens with one site's secret."""

    secret: bytes

    def seal(self, salt: bytes, number: int, plain: bytes) -> bytes:
        """`plain` sealed as text `number` (0 or more) of the matter with this salt; 16 bytes longer."""
        return self._cipher(salt).encrypt(_nonce(number), plain, None)

    def open(self, salt: bytes, number: int, sealed: bytes) -> bytes:
        """What was sealed. Raises Broken."""
        try:
            return self._cipher(salt).decrypt(_nonce(number), sealed, None)
        except InvalidTag:
            raise Broken("sealed with another secret or salt, or changed since") from None

    def _cipher(self, salt: bytes) -> AESGCM:
        if len(salt) != SALT_BYTES:
            raise Broken("a salt has 32 bytes")
        return AESGCM(hmac.digest(self.secret, _PURPOSE + salt, hashlib.sha256))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")
