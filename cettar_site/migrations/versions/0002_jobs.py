"""What is planned, who may run it, what ran."""

import sqlalchemy as sa
from alembic import op

from cettar_site.base.columns import UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "job_plan",
        sa.Column("job", sa.String(64), primary_key=True),
        sa.Column("cron", sa.String(64), nullable=False),
        sa.Column("stale_seconds", sa.Integer),
        sa.Column("description", sa.String, nullable=False),
        sa.Column("needs", sa.String(8), nullable=False),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("since", UtcDateTime, nullable=False))
    op.create_table(
        "job_lease",
        sa.Column("job", sa.String(64), primary_key=True),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("until", UtcDateTime),
        sa.Column("due_at", UtcDateTime),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("ended_at", UtcDateTime))
    op.create_table(
        "job_run",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("job", sa.String(64), nullable=False),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("process", sa.String(64), nullable=False),
        sa.Column("by_hand", sa.Boolean, nullable=False),
        sa.Column("counts", sa.Boolean, nullable=False),
        sa.Column("due_at", UtcDateTime),
        sa.Column("started_at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("rows_in", sa.Integer, nullable=False),
        sa.Column("rows_refused", sa.Integer, nullable=False),
        sa.Column("detail", sa.String, nullable=False),
        sa.Column("facts", sa.String, nullable=False),
        sa.Column("error_kind", sa.String(64), nullable=False),
        sa.Column("error_text", sa.String, nullable=False),
        sa.Column("error_address", sa.String, nullable=False))
    op.create_index("job_run_by_fence", "job_run", ["job", "fence"], unique=True)
    op.create_index("job_run_by_outcome", "job_run", ["job", "outcome", "counts", "id"])
    op.create_index("job_run_by_start", "job_run", ["started_at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("job_run")
    op.drop_table("job_lease")
    op.drop_table("job_plan")
