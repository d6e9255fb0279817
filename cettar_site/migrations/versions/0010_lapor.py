"""What came from SP4N-LAPOR!, row by row as it came, without names."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table."""
    big = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "complaint_lapor",
        sa.Column("tracking_id", sa.String(32), primary_key=True),
        sa.Column("complaint_id", big, sa.ForeignKey("complaint_request.id"), nullable=False, unique=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("mark", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False))
    if op.get_bind().dialect.name == "postgresql":  # the planner keeps no samples of what can be erased
        op.execute("ALTER TABLE complaint_lapor ALTER COLUMN sealed SET STATISTICS 0")


def downgrade() -> None:
    """Drop it."""
    op.drop_table("complaint_lapor")
