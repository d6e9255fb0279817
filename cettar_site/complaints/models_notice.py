"""Tables of the notices: who follows a complaint, and the letters that wait."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field, SQLModel

from cettar_site.base.columns import UtcDateTime


class ComplaintFollow(SQLModel, table=True):
    """An address that wants to hear of a complaint, sealed; it hears nothing before it confirmed."""

    __tablename__ = "complaint_follow"

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    complaint_id: int = Field(foreign_key="complaint_request.id", sa_type=BigInteger)
    filer: bool
    lang: str = Field(max_length=8)
    salt: bytes = Field(sa_type=LargeBinary)
    sealed: bytes = Field(sa_type=LargeBinary)
    address_hash: bytes = Field(sa_type=LargeBinary)
    token_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    made_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(sa_type=UtcDateTime)


class MailOutbox(SQLModel, table=True):
    """A letter that waits: what it is about, to a follower or to a sealed address; its text is made when it is sent.

    `next_at` is None once it was given up; `failure` says why.
    """

    __tablename__ = "mail_outbox"

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    kind: str = Field(max_length=16)
    follow_id: int | None = Field(foreign_key="complaint_follow.id", sa_type=BigInteger)
    salt: bytes | None = Field(sa_type=LargeBinary)
    sealed: bytes | None = Field(sa_type=LargeBinary)
    seq: int
    facts: str
    made_at: datetime = Field(sa_type=UtcDateTime)
    next_at: datetime | None = Field(sa_type=UtcDateTime)
    attempts: int
    failure: str = Field(max_length=32)
