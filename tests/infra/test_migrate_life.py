"""A database of before a complaint's whole life (step 0006) is carried over: every word, sealed; every state."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from cettar_site.complaints import store_lists, store_read
from cettar_site.complaints.rules import State
from cettar_site.desk import store_queue
from cettar_site.desk.rules_queue import Tab, Wanted
from cettar_site.infra import clock
from cettar_site.infra.db import Database
from cettar_site.infra.migrate import SCRIPTS, _locked, migrate
from cettar_site.infra.vault import vault

NOW = datetime(2026, 11, 2, 3, tzinfo=UTC)
STORY, ANSWER = "Jalan di depan pasar berlubang, telepon saya 081234567890.", "Ditambal hari Kamis oleh regu kami."


def _old(tmp_path: Path, realm: str) -> Database:
    db = Database(f"sqlite:///{tmp_path}/old.sqlite", realm)
    script = Config()
    script.set_main_option("script_location", str(SCRIPTS))
    with _locked(db) as connection:
        script.attributes["connection"] = connection
        command.upgrade(script, "0006")
        connection.execute(text("INSERT INTO realm VALUES (:realm)"), {"realm": realm})
        for id_, shown, answered in ((7, "open", True), (8, "confidential", False)):
            at = [(NOW + timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M:%S.000000") for hours in (0, 48, 5)]
            row = {"id": id_, "number": f"JTM-0000-000{id_}", "shown": shown, "at": at[0], "due": at[1],
                   "answered": at[2] if answered else None, "code": bytes([id_]) * 32, "story": STORY,
                   "open": not answered, "seq": 3 if answered else 2, "answer": ANSWER, "state": "waiting"}
            for statement in (
                    "INSERT INTO complaint_request VALUES (:id, :number, :code, :shown, 'S08.007', '35.18', '', "
                    "NULL, :at)",
                    "INSERT INTO complaint_private VALUES (:id, 1, :story, 'pasar')",
                    "INSERT INTO complaint_event VALUES (:id, 1, 'submitted', :at, 'citizen', '', '')",
                    "INSERT INTO complaint_event VALUES (:id, 2, 'routed', :at, 'system', 'DPUBM', 'KAB')",
                    "INSERT INTO complaint_state VALUES (:id, :seq, :state, :open, :shown, 'DPUBM', :at, :due, NULL, "
                    ":answered, 0)"):
                connection.execute(text(statement), row)
            if answered:
                connection.execute(text(
                    "INSERT INTO complaint_event VALUES (:id, 3, 'answered', :answered, 'P-234567', 'DPUBM', '')"), row)
                connection.execute(text("INSERT INTO complaint_private VALUES (:id, 3, :answer, '')"), row)
    return db


def test_what_was_there_is_there_in_its_new_form(tmp_path: Path) -> None:
    db = _old(tmp_path, "real")
    migrate(db)
    with db.read() as session:
        first, second = (store_read.case_by_number(session, f"JTM-0000-000{n}", vault()) for n in (7, 8))
        public = store_read.public_by_number(session, "JTM-0000-0007")
        hidden = store_read.public_by_number(session, "JTM-0000-0008")
        found = store_lists.listed(session, store_lists.Wanted(words=("berlubang",)), 9).briefs
        queue = store_queue.page(session, Wanted(Tab.WAITING, "DPUBM"), clock.now(), vault()).lines
        replies = store_read.newest_replies(session, "DPUBM", 9, vault())
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
    assert first is not None and second is not None and public is not None and hidden is not None
    assert [one.text for one in first.writings] == [STORY, ANSWER] and first.life.state is State.ANSWERED
    assert [one.text for one in second.writings] == [STORY] and second.life.state is State.WAITING
    assert "081234567890" not in public.writings[0].text and public.writings[1].text == ANSWER
    assert hidden.writings == () and [one.number for one in found] == ["JTM-0000-0007"]
    assert [one.brief.number for one in queue] == ["JTM-0000-0008"] and replies == [ANSWER]
    with pytest.raises(Exception, match="only added"), db.write() as session:
        session.execute(text("DELETE FROM complaint_event"))
    db.close()
    kept = b"".join(path.read_bytes() for path in sorted(tmp_path.glob("old.sqlite*")))
    assert b"081234567890" not in kept, "nothing private is left where it stood open before"


def test_a_simulation_of_older_rules_begins_anew(tmp_path: Path) -> None:
    db = _old(tmp_path, "demo")
    migrate(db)
    with db.read() as session:
        assert session.execute(text("SELECT count(*) FROM complaint_request")).scalar() == 0
    with pytest.raises(Exception, match="only added"), db.write() as session:
        session.execute(text("INSERT INTO complaint_request VALUES (9, 'JTM-0000-0009', x'00', 'open', '', '', '', "
                             "NULL, '2026-11-02 03:00:00.000000', 'site')"))
        session.execute(text("DELETE FROM complaint_request"))
    db.close()
