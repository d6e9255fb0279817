"""Help while typing: what the form sends and gets, what is never shown, how often one may ask."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text as sql
from starlette.testclient import TestClient

from cettar_site.complaints.rules import Kind, Shown
from cettar_site.infra import clock, guard
from cettar_site.infra.db import Database
from cettar_site.routing import store_alike
from cettar_site.routing.snapshot_alike import MOST_A_REGION, NEARBY
from tests.complaints.makers import NOW, TEXT, case_of, filed, happens, key

SUGGEST, SIMILAR = "/api/v1/complaints/suggest", "/api/v1/complaints/similar"
SAME = "jalan depan pasar berlubang sudah dua bulan, belum juga diperbaiki"
TABLES = ("complaint_request", "complaint_private", "complaint_public", "routing_suggestion", "complaint_key")


@pytest.fixture(autouse=True)
def at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=6))


def ask(visit: TestClient, **changes: str) -> list[dict[str, Any]]:
    """The similar ones, asked as the form asks."""
    body = {"text": SAME, "region": "35.18", "district": "", "category": "", "position": ""} | changes
    answer = visit.post(SIMILAR, json=body)
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    found: list[dict[str, Any]] = answer.json()["similar"]
    return found


def numbers(found: list[dict[str, Any]]) -> list[str]:
    return [one["number"] for one in found]


def test_topics_are_suggested_from_the_words(visit: TestClient) -> None:
    answer = visit.post(SUGGEST, json={"text": TEXT, "region": "35.18", "category": ""})
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert set(body) == {"topics", "urgent", "level", "destination"}
    assert 1 <= len(body["topics"]) <= 4 and body["urgent"] is None
    assert all(set(one) == {"code", "name", "group"} and one["code"].startswith(one["group"])
               for one in body["topics"])
    assert any(one["group"] == "S08" for one in body["topics"])


def test_whose_road_it_is_is_said(visit: TestClient) -> None:
    said = {road: visit.post(SUGGEST, json={"text": f"Jalan {road} di sini rusak berat.", "region": "35.18"}).json()
            for road in ("provinsi", "nasional", "kabupaten")}
    assert [one["level"] for one in said.values()] == ["province", "centre", "regency"]
    assert [one["destination"]["code"] for one in said.values()] == ["DPUBM", "PUSAT", "KAB-3518"]


def test_who_may_be_in_danger_is_told_whom_to_call(visit: TestClient) -> None:
    urgent = visit.post(SUGGEST, json={"text": "Tolong, rumah tetangga kebakaran sekarang"}).json()["urgent"]
    assert ["Darurat", "112"] in urgent["numbers"] and urgent["title"] and urgent["text"]
    said = visit.post(SUGGEST, json={"text": "Anak tetangga saya dianiaya ayahnya setiap malam"}).json()
    assert "129" in [number for _, number in said["urgent"]["numbers"]]


def test_a_twin_nearby_is_offered_as_everyone_sees_it(visit: TestClient, database: Database) -> None:
    receipt = filed(database, text=TEXT + " Telepon saya 0812-3456-7890.", district_code="35.18.06")
    filed(database, text="Guru SMA belum menerima tunjangan sejak tiga bulan yang lalu.")
    (one,) = ask(visit)
    assert one["number"] == receipt.number and one["agency"]["code"] == "DPUBM"
    assert one["excerpt"].startswith("Jalan di depan pasar berlubang") and "0812" not in str(one)
    assert one["place"].startswith("Kecamatan ") and one["place"].endswith("Kabupaten Nganjuk")
    assert (one["state"], one["state_text"]) == ("waiting", "Menunggu jawaban")
    assert one["filed_on"] == "2026-11-23" and one["supports"] == 0 and one["may_support"] is True
    assert 0.5 <= one["likeness"] <= 1


def test_place_and_time_count(visit: TestClient, database: Database) -> None:
    old = filed(database, NOW - timedelta(days=59), text=SAME)
    new = filed(database, text=SAME, district_code="35.18.06", position=(-7.6001, 111.9001))
    filed(database, NOW - timedelta(days=61), text=SAME)
    filed(database, text=SAME, region_code="35.17")
    first, second = ask(visit, district="35.18.06", position="-7.60012,111.90012")
    assert [first["number"], second["number"]] == [new.number, old.number]
    assert first["sure"] and first["distance_km"] <= 0.2
    assert not second["sure"] and second["distance_km"] is None
    far, _ = ask(visit, position="-7.40000,111.90000")
    assert far["number"] == old.number, "what is known to be far away comes last"


@pytest.mark.parametrize("kind", ["confidential", "hidden", "erased", "withdrawn", "merged"])
def test_what_is_private_or_over_is_never_offered(visit: TestClient, database: Database, kind: str) -> None:
    shown = Shown.CONFIDENTIAL if kind == "confidential" else Shown.ANONYMOUS
    number = filed(database, text=SAME, shown=shown).number
    if kind == "confidential":
        assert ask(visit) == []
        return
    assert numbers(ask(visit)) == [number], "now it is held"
    main = filed(database, text="Antrean loket samsat sampai malam tanpa nomor urut.").number
    act = {"hidden": (Kind.HIDDEN, "abuse"), "erased": (Kind.ERASED, ""), "withdrawn": (Kind.WITHDRAWN, ""),
           "merged": (Kind.MERGED, main)}[kind]
    happens(database, number, act[0], detail=act[1])
    assert ask(visit) == [], "though the index may still hold its hashes"
    assert case_of(database, number).life.seq > 1


def test_the_test_above_can_fail(visit: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    number = filed(database, text=SAME).number
    happens(database, number, Kind.HIDDEN, detail="abuse")
    monkeypatch.setattr(store_alike, "_OPEN", ())
    assert numbers(ask(visit)) == [number], "planted: nobody asks whether it is hidden"


def test_nothing_that_was_typed_is_kept(visit: TestClient, database: Database) -> None:
    with database.read() as session:
        before = [session.execute(sql(f"SELECT count(*) FROM {table}")).scalar() for table in TABLES]
    ask(visit)
    visit.post(SUGGEST, json={"text": TEXT})
    with database.read() as session:
        assert [session.execute(sql(f"SELECT count(*) FROM {table}")).scalar() for table in TABLES] == before


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"text": 3}', b"\xff\xfe"])
@pytest.mark.parametrize("address", [SUGGEST, SIMILAR])
def test_what_is_no_question_is_refused(visit: TestClient, address: str, body: bytes) -> None:
    answer = visit.post(address, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422 and answer.json()["error"]["message"]


def test_fields_are_checked(visit: TestClient) -> None:
    assert visit.post(SIMILAR, json={"text": TEXT, "region": "99.99"}).status_code == 422
    assert visit.post(SIMILAR, json={"text": TEXT}).status_code == 422
    assert visit.post(SUGGEST, json={"text": "x" * 4001}).status_code == 422
    assert visit.post(SUGGEST, json={"text": TEXT}, headers={"content-type": "text/plain"}).status_code == 415
    assert visit.get(SUGGEST).status_code in (404, 405)
    odd = {"text": TEXT, "region": "35.18", "district": "Tidak Ada", "category": "S99", "position": "1,1"}
    assert visit.post(SIMILAR, json=odd).status_code == 200
    assert visit.post(SUGGEST, json={"text": "pendek", "region": None}).json()["topics"] == []


@pytest.mark.parametrize(("address", "rule"), [(SUGGEST, "suggest"), (SIMILAR, "similar")])
def test_one_may_not_ask_too_often(visit: TestClient, address: str, rule: str) -> None:
    said = [visit.post(address, json={"text": "pendek", "region": "35.18"})
            for _ in range(guard.RULES[rule].amount + 1)]
    assert said[0].status_code == 200 and said[-1].status_code == 429
    assert int(said[-1].headers["retry-after"]) >= 1


def test_what_is_held_is_bounded(visit: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cettar_site.routing.snapshot_alike.MOST_A_REGION", 3)
    monkeypatch.setattr("cettar_site.routing.snapshot_alike.MOST", 4)
    for region in ("35.18", "35.17", "35.16"):
        for n in range(5):
            filed(database, NOW + timedelta(seconds=n), text=f"{SAME} nomor {n}", region_code=region)
    for region in ("35.18", "35.17", "35.16"):
        assert len(ask(visit, region=region)) == 3
    assert NEARBY.held()[0] <= 6 and MOST_A_REGION == 1500


def test_a_filing_is_still_understood_beside_them(visit: TestClient) -> None:
    body = {"text": TEXT, "category": "S08", "region": "35.18", "visibility": "anonymous"}
    answer = visit.post("/api/v1/complaints", json=body, headers={"idempotency-key": key()})
    assert answer.status_code == 201
    assert visit.get(f"/api/v1/complaints/{answer.json()['number']}").status_code == 200
