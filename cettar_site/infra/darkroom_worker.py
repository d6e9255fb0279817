"""The darkroom's own process: it opens pictures that anybody may have made, far from the site's secrets.

A program of its own, started by `infra.darkroom` with the number of a socket. It knows nothing of the site: an empty
environment, no settings, no database. It loads Pillow once and then forks a child for each picture, which gives up
its rights before it reads the first byte: so much memory, so much time, no new file, no socket, no further process.

An order is one byte with file handles beside it: what to do, the picture's file, the pipe for the reply. A reply is
the length of a JSON head (4 bytes), the head, the large picture, the small one. A child that dies sends nothing.
"""

import contextlib
import io
import json
import os
import resource
import signal
import socket
import sys
import warnings
from typing import Any, BinaryIO

from PIL import ExifTags, Image, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin

DEVELOP, DEVELOP_EVIDENCE, PEAK = b"d", b"e", b"p"
"""Orders: re-encode; the same, and say when and where it was taken; say the most memory that a child needed."""
FORMATS = ("JPEG", "PNG", "WEBP")
PLUGINS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin)  # loaded before the fork
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10
WALL_SECONDS = 20.0
LARGE, SMALL = 1600, 320
QUALITY, SMALL_QUALITY = 80, 72
FAINT = 2
"""Grey levels by which two neighbours must differ to tell anything."""
TELLING = 24
"""So many of the 128 pairs of neighbours must tell something; else the picture has no hash (a wall, the night)."""

_TURNS = {2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
          5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
          8: Image.Transpose.ROTATE_90}
# Taken, and the zone of that; if a camera left these out, when it was read in or last changed.
_TIMES = ((ExifTags.Base.DateTimeOriginal, ExifTags.Base.OffsetTimeOriginal),
          (ExifTags.Base.DateTimeDigitized, ExifTags.Base.OffsetTimeDigitized),
          (ExifTags.Base.DateTime, ExifTags.Base.OffsetTime))

Head = dict[str, Any]


class Refusal(Exception):
    """This picture is not taken; the reason is a word that `infra.darkroom.Reason` knows."""


def is_picture(start: bytes) -> bool:
    """Whether the first sixteen bytes are those of a JPEG, a PNG or a WebP."""
    webp = start[:4] == b"RIFF" and start[8:12] == b"WEBP"
    return webp or start.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def developed(file: BinaryIO, *, evidence: bool) -> tuple[Head, bytes, bytes]:
    """What is known of the picture in a file, the picture made anew, and a small one. Raises Refusal."""
    file.seek(0)  # wherever the sender's last byte left it
    if not is_picture(file.read(16)):
        raise Refusal("not_image")
    if file.seek(0, os.SEEK_END) > MOST_BYTES:
        raise Refusal("too_large")
    try:
        picture: Image.Image = Image.open(file, formats=FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refusal("too_many_pixels") from None
    picture.draft("RGB", (LARGE, LARGE))  # a JPEG is read at the size that is wanted, not at its own
    picture.load()
    facts, turn = told(picture) if evidence else {}, turned(picture)
    shrunk = coloured(picture)
    shrunk.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    large = plain(shrunk.transpose(turn) if turn is not None else shrunk)
    small = large.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    head = {"width": large.width, "height": large.height, "dhash": dhash(large), **facts}
    return head, jpeg(large, QUALITY), jpeg(small, SMALL_QUALITY)


def coloured(picture: Image.Image) -> Image.Image:
    """The picture in a mode that can be made smaller smoothly."""
    if picture.mode in ("RGB", "L", "RGBA", "LA", "CMYK", "YCbCr"):
        return picture
    if picture.mode.startswith("I"):  # sixteen bits of grey
        return picture.point(lambda level: level * (1 / 256)).convert("L")
    seen_through = picture.mode == "PA" or "transparency" in picture.info
    return picture.convert("RGBA" if seen_through else "RGB")


def plain(picture: Image.Image) -> Image.Image:
    """Its pixels and nothing else, in a new picture: on white where one could see through."""
    if picture.mode in ("RGBA", "LA"):
        picture = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    picture = picture.convert("RGB")
    return Image.frombytes("RGB", picture.size, picture.tobytes())


def jpeg(picture: Image.Image, quality: int) -> bytes:
    """The picture as a progressive JPEG."""
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=quality, progressive=True, optimize=True, subsampling="4:2:0")
    return made.getvalue()


def dhash(picture: Image.Image) -> str:
    """Which of two neighbours is lighter, in a grid of eight by eight: 64 bits along, 64 bits down; as 32 hex digits.

    Empty for a picture without structure, which would look like every other such picture.
    """
    grey = picture.convert("L")
    along = grey.resize((9, 8), Image.Resampling.BOX).tobytes()
    down = grey.resize((8, 9), Image.Resampling.BOX).tobytes()
    pairs = [(along[9 * y + x], along[9 * y + x + 1]) for y in range(8) for x in range(8)]
    pairs += [(down[8 * y + x], down[8 * y + x + 8]) for y in range(8) for x in range(8)]
    if sum(abs(one - other) >= FAINT for one, other in pairs) < TELLING:
        return ""
    return f"{int(''.join(str(int(one < other)) for one, other in pairs), 2):032x}"


def turned(picture: Image.Image) -> Image.Transpose | None:
    """How the camera was held; None for upright, or where nothing readable says so."""
    try:
        return _TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:
        return None


def told(picture: Image.Image) -> Head:
    """When and where the camera says that it was taken: the words of its clock, degrees north and east."""
    facts: Head = {}
    with contextlib.suppress(Exception):
        exif = picture.getexif()
        inner = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
        for at, zone in _TIMES:
            if isinstance(inner.get(at), str) and inner[at].strip(" :\0"):
                facts |= {"taken": inner[at][:19], "zone": str(inner.get(zone, ""))[:6]}
                break
    with contextlib.suppress(Exception):
        gps = picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        lat = degrees(gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef] == "S")
        lon = degrees(gps[ExifTags.GPS.GPSLongitude], gps[ExifTags.GPS.GPSLongitudeRef] == "W")
        if abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0, 0):
            facts |= {"lat": lat, "lon": lon}
    return facts


def degrees(parts: Any, negative: bool) -> float:
    """Degrees, minutes and seconds as one number."""
    whole, minutes, seconds = (float(part) for part in parts)
    return (-1 if negative else 1) * (whole + minutes / 60 + seconds / 3600)


def give_up_rights() -> None:
    """From here on: bounded memory and time, no new file or socket, nothing written to a file, no process."""
    signal.setitimer(signal.ITIMER_REAL, WALL_SECONDS)  # nobody handles it, so it ends the process
    os.nice(5)
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_FSIZE, 0),
                        (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NPROC, 0), (resource.RLIMIT_NOFILE, 0)):
        resource.setrlimit(limit, (most, most))


def child(source: int, sink: int, *, evidence: bool) -> None:
    """Develop one picture and end."""
    small = large = b""
    try:
        give_up_rights()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            head, large, small = developed(os.fdopen(source, "rb"), evidence=evidence)
        head |= {"large": len(large), "small": len(small)}
    except Refusal as refusal:
        head = {"refused": str(refusal)}
    except MemoryError:
        head = {"refused": "too_many_pixels"}
    except Exception:
        head = {"refused": "broken"}
    said = json.dumps(head).encode()
    reply = memoryview(len(said).to_bytes(4, "big") + said + large + small)
    while reply:
        reply = reply[os.write(sink, reply):]
    os._exit(0)


def peak() -> bytes:
    """The most memory that any child needed so far, in kilobytes, once all of them ended."""
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    return str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss).encode()


def reap() -> None:
    """Let go of the children that ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def warm_up() -> None:
    """Use once what each picture will need, so that no child has to load a file."""
    little = Image.effect_noise((64, 64), 60).convert("RGB")
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:01:01 00:00:00"
    for kind in FORMATS:
        made = io.BytesIO()
        little.save(made, kind, exif=exif)
        made.seek(0)
        developed(made, evidence=True)


def main(handle: int) -> None:
    """Take orders until the site hangs up."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warm_up()
    line = socket.socket(fileno=handle)
    while True:
        order, files, _, _ = socket.recv_fds(line, 1, 2)
        reap()
        if not order:
            return
        if order == PEAK:
            os.write(files[0], peak())
        elif os.fork() == 0:
            line.close()
            try:
                child(*files, evidence=order == DEVELOP_EVIDENCE)
            finally:
                os._exit(1)
        for file in files:
            os.close(file)


if __name__ == "__main__":
    main(int(sys.argv[1]))
