"""Tables of the complaints: what was filed, what happened since, the words, a copy for quick questions."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, LargeBinary, text
from sqlmodel import Field, Index, SQLModel

from cettar_site.base.columns import UtcDateTime


class ComplaintRequest(SQLModel, table=True):
    """What was filed, without its words. Rows are added, never changed (the database refuses)."""

    __tablename__ = "complaint_request"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    number: str = Field(max_length=13, unique=True)
    code_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    shown: str = Field(max_length=12)
    category_code: str = Field(max_length=8)
    region_code: str = Field(max_length=5)
    district_code: str = Field(max_length=8)
    happened_on: date | None = Field(sa_type=Date)
    filed_at: datetime = Field(sa_type=UtcDateTime)


class ComplaintPrivate(SQLModel, table=True):
    """What people wrote: the filing at event 1, answers at theirs. Apart, so that words can be erased."""

    __tablename__ = "complaint_private"

    complaint_id: int = Field(primary_key=True, foreign_key="complaint_request.id", sa_type=BigInteger)
    seq: int = Field(primary_key=True)
    text: str
    place: str = Field(max_length=200)


class ComplaintEvent(SQLModel, table=True):
    """What happened, in order. Rows are added, never changed (the database refuses)."""

    __tablename__ = "complaint_event"

    complaint_id: int = Field(primary_key=True, foreign_key="complaint_request.id", sa_type=BigInteger)
    seq: int = Field(primary_key=True)
    kind: str = Field(max_length=16)
    at: datetime = Field(sa_type=UtcDateTime)
    actor: str = Field(max_length=16)
    agency_code: str = Field(max_length=24)
    hint: str = Field(max_length=48)


class ComplaintState(SQLModel, table=True):
    """What the events add up to; replaying them gives the same row."""

    __tablename__ = "complaint_state"
    __table_args__ = (
        Index("complaint_state_queue", "agency_code", text("is_open DESC"), "due_at"),
        Index("complaint_state_due", text("is_open DESC"), "due_at"),
        Index("complaint_state_filed", "filed_at"),
    )

    complaint_id: int = Field(primary_key=True, foreign_key="complaint_request.id", sa_type=BigInteger)
    seq: int
    state: str = Field(max_length=16)
    is_open: bool
    shown: str = Field(max_length=12)
    agency_code: str = Field(max_length=24)
    filed_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    acknowledged_at: datetime | None = Field(sa_type=UtcDateTime)
    first_answer_at: datetime | None = Field(sa_type=UtcDateTime)
    answers: int


class ComplaintKey(SQLModel, table=True):
    """Which sending made which complaint, kept for three days so that a second one changes nothing."""

    __tablename__ = "complaint_key"
    __table_args__ = (Index("complaint_key_kept", "kept_at"),)

    key_hash: bytes = Field(primary_key=True, sa_type=LargeBinary)
    fingerprint: bytes = Field(sa_type=LargeBinary)
    complaint_id: int = Field(foreign_key="complaint_request.id", sa_type=BigInteger)
    kept_at: datetime = Field(sa_type=UtcDateTime)
