"""The headers of every answer, and the content security policy of each document."""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping

from cettar_site.infra.settings import settings

Headers = list[tuple[bytes, bytes]]
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
INLINE_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
PRIVATE = (b"cache-control", b"no-store")


def file_headers() -> Headers:
    """What a script, a font or a picture carries; what rules a page's powers would be dead weight here."""
    headers = [(b"x-content-type-options", b"nosniff"), (b"vary", b"accept-encoding")]
    if settings().tls:
        headers.append((b"strict-transport-security", b"max-age=31536000; includeSubDomains"))
    return headers


def common_headers() -> Headers:
    """What every other answer carries."""
    return [
        *file_headers(),
        # no-referrer would make browsers send "Origin: null" with our own forms
        (b"referrer-policy", b"same-origin"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"permissions-policy", b"geolocation=(self), camera=(), microphone=(), payment=(), usb=(), "
                                b"interest-cohort=(), browsing-topics=()"),
        (b"x-frame-options", b"DENY"),
    ]


def accepts(accepted: str, coding: str) -> bool:
    """Whether an Accept-Encoding takes a coding: named, and not with q=0."""
    for part in accepted.split(","):
        name, _, weight = part.partition(";")
        if name.strip() == coding:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def best_coding(bodies: Mapping[bytes, bytes], accepted: str) -> tuple[bytes, bytes]:
    """The content coding to use of those there are (b"" = as it is), and its bytes."""
    for coding in (b"br", b"gzip"):
        if coding in bodies and accepts(accepted, coding.decode()):
            return coding, bodies[coding]
    return b"", bodies[b""]


def hashes(found: Iterable[str]) -> str:
    """The policy's sources for texts written into a document, with a space before each."""
    digests = {base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in found if text}
    return "".join(f" 'sha256-{digest}'" for digest in sorted(digests))


def policy(document: str = "", *, alive: bool = False) -> bytes:
    """The policy for a document; `alive` pages open the event socket.

    No unsafe-inline and no unsafe-eval: what is written into a page is named by its hash. Styles too,
    because emotion, which writes them at run time, is left out of the scripts (ui.lean).
    """
    socket = settings().origin.replace("http", "ws", 1)
    connect = f"connect-src 'self' {socket}" if alive and settings().site_url else (
        "connect-src 'self' ws: wss:" if alive else "connect-src 'self'")
    return "; ".join((
        "default-src 'none'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'",
        "form-action 'self'", "img-src 'self' data:", "font-src 'self'", "manifest-src 'self'", "worker-src 'self'",
        f"script-src 'self'{hashes(INLINE_SCRIPT.findall(document))}",
        f"style-src 'self'{hashes(INLINE_STYLE.findall(document))}", connect,
    )).encode()
