"""Pictures for tests: scenes drawn by chance, and files that hide something in each place that a format offers."""

import io
import struct
import zlib
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image, ImageCms, ImageDraw
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngInfo

CANARY = b"KENARI"
"""Stands in everything that must not survive."""
GPS = (-7.257512, 112.752088)
TAKEN = "2026:11:20 08:30:00"
FORMATS = ("JPEG", "PNG", "WEBP")
TEMPLATE = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def scene(seed: int, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """A picture with the structure of a photo: soft light, hard shapes, a little grain; the same for a seed."""
    dice = np.random.default_rng(seed)
    soft = Image.fromarray(dice.integers(0, 256, (5, 7, 3), dtype=np.uint8)).resize(size, Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(soft)
    for _ in range(14):
        (x, y), (w, h) = dice.random(2) * size, dice.random(2) * size * np.array(0.3)
        colour = tuple(int(level) for level in dice.integers(0, 256, 3))
        (pen.ellipse if dice.random() < 0.5 else pen.rectangle)((x, y, x + w, y + h), fill=colour)
    grain = dice.integers(-8, 9, (size[1], size[0], 3))
    return Image.fromarray((np.asarray(soft, dtype=np.int16) + grain).clip(0, 255).astype(np.uint8))


def real_photos() -> list[Image.Image]:
    """Two real photographs, which a library of the site brings along."""
    spec = find_spec("sklearn")
    assert spec is not None and spec.origin is not None
    folder = Path(spec.origin).parent / "datasets" / "images"
    return [Image.open(folder / name).convert("RGB") for name in ("china.jpg", "flower.jpg")]


def exif(*, orientation: int = 1, taken: str = TAKEN, zone: str = "+07:00",
         position: tuple[float, float] | None = GPS) -> Image.Exif:
    """EXIF as a phone writes it, with canaries in its texts."""
    made = Image.Exif()
    made[ExifTags.Base.Orientation] = orientation
    for tag in (ExifTags.Base.Make, ExifTags.Base.Artist, ExifTags.Base.Copyright, ExifTags.Base.ImageDescription):
        made[tag] = f"{CANARY.decode()} {tag.name}"
    inner = made.get_ifd(ExifTags.IFD.Exif)
    if taken:
        inner[ExifTags.Base.DateTimeOriginal] = taken
        inner[ExifTags.Base.OffsetTimeOriginal] = zone
    inner[ExifTags.Base.BodySerialNumber] = f"{CANARY.decode()} serial"
    inner[ExifTags.Base.UserComment] = b"ASCII\0\0\0" + CANARY + b" comment"
    if position is not None:
        gps = made.get_ifd(ExifTags.IFD.GPSInfo)
        for value, at, signs in ((position[0], ExifTags.GPS.GPSLatitude, "NS"),
                                 (position[1], ExifTags.GPS.GPSLongitude, "EW")):
            degrees, rest = divmod(abs(value), 1)
            minutes, rest = divmod(rest * 60, 1)
            gps[at - 1] = signs[value < 0]
            gps[at] = (degrees, minutes, rest * 60)
    return made


def thumbnail_segment() -> bytes:
    """An APP1 whose EXIF holds a thumbnail, a JPEG with a canary of its own, as cameras write it."""
    little = io.BytesIO()
    scene(7, (40, 30)).save(little, "JPEG", comment=CANARY + b" in the thumbnail")
    entries = struct.pack(">HHIIHHII", 0x0201, 4, 1, 44, 0x0202, 4, 1, len(little.getvalue()))
    tiff = b"MM\0*" + struct.pack(">IHIH", 8, 0, 14, 2) + entries + struct.pack(">I", 0)
    return app(1, b"Exif\0\0" + tiff + little.getvalue())


def app(number: int, body: bytes) -> bytes:
    """An application segment of a JPEG."""
    return bytes((0xFF, 0xE0 + number)) + struct.pack(">H", len(body) + 2) + body


def profile() -> bytes:
    """A colour profile with a canary."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + CANARY + b" profile"


XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + CANARY + b" xmp</x:xmpmeta>"
IPTC = app(13, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10\x1c\x02\x50\0\x0b" + CANARY + b" iptc\0")


def laden(kind: str, picture: Image.Image, **told: object) -> bytes:
    """The picture in a file of a kind, with something hidden in every place: `told` goes to `exif`."""
    made = io.BytesIO()
    said = exif(**told)  # type: ignore[arg-type]
    if kind == "JPEG":
        picture.save(made, kind, quality=85, exif=said, xmp=XMP, icc_profile=profile(), comment=CANARY + b" comment")
        data = made.getvalue()
        at = data.index(b"\xff\xdb")  # before the first table
        return data[:at] + IPTC + thumbnail_segment() + data[at:] + CANARY + b" after the end"
    if kind == "PNG":
        texts = PngInfo()
        texts.add_text("Comment", f"{CANARY.decode()} text")
        texts.add_text("Author", f"{CANARY.decode()} packed text", zip=True)
        texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
        picture.save(made, kind, exif=said, icc_profile=profile(), pnginfo=texts, compress_level=1)
        return made.getvalue() + CANARY + b" after the end"
    picture.save(made, kind, quality=80, exif=said, xmp=XMP, icc_profile=profile())
    return made.getvalue()


def png(width: int, height: int, *chunks: bytes, body: bytes = b"") -> bytes:
    """A PNG that says that it is so large, with these chunks and this body in it, whatever they hold."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(chunks) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def hidden(jpeg: bytes) -> list[str]:
    """What a file says beside its pixels, as another reader than ours finds it."""
    found = [name for name in (CANARY, b"Exif", b"http://ns.adobe.com", b"Photoshop", b"ICC_PROFILE", b"8BIM", b"GPS")
             if name in jpeg]
    picture = Image.open(io.BytesIO(jpeg), formats=("JPEG",))
    picture.load()
    assert isinstance(picture, JpegImageFile)
    said = [name for name in ("exif", "xmp", "icc_profile", "comment", "photoshop", "adobe") if name in picture.info]
    segments = [name for name, body in picture.applist if name != "APP0" or len(body) != 14]
    return [*map(repr, found), *said, *segments, *(f"exif {tag}" for tag in picture.getexif())]
