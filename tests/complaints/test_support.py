""""Saya juga": counted once a device, apart from the complaint, by nobody who could be found."""

import re

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from cettar_site.complaints import api, api_page, store_support
from cettar_site.complaints.rules import Kind, Shown
from cettar_site.complaints.rules_filing import Destination
from cettar_site.complaints.rules_support import device_hash, device_of
from cettar_site.infra.db import Database
from cettar_site.infra.vault import vault
from tests.complaints.makers import case_of, filed, happens, visitor

pytestmark = pytest.mark.usefixtures("at_now")
COOKIE = re.compile(r"saya_juga=([0-9a-f]{32}); Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax")


def press(who: TestClient, number: str, lang: str = ""):
    """What a browser sends for a form without fields."""
    return who.post(f"{lang}/aduan/{number}/saya-juga", content=b"",
                    headers={"content-type": "application/x-www-form-urlencoded"})


def supports(database: Database, number: str) -> tuple[int, int]:
    """What the copy says, and how many rows there are."""
    case = case_of(database, number, vault())
    with database.read() as session:
        return case.supports, store_support.count(session, case.request.id)


def mine(database: Database, **changes: object) -> str:
    return filed(database, secret=vault().secret, **changes).number  # type: ignore[arg-type]


def test_one_device_counts_once_and_two_count_twice(visit: TestClient, database: Database) -> None:
    number = mine(database)
    first, again = press(visit, number), press(visit, number, "/en")
    assert (first.status_code, again.status_code) == (200, 200)
    assert "Sekarang 1 orang" in first.text and "counted already" in again.text
    assert first.headers["cache-control"] == "no-store" and supports(database, number) == (1, 1)
    press(visitor(api.routes), number)
    assert supports(database, number) == (2, 2)
    assert "2 orang lain mengalami hal yang sama." in visit.get(f"/aduan/{number}").text
    assert visit.get(f"/api/v1/complaints/{number}").json()["supports"] == 2


def test_the_kept_page_changes_at_once(visit: TestClient, database: Database) -> None:
    number = mine(database)
    before = visit.get(f"/aduan/{number}")
    press(visit, number)
    after = visit.get(f"/aduan/{number}", headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200 and "1 orang lain" in after.text
    assert len(api_page._KEPT) <= api_page.KEPT_AT_MOST


def test_the_cookie_is_made_only_by_the_button(visit: TestClient, database: Database) -> None:
    number = mine(database)
    assert "set-cookie" not in visit.get(f"/aduan/{number}").headers
    cookie = COOKIE.fullmatch(press(visit, number).headers["set-cookie"])
    assert cookie is not None
    assert device_of(cookie[1]) is not None and device_of("x" * 32) is None and device_of(cookie[1] + "0") is None


def test_a_device_can_t_be_followed_from_one_complaint_to_another(visit: TestClient, database: Database) -> None:
    numbers = [mine(database), mine(database)]
    device = COOKIE.fullmatch(press(visit, numbers[0]).headers["set-cookie"])
    press(visit, numbers[1])
    assert device is not None
    with database.read() as session:
        kept = [bytes(row[0]) for row in session.execute(text("SELECT device_hash FROM complaint_support"))]
        columns = session.execute(text("SELECT * FROM complaint_support")).keys()
    assert len(set(kept)) == 2 and set(columns) == {"device_hash", "complaint_id"}
    assert all(bytes.fromhex(device[1]) not in one and len(one) == 32 for one in kept)
    assert device_hash(b"a", b"b", numbers[0]) != device_hash(b"a", b"b", numbers[1])


def test_a_made_up_cookie_is_replaced(visit: TestClient, database: Database) -> None:
    number = mine(database)
    visit.cookies.set("saya_juga", "not-a-device")
    assert COOKIE.fullmatch(press(visit, number).headers["set-cookie"])


@pytest.mark.parametrize("why", ["confidential", "hidden", "withdrawn", "erased", "merged", "forwarded", "confirmed"])
def test_nobody_joins_what_is_secret_or_over(visit: TestClient, database: Database, why: str) -> None:
    kinds = {"hidden": (Kind.HIDDEN, "spam"), "withdrawn": (Kind.WITHDRAWN, ""), "erased": (Kind.ERASED, ""),
             "merged": (Kind.MERGED, mine(database)), "forwarded": (Kind.FORWARDED, "")}
    number = mine(database, shown=Shown.CONFIDENTIAL if why == "confidential" else Shown.ANONYMOUS,
                  to=Destination() if why == "forwarded" else Destination("DPUBM", "category"))
    if why in kinds:
        kind, detail = kinds[why]
        happens(database, number, kind, 1, agency="KAB-3518" if why == "forwarded" else "", detail=detail,
                vault=vault())
    if why == "confirmed":
        happens(database, number, Kind.ANSWERED, 1, vault=vault())
        happens(database, number, Kind.CONFIRMED, 2, vault=vault())
    assert "saya-juga" not in visit.get(f"/aduan/{number}").text
    answer = press(visit, number)
    assert answer.status_code == 409 and "tidak bisa didukung" in answer.text and "set-cookie" not in answer.headers
    assert supports(database, number) == (0, 0)


@pytest.mark.parametrize("number", ["JTM-0000-0000", "JTM-0000-0001", "kirim"])
def test_a_number_that_nobody_has_is_not_found(visit: TestClient, number: str) -> None:
    assert press(visit, number).status_code == 404


def test_one_network_can_t_press_without_end(sqlite_database: Database) -> None:
    crowd, number, other = visitor(api.routes), mine(sqlite_database), mine(sqlite_database)
    statuses = []
    for _ in range(31):
        crowd.cookies.clear()
        statuses.append(press(crowd, number).status_code)
    assert statuses == [200] * 30 + [429]
    assert press(crowd, other).status_code == 200, "another complaint is another count"
    assert supports(sqlite_database, number) == (30, 30)


def test_a_foreign_body_is_refused(visit: TestClient, database: Database) -> None:
    answer = visit.post(f"/aduan/{mine(database)}/saya-juga", content=b"{}",
                        headers={"content-type": "application/json"})
    assert answer.status_code == 415
