"""Photos of complaints: what each is, to what it belongs, and where one that looks alike is found."""

import sqlalchemy as sa
from alembic import op

from cettar_site.base.columns import UtcDateTime

revision = "0008"
down_revision = "0007"


def _bytes(name: str, *, may_lack: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=may_lack)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _index(name: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    only = sa.text(where)
    op.create_index(f"complaint_photo_{name}", "complaint_photo", columns, unique=unique, sqlite_where=only,
                    postgresql_where=only)


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "complaint_photo",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("complaint_id", sa.BigInteger, sa.ForeignKey("complaint_request.id")),
        _whole("seq"), _whole("position"), sa.Column("evidence", sa.Boolean, nullable=False), _bytes("salt"),
        _bytes("sha256"), _bytes("dhash"), _whole("width"), _whole("height"), _whole("size"),
        sa.Column("made_at", UtcDateTime, nullable=False), _bytes("sent_as", may_lack=True),
        _bytes("facts", may_lack=True), sa.Column("flags", sa.String, nullable=False))
    _index("complaint", ["complaint_id"], "complaint_id IS NOT NULL")
    _index("waiting", ["made_at"], "complaint_id IS NULL")
    _index("sent_as", ["sent_as"], "sent_as IS NOT NULL", unique=True)
    op.create_index("complaint_photo_same", "complaint_photo", ["sha256"])
    op.create_table(
        "complaint_photo_band",
        sa.Column("band", sa.SmallInteger, primary_key=True),
        sa.Column("value", sa.Integer, primary_key=True),
        sa.Column("photo_id", sa.String(32), sa.ForeignKey("complaint_photo.id"), primary_key=True),
        sqlite_with_rowid=False)
    op.create_index("complaint_photo_band_photo", "complaint_photo_band", ["photo_id"])
    if op.get_bind().dialect.name == "postgresql":  # the planner keeps no samples of what can be erased
        op.execute("ALTER TABLE complaint_photo ALTER COLUMN salt SET STATISTICS 0")


def downgrade() -> None:
    """Drop them; the files are left to the job that removes what nothing names."""
    for table in ("complaint_photo_band", "complaint_photo"):
        op.drop_table(table)
