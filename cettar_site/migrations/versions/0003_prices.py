"""Prices: series, batches, observations and their verdicts."""

import sqlalchemy as sa
from alembic import op

from cettar_site.base.columns import UtcDateTime

revision = "0003"
down_revision = "0002"


def _key() -> list[sa.Column]:
    """The columns that name one observation."""
    return [
        sa.Column("series_id", sa.Integer, sa.ForeignKey("price_series.id"), primary_key=True),
        sa.Column("observed_on", sa.Date, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
    ]


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "price_series",
        sa.Column("id", sa.Integer, primary_key=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("source", "level", "commodity", "region", "point", "unit")
        ),
        sa.UniqueConstraint(
            "commodity", "level", "region", "point", "unit", "source", name="price_series_key"
        ),
    )
    op.create_table(
        "price_batch",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("fetched_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "price_observation",
        *_key(),
        sa.Column("batch_id", sa.Integer, sa.ForeignKey("price_batch.id"), nullable=False),
        sa.Column("price", sa.BigInteger),
        sa.Column("rupiah_per_kg", sa.BigInteger),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("raw", sa.Text, nullable=False),
    )
    op.create_index("price_observation_day", "price_observation", ["observed_on"])
    op.create_table(
        "price_verdict",
        *_key(),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("decided_at", UtcDateTime, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("price_verdict", "price_observation", "price_batch", "price_series"):
        op.drop_table(table)
