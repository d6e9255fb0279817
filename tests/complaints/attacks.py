"""Three hundred ways to send a photo that nobody should, as bytes on the wire."""

import base64
import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.complaints.makers import key, network, raw
from tests.complaints.photos import jpeg
from tests.infra.mutants import bombs, mutants
from tests.infra.pictures import laden, scene

EDGE = b"----tepi"
PARTS = b"multipart/form-data; boundary=" + EDGE
LINE = b"\r\n"


@dataclass(frozen=True, slots=True)
class Attack:
    """What is written to the socket, in pieces with pauses between, and whether we hang up then."""

    name: str
    pieces: tuple[bytes, ...]
    pause: float = 0.0
    leaves: bool = False


def head(path: bytes, kind: bytes, *more: bytes, length: int | bytes | None = None, method: bytes = b"POST") -> bytes:
    """The head of a request, from a network that no other has."""
    lines = [method + b" " + path + b" HTTP/1.1", b"Host: 127.0.0.1", b"X-Forwarded-For: " + network().encode(),
             b"Connection: close", *([b"Content-Type: " + kind] if kind else []), *more]
    if length is not None:
        lines.append(b"Content-Length: " + (length if isinstance(length, bytes) else str(length).encode()))
    return LINE.join(lines) + LINE * 2


def alone(name: str, data: bytes, kind: bytes = b"image/jpeg", *more: bytes) -> Attack:
    """One photo by itself."""
    return Attack(name, (head(b"/aduan/foto", kind, *more, length=len(data)), data))


def form(name: str, body: bytes, kind: bytes = PARTS) -> Attack:
    """A form in parts."""
    return Attack(name, (head(b"/aduan", kind, length=len(body)), body))


def part(disposition: bytes, body: bytes, *more: bytes) -> bytes:
    """One part of a form."""
    lines = (b"--" + EDGE, b"Content-Disposition: " + disposition, *more, b"", body)
    return LINE.join(lines) + LINE


def fields() -> bytes:
    """The fields of a sound filing."""
    return b"".join(part(f'form-data; name="{name}"'.encode(), value.encode())
                    for name, value in (raw() | {"key": key()}).items())


def photo(data: bytes, filename: bytes = b'filename="KENARI.jpg"', *more: bytes) -> bytes:
    """A part with a photo."""
    return part(b'form-data; name="photo"; ' + filename, data, *more)


END = b"--" + EDGE + b"--" + LINE


def lengths() -> Iterator[Attack]:
    """Bodies that are not as long as they say, and heads that are no heads."""
    data = jpeg()
    path, kind = b"/aduan/foto", b"image/jpeg"
    yield Attack("a gigabyte announced", (head(path, kind, length=1 << 30), data))
    yield Attack("a gigabyte announced with a form", (head(b"/aduan", PARTS, length=1 << 30), fields()))
    yield Attack("a gigabyte streamed", (head(path, kind, b"Transfer-Encoding: chunked"),
                                         *[b"100000\r\n" + bytes(1 << 20) + LINE] * 40))
    yield Attack("a form streamed", (head(b"/aduan", PARTS, b"Transfer-Encoding: chunked"),
                                     *[b"100000\r\n" + bytes(1 << 20) + LINE] * 40))
    for said in (b"-1", b"abc", b"99999999999999999999999", b"1e3", b"0x10", b"", b"5, 6", b" "):
        yield Attack(f"length {said!r}", (head(path, kind, length=said), data))
    yield Attack("less than announced", (head(path, kind, length=len(data) + 500), data), leaves=True)
    yield Attack("more than announced", (head(path, kind, length=100), data))
    yield Attack("two lengths", (head(path, kind, b"Content-Length: 5", length=len(data)), data))
    chunked = head(path, kind, b"Transfer-Encoding: chunked")
    yield Attack("length and chunks", (chunked[:-4] + b"\r\nContent-Length: 9\r\n\r\n", b"5\r\nhello\r\n0\r\n\r\n"))
    for size in (b"zz", b"-5", b"ffffffffffffffff", b"5;" + b"x" * 9000, b"\0"):
        yield Attack(f"chunk {size[:9]!r}", (chunked, size + b"\r\nhello\r\n0\r\n\r\n"))
    yield Attack("gone in the head", (head(path, kind)[:60],), leaves=True)
    yield Attack("gone in a form", (head(b"/aduan", PARTS, length=9999), fields(), photo(data)[:400]), leaves=True)
    many = [b"X-%d: " % n + b"x" * 200 for n in range(400)]
    yield Attack("many headers", (head(path, kind, *many, length=3), b"abc"))
    yield Attack("a huge header", (head(path, kind, b"X-Long: " + b"x" * 2_000_000, length=3), b"abc"))
    yield Attack("NUL in a header", (head(path, b"image/jpeg\0", length=3), b"abc"))
    yield Attack("packed", (head(path, kind, b"Content-Encoding: gzip", length=3), b"abc"))
    yield Attack("expects to go on", (head(path, kind, b"Expect: 100-continue", length=len(data)), data))
    yield Attack("foreign page", (head(path, kind, b"Origin: https://evil.example", length=len(data)), data))
    for other in (b"PUT", b"PATCH", b"DELETE", b"GET", b"TRACE", b"PROPFIND"):
        yield Attack(f"method {other!r}", (head(path, kind, length=3, method=other), b"abc"))
    slow = ((path, kind, data[:50]), (b"/aduan", PARTS, fields()), (path, kind, b""))
    for at, (route, sort, start) in enumerate(slow):
        yield Attack(f"slow {at}", (head(route, sort, length=900_000), start, *[b"x"] * 14), pause=0.5)


def names() -> Iterator[Attack]:
    """Forms whose parts and files have names that nobody gives."""
    data, sound = jpeg(), fields()
    names = (b"../../../etc/passwd", b"C:\\x.exe", b"a" * 4000, b"\0.jpg", b"x.jpg\0.php", b"\xe2\x80\xaegpj.exe", b"",
             b'a\\"b', b"%2e%2e%2f", b"a;b=c", b"\xff\xfe", b"con", b"<img src=x onerror=a()>", b"KENARI 0812345678")
    for name in names:
        yield form(f"file name {name[:12]!r}", sound + photo(data, b'filename="' + name + b'"') + END)
        yield form(f"field name {name[:12]!r}", sound + part(b'form-data; name="' + name + b'"', b"x") + END)
    for star in (b"filename*=UTF-8''%00%2e%2e", b"filename*=x'y'%ff", b"filename*0=a; filename*1=b", b"filename",
                 b"filename="):
        yield form(f"{star[:14]!r}", sound + photo(data, star) + END)
    for disposition in (b"", b"form-data", b"attachment; name=photo", b"form-data; name", b"inline", b";;;;",
                        b"form-data; name=photo; name=text", b'form-data; name="' * 200,
                        b"form-data; name*=utf-8''photo"):
        yield form(f"disposition {disposition[:20]!r}", sound + part(disposition, data) + END)


def forms() -> Iterator[Attack]:
    """Forms that are none, or bring what no form needs."""
    data, sound = jpeg(), fields()
    bounded = b"multipart/form-data; boundary="
    for edge in (b"", bounded[:19], bounded, bounded + b"x" * 300, bounded + b'"a b"', bounded + b"other",
                 b"multipart/mixed; boundary=x", bounded + b"----tepi; boundary=zwei", bounded + b"\xff"):
        yield form(f"type {edge[-16:]!r}", sound + photo(data) + END, edge)
    yield form("no end", sound + photo(data))
    yield form("only an end", END)
    yield form("nothing", b"")
    yield form("ten thousand parts", (b"--" + EDGE + LINE * 2) * 10_000 + END)
    yield form("many fields", b"".join(part(b'form-data; name="f%d"' % n, b"x") for n in range(39)) + END)
    yield form("one name again and again", sound + part(b'form-data; name="text"', b"x") * 25 + END)
    yield form("a huge part header", sound + photo(data, b'filename="x"', b"X: " + b"x" * 1_000_000) + END)
    yield form("many part headers", sound + part(b'form-data; name="x"', b"y", *[b"X: y"] * 1000) + END)
    yield form("a large field", sound + part(b'form-data; name="place"', b"x" * 1_000_000) + END)
    yield form("text beside photos", photo(data) + part(b'form-data; name="text"', b"x" * 70_000) + sound + END)
    yield form("five thousand ids", sound + part(b'form-data; name="photos"', b"a" * 32 + b" " + b"0" * 32) + END)
    inner = b"--dalam\r\nContent-Disposition: file; filename=KENARI\r\n\r\n" + data + b"\r\n--dalam--\r\n"
    for kind in (b"multipart/mixed; boundary=dalam", b"multipart/form-data; boundary=" + EDGE, b"message/rfc822"):
        yield form(f"nested {kind[:16]!r}", sound + photo(inner, b'filename="x"', b"Content-Type: " + kind) + END)
    for coding in (b"base64", b"quoted-printable", b"binary", b"x-gzip", b"7bit" * 99):
        yield form(f"coded {coding[:8]!r}", sound + photo(base64.b64encode(data), b'filename="x"',
                                                         b"Content-Transfer-Encoding: " + coding) + END)
    yield form("a long way in", b"x" * 1_000_000 + LINE + sound + photo(data) + END)
    yield form("a long way out", sound + photo(data) + END + b"x" * 1_000_000)
    yield form("nine photos", sound + photo(data) * 9 + END)
    yield form("thirty-one megabytes", sound + photo(b"\xff\xd8\xff" + bytes(31_000_000)) + END)
    yield form("thirty-three megabytes", sound + photo(b"\xff\xd8\xff" + bytes(34_000_000)) + END)
    yield form("a photo as a field", sound + part(b'form-data; name="photo"', data) + END)
    yield form("a field as a photo", sound + part(b'form-data; name="text"; filename="x"', data) + END)


def damaged(n: int) -> Iterator[Attack]:
    """Sound forms with bytes changed where it hurts."""
    dice = random.Random(3)
    for at in range(n):
        body = bytearray(fields() + photo(jpeg()) + END)
        for _ in range(dice.choice((1, 3, 20))):
            place = dice.choice((dice.randrange(len(body)), body.find(EDGE, dice.randrange(len(body))) % len(body)))
            if dice.random() < 0.3:
                del body[place:place + dice.choice((1, 2, 40))]
            else:
                body[place] = dice.choice(b"\r\n-:;\"\0\xff ")
        yield form(f"damaged {at}", bytes(body))


def photos_alone() -> Iterator[Attack]:
    """Photos that are none, or another kind than they say."""
    data = laden("JPEG", scene(1))
    for kind in (b"image/gif", b"image/svg+xml", b"text/html", b"application/json",
                 b"IMAGE/PNG", b"image/jpeg; charset=" + b"x" * 999, b"image/webp",
                 b"image/*", b"*/*", b"", b"application/x-www-form-urlencoded", PARTS):
        yield alone(f"said to be {kind[:14]!r}", data, kind)
    for at, bomb in enumerate(bombs()):
        yield alone(f"bomb {at}", bomb)
    for at, mutant in enumerate(mutants(55, seed=77)):
        yield alone(f"mutant {at}", mutant, (b"image/jpeg", b"image/png", b"image/webp")[at % 3])
    for odd in (b"x", b"x" * 5000, b"../../x", b"\xff", key().encode(), b"0" * 36):
        yield alone(f"key {odd[:8]!r}", data, b"image/jpeg", b"Idempotency-Key: " + odd)


def all_attacks(n: int = 300) -> list[Attack]:
    """All of them, filled up to n with damaged forms."""
    found = [*lengths(), *names(), *forms(), *photos_alone()]
    return [*found, *damaged(max(20, n - len(found)))]
