"""Complaints for tests, with plain defaults."""

import itertools
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.routing import Route
from starlette.testclient import TestClient

from cettar_site import door
from cettar_site.base.seal import Vault
from cettar_site.complaints import actions, store_read
from cettar_site.complaints.actions import Receipt
from cettar_site.complaints.actions_happen import Deed, happen
from cettar_site.complaints.rules import CITIZEN, Case, Kind, Shown
from cettar_site.complaints.rules_citizen import KINDS
from cettar_site.complaints.rules_filing import Destination, Filing
from cettar_site.infra.db import Database
from cettar_site.infra.site_rooms import rooms_app

SECRET = b"a secret of thirty-two characters"
VAULT = Vault(SECRET)
TO = Destination("DPUBM", "category")
OFFICER = "P-234567"
# A Monday, ten in the morning in Surabaya.
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
TEXT = "Jalan di depan pasar berlubang sejak dua bulan dan belum diperbaiki."
_COUNT = itertools.count()


def raw(**changes: str) -> dict[str, str]:
    """What a form sends, without the key."""
    return {"text": TEXT, "category": "S08", "region": "35.18", "district": "", "place": "",
            "happened_on": "", "visibility": "anonymous"} | changes


def filing(**changes: Any) -> Filing:
    """A valid filing for the public works agency."""
    return Filing(**({"text": TEXT, "shown": Shown.ANONYMOUS, "category_code": "S08",
                      "region_code": "35.18"} | changes))


def key() -> str:
    """A fresh idempotency key."""
    return str(uuid.uuid4())


def dice(start: int = 0) -> actions.Draw:
    """Bits that count up, so that what is drawn is known."""
    counter = itertools.count(start)
    return lambda bits: next(counter) & ((1 << bits) - 1)


def filed(database: Database, now: datetime = NOW, secret: bytes = SECRET, to: Destination = TO,
          **changes: Any) -> Receipt:
    """A complaint that is stored, at the public works agency unless told otherwise (`Destination()`: in triage)."""
    with database.write("complaints") as session:
        return actions.file(session, filing(**changes), key(), now, Vault(secret), to)


def case_of(database: Database, number: str, vault: Vault = VAULT) -> Case:
    """The complaint with a number, whole."""
    with database.read() as session:
        case = store_read.case_by_number(session, number, vault)
    assert case is not None
    return case


def happens(database: Database, number: str, kind: Kind, hours: float = 1, text: str = "", agency: str = "",
            detail: str = "", actor: str = "", vault: Vault = VAULT) -> Case:
    """Let something happen so many hours after filing, by the filer or the one who holds it unless told otherwise."""
    actor = actor or (CITIZEN if kind in KINDS.values() else OFFICER)
    with database.write("complaints") as session:
        case = store_read.case_by_number(session, number, vault)
        assert case is not None
        deed = Deed(kind, actor, agency or case.life.agency_code, detail, text)
        return happen(session, case, deed, case.life.filed_at + timedelta(hours=hours), vault)


def network() -> str:
    """An address in a network that no other test has: limits are counted by network."""
    number = next(_COUNT)
    return f"198.{18 + number // 250}.{number % 250}.7"


def visitor(routes: Sequence[Route]) -> TestClient:
    """A visitor without JavaScript, before the rooms' addresses in every language."""
    app = rooms_app(door.in_each_language(routes), door.refusal)
    return TestClient(app, follow_redirects=False, client=(network(), 4711), raise_server_exceptions=False)
