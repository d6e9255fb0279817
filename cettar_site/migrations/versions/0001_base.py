"""The pulse of each topic, and the realm that this database belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "pulse",
        sa.Column("topic", sa.String(32), primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False))
    op.create_table("realm", sa.Column("name", sa.String(8), primary_key=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_table("realm")
    op.drop_table("pulse")
