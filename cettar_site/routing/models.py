"""What was suggested when a complaint was filed: kept for whoever sorts it, and to be measured by what was decided."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class RoutingSuggestion(SQLModel, table=True):
    """One of at most three suggestions. It names agencies; no word of the complaint is in it."""

    __tablename__ = "routing_suggestion"

    complaint_id: int = Field(primary_key=True, foreign_key="complaint_request.id", sa_type=BigInteger)
    rank: int = Field(primary_key=True)
    agency_code: str = Field(max_length=24)
    confidence: float
    alone: bool
    """Whether the site sent it there without asking."""
    model_version: str = Field(max_length=24)
