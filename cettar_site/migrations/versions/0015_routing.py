"""Where a complaint may belong: the suggestions made when it was filed."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "routing_suggestion",
        sa.Column("complaint_id", sa.BigInteger().with_variant(sa.Integer, "sqlite"),
                  sa.ForeignKey("complaint_request.id"), primary_key=True, autoincrement=False),
        sa.Column("rank", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("agency_code", sa.String(24), nullable=False),
        sa.Column("confidence", sa.Float, nullable=False), sa.Column("alone", sa.Boolean, nullable=False),
        sa.Column("model_version", sa.String(24), nullable=False), sqlite_with_rowid=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_table("routing_suggestion")
