"""What was filed, what happened since, the words; events and filings can only be added."""

import sqlalchemy as sa
from alembic import op

from cettar_site.base.columns import UtcDateTime

revision = "0004"
down_revision = "0003"

ADDED_ONLY = ("complaint_request", "complaint_event")


def _id(name: str, **options: object) -> sa.Column[int]:
    # INTEGER, not BIGINT, makes it the row's own address in SQLite; both hold 64 bits there.
    kind = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    foreign = () if name == "id" else (sa.ForeignKey("complaint_request.id"),)
    return sa.Column(name, kind, *foreign, nullable=False, autoincrement=False, **options)


def _filings() -> None:
    op.create_table(
        "complaint_request",
        _id("id", primary_key=True),
        sa.Column("number", sa.String(13), nullable=False, unique=True),
        sa.Column("code_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("shown", sa.String(12), nullable=False),
        sa.Column("category_code", sa.String(8), nullable=False),
        sa.Column("region_code", sa.String(5), nullable=False),
        sa.Column("district_code", sa.String(8), nullable=False),
        sa.Column("happened_on", sa.Date),
        sa.Column("filed_at", UtcDateTime, nullable=False))
    op.create_table(
        "complaint_private",
        _id("complaint_id", primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("place", sa.String(200), nullable=False))
    op.create_table(
        "complaint_event",
        _id("complaint_id", primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("actor", sa.String(16), nullable=False),
        sa.Column("agency_code", sa.String(24), nullable=False),
        sa.Column("hint", sa.String(48), nullable=False),
        sqlite_with_rowid=False)


def _copies() -> None:
    op.create_table(
        "complaint_state",
        _id("complaint_id", primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("shown", sa.String(12), nullable=False),
        sa.Column("agency_code", sa.String(24), nullable=False),
        sa.Column("filed_at", UtcDateTime, nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("acknowledged_at", UtcDateTime),
        sa.Column("first_answer_at", UtcDateTime),
        sa.Column("answers", sa.Integer, nullable=False))
    # In the order of a queue: what waits first, then by due time.
    first_open = sa.text("is_open DESC")
    op.create_index("complaint_state_queue", "complaint_state", ["agency_code", first_open, "due_at"])
    op.create_index("complaint_state_due", "complaint_state", [first_open, "due_at"])
    op.create_index("complaint_state_filed", "complaint_state", ["filed_at"])
    op.create_table(
        "complaint_key",
        sa.Column("key_hash", sa.LargeBinary, primary_key=True),
        sa.Column("fingerprint", sa.LargeBinary, nullable=False),
        _id("complaint_id"),
        sa.Column("kept_at", UtcDateTime, nullable=False),
        sqlite_with_rowid=False)
    op.create_index("complaint_key_kept", "complaint_key", ["kept_at"])


def _guards() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in ADDED_ONLY:
            for act in ("UPDATE", "DELETE"):
                op.execute(f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                           f"BEGIN SELECT RAISE(ABORT, '{table}: rows are only added'); END")
        return
    op.execute("CREATE FUNCTION complaint_only_add() RETURNS trigger LANGUAGE plpgsql AS "
               "$$ BEGIN RAISE EXCEPTION '%: rows are only added', TG_TABLE_NAME; END $$")
    for table in ADDED_ONLY:
        op.execute(f"CREATE TRIGGER {table}_only_add BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                   "FOR EACH STATEMENT EXECUTE FUNCTION complaint_only_add()")


def upgrade() -> None:
    """Make the five tables and the triggers that guard two of them."""
    _filings()
    _copies()
    _guards()


def downgrade() -> None:
    """Drop them."""
    for table in ("key", "state", "event", "private", "request"):
        op.drop_table(f"complaint_{table}")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION complaint_only_add()")
