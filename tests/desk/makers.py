"""Officers for tests, and a desk to sign in at."""

import html
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from httpx import Response
from sqlalchemy import text
from starlette.testclient import TestClient

from cettar_site.base.factor import code_to_use
from cettar_site.complaints.actions import Receipt
from cettar_site.desk import actions_door, actions_factor, api, store_factor
from cettar_site.desk.rules_door import Officer, Role
from cettar_site.desk.rules_seen import mark
from cettar_site.infra import clock
from cettar_site.infra.auth import hash_password
from cettar_site.infra.db import Database, database
from cettar_site.infra.settings import settings
from cettar_site.infra.vault import vault
from tests.complaints import makers
from tests.complaints.makers import NOW, visitor

PASSWORD = "kuda laut di selat madura"
HASH = hash_password(PASSWORD)
FACTOR = "PETUGASKAMIDISELATMADURA23456722"
SALT = b"only for tests, thirty-two bytes"
STEPS = "/masuk/langkah"
HIDDEN = re.compile(r'type="hidden" name="([\w.]+)" value="([^"]*)"')
TOKEN = re.compile(r'name="token" value="([0-9a-f]+)"')
ANSWER = "Kami perbaiki hari Kamis, 26 November 2026."


def filed(database: Database, now: datetime, **changes: Any) -> Receipt:
    """A complaint that this site's own desk can open."""
    return makers.filed(database, now, settings().secret, **changes)


def officer(database: Database, agency: str = "DPUBM", role: Role = Role.OFFICER, email: str = "") -> Officer:
    """An account that is all set up: its password PASSWORD, its second factor FACTOR."""
    with database.write() as session:
        made = actions_door.add_officer(session, email or f"{agency}-{role}@example.go.id", agency, role, HASH, NOW)
        actions_factor.set_factor(session, made, SALT, store_factor.sealed(FACTOR, SALT, vault()), 0, NOW)
        return replace(made, enrolled=True)


def code_of(who: Officer, factor: str = FACTOR) -> str:
    """A code that the officer's app could show now; when all of this minute were used, they may be used again."""
    with database().write() as session:
        used = session.execute(text("SELECT factor_step FROM desk_officer WHERE id = :id"), {"id": who.id}).scalar_one()
        code = code_to_use(factor, clock.now(), used)
        if code is None:
            session.execute(text("UPDATE desk_officer SET factor_step = 0 WHERE id = :id"), {"id": who.id})
    return code or code_of(who, factor)


def hidden(page: str) -> dict[str, str]:
    """The fields of a page that are not seen."""
    return {name: html.unescape(value) for name, value in HIDDEN.findall(page)}


def half_in(who: Officer, **carried: str) -> TestClient:
    """An officer whose password was right, and nothing more."""
    desk = visitor(api.routes)
    answer = desk.post("/masuk", data={"email": who.email, "password": PASSWORD} | carried)
    assert answer.status_code in (200, 303), answer.text
    return desk


def step(desk: TestClient, page: str = "", **typed: str) -> Response:
    """Send the form of the present step."""
    return desk.post(STEPS, data=hidden(page or desk.get(STEPS).text) | typed)


def at_desk(who: Officer) -> TestClient:
    """An officer who has signed in."""
    desk = half_in(who)
    answer = step(desk, code=code_of(who))
    assert answer.status_code == 303, answer.text
    return desk


def form_token(desk: TestClient) -> str:
    """The token in the forms of a session."""
    found = TOKEN.search(desk.get("/meja").text)
    assert found
    return found[1]


def form_token_of(desk: TestClient) -> str:
    """The same, from a page that every role has."""
    return hidden(desk.get("/meja/saya").text)["token"]


def seen(number: str, seq: int = 2) -> str:
    """What a form of a complaint carries after so many events."""
    return mark(settings().secret, number, seq)


def answered(desk: TestClient, number: str, text: str = ANSWER, after: int = 2, **changes: str) -> int:
    """Answer a complaint over HTTP; the status."""
    form = {"text": text, "seen": seen(number, after), "token": form_token(desk), "act": "answer"} | changes
    return desk.post(f"/meja/{number}", data=form).status_code
