"""Tables of the photos: what each is and to what it belongs, and where one that looks alike is found."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field, SQLModel

from cettar_site.base.columns import UtcDateTime


class ComplaintPhoto(SQLModel, table=True):
    """One photo; its pixels lie sealed in a file named by its id, and nobody opens them without the salt here."""

    __tablename__ = "complaint_photo"

    id: str = Field(primary_key=True, max_length=32)
    complaint_id: int | None = Field(foreign_key="complaint_request.id", sa_type=BigInteger)
    """None until the sending that it came for is filed."""
    seq: int
    """The event that it belongs to; 0 until then."""
    position: int
    """Which of that event's photos it is, from 0."""
    evidence: bool
    salt: bytes = Field(sa_type=LargeBinary)
    sha256: bytes = Field(sa_type=LargeBinary)
    """Of the picture made anew: what an entry of a public log can commit to."""
    dhash: bytes = Field(sa_type=LargeBinary)
    """Sixteen bytes, or none for a picture too plain to be known again."""
    width: int
    height: int
    size: int
    """Bytes of the large picture."""
    made_at: datetime = Field(sa_type=UtcDateTime)
    sent_as: bytes | None = Field(sa_type=LargeBinary)
    """A keyed hash of the sending's key and the file, so that the same one sent twice is one photo."""
    facts: bytes | None = Field(sa_type=LargeBinary)
    """Of evidence until it is attached: when and where the camera says that it was taken, sealed."""
    flags: str
    """What was noticed about a piece of evidence, as JSON."""


class ComplaintPhotoBand(SQLModel, table=True):
    """An eighth of an attached piece of evidence's hash: two that look alike share one, or nearly."""

    __tablename__ = "complaint_photo_band"

    band: int = Field(primary_key=True)
    value: int = Field(primary_key=True)
    photo_id: str = Field(primary_key=True, foreign_key="complaint_photo.id", max_length=32)
