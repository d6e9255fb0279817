"""Tables of the jobs: what is planned, who may run it, what ran."""

from datetime import datetime

from sqlmodel import Field, Index, SQLModel

from cettar_site.base.columns import UtcDateTime


class JobPlan(SQLModel, table=True):
    """A line of the timetable, as the last scheduler or command knew it."""

    __tablename__ = "job_plan"

    job: str = Field(primary_key=True, max_length=64)
    cron: str = Field(max_length=64)
    stale_seconds: int | None
    description: str
    needs: str = Field(max_length=8)
    source: str = Field(max_length=120)
    place: int  # where it stands in the timetable
    since: datetime = Field(sa_type=UtcDateTime)


class JobLease(SQLModel, table=True):
    """One row a job: who may run it, and how its newest window stands."""

    __tablename__ = "job_lease"

    job: str = Field(primary_key=True, max_length=64)
    fence: int
    owner: str = Field(max_length=64)
    until: datetime | None = Field(sa_type=UtcDateTime)
    due_at: datetime | None = Field(sa_type=UtcDateTime)
    attempts: int
    outcome: str = Field(max_length=16)
    ended_at: datetime | None = Field(sa_type=UtcDateTime)


class JobRun(SQLModel, table=True):
    """One run of a job."""

    __tablename__ = "job_run"
    __table_args__ = (Index("job_run_by_fence", "job", "fence", unique=True),
                      Index("job_run_by_outcome", "job", "outcome", "counts", "id"),
                      Index("job_run_by_start", "started_at"))

    id: int | None = Field(default=None, primary_key=True)
    job: str = Field(max_length=64)
    fence: int
    process: str = Field(max_length=64)
    by_hand: bool
    counts: bool
    due_at: datetime | None = Field(sa_type=UtcDateTime)
    started_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    outcome: str = Field(max_length=16)
    rows_in: int = 0
    rows_refused: int = 0
    detail: str = ""
    facts: str = "{}"  # JSON, fills the slots of `detail`
    error_kind: str = Field(default="", max_length=64)
    error_text: str = ""
    error_address: str = ""
