"""Beside the complaints: who else said "me too", and how long answers take."""

import sqlalchemy as sa
from alembic import op

from cettar_site.base.columns import UtcDateTime

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "complaint_support", sa.Column("device_hash", sa.LargeBinary, primary_key=True),
        sa.Column("complaint_id", sa.BigInteger().with_variant(sa.Integer, "sqlite"),
                  sa.ForeignKey("complaint_request.id"), nullable=False), sqlite_with_rowid=False)
    op.create_table(
        "complaint_estimate", sa.Column("agency_code", sa.String(24), primary_key=True),
        sa.Column("group_code", sa.String(4), primary_key=True), sa.Column("n", sa.Integer, nullable=False),
        sa.Column("waiting", sa.Integer, nullable=False), sa.Column("half_days", sa.Float, nullable=False),
        sa.Column("half_at_least", sa.Boolean, nullable=False), sa.Column("nine_days", sa.Float, nullable=False),
        sa.Column("nine_at_least", sa.Boolean, nullable=False), sa.Column("at", UtcDateTime, nullable=False),
        sqlite_with_rowid=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_table("complaint_estimate")
    op.drop_table("complaint_support")
