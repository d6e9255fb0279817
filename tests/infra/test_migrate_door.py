"""Accounts of before the second factor: they stay, are asked to set one up, and nobody stays inside."""

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

from cettar_site.desk import store_door
from cettar_site.infra.db import Database
from cettar_site.infra.migrate import SCRIPTS, _locked, migrate


def test_accounts_go_through_and_back(database: Database) -> None:
    script = Config()
    script.set_main_option("script_location", str(SCRIPTS))
    step = ScriptDirectory.from_config(script).get_revision("0013")
    assert step is not None and isinstance(step.down_revision, str)
    with _locked(database) as connection:
        script.attributes["connection"] = connection
        command.downgrade(script, step.down_revision)
        moment = "2026-11-02 03:00:00" + ("" if database.is_sqlite else "+00")
        at: dict[str, object] = {"at": moment, "hash": b"\1" * 32}
        connection.execute(text(
            "INSERT INTO desk_officer (id, pseudonym, email, password_hash, agency_code, role, made_at) "
            "VALUES (7, 'P-234567', 'a@example.go.id', 'x', 'DINKES', 'officer', :at)"), at)
        connection.execute(text("INSERT INTO desk_session (token_hash, officer_id, began_at, seen_at) "
                                "VALUES (:hash, 7, :at, :at)"), at)
    migrate(database)
    with database.read() as session:
        found = store_door.officer_by_email(session, "a@example.go.id")
        assert session.execute(text("SELECT count(*) FROM desk_session")).scalar_one() == 0
    assert found is not None and not found[0].enrolled and not found[0].must_change and not found[0].disabled
    with pytest.raises(Exception, match="only added"), database.write() as session:
        session.execute(text("INSERT INTO desk_trail (at, pseudonym, act, object, agency_code) "
                             "VALUES (:at, 'P-234567', 'exported', '', 'DINKES')"), at)
        session.execute(text("DELETE FROM desk_trail"))
