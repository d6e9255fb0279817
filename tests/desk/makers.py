"""Officers for tests, and a desk to sign in at."""

import re
from datetime import datetime
from typing import Any

from starlette.testclient import TestClient

from cettar_site.complaints.actions import Receipt
from cettar_site.desk import actions_door, api
from cettar_site.desk.rules_door import Officer, Role
from cettar_site.infra.auth import hash_password
from cettar_site.infra.db import Database
from cettar_site.infra.settings import settings
from tests.complaints import makers
from tests.complaints.makers import NOW, visitor

PASSWORD = "kuda laut di selat madura"
HASH = hash_password(PASSWORD)
TOKEN = re.compile(r'name="token" value="([0-9a-f]+)"')
ANSWER = "Kami perbaiki hari Kamis, 26 November 2026."


def filed(database: Database, now: datetime, **changes: Any) -> Receipt:
    """A complaint that this site's own desk can open."""
    return makers.filed(database, now, settings().secret, **changes)


def officer(database: Database, agency: str = "DPUBM", role: Role = Role.OFFICER, email: str = "") -> Officer:
    """An account, its password PASSWORD."""
    with database.write() as session:
        return actions_door.add_officer(session, email or f"{agency}-{role}@example.go.id", agency, role, HASH,
                                   NOW)


def at_desk(who: Officer) -> TestClient:
    """An officer who has signed in."""
    desk = visitor(api.routes)
    answer = desk.post("/masuk", data={"email": who.email, "password": PASSWORD})
    assert answer.status_code == 303, answer.text
    return desk


def form_token(desk: TestClient) -> str:
    """The token in the forms of a session."""
    found = TOKEN.search(desk.get("/meja").text)
    assert found
    return found[1]


def answered(desk: TestClient, number: str, text: str = ANSWER, seen: int = 2, **changes: str) -> int:
    """Answer a complaint over HTTP; the status."""
    form = {"text": text, "seen": str(seen), "token": form_token(desk), "act": "answer"} | changes
    return desk.post(f"/meja/{number}", data=form).status_code
