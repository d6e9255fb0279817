"""What tests of the simulation ask of a database."""

from datetime import UTC, datetime

from sqlalchemy import select, text

from cettar_site.base.seal import Vault
from cettar_site.complaints.rules import Event, Life
from cettar_site.complaints.rules_life import replay
from cettar_site.complaints.store_rows import EVENT, event_of
from cettar_site.infra.db import Database
from cettar_site.simulation import store

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
VAULT = Vault(b"a secret of thirty-two characters")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
TABLES = ("complaint_request", "complaint_salt", "complaint_private", "complaint_public", "complaint_custody",
          "complaint_reply", "complaint_event", "complaint_state", "complaint_key",
          "price_series", "price_batch", "price_observation", "price_verdict", "desk_officer")


def content(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row that the simulation can have written; not when a custody was written, which the database says."""
    with db.read() as session:
        return {table: sorted((tuple(value for name, value in row._mapping.items() if name != "moved_at" or not custody)
                               for row in session.execute(text(f"SELECT * FROM {table}"))), key=repr)
                for table in TABLES for custody in (table == "complaint_custody",)}


def lives(db: Database) -> dict[int, Life]:
    """The kept state of each complaint."""
    with db.read() as session:
        return {id_: stored.life for id_, stored in store.complaints(session, LONG_AGO).items()}


def replayed(db: Database) -> dict[int, Life]:
    """The state of each complaint by its events."""
    with db.read() as session:
        rows = session.execute(select(EVENT).order_by(EVENT.c.complaint_id, EVENT.c.seq)).all()
    events: dict[int, list[Event]] = {}
    for row in rows:
        events.setdefault(row.complaint_id, []).append(event_of(row))
    return {id_: replay(happened) for id_, happened in events.items()}
