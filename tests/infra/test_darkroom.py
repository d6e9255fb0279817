"""The darkroom: what goes in comes out new and bare, upright and small enough; what can't is refused in a word."""

import asyncio
import io
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from cettar_site.infra import darkroom as room
from cettar_site.infra import darkroom_worker as worker
from cettar_site.infra.darkroom import Darkroom, Picture, Reason
from cettar_site.infra.darkroom_bare import excess
from tests.infra.pictures import CANARY, FORMATS, GPS, laden, png, scene


@pytest.fixture(scope="module")
def dark() -> Iterator[Darkroom]:
    one = Darkroom()
    yield one
    one.close()


def develop(dark: Darkroom, data: bytes, *, evidence: bool = False) -> Picture | Reason:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        return asyncio.run(dark.develop(file, evidence=evidence))


def made(dark: Darkroom, data: bytes, *, evidence: bool = False) -> Picture:
    picture = develop(dark, data, evidence=evidence)
    assert isinstance(picture, Picture), picture
    return picture


def saved(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_is_made_anew_without_what_its_file_hid(dark: Darkroom, kind: str) -> None:
    data = laden(kind, scene(1, (640, 480)))
    assert CANARY in data
    picture = made(dark, data)
    assert (picture.width, picture.height) == (640, 480) and len(picture.dhash) == 16
    for file, longest in ((picture.large, 640), (picture.small, 320)):
        opened = Image.open(io.BytesIO(file))
        opened.load()
        assert excess(file) == "" and CANARY not in file
        assert (opened.format, opened.mode, max(opened.size)) == ("JPEG", "RGB", longest)
        assert not opened.getexif() and set(opened.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density",
                                                             "progressive", "progression"}
    assert (picture.taken_at, picture.position) == (None, None), "only evidence is asked"


def test_the_worker_speaks_the_same_words() -> None:
    assert (room.DEVELOP, room.DEVELOP_EVIDENCE, room.PEAK) == (worker.DEVELOP, worker.DEVELOP_EVIDENCE, worker.PEAK)
    assert worker.LARGE == room.LARGEST and worker.WALL_SECONDS < room.REPLY_SECONDS


@pytest.mark.parametrize("kind", FORMATS)
def test_evidence_says_when_and_where(dark: Darkroom, kind: str) -> None:
    picture = made(dark, laden(kind, scene(2)), evidence=True)
    assert picture.taken_at == datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
    assert picture.position == pytest.approx(GPS, abs=1e-4)


def test_a_camera_without_a_zone_shows_our_time_and_nonsense_is_no_time(dark: Darkroom) -> None:
    plain = made(dark, laden("JPEG", scene(2), zone="  ", position=None), evidence=True)
    assert plain.taken_at == datetime(2026, 11, 20, 1, 30, tzinfo=UTC) and plain.position is None
    for nonsense in ("0000:00:00 00:00:00", "2026-11-20", "2026:13:40 99:99:99", ""):
        assert made(dark, laden("JPEG", scene(2), taken=nonsense), evidence=True).taken_at is None


def test_it_stands_upright_whichever_way_the_phone_was_held(dark: Darkroom) -> None:
    upright = made(dark, saved(scene(3, (320, 200)), "PNG"))
    for orientation, turn in worker._TURNS.items():
        back = {Image.Transpose.ROTATE_90: Image.Transpose.ROTATE_270,
                Image.Transpose.ROTATE_270: Image.Transpose.ROTATE_90}.get(turn, turn)
        held = laden("PNG", scene(3, (320, 200)).transpose(back), orientation=orientation)
        assert made(dark, held).dhash == upright.dhash, orientation


def test_it_is_at_most_1600_pixels_and_a_thin_one_stays_a_picture(dark: Darkroom) -> None:
    assert (made(dark, saved(scene(4, (3200, 1000)), "JPEG")).width) == 1600
    thin = made(dark, saved(Image.new("RGB", (9000, 2), "red")))
    assert (thin.width, thin.height, thin.dhash) == (1600, 1, b"")


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16", "CMYK"])
def test_every_mode_becomes_the_same_picture(dark: Darkroom, mode: str) -> None:
    picture = scene(5)
    if mode == "I;16":
        turned = picture.convert("L").convert("I;16").point(lambda level: level * 256)
    else:
        turned = picture.convert(mode)
    got = made(dark, saved(turned, "JPEG" if mode == "CMYK" else "PNG")).dhash
    assert (int.from_bytes(got, "big") ^ int.from_bytes(made(dark, saved(picture)).dhash, "big")).bit_count() <= 8


def test_what_one_could_see_through_is_white(dark: Darkroom) -> None:
    picture = made(dark, saved(Image.new("RGBA", (64, 64), (0, 0, 0, 0))))
    assert Image.open(io.BytesIO(picture.large)).getpixel((32, 32)) == (255, 255, 255)


@cache
def bombs() -> dict[str, tuple[bytes, Reason]]:
    """Files and why they are refused."""
    whole = laden("JPEG", scene(6))
    return {
        "text": (b"<script>alert(1)</script>" * 9, Reason.NOT_IMAGE), "nothing": (b"", Reason.NOT_IMAGE),
        "gif": (saved(scene(6), "GIF"), Reason.NOT_IMAGE), "tiff": (saved(scene(6), "TIFF"), Reason.NOT_IMAGE),
        "pdf": (b"%PDF-1.7\n" + whole, Reason.NOT_IMAGE), "svg": (b"<svg onload=alert(1)>", Reason.NOT_IMAGE),
        "truncated": (whole[:len(whole) // 2], Reason.BROKEN), "start": (whole[:30], Reason.BROKEN),
        "many pixels": (saved(Image.new("L", (12_000, 12_000))), Reason.TOO_MANY_PIXELS),
        "said to be huge": (png(2**31 - 1, 2**31 - 1), Reason.TOO_MANY_PIXELS),
        "empty body": (png(3000, 3000), Reason.BROKEN),
        "heavy": (saved(scene(6)) + b"\0" * worker.MOST_BYTES, Reason.TOO_LARGE),
    }


@pytest.mark.parametrize("name", bombs())
def test_what_is_no_photo_is_refused_in_a_word(dark: Darkroom, name: str) -> None:
    data, reason = bombs()[name]
    assert develop(dark, data) is reason


def test_the_worker_is_started_again_when_it_was_killed(dark: Darkroom) -> None:
    data = laden("JPEG", scene(8))
    made(dark, data)
    assert dark._process is not None
    os.killpg(dark._process.pid, signal.SIGKILL)
    dark._process.wait()
    made(dark, data)


def test_the_worker_inherits_no_secret(dark: Darkroom) -> None:
    made(dark, laden("PNG", scene(8)))
    assert dark._process is not None
    folder = Path(f"/proc/{dark._process.pid}")
    assert (folder / "environ").read_bytes() == b""
    files = {os.readlink(one) for one in (folder / "fd").iterdir()}
    assert {name.partition(":")[0] for name in files} == {"/dev/null", "socket"}


TRIES = """
import os, runpy, socket, sys
worker = runpy.run_path(sys.argv[1])
kept = os.open(sys.argv[2], os.O_RDWR)
worker["give_up_rights"]()
tries = {"file": lambda: open(sys.argv[1]), "socket": lambda: socket.socket(), "pipe": lambda: os.pipe(),
         "memory": lambda: bytearray(600_000_000), "write": lambda: os.write(kept, b"x")}
import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
for name, act in tries.items():
    try: act(); print(name)
    except (OSError, MemoryError): pass
"""


def test_a_child_opens_nothing_writes_nothing_and_takes_no_more_memory(tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(b"12345")
    done = subprocess.run([sys.executable, "-c", TRIES, room.WORKER, tmp_path / "kept"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_a_reply_that_never_comes_ends_the_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    silent = tmp_path / "silent.py"
    silent.write_text("import socket, sys, time\nline = socket.socket(fileno=int(sys.argv[1]))\n"
                      "order, files, _, _ = socket.recv_fds(line, 1, 2)\ntime.sleep(600)\n")
    monkeypatch.setattr(room, "REPLY_SECONDS", 0.3)
    dark = Darkroom(silent)
    assert develop(dark, laden("JPEG", scene(1))) is Reason.BROKEN
    assert dark._process is None


def test_when_too_many_wait_the_next_is_told(tmp_path: Path) -> None:
    slow = tmp_path / "slow.py"
    slow.write_text("import socket, sys\nline = socket.socket(fileno=int(sys.argv[1]))\nkept = []\n"
                    "while True:\n    order, files, _, _ = socket.recv_fds(line, 1, 2)\n    kept += files\n"
                    "    if not order: break\n")
    dark = Darkroom(slow)

    async def crowd() -> list[Picture | Reason]:
        with tempfile.TemporaryFile() as file:
            waiting = [asyncio.create_task(dark.develop(file, patience=0.5))
                       for _ in range(room.AT_ONCE + room.WAITING)]
            await asyncio.sleep(0)
            last = await dark.develop(file, patience=60)
            rest = await asyncio.gather(*waiting)
            dark.close()
            return [last, *rest]

    assert set(asyncio.run(crowd())) == {Reason.BUSY}


LYING = """
import json, os, socket, sys
line = socket.socket(fileno=int(sys.argv[1]))
while True:
    order, files, _, _ = socket.recv_fds(line, 1, 2)
    if not order: break
    os.write(files[1], open(sys.argv[0] + ".reply", "rb").read())
    for file in files: os.close(file)
"""


def reply(large: bytes, small: bytes, **head: object) -> bytes:
    told = room.json.dumps({"width": 10, "height": 10, "dhash": "", "large": len(large), "small": len(small)} | head)
    return len(told).to_bytes(4, "big") + told.encode() + large + small


@pytest.mark.parametrize("lie", ["exif", "comment", "after", "not a jpeg", "huge", "hash", "no head", "list",
                                 "unknown word", "short"])
def test_a_worker_that_was_taken_over_is_not_believed(tmp_path: Path, lie: str) -> None:
    bare = saved(scene(1), "JPEG")
    with_exif = saved(scene(1), "JPEG", exif=b"Exif\0\0" + b"MM\0*\0\0\0\x08\0\0")
    replies = {"exif": reply(bare, with_exif), "comment": reply(saved(scene(1), "JPEG", comment=b"x"), bare),
               "after": reply(bare + b"<script>", bare), "not a jpeg": reply(bare, b"<html>"),
               "huge": reply(bare, bare, width=10**9), "hash": reply(bare, bare, dhash="00"),
               "no head": b"\0\0\0\x02{}", "list": b"\0\0\0\x02[]", "short": reply(bare, bare)[:-5],
               "unknown word": b"\0\0\0\x17" + b'{"refused": "whatever"}'}
    liar = tmp_path / "liar.py"
    liar.write_text(LYING)
    (tmp_path / "liar.py.reply").write_bytes(replies[lie])
    dark = Darkroom(liar)
    assert develop(dark, laden("JPEG", scene(1))) is Reason.BROKEN
    (tmp_path / "liar.py.reply").write_bytes(reply(bare, bare))
    assert isinstance(develop(dark, laden("JPEG", scene(1))), Picture)
    dark.close()


def test_what_is_bare_is_known_by_its_markers() -> None:
    bare = saved(scene(1), "JPEG", progressive=True, optimize=True)
    assert excess(bare) == excess(saved(scene(1), "JPEG")) == ""
    for found, data in (("marker E1", laden("JPEG", scene(1))), ("no JPEG", saved(scene(1))), ("no end", bare[:-2]),
                        ("marker FE", saved(scene(1), "JPEG", comment=b"x")), ("no end", bare[:200]),
                        ("something after the end, or no picture", bare + b"\0"),
                        ("something after the end, or no picture", b"\xff\xd8\xff\xd9"),
                        ("marker E2", saved(scene(1), "JPEG", icc_profile=b"x")),
                        ("an APP0 that is not a bare JFIF", bare.replace(b"JFIF\0", b"JFXX\0", 1))):
        assert excess(data) == found


def test_a_wall_or_the_night_has_no_hash() -> None:
    night = Image.effect_noise((200, 150), 1).convert("RGB")
    assert worker.dhash(night) == worker.dhash(Image.new("RGB", (200, 150), "white")) == ""
