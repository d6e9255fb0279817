"""The photo that a canary sends: its position and name in EXIF, as a phone writes them, and in the file's name."""

import io
from collections.abc import Mapping

from PIL import ExifTags, Image

from tests.infra.pictures import scene

BOUNDARY = "canaries-of-the-valley"


def photo_of(at: int, position: str, name: str, said: str) -> bytes:
    """A JPEG whose EXIF holds a position ("lat,lon" in degrees), who took it, and a comment with both."""
    picture: Image.Image = scene(at)
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = name
    exif[ExifTags.Base.ImageDescription] = f"{said} {position}"
    exif[ExifTags.Base.DateTime] = "2026:11:20 07:00:00"
    lat, lon = (abs(float(part)) for part in position.split(","))
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({
        ExifTags.GPS.GPSLatitudeRef: "S", ExifTags.GPS.GPSLatitude: (lat, 0.0, 0.0),
        ExifTags.GPS.GPSLongitudeRef: "E", ExifTags.GPS.GPSLongitude: (lon, 0.0, 0.0)})
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=70, exif=exif, comment=f"{name} {position}".encode())
    return made.getvalue()


def in_parts(fields: Mapping[str, str], photo: bytes, file_name: str) -> tuple[bytes, str]:
    """A form with a photo as a browser sends it: the body and its content type."""
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
             for name, value in fields.items()]
    head = (f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photo"; filename="{file_name}"\r\n'
            "Content-Type: image/jpeg\r\n\r\n").encode()
    body = b"".join([*parts, head, photo, f"\r\n--{BOUNDARY}--\r\n".encode()])
    return body, f"multipart/form-data; boundary={BOUNDARY}"


def has_metadata(picture: bytes) -> bool:
    """Whether anything but pixels stands in a picture that the site gives out."""
    with Image.open(io.BytesIO(picture)) as opened:
        return bool(opened.getexif() or opened.info.get("comment") or opened.info.get("icc_profile")
                    or "xmp" in opened.info)
