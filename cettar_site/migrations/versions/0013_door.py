"""The desk's door: second factors, half-way sign-ins, recovery codes, who may still come in, the trail."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from cettar_site.base.columns import UtcDateTime

revision = "0013"
down_revision = "0012"


def _factor() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("must_change", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("disabled_at", UtcDateTime),
        sa.Column("enrolled_at", UtcDateTime),
        sa.Column("factor_salt", sa.LargeBinary),
        sa.Column("factor_sealed", sa.LargeBinary),
        sa.Column("factor_step", sa.BigInteger, nullable=False, server_default="0"))


def upgrade() -> None:
    """Add to the accounts and sessions, make the three tables, guard the trail. Who is inside signs in again."""
    op.execute("DELETE FROM desk_session")
    for column in _factor():
        op.add_column("desk_officer", column)
    op.add_column("desk_session", sa.Column("confirmed_at", UtcDateTime))
    op.create_table(
        "desk_half",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("officer_id", sa.Integer, sa.ForeignKey("desk_officer.id"), nullable=False),
        sa.Column("began_at", UtcDateTime, nullable=False),
        sa.Column("proved", sa.Boolean, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("salt", sa.LargeBinary),
        sa.Column("sealed", sa.LargeBinary))
    op.create_index("desk_half_officer", "desk_half", ["officer_id"])
    op.create_table(
        "desk_recovery",
        sa.Column("code_hash", sa.LargeBinary, primary_key=True),
        sa.Column("officer_id", sa.Integer, sa.ForeignKey("desk_officer.id"), nullable=False))
    op.create_index("desk_recovery_officer", "desk_recovery", ["officer_id"])
    _trail()


def _trail() -> None:
    op.create_table(
        "desk_trail",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("pseudonym", sa.String(16), nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        # Ordered by its bytes, so that all that begins alike stands together, whatever the server's language.
        sa.Column("object", sa.String(96).with_variant(sa.String(96, collation="C"), "postgresql"), nullable=False),
        sa.Column("agency_code", sa.String(24), nullable=False))
    for column in ("pseudonym", "act", "object", "agency_code"):
        op.create_index(f"desk_trail_{column}", "desk_trail", [column, "id"])
    op.create_index("desk_trail_at", "desk_trail", ["at"])
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER desk_trail_no_{act.lower()} BEFORE {act} ON desk_trail "
                       "BEGIN SELECT RAISE(ABORT, 'desk_trail: rows are only added'); END")
        return
    op.execute("CREATE TRIGGER desk_trail_only_add BEFORE UPDATE OR DELETE OR TRUNCATE ON desk_trail "
               "FOR EACH STATEMENT EXECUTE FUNCTION complaint_only_add()")
    for table, column in (("desk_officer", "factor_salt"), ("desk_officer", "factor_sealed"),
                          ("desk_half", "salt"), ("desk_half", "sealed")):
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")


def downgrade() -> None:
    """Take them away."""
    for table in ("desk_trail", "desk_recovery", "desk_half"):
        op.drop_table(table)
    op.drop_column("desk_session", "confirmed_at")
    for column in _factor():
        op.drop_column("desk_officer", column.name)
