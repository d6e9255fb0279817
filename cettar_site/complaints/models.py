"""Tables of the complaints: what was filed, what happened since, the words, copies for quick questions."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, LargeBinary
from sqlmodel import Field, SQLModel

from cettar_site.base.columns import UtcDateTime


class ComplaintRequest(SQLModel, table=True):
    """What was filed, without its words. Rows are added, never changed (the database refuses)."""

    __tablename__ = "complaint_request"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    number: str = Field(max_length=13, unique=True)
    code_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    shown: str = Field(max_length=12)
    channel: str = Field(max_length=8)
    category_code: str = Field(max_length=8)
    region_code: str = Field(max_length=5)
    district_code: str = Field(max_length=8)
    happened_on: date | None = Field(sa_type=Date)
    filed_at: datetime = Field(sa_type=UtcDateTime)


class ComplaintSalt(SQLModel, table=True):
    """What a complaint's words are sealed with, besides the site's secret. Deleting it erases them everywhere."""

    __tablename__ = "complaint_salt"

    complaint_id: int = Field(primary_key=True, foreign_key="complaint_request.id", sa_type=BigInteger)
    salt: bytes = Field(sa_type=LargeBinary)


class ComplaintPrivate(SQLModel, table=True):
    """What people wrote, sealed: the filing at event 1, answers and messages at theirs."""

    __tablename__ = "complaint_private"

    complaint_id: int = Field(primary_key=True, foreign_key="complaint_request.id", sa_type=BigInteger)
    seq: int = Field(primary_key=True)
    sealed: bytes = Field(sa_type=LargeBinary)


class ComplaintPublic(SQLModel, table=True):
    """The same words as everyone reads them, masked; none of what is confidential."""

    __tablename__ = "complaint_public"

    complaint_id: int = Field(primary_key=True, foreign_key="complaint_request.id", sa_type=BigInteger)
    seq: int = Field(primary_key=True)
    text: str
    place: str = Field(max_length=200)
    lat: float | None
    lon: float | None


class ComplaintEvent(SQLModel, table=True):
    """What happened, in order. Rows are added, never changed (the database refuses)."""

    __tablename__ = "complaint_event"

    complaint_id: int = Field(primary_key=True, foreign_key="complaint_request.id", sa_type=BigInteger)
    seq: int = Field(primary_key=True)
    kind: str = Field(max_length=16)
    at: datetime = Field(sa_type=UtcDateTime)
    actor: str = Field(max_length=16)
    agency_code: str = Field(max_length=24)
    detail: str = Field(max_length=48)


class ComplaintState(SQLModel, table=True):
    """What the events add up to; replaying them gives the same row. The indexes are in the migration."""

    __tablename__ = "complaint_state"

    complaint_id: int = Field(primary_key=True, foreign_key="complaint_request.id", sa_type=BigInteger)
    number: str = Field(max_length=13)
    shown: str = Field(max_length=12)
    channel: str = Field(max_length=8)
    region_code: str = Field(max_length=5)
    category_code: str = Field(max_length=8)
    group_code: str = Field(max_length=4)
    seq: int
    state: str = Field(max_length=16)
    agency_code: str = Field(max_length=24)
    filed_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    moved_at: datetime = Field(sa_type=UtcDateTime)
    owed_at: datetime | None = Field(sa_type=UtcDateTime)
    acknowledged_at: datetime | None = Field(sa_type=UtcDateTime)
    first_answer_at: datetime | None = Field(sa_type=UtcDateTime)
    claimed_at: datetime | None = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(sa_type=UtcDateTime)
    paused_until: datetime | None = Field(sa_type=UtcDateTime)
    planned_on: date | None = Field(sa_type=Date)
    offered_to: str = Field(max_length=24)
    offered_until: datetime | None = Field(sa_type=UtcDateTime)
    audit_by: str = Field(max_length=24)
    audited: str = Field(max_length=4)
    merged_into: str = Field(max_length=13)
    hidden: str = Field(max_length=48)
    erased: bool
    reminded: bool
    escalated: int
    disputes: int
    answers: int
    rating: int | None
    supports: int


class ComplaintCustody(SQLModel, table=True):
    """Who held a complaint, from when to when, and whether it answered: what agencies are measured by."""

    __tablename__ = "complaint_custody"

    complaint_id: int = Field(primary_key=True, foreign_key="complaint_request.id", sa_type=BigInteger)
    seq: int = Field(primary_key=True)
    agency_code: str = Field(max_length=24)
    channel: str = Field(max_length=8)
    triage: bool
    since: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    until: datetime | None = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(sa_type=UtcDateTime)
    moved_at: datetime = Field(sa_type=UtcDateTime)
    """When this row last changed by the database's own clock, for who keeps a copy."""


class ComplaintReply(SQLModel, table=True):
    """Where an agency's replies stand, newest last: a new one is compared with them."""

    __tablename__ = "complaint_reply"

    agency_code: str = Field(primary_key=True, max_length=24)
    at: datetime = Field(primary_key=True, sa_type=UtcDateTime)
    complaint_id: int = Field(primary_key=True, foreign_key="complaint_request.id", sa_type=BigInteger)
    seq: int


class ComplaintKey(SQLModel, table=True):
    """Which sending made which complaint, kept for three days so that a second one changes nothing."""

    __tablename__ = "complaint_key"

    key_hash: bytes = Field(primary_key=True, sa_type=LargeBinary)
    fingerprint: bytes = Field(sa_type=LargeBinary)
    complaint_id: int = Field(foreign_key="complaint_request.id", sa_type=BigInteger)
    kept_at: datetime = Field(sa_type=UtcDateTime)
