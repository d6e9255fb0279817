"""The desk's templates, and an index of what units were given to work on."""

import sqlalchemy as sa
from alembic import op

from cettar_site.base.columns import UtcDateTime

revision = "0013"
down_revision = "0010"


def upgrade() -> None:
    """Make the table and the index."""
    op.create_table(
        "desk_template", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("agency_code", sa.String(24), nullable=False, index=True),
        sa.Column("name", sa.String(80), nullable=False), sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False), sa.Column("changed_by", sa.String(16), nullable=False))
    only = sa.text("kind = 'assigned'")
    op.create_index("complaint_event_assigned", "complaint_event", ["agency_code", "complaint_id"],
                    sqlite_where=only, postgresql_where=only)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("complaint_event_assigned", "complaint_event")
    op.drop_table("desk_template")
