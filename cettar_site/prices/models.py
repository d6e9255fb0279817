"""Tables of the prices room. Rows are added and never changed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from cettar_site.base.columns import UtcDateTime


class PriceSeries(SQLModel, table=True):
    """A good at a point, at a level, in a unit, from a source."""

    __tablename__ = "price_series"
    __table_args__ = (
        UniqueConstraint("commodity", "level", "region", "point", "unit", "source", name="price_series_key"),
    )

    id: int | None = Field(default=None, primary_key=True)
    source: str
    level: str
    commodity: str
    region: str
    point: str
    unit: str


class PriceBatch(SQLModel, table=True):
    """One answer or file of a publisher: where it came from and when we took it."""

    __tablename__ = "price_batch"

    id: int | None = Field(default=None, primary_key=True)
    source: str
    address: str
    fetched_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class PriceObservation(SQLModel, table=True):
    """One row of a publisher, with the verdict that it was stored with."""

    __tablename__ = "price_observation"
    __table_args__ = (Index("price_observation_day", "observed_on"),)

    series_id: int = Field(primary_key=True, foreign_key="price_series.id")
    observed_on: date = Field(primary_key=True)
    revision: int = Field(primary_key=True)
    batch_id: int = Field(foreign_key="price_batch.id")
    price: int | None = Field(sa_column=Column(BigInteger))
    rupiah_per_kg: int | None = Field(sa_column=Column(BigInteger))
    status: str
    reason: str
    fingerprint: str
    raw: str = Field(sa_column=Column(Text, nullable=False))


class PriceVerdict(SQLModel, table=True):
    """A changed mind about an observation; the newest `number` counts."""

    __tablename__ = "price_verdict"

    series_id: int = Field(primary_key=True, foreign_key="price_series.id")
    observed_on: date = Field(primary_key=True)
    revision: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    status: str
    reason: str
    decided_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
