"""Tables of the desk: accounts, sessions, failed sign-ins."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlmodel import Field, Index, SQLModel

from cettar_site.base.columns import UtcDateTime


class DeskOfficer(SQLModel, table=True):
    """An account of the desk."""

    __tablename__ = "desk_officer"

    id: int | None = Field(default=None, primary_key=True)
    pseudonym: str = Field(max_length=16, unique=True)
    email: str = Field(max_length=254, unique=True)
    password_hash: str = Field(max_length=200)
    agency_code: str = Field(max_length=24)
    role: str = Field(max_length=16)
    made_at: datetime = Field(sa_type=UtcDateTime)


class DeskSession(SQLModel, table=True):
    """A session: the token's hash, whose it is, since when, last used when."""

    __tablename__ = "desk_session"
    __table_args__ = (Index("desk_session_seen", "seen_at"), Index("desk_session_officer", "officer_id"))

    token_hash: bytes = Field(primary_key=True, sa_type=LargeBinary)
    officer_id: int = Field(foreign_key="desk_officer.id")
    began_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)


class DeskTries(SQLModel, table=True):
    """Failed sign-ins, by a keyed hash of the address, so that unknown addresses are treated alike."""

    __tablename__ = "desk_tries"
    __table_args__ = (Index("desk_tries_last", "last_at"),)

    account_hash: bytes = Field(primary_key=True, sa_type=LargeBinary)
    failures: int
    last_at: datetime = Field(sa_type=UtcDateTime)
