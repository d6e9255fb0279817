"""Filing with a model, without one, with a broken one; what was suggested stands beside the complaint."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text as sql
from starlette.testclient import TestClient

from cettar_site.complaints.rules import State
from cettar_site.complaints.rules_filing import Destination
from cettar_site.infra import vouched
from cettar_site.infra.db import Database
from cettar_site.infra.vault import vault
from cettar_site.jatim import categories
from cettar_site.routing import guess, snapshot, store
from cettar_site.routing.learn import learned
from cettar_site.routing.rules import model_name
from tests.complaints.makers import case_of, filing, key
from tests.routing.makers import examples, story

NAME = model_name("real")
ROADS = story("DPUBM", 4)


@pytest.fixture(autouse=True)
def no_model() -> Iterator[None]:
    """Each test begins without a model."""
    vouched.place_of(NAME).unlink(missing_ok=True)
    snapshot.HELD.forget()
    yield
    vouched.place_of(NAME).unlink(missing_ok=True)
    snapshot.HELD.forget()


def taught(threshold: float = 0.5) -> None:
    """A model is in the data folder."""
    model = learned(examples(200), "test", threshold)
    assert model is not None
    vouched.keep(NAME, guess.packed(model))
    snapshot.HELD.forget()


def send(visit: TestClient, **changes: str) -> str:
    """File by the API; the number."""
    body = {"text": ROADS, "category": "", "region": "35.18", "visibility": "anonymous"} | changes
    answer = visit.post("/api/v1/complaints", json=body, headers={"idempotency-key": key()})
    assert answer.status_code == 201, answer.text
    number: str = answer.json()["number"]
    return number


def near(database: Database, number: str) -> list[tuple[str, bool, str]]:
    """What was kept beside a complaint: agency, sent alone, version."""
    with database.read() as session:
        id_ = case_of(database, number, vault()).request.id
        rows = session.execute(sql("SELECT agency_code, alone, model_version FROM routing_suggestion "
                                   "WHERE complaint_id = :id ORDER BY rank"), {"id": id_}).all()
        assert [one.agency_code for one in store.suggestions_of(session, [id_, 1]).get(id_, ())] == [
            row.agency_code for row in rows]
    return [(row.agency_code, bool(row.alone), row.model_version) for row in rows]


def test_without_a_model_duties_suggest_and_the_desk_decides(visit: TestClient, database: Database) -> None:
    number = send(visit, text="Guru SMA negeri di sini menarik pungutan sekolah tanpa kuitansi.")
    case = case_of(database, number, vault())
    assert case.life.state is State.TRIAGE
    kept = near(database, number)
    assert kept[0] == ("DINDIK", False, snapshot.NO_MODEL) and len(kept) <= 3


def test_a_sure_model_sends_it_straight(visit: TestClient, database: Database) -> None:
    taught()
    case = case_of(database, send(visit), vault())
    assert case.life.state is State.WAITING and case.life.agency_code == "DPUBM"
    assert case.events[1].detail.startswith("model:0.") and case.events[1].actor == "system"
    assert near(database, case.request.number)[0] == ("DPUBM", True, "test")


@pytest.mark.parametrize(("threshold", "changes"), [
    (0.999, {}), (0.5, {"visibility": "confidential"}), (0.5, {"text": ROADS + " Rumah di sebelahnya terbakar."}),
    (0.2, {"text": story("KAB", 2)}), (0.2, {"text": story("PUSAT", 2)})])
def test_else_a_person_decides(visit: TestClient, database: Database, threshold: float,
                               changes: dict[str, str]) -> None:
    taught(threshold)
    number = send(visit, **changes)
    assert case_of(database, number, vault()).life.state is State.TRIAGE
    kept = near(database, number)
    assert kept and not any(alone for _, alone, _ in kept)


def test_a_topic_that_nobody_else_may_claim_needs_no_model(visit: TestClient, database: Database) -> None:
    taught()
    plain = next(one for one in categories.OFFERED if not one.other_level and one.agency_code)
    case = case_of(database, send(visit, category=plain.code), vault())
    assert (case.life.agency_code, case.events[1].detail) == (plain.agency_code, "category")
    assert not any(alone for _, alone, _ in near(database, case.request.number)), "no model sent it"


@pytest.mark.parametrize("broken", ["cut", "changed", "foreign", "empty", "unsigned", "folder"])
def test_a_broken_model_is_never_believed_and_never_in_the_way(visit: TestClient, database: Database,
                                                               broken: str) -> None:
    taught()
    path = vouched.place_of(NAME)
    whole = path.read_bytes()
    content = {"cut": whole[:-9], "changed": whole[:200] + b"\x00" + whole[201:], "empty": b"",
               "foreign": os.urandom(32) + whole[32:], "unsigned": whole[32:]}
    if broken == "folder":
        path.unlink()
        path.mkdir()
    else:
        path.write_bytes(content[broken])
    snapshot.HELD.forget()
    try:
        number = send(visit)
        assert case_of(database, number, vault()).life.state is State.TRIAGE
        assert near(database, number)[0][2] == snapshot.NO_MODEL
    finally:
        if broken == "folder":
            path.rmdir()


def test_a_signed_file_that_is_no_model_is_left_aside(visit: TestClient, database: Database) -> None:
    vouched.keep(NAME, b"signed, but no model")
    snapshot.HELD.forget()
    assert near(database, send(visit))[0][2] == snapshot.NO_MODEL


def test_whatever_fails_filing_goes_on(visit: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(snapshot, "mixed", fails)
    number = send(visit)
    assert case_of(database, number, vault()).life.state is State.TRIAGE and near(database, number) == []


def test_a_new_model_is_noticed(database: Database, sorting: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert snapshot.HELD.model() is None
    model = learned(examples(200), "newer", 0.5)
    assert model is not None
    vouched.keep(NAME, guess.packed(model))
    assert snapshot.HELD.model() is None, "not looked for with each complaint"
    monkeypatch.setattr(snapshot, "LOOK_SECONDS", -1.0)
    found = snapshot.HELD.model()
    assert found is not None and found.version == "newer"
    assert snapshot.HELD.model() is found, "an unchanged file is not read again"
    assert vouched.place_of(NAME).stat().st_mode & 0o777 == 0o600


def test_many_are_sorted_as_each_alone(database: Database, sorting: None) -> None:
    taught()
    filings = [filing(text=story(label, number), category_code="") for number in range(8) for label in ("DPUBM", "KAB")]
    together = snapshot.destinations(filings)
    assert together == [snapshot.destinations([one])[0] for one in filings]
    assert all(isinstance(one, Destination) and one.near for one in together)


def test_the_check_says_where_it_goes(visit: TestClient) -> None:
    taught()
    body = {"text": ROADS, "category": "", "region": "35.18", "visibility": "anonymous"}
    said = visit.post("/aduan/pratinjau", data=body, headers={"accept": "application/json"}).json()
    assert "Dinas Pekerjaan Umum Bina Marga" in said["html"] and "Mungkin ini urusan" not in said["html"]
    for text, whose in ((story("KAB", 2), "Pemerintah Kabupaten Nganjuk"), (story("PUSAT", 3), "pemerintah pusat")):
        said = visit.post("/aduan/pratinjau", data=body | {"text": text}, headers={"accept": "application/json"}).json()
        assert f"Mungkin ini urusan {whose}, bukan provinsi" in said["html"], "and a person decides"


def test_a_repeated_sending_keeps_one_suggestion(visit: TestClient, database: Database) -> None:
    body = {"text": ROADS, "category": "", "region": "35.18", "visibility": "anonymous"}
    same = key()
    first, second = (visit.post("/api/v1/complaints", json=body, headers={"idempotency-key": same}) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    with database.read() as session:
        assert store.count(session) == 1
