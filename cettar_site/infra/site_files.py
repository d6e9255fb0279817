"""The built front end's files, held in memory with their compressed twins."""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

import brotli

from cettar_site.infra.site_headers import best_coding

# What the build believes to be the backend's address: where the site is reached is known to the visitor's browser.
NO_HOST = "http://cettar.invalid"
BAKED = re.compile(rb"""[`"'](http|ws)://cettar\.invalid([^`"']*)[`"']""")
IMMUTABLE = b"public, max-age=31536000, immutable"
HOUR = b"public, max-age=3600"
TYPES = {".webmanifest": "application/manifest+json", ".js": "text/javascript; charset=utf-8",
         ".css": "text/css; charset=utf-8", ".woff2": "font/woff2", ".svg": "image/svg+xml",
         ".txt": "text/plain; charset=utf-8", ".json": "application/json"}
COMPRESSED = {".br": b"br", ".gz": b"gzip"}


@dataclass(frozen=True, slots=True)
class File:
    """One file: its type, its name by content, its bytes by content coding ("" = as it is)."""

    kind: bytes
    etag: bytes
    cache: bytes
    bodies: dict[bytes, bytes]

    def best(self, accepted: str) -> tuple[bytes, bytes]:
        """The content coding to use and the bytes."""
        return best_coding(self.bodies, accepted)


def read_files(folder: Path) -> dict[str, File]:
    """Every servable file below the folder by its address; documents (.html) are not among them."""
    found: dict[str, File] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix in {".html", ".br", ".gz", ".map"}:
            continue
        address = "/" + path.relative_to(folder).as_posix()
        body = path.read_bytes()
        if BAKED.search(body):
            found[address] = _reachable(address, body)
            continue
        bodies = {b"": body}
        for suffix, coding in COMPRESSED.items():
            twin = path.with_name(path.name + suffix)
            if twin.is_file() and twin.stat().st_size < len(body):
                bodies[coding] = twin.read_bytes()
        # The builder names what lies in /assets by its content, and we name our fonts by hand.
        forever = address.startswith("/assets/") or path.suffix == ".woff2"
        cache = b"no-cache" if address == "/sw.js" else IMMUTABLE if forever else HOUR
        found[address] = File(_kind(path), _etag(body), cache, bodies)
    return found


def _kind(path: Path) -> bytes:
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return kind.encode()


def _etag(body: bytes) -> bytes:
    return f'"{hashlib.blake2s(body, digest_size=10).hexdigest()}"'.encode()


def _reachable(address: str, body: bytes) -> File:
    """A script whose baked address of the backend is replaced by the address that the page came from."""
    body = BAKED.sub(rb'(location.origin.replace("http","\1")+"\2")', body)
    bodies = {b"": body, b"br": brotli.compress(body), b"gzip": gzip.compress(body, mtime=0)}
    return File(_kind(Path(address)), _etag(body), IMMUTABLE, bodies)
