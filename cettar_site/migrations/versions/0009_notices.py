"""Who wants to hear of a complaint, and the letters that wait to be sent."""

import sqlalchemy as sa
from alembic import op

from cettar_site.base.columns import UtcDateTime

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make both tables."""
    big = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "complaint_follow",
        sa.Column("id", big, primary_key=True, autoincrement=True),
        sa.Column("complaint_id", big, sa.ForeignKey("complaint_request.id"), nullable=False),
        sa.Column("filer", sa.Boolean, nullable=False),
        sa.Column("lang", sa.String(8), nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("address_hash", sa.LargeBinary, nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("confirmed_at", UtcDateTime),
        sa.UniqueConstraint("complaint_id", "address_hash", name="complaint_follow_once"))
    op.create_index("complaint_follow_made", "complaint_follow", ["made_at"],
                    sqlite_where=sa.text("confirmed_at IS NULL"), postgresql_where=sa.text("confirmed_at IS NULL"))
    op.create_table(
        "mail_outbox",
        sa.Column("id", big, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("follow_id", big, sa.ForeignKey("complaint_follow.id", ondelete="CASCADE")),
        sa.Column("salt", sa.LargeBinary),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("facts", sa.String, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("next_at", UtcDateTime),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("failure", sa.String(32), nullable=False))
    op.create_index("mail_outbox_next", "mail_outbox", ["next_at"])
    op.create_index("mail_outbox_follow", "mail_outbox", ["follow_id"])
    if op.get_bind().dialect.name == "postgresql":  # the planner keeps no samples of what can be erased
        op.execute("ALTER TABLE complaint_follow ALTER COLUMN salt SET STATISTICS 0")
        op.execute("ALTER TABLE complaint_follow ALTER COLUMN sealed SET STATISTICS 0")
        op.execute("ALTER TABLE mail_outbox ALTER COLUMN salt SET STATISTICS 0")
        op.execute("ALTER TABLE mail_outbox ALTER COLUMN sealed SET STATISTICS 0")


def downgrade() -> None:
    """Drop them."""
    op.drop_table("mail_outbox")
    op.drop_table("complaint_follow")
