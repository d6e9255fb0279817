"""Every way to ask for the public list goes along an index, newest first: nothing is read through or sorted."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlmodel import Session

from cettar_site.complaints import store_lists
from cettar_site.complaints.store_lists import Wanted
from cettar_site.infra.db import Database
from tests.complaints.makers import NOW, filed

ASKED: dict[str, dict[str, Any]] = {
    "all": {}, "region": {"region_code": "35.18"}, "agency": {"agency_code": "DPUBM"}, "group": {"group_code": "S08"},
    "state": {"state": "waiting"}, "late": {"late_at": NOW},
    "late in a region": {"late_at": NOW, "region_code": "35.18"},
    "region and agency": {"region_code": "35.18", "agency_code": "DPUBM"},
    "region and group": {"region_code": "35.18", "group_code": "S08"},
    "region and state": {"region_code": "35.18", "state": "waiting"},
    "agency and state": {"agency_code": "DPUBM", "state": "waiting"},
    "agency and group": {"agency_code": "DPUBM", "group_code": "S08"},
    "group and state": {"group_code": "S08", "state": "waiting"},
    "all four": {"region_code": "35.18", "agency_code": "DPUBM", "group_code": "S08", "state": "waiting"}}


def faults(database: Database, ask: Callable[[Session], object]) -> list[str]:
    """Where the database would read all complaints, or sort them, to answer what `ask` asks."""
    plans: list[str] = []

    def explain(connection: Any, _cursor: Any, statement: str, given: Any, *_more: Any) -> None:
        if statement.startswith("SELECT"):
            cursor = connection.connection.cursor()
            plans.extend(row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", given).fetchall())

    with database.read() as session:
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", explain)
        try:
            ask(session)
        finally:
            event.remove(engine, "before_cursor_execute", explain)
    assert plans, "something was asked"
    return [line for line in plans if line.startswith(("SCAN complaint_state", "USE TEMP B-TREE"))]


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_a_page_is_read_along_an_index(sqlite_database: Database, asked: dict[str, Any]) -> None:
    filed(sqlite_database)
    assert faults(sqlite_database, lambda session: store_lists.listed(session, Wanted(**asked), 20)) == []


def test_what_waits_is_counted_from_its_own_index(sqlite_database: Database) -> None:
    filed(sqlite_database)
    (found,) = [line for line in faults(sqlite_database, lambda session: store_lists.unanswered(session, NOW))
                if line.startswith("SCAN")]
    assert found.endswith("COVERING INDEX complaint_state_unanswered")


def test_a_list_in_another_order_would_be_found(sqlite_database: Database) -> None:
    asked = text("SELECT number FROM complaint_state ORDER BY moved_at DESC LIMIT 20")
    assert faults(sqlite_database, lambda session: session.execute(asked).all())
