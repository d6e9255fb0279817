"""Tables beside a complaint's own: who else said "me too", how long answers take."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field, SQLModel

from cettar_site.base.columns import UtcDateTime


class ComplaintSupport(SQLModel, table=True):
    """One device's "me too": a hash under the site's secret, which tells neither whose nor where else."""

    __tablename__ = "complaint_support"

    device_hash: bytes = Field(primary_key=True, sa_type=LargeBinary)
    complaint_id: int = Field(foreign_key="complaint_request.id", sa_type=BigInteger)


class ComplaintEstimate(SQLModel, table=True):
    """How long answers take, by agency and topic's group (empty: all); made anew each hour."""

    __tablename__ = "complaint_estimate"

    agency_code: str = Field(primary_key=True, max_length=24)
    group_code: str = Field(primary_key=True, max_length=4)
    n: int
    waiting: int
    half_days: float
    half_at_least: bool
    nine_days: float
    nine_at_least: bool
    at: datetime = Field(sa_type=UtcDateTime)
