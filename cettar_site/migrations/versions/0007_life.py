"""A complaint's whole life: sealed words, their public twins, custody, full-text search, a wider copy of the state."""

import json
import os

import sqlalchemy as sa
from alembic import op

from cettar_site.base.columns import UtcDateTime
from cettar_site.base.seal import SALT_BYTES, Vault
from cettar_site.complaints.rules_privacy import masked
from cettar_site.infra.settings import settings

revision = "0007"
down_revision = "0006"
AT_ONCE = 500
FIRST = "complaint_request.id"


def _id(name: str = "complaint_id", **options: object) -> sa.Column[int]:
    # INTEGER, not BIGINT, makes it the row's own address in SQLite; both hold 64 bits there.
    kind = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    return sa.Column(name, kind, sa.ForeignKey(FIRST), nullable=False, autoincrement=False, **options)


def _text(name: str, size: int = 0) -> sa.Column[str]:
    return sa.Column(name, sa.String(size or None), nullable=False)


def _at(name: str, *, may_lack: bool = True) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime, nullable=may_lack)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _words() -> None:
    op.rename_table("complaint_private", "complaint_words_before")
    op.create_table("complaint_salt", _id(primary_key=True), sa.Column("salt", sa.LargeBinary, nullable=False))
    op.create_table("complaint_private", _id(primary_key=True), sa.Column("seq", sa.Integer, primary_key=True),
                    sa.Column("sealed", sa.LargeBinary, nullable=False))
    op.create_table("complaint_public", _id(primary_key=True), sa.Column("seq", sa.Integer, primary_key=True),
                    _text("text"), _text("place", 200), sa.Column("lat", sa.Float), sa.Column("lon", sa.Float))


def _state() -> None:
    op.create_table(
        "complaint_state", _id(primary_key=True), _text("number", 13), _text("shown", 12), _text("channel", 8),
        _text("region_code", 5), _text("category_code", 8), _text("group_code", 4), _whole("seq"), _text("state", 16),
        _text("agency_code", 24), *(_at(name, may_lack=False) for name in ("filed_at", "due_at", "moved_at")),
        *(_at(name) for name in ("owed_at", "acknowledged_at", "first_answer_at", "claimed_at", "ended_at",
                                 "paused_until")),
        sa.Column("planned_on", sa.Date), _text("offered_to", 24), _at("offered_until"), _text("audit_by", 24),
        _text("audited", 4), _text("merged_into", 13), _text("hidden", 48), _flag("erased"), _flag("reminded"),
        *(_whole(name) for name in ("escalated", "disputes", "answers")), sa.Column("rating", sa.Integer),
        _whole("supports"))
    op.create_table(
        "complaint_custody", _id(primary_key=True), sa.Column("seq", sa.Integer, primary_key=True),
        _text("agency_code", 24), _text("channel", 8), _flag("triage"), _at("since", may_lack=False),
        _at("due_at", may_lack=False), _at("until"), _at("answered_at"), _at("moved_at", may_lack=False))
    op.create_table(
        "complaint_reply", sa.Column("agency_code", sa.String(24), primary_key=True),
        sa.Column("at", UtcDateTime, primary_key=True), _id(primary_key=True), _whole("seq"), sqlite_with_rowid=False)


def _index(table: str, name: str, columns: list[str], where: str = "") -> None:
    only = sa.text(where) if where else None
    op.create_index(f"{table}_{name}", table, columns, sqlite_where=only, postgresql_where=only)


def _indexes() -> None:
    owed = "owed_at IS NOT NULL"
    _index("complaint_state", "queue", ["agency_code", "owed_at"], owed)
    _index("complaint_state", "owed", ["owed_at"], owed)
    _index("complaint_state", "filed", ["filed_at"])
    # Newest first within one filter; the id grows with time.
    for name in ("region_code", "agency_code", "group_code", "state"):
        _index("complaint_state", f"newest_{name.removesuffix('_code')}", [name, "complaint_id"])
    _index("complaint_state", "offered", ["offered_to"], "offered_to <> ''")
    _index("complaint_state", "audits", ["audit_by"], "audit_by <> '' AND audited = ''")
    _index("complaint_state", "merged", ["merged_into"], "merged_into <> ''")
    _index("complaint_custody", "since", ["since"])
    _index("complaint_custody", "moved", ["moved_at"])


def _search() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE complaint_search USING fts5("
                   "words, content='', tokenize='unicode61 remove_diacritics 2')")
        return
    op.execute("CREATE TABLE complaint_search (complaint_id bigint PRIMARY KEY REFERENCES complaint_request (id), "
               "words tsvector NOT NULL)")
    op.execute("CREATE INDEX complaint_search_words ON complaint_search USING gin (words)")


def _no_samples() -> None:
    """PostgreSQL keeps samples of columns for its planner: none of what can be erased, which nobody searches by."""
    if op.get_bind().dialect.name == "postgresql":
        for table, column in (("salt", "salt"), ("private", "sealed"), ("public", "text"), ("public", "place")):
            op.execute(f"ALTER TABLE complaint_{table} ALTER COLUMN {column} SET STATISTICS 0")


def _bare_guard() -> None:
    """Take the guards off the two tables that the simulation's rows are deleted from."""
    if op.get_bind().dialect.name == "sqlite":
        for table in ("complaint_request", "complaint_event"):
            op.execute(f"DROP TRIGGER {table}_no_delete")
    else:
        for table in ("complaint_request", "complaint_event"):
            op.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_only_add")


def _guard_again() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in ("complaint_request", "complaint_event"):
            op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
                       f"BEGIN SELECT RAISE(ABORT, '{table}: rows are only added'); END")
    else:
        for table in ("complaint_request", "complaint_event"):
            op.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_only_add")


def _forget_simulated() -> None:
    """The simulation's complaints lived by older rules; it fills its database anew."""
    names = op.get_bind().execute(sa.text("SELECT name FROM realm")).scalars().all()
    if names != ["demo"]:
        return
    _bare_guard()
    for table in ("key", "words_before", "state_before", "event", "request"):
        op.execute(f"DELETE FROM complaint_{table}")  # noqa: S608 (our own five names)
    _guard_again()


def _carry() -> None:
    """What is there already, in its new form: all of it was filed here, and routed once."""
    op.execute(
        "INSERT INTO complaint_state SELECT s.complaint_id, r.number, s.shown, 'site', r.region_code, "
        "r.category_code, substr(r.category_code, 1, 3), s.seq, "
        "CASE WHEN s.first_answer_at IS NULL THEN 'waiting' ELSE 'answered' END, s.agency_code, s.filed_at, "
        "s.due_at, "
        "(SELECT max(e.at) FROM complaint_event e WHERE e.complaint_id = s.complaint_id), "
        "CASE WHEN s.first_answer_at IS NULL THEN s.due_at END, s.acknowledged_at, s.first_answer_at, NULL, NULL, "
        "NULL, NULL, '', NULL, '', '', '', '', false, false, 0, 0, s.answers, NULL, 0 "
        "FROM complaint_state_before s JOIN complaint_request r ON r.id = s.complaint_id")
    op.execute(
        "INSERT INTO complaint_custody SELECT complaint_id, 2, agency_code, 'site', false, filed_at, due_at, NULL, "
        "first_answer_at, moved_at FROM complaint_state")
    op.execute(
        "INSERT INTO complaint_reply SELECT agency_code, at, complaint_id, seq FROM complaint_event "
        "WHERE kind = 'answered'")
    bind, vault = op.get_bind(), Vault(settings().secret)
    rows = bind.execute(sa.text(
        "SELECT w.complaint_id, w.seq, w.text, w.place, r.shown FROM complaint_words_before w "
        "JOIN complaint_request r ON r.id = w.complaint_id ORDER BY w.complaint_id, w.seq")).all()
    salts = {row[0]: os.urandom(SALT_BYTES) for row in rows}
    for at in range(0, len(rows), AT_ONCE):
        _seal(rows[at:at + AT_ONCE], salts, vault)
    if salts:
        bind.execute(sa.text("INSERT INTO complaint_salt VALUES (:id, :salt)"),
                     [{"id": id_, "salt": salt} for id_, salt in salts.items()])


def _seal(rows: object, salts: dict[int, bytes], vault: Vault) -> None:
    bind = op.get_bind()
    for id_, seq, text, place, shown in rows:  # type: ignore[attr-defined]
        plain = json.dumps({"text": text, "place": place}).encode()
        bind.execute(sa.text("INSERT INTO complaint_private VALUES (:id, :seq, :sealed)"),
                     {"id": id_, "seq": seq, "sealed": vault.seal(salts[id_], seq, plain)})
        if shown == "confidential":
            continue
        public = {"id": id_, "seq": seq, "text": masked(text).text, "place": masked(place).text}
        bind.execute(sa.text("INSERT INTO complaint_public VALUES (:id, :seq, :text, :place, NULL, NULL)"), public)
        if seq == 1:
            _find(id_, f"{public['text']} {public['place']}")


def _find(id_: int, words: str) -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    into = "(rowid, words) VALUES (:id, :words)" if sqlite else "VALUES (:id, to_tsvector('simple', :words))"
    op.get_bind().execute(sa.text(f"INSERT INTO complaint_search {into}"), {"id": id_, "words": words})


def upgrade() -> None:
    """Make the new tables, carry over what is there, drop the old."""
    op.execute("ALTER TABLE complaint_request ADD COLUMN channel VARCHAR(8) NOT NULL DEFAULT 'site'")
    op.execute("ALTER TABLE complaint_event RENAME COLUMN hint TO detail")
    op.rename_table("complaint_state", "complaint_state_before")
    for name in ("queue", "due", "filed"):
        op.drop_index(f"complaint_state_{name}", "complaint_state_before")
    _words()
    _state()
    _search()
    _no_samples()
    _forget_simulated()
    _carry()
    op.drop_table("complaint_words_before")
    op.drop_table("complaint_state_before")
    _indexes()


def downgrade() -> None:
    """There is no way back: sealed words are not unsealed."""
    raise NotImplementedError("restore a backup made before this step")
