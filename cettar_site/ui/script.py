"""Addresses of our own scripts that change with their content: a page never meets a script of another release."""

import hashlib
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[2] / "assets"


@cache
def versioned(name: str) -> str:
    """The address of a file in assets/ with a name for its content: /aduan.js?v=5f1c09ab."""
    digest = hashlib.blake2s((ASSETS / name).read_bytes(), digest_size=4).hexdigest()
    return f"/{name}?v={digest}"
