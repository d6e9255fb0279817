"""The desk's templates, and indexes for the tabs of its queue."""

import sqlalchemy as sa
from alembic import op

from cettar_site.base.columns import UtcDateTime

revision = "0014"
down_revision = "0013"

# What units were given; what was sorted and sent on, audited, promised; in what nothing is owed; what is escalated.
INDEXES = (
    ("complaint_event", "assigned", ["agency_code", "complaint_id"], "kind = 'assigned'"),
    ("complaint_custody", "sorted", ["complaint_id"], "triage IS {true} AND until IS NOT NULL"),
    ("complaint_state", "audited", ["audit_by", "complaint_id"], "audit_by <> '' AND audited <> ''"),
    ("complaint_state", "promised", ["agency_code", "complaint_id"], "planned_on IS NOT NULL AND state = 'answered'"),
    ("complaint_state", "done", ["agency_code", "complaint_id"], "owed_at IS NULL"),
    ("complaint_state", "escalated", ["agency_code", "owed_at"], "owed_at IS NOT NULL AND escalated > 0"),
)


def upgrade() -> None:
    """Make the table and the index."""
    op.create_table(
        "desk_template", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("agency_code", sa.String(24), nullable=False, index=True),
        sa.Column("name", sa.String(80), nullable=False), sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False), sa.Column("changed_by", sa.String(16), nullable=False))
    for table, name, columns, where in INDEXES:
        # The words of the questions: SQLite takes such an index only for what is asked in the same words.
        sqlite = sa.text(where.format(true="1"))
        op.create_index(f"{table}_{name}", table, columns, sqlite_where=sqlite,
                        postgresql_where=sa.text(where.format(true="true")))


def downgrade() -> None:
    """Drop them."""
    for table, name, _, _ in INDEXES:
        op.drop_index(f"{table}_{name}", table)
    op.drop_table("desk_template")
