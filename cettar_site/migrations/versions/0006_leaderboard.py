"""How the leaderboard stood at the end of each day."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "board_day",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("agency", sa.String(32), primary_key=True),
        sa.Column("rules", sa.String(16), nullable=False),
        sa.Column("rank", sa.Integer),
        sa.Column("evidence", sa.String(16), nullable=False),
        sa.Column("mature", sa.Integer, nullable=False),
        sa.Column("in_time", sa.Integer, nullable=False),
        sa.Column("waiting", sa.Integer, nullable=False),
        sa.Column("overdue", sa.Integer, nullable=False),
        sa.Column("median_days", sa.Float),
        sa.Column("median_at_least", sa.Boolean, nullable=False))


def downgrade() -> None:
    """Drop it."""
    op.drop_table("board_day")
