"""Files in the data folder that this site wrote itself: whoever else writes one is found out before it is read."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cettar_site.infra.settings import settings

SIGN_BYTES = hashlib.sha256().digest_size


class Unvouched(ValueError):
    """A file that is cut short, changed, or written under another secret."""


def place_of(name: str) -> Path:
    """Where a file of this name is kept."""
    return settings().data_dir / name


def keep(name: str, content: bytes) -> None:
    """Write a file with its signature, at once or not at all; for this user alone."""
    path = place_of(name)
    for left in path.parent.glob(f"{path.name}.*.part"):  # of a process that was killed while it wrote
        left.unlink(missing_ok=True)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_sign(name, content) + content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def read(name: str, most: int) -> bytes:
    """What was kept under a name. Raises FileNotFoundError, and Unvouched for what this site did not write."""
    path = place_of(name)
    if path.stat().st_size > most + SIGN_BYTES:
        raise Unvouched("larger than anything that was kept")
    whole = path.read_bytes()
    sign, content = whole[:SIGN_BYTES], whole[SIGN_BYTES:]
    if not hmac.compare_digest(sign, _sign(name, content)):
        raise Unvouched("not as it was written, or under another secret")
    return content


def _sign(name: str, content: bytes) -> bytes:
    key = hmac.digest(settings().secret, b"cettar/vouched/v1\0" + name.encode(), hashlib.sha256)
    return hmac.digest(key, content, hashlib.sha256)
