"""Accounts of the desk, their sessions, failed sign-ins."""

import sqlalchemy as sa
from alembic import op

from cettar_site.base.columns import UtcDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "desk_officer",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("pseudonym", sa.String(16), nullable=False, unique=True),
        sa.Column("email", sa.String(254), nullable=False, unique=True),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("agency_code", sa.String(24), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False))
    op.create_table(
        "desk_session",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("officer_id", sa.Integer, sa.ForeignKey("desk_officer.id"), nullable=False),
        sa.Column("began_at", UtcDateTime, nullable=False),
        sa.Column("seen_at", UtcDateTime, nullable=False))
    op.create_index("desk_session_seen", "desk_session", ["seen_at"])
    op.create_index("desk_session_officer", "desk_session", ["officer_id"])
    op.create_table(
        "desk_tries",
        sa.Column("account_hash", sa.LargeBinary, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", UtcDateTime, nullable=False))
    op.create_index("desk_tries_last", "desk_tries", ["last_at"])


def downgrade() -> None:
    """Drop them."""
    for table in ("desk_tries", "desk_session", "desk_officer"):
        op.drop_table(table)
