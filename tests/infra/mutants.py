"""Thousands of damaged and hostile pictures, drawn by a seed: no two runs differ."""

import io
import random
import struct
import zlib
from collections.abc import Callable, Iterator

from PIL import Image

from tests.infra.pictures import FORMATS, app, chunk, laden, png, scene

Change = Callable[[bytearray, random.Random, bytes], bytes]


def flipped(data: bytearray, dice: random.Random, _other: bytes) -> bytes:
    """A few bytes changed anywhere."""
    for _ in range(dice.choice((1, 2, 8, 64))):
        data[dice.randrange(len(data))] = dice.randrange(256)
    return bytes(data)


def flipped_in_front(data: bytearray, dice: random.Random, _other: bytes) -> bytes:
    """A few bytes changed where a format says what follows."""
    for _ in range(dice.choice((1, 3, 10))):
        data[dice.randrange(min(len(data), 700))] = dice.choice((0, 1, 0x7F, 0x80, 0xFF, dice.randrange(256)))
    return bytes(data)


def cut(data: bytearray, dice: random.Random, _other: bytes) -> bytes:
    """The end is missing."""
    return bytes(data[:dice.randrange(len(data))])


def gap(data: bytearray, dice: random.Random, _other: bytes) -> bytes:
    """A part in the middle is missing."""
    at = dice.randrange(len(data))
    del data[at:at + dice.choice((1, 16, 500))]
    return bytes(data)


def doubled(data: bytearray, dice: random.Random, _other: bytes) -> bytes:
    """A part comes twice."""
    at, size = dice.randrange(len(data)), dice.choice((4, 64, 2000))
    return bytes(data[:at + size] + data[at:])


def spliced(data: bytearray, dice: random.Random, other: bytes) -> bytes:
    """The front of one file, the back of another."""
    return bytes(data[:dice.randrange(len(data))]) + other[dice.randrange(len(other)):]


def long_words(data: bytearray, dice: random.Random, _other: bytes) -> bytes:
    """Lengths and counts that can't be true, at even places in front."""
    for _ in range(dice.choice((1, 4))):
        at = dice.randrange(2, min(len(data) - 4, 900))
        data[at:at + 4] = struct.pack(">I", dice.choice((0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0x80000000)))
    return bytes(data)


def stuffed(data: bytearray, dice: random.Random, _other: bytes) -> bytes:
    """Bytes of chance in between."""
    at = dice.randrange(len(data))
    return bytes(data[:at]) + dice.randbytes(dice.choice((1, 30, 3000))) + bytes(data[at:])


CHANGES: tuple[Change, ...] = (flipped, flipped_in_front, cut, gap, doubled, spliced, long_words, stuffed)


def whole() -> list[bytes]:
    """Sound files that hide something, of every format and some shapes."""
    files = [laden(kind, scene(seed, size), orientation=1 + seed % 8) for seed, size in
             enumerate(((160, 120), (120, 160), (320, 240), (33, 17))) for kind in FORMATS]
    made = io.BytesIO()
    scene(50, (200, 150)).save(made, "JPEG", progressive=True, restart_marker_blocks=3)
    files.append(made.getvalue())
    for mode in ("P", "L", "1", "LA", "RGBA"):
        made = io.BytesIO()
        scene(51, (90, 60)).convert(mode).save(made, "PNG", compress_level=1)
        files.append(made.getvalue())
    return files


def mutants(n: int, seed: int = 2026) -> Iterator[bytes]:
    """So many files, each made from a sound one."""
    dice, sound = random.Random(seed), whole()
    for _ in range(n):
        data = dice.choice(sound)
        for _ in range(dice.choice((1, 1, 2))):
            data = dice.choice(CHANGES)(bytearray(data or b"\xff\xd8\xff\xe0----"), dice, dice.choice(sound))
            if len(data) < 16:
                data += bytes(16)
        yield data


def bombs() -> Iterator[bytes]:
    """Files that ask for more than they bring: pixels, text, scans, frames, depth."""
    zeros = zlib.compress(bytes(30_000_000), 9)
    for width, height in ((6000, 6600), (39_999_999, 1), (1, 39_999_999), (2**31 - 1, 1), (0, 0), (0, 7)):
        yield png(width, height, body=zeros)
        yield png(width, height)
    for name in (b"zTXt", b"iCCP", b"iTXt"):
        packed = b"KENARI\0\0" + (b"\1\0\0\0" if name == b"iTXt" else b"") + zeros
        yield png(20, 20, *[chunk(name, packed)] * 40, body=zlib.compress(bytes(20 * 61)))
    yield png(20, 20, *[chunk(b"tEXt", b"KENARI\0" + b"x" * 60_000)] * 120, body=zlib.compress(bytes(20 * 61)))
    yield png(20, 20, *[chunk(b"IDAT", b"")] * 20_000)
    jpeg = laden("JPEG", scene(1))
    for width, height in ((65_535, 65_535), (65_535, 600), (0, 10), (1, 65_535)):
        at = jpeg.index(b"\xff\xc0") + 5
        yield jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4:]
    yield jpeg[:2] + app(1, b"Exif\0\0MM\0*\0\0\0\x08" + b"\0\1\x87\x69\0\4\0\0\0\1\0\0\0\x08" + bytes(4)) + jpeg[2:]
    yield jpeg[:2] + app(2, b"MPF\0MM\0*\0\0\0\x08\0\1\xb0\1\0\4\0\0\0\1\0\0\xff\xff" + bytes(4)) * 30 + jpeg[2:]
    yield jpeg[:2] + app(1, b"Exif\0\0" + b"\xff" * 60_000) * 20 + jpeg[2:]
    yield _many_scans(1500)
    webp = laden("WEBP", scene(1))
    yield webp[:24] + b"\xff" * 6 + webp[30:]
    yield webp[:4] + b"\xff\xff\xff\x7f" + webp[8:]
    made = io.BytesIO()
    frames = [Image.new("RGB", (200, 200), (level, 0, 0)) for level in range(0, 250, 5)]
    frames[0].save(made, "WEBP", save_all=True, append_images=frames[1:])
    yield made.getvalue()
    yield from (b"\xff\xd8\xff\xe0PK\x03\x04", b"\x89PNG\r\n\x1a\n<svg onload='x'>", b"\xff\xd8\xff<?php x(); ?>",
                b"RIFF\xff\xff\xff\xffWEBPVP8X", b"\0\0\0\x1cftypavif" + bytes(90), b"SIMPLE  =" + b" " * 2880,
                b"8BPS\0\1" + bytes(99), *(start + jpeg for start in (b"GIF89a", b"BM", b"PK\x03\x04", b"%PDF-1.4")))


def _many_scans(n: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    made = io.BytesIO()
    scene(60, (640, 480)).save(made, "JPEG", progressive=True)
    data = made.getvalue()
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * n + data[-2:]
