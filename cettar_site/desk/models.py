"""Tables of the desk: accounts, sessions, sign-ins that are half done or failed, recovery codes, the trail."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field, Index, SQLModel

from cettar_site.base.columns import UtcDateTime


class DeskOfficer(SQLModel, table=True):
    """An account of the desk; its second factor is sealed as text 0 under its own salt."""

    __tablename__ = "desk_officer"

    id: int | None = Field(default=None, primary_key=True)
    pseudonym: str = Field(max_length=16, unique=True)
    email: str = Field(max_length=254, unique=True)
    password_hash: str = Field(max_length=200)
    agency_code: str = Field(max_length=24)
    role: str = Field(max_length=16)
    made_at: datetime = Field(sa_type=UtcDateTime)
    must_change: bool = False
    disabled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    enrolled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    factor_salt: bytes | None = Field(default=None, sa_type=LargeBinary)
    factor_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    factor_step: int = Field(default=0, sa_type=BigInteger)


class DeskSession(SQLModel, table=True):
    """A session: the token's hash, whose it is, since when, last used and last confirmed by a code when."""

    __tablename__ = "desk_session"
    __table_args__ = (Index("desk_session_seen", "seen_at"), Index("desk_session_officer", "officer_id"))

    token_hash: bytes = Field(primary_key=True, sa_type=LargeBinary)
    officer_id: int = Field(foreign_key="desk_officer.id")
    began_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DeskHalf(SQLModel, table=True):
    """A sign-in whose password was right; `proved` once its code was too. A new factor waits here, sealed."""

    __tablename__ = "desk_half"
    __table_args__ = (Index("desk_half_officer", "officer_id"),)

    token_hash: bytes = Field(primary_key=True, sa_type=LargeBinary)
    officer_id: int = Field(foreign_key="desk_officer.id")
    began_at: datetime = Field(sa_type=UtcDateTime)
    proved: bool = False
    failures: int = 0
    salt: bytes | None = Field(default=None, sa_type=LargeBinary)
    sealed: bytes | None = Field(default=None, sa_type=LargeBinary)


class DeskRecovery(SQLModel, table=True):
    """A recovery code that was not used yet, hashed under the site's secret."""

    __tablename__ = "desk_recovery"
    __table_args__ = (Index("desk_recovery_officer", "officer_id"),)

    code_hash: bytes = Field(primary_key=True, sa_type=LargeBinary)
    officer_id: int = Field(foreign_key="desk_officer.id")


class DeskTrail(SQLModel, table=True):
    """What was done at the desk that is no event of a complaint; the database lets rows only be added."""

    __tablename__ = "desk_trail"
    __table_args__ = (Index("desk_trail_pseudonym", "pseudonym", "id"), Index("desk_trail_act", "act", "id"),
                      Index("desk_trail_object", "object", "id"),
                      Index("desk_trail_agency_code", "agency_code", "id"), Index("desk_trail_at", "at"))

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    pseudonym: str = Field(max_length=16)
    act: str = Field(max_length=32)
    object: str = Field(max_length=96)
    agency_code: str = Field(max_length=24)


class DeskTries(SQLModel, table=True):
    """Failed sign-ins, by a keyed hash of the address, so that unknown addresses are treated alike."""

    __tablename__ = "desk_tries"
    __table_args__ = (Index("desk_tries_last", "last_at"),)

    account_hash: bytes = Field(primary_key=True, sa_type=LargeBinary)
    failures: int
    last_at: datetime = Field(sa_type=UtcDateTime)
