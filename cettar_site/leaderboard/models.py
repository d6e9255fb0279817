"""The leaderboard's own table: how it stood at the end of each day."""

from datetime import date

from sqlmodel import Field, SQLModel


class BoardDay(SQLModel, table=True):
    """One agency's figures at the end of one day (WIB). Written once, never changed."""

    __tablename__ = "board_day"

    day: date = Field(primary_key=True)
    agency: str = Field(primary_key=True, max_length=32)
    rules: str = Field(max_length=16)
    rank: int | None
    evidence: str = Field(max_length=16)
    mature: int
    in_time: int
    waiting: int
    overdue: int
    median_days: float | None
    median_at_least: bool
