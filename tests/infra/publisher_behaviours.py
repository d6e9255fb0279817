"""The ways in which the tests' publisher answers, one function each; BEHAVIOURS names them all."""

import functools
import gzip
import socket
import struct
import time
import zlib
from collections.abc import Callable, Mapping

from tests.infra.publisher_handler import PAGE, Handler

FIREWALL = b"<html><head><title>Access Denied</title></head><body>Request blocked. ID 4711</body></html>"
ZERO = PAGE.replace(b"16.500", b"0")
ETAG = '"v1"'
MODIFIED = "Sun, 22 Nov 2026 04:45:00 GMT"


def ok(to: Handler) -> None:
    served = to.served
    to.give(served.status, to.body, served.headers, served.content_type)


def etag(to: Handler) -> None:
    if to.asked.headers.get("if-none-match") == ETAG:
        to.begin(304, None, {"ETag": ETAG})
    else:
        to.give(200, to.body, {"ETag": ETAG})


def modified(to: Handler) -> None:
    if to.asked.headers.get("if-modified-since") == MODIFIED:
        to.begin(304, None)
    else:
        to.give(200, to.body, {"Last-Modified": MODIFIED})


def slow(to: Handler) -> None:
    if to.publisher.wait(to.publisher.patience):
        ok(to)


def drip(to: Handler) -> None:
    to.begin(200, 100_000)
    while to.publisher.wait(0.05):
        to.wfile.write(b"x")


def drip_head(to: Handler) -> None:
    to.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while to.publisher.wait(0.05):
        to.wfile.write(b"x")


def endless_head(to: Handler) -> None:
    to.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while to.publisher.wait(0):
        to.wfile.write(b"X-Long: " + b"x" * 4000 + b"\r\n")


def chunked_cut(to: Handler) -> None:
    to.begin(200, None, {"Transfer-Encoding": "chunked"})
    to.wfile.write(b"%x\r\n%b\r\n" % (len(to.body), to.body))


def reset(to: Handler) -> None:
    to.begin(200, 100_000)
    to.wfile.write(b"x" * 100)
    time.sleep(0.05)
    # Lingering for 0 seconds makes close() send a reset.
    to.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    to.connection.shutdown(socket.SHUT_RD)
    to.connection.close()


def flaky(to: Handler) -> None:
    before = sum(asked.path == to.asked.path for asked in to.publisher.asked)
    ok(to) if before > 2 else to.give(503, b"")


def huge_endless(to: Handler) -> None:
    to.begin(200, None)
    while to.publisher.wait(0):
        to.wfile.write(b"x" * 65_536)


def redirect(location: str) -> Callable[[Handler], None]:
    return lambda to: to.give(302, b"", {"Location": location})


def landing(to: Handler) -> None:
    ok(to) if to.asked.path == "/landed" else to.give(302, b"", {"Location": "/landed"})


def redirect_chain(to: Handler) -> None:
    step = int(to.asked.query.get("step", "0"))
    ok(to) if step >= 5 else to.give(302, b"", {"Location": f"{to.asked.path}?step={step + 1}"})


def not_http(to: Handler) -> None:
    to.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")


@functools.cache
def bomb(megabytes: int = 60, filling: bytes = b"\0") -> bytes:
    """So many megabytes in a few kilobytes of gzip."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = (filling * (1_000_000 // len(filling) + 1))[:1_000_000]
    return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()


def packed(pack: Callable[[bytes], bytes], encoding: str) -> Callable[[Handler], None]:
    return lambda to: to.give(200, pack(to.body), {"Content-Encoding": encoding})


def status(number: int, body: bytes = b"",
           headers: Mapping[str, str] | None = None) -> Callable[[Handler], None]:
    return lambda to: to.give(number, body, headers)


def deflate_raw(body: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(body) + packer.flush()


BEHAVIOURS: dict[str, Callable[[Handler], None]] = {
    "ok": ok, "etag": etag, "modified": modified, "slow": slow, "drip": drip, "drip_head": drip_head,
    "truncated": lambda to: to.give(200, to.body[:40], length=len(to.body) + 40),
    "chunked_cut": chunked_cut, "hang_up": lambda to: None, "reset": reset, "endless_head": endless_head,
    "forbidden": status(403, FIREWALL), "unauthorized": status(401), "not_found": status(404, b"?"),
    "busy": status(429, b"", {"Retry-After": "60"}),
    "error": status(500, b"Traceback: ..."), "unavailable": status(503),
    "flaky": flaky, "html": status(200, FIREWALL), "zero": status(200, ZERO),
    "no_table": status(200, b"<html><body><p>Data belum ada</p></body></html>"), "empty": status(200, b""),
    "no_content": lambda to: to.begin(204, None), "partial": status(206, PAGE[:20]),
    "gzip": packed(gzip.compress, "gzip"), "deflate": packed(zlib.compress, "deflate"),
    "deflate_raw": packed(deflate_raw, "deflate"), "double_gzip": packed(gzip.compress, "gzip, gzip"),
    "gzip_cut": packed(lambda body: gzip.compress(body)[:-12], "gzip"),
    "gzip_bomb": packed(lambda _: bomb(), "gzip"),
    "gzip_text_bomb": packed(lambda _: bomb(60, PAGE), "gzip"),
    "gzip_garbage": packed(lambda body: b"\x1f\x8b\x08\x00 this is no gzip " + body, "gzip"),
    "brotli": packed(lambda body: b"\x8b\x02\x80" + body, "br"), "zstd": packed(bytes, "zstd"),
    "huge": lambda to: to.give(200, b"x" * 6_000_000), "huge_endless": huge_endless,
    "announced": lambda to: to.give(200, b"x", length=10**12),
    "binary": lambda to: to.give(200, b"\x89PNG\r\n\x1a\n\0\0"),
    "pdf": lambda to: to.give(200, b"%PDF-1.7 ...", None, "application/octet-stream"),
    "redirect": landing, "redirect_chain": redirect_chain,
    "redirect_loop": lambda to: to.give(302, b"", {"Location": to.asked.path}),
    "redirect_private": redirect("http://10.0.0.5/"), "redirect_file": redirect("file:///etc/passwd"),
    "redirect_metadata": redirect("http://169.254.169.254/latest/meta-data/"),
    "redirect_nowhere": status(302), "not_http": not_http,
}
