"""Filing and following over HTTP, as a phone without JavaScript does it."""

import asyncio
import html
import re
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from cettar_site import door
from cettar_site.complaints import api, api_intake
from cettar_site.complaints.rules_number import parse_code, parse_number
from cettar_site.infra.db import Database
from cettar_site.infra.site_rooms import rooms_app
from cettar_site.infra.writer import GroupWriter
from tests.complaints.makers import TEXT, key, network, raw, visitor

NUMBER = re.compile(r"JTM-[0-9A-Z]{4}-[0-9A-Z]{4}")
CODE = re.compile(r">((?:[0-9A-Z]{4}-){5}[0-9A-Z]{4})<")


def found(pattern: re.Pattern[str], page: str) -> str:
    match = pattern.search(page)
    assert match, page[:2000]
    return match[match.lastindex or 0]


def complaints(database: Database) -> int:
    with database.read() as session:
        return int(session.execute(text("SELECT count(*) FROM complaint_request")).scalar() or 0)


def hidden_key(page: str) -> str:
    return found(re.compile(r'name="key"[^>]*value="([^"]+)"'), page)


def test_a_complaint_is_filed_and_its_receipt_shown(visit: TestClient, database: Database) -> None:
    answer = visit.post("/aduan", data=raw() | {"key": key()})
    number, code = found(NUMBER, answer.text), found(CODE, answer.text)
    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "no-store"
    assert parse_number(number) == number and parse_code(code) == code
    assert "Dinas Komunikasi dan Informatika" in answer.text and "WIB" in answer.text
    assert code not in str(answer.url) and "@@" not in answer.text
    assert complaints(database) == 1


def test_sent_again_it_is_the_same_receipt(visit: TestClient, database: Database) -> None:
    form = raw() | {"key": key()}
    first, second = visit.post("/aduan", data=form), visit.post("/aduan", data=form)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.text == second.text
    assert complaints(database) == 1


def test_the_same_key_with_other_words_keeps_the_words_and_gives_a_fresh_key(visit: TestClient,
                                                                             database: Database) -> None:
    form = raw() | {"key": key()}
    visit.post("/aduan", data=form)
    answer = visit.post("/aduan", data=form | {"text": TEXT + " Dan gelap."})
    assert answer.status_code == 422
    assert "sudah pernah dikirim" in answer.text and TEXT + " Dan gelap." in answer.text
    fresh = hidden_key(answer.text)
    assert fresh != form["key"]
    assert visit.post("/aduan", data=form | {"text": TEXT + " Dan gelap.", "key": fresh}).status_code == 201
    assert complaints(database) == 2


def test_two_hundred_at_once_with_one_key_are_one_complaint(database: Database, intake: None) -> None:
    app = rooms_app(door.in_each_language(api.routes), door.refusal)
    form = raw() | {"key": key()}

    async def crowd() -> list[httpx.Response]:
        phones = [httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(network(), 1)),
                                    base_url="http://testserver") for _ in range(5)]
        try:
            return await asyncio.gather(*(phones[n % 5].post("/aduan", data=form) for n in range(200)))
        finally:
            for phone in phones:
                await phone.aclose()

    answers = asyncio.run(crowd())
    assert sorted(answer.status_code for answer in answers) == [200] * 199 + [201]
    assert len({(found(NUMBER, answer.text), found(CODE, answer.text)) for answer in answers}) == 1
    assert complaints(database) == 1


def test_what_is_wrong_is_said_and_every_word_stays(visit: TestClient, database: Database) -> None:
    typed = raw(text="terlalu pendek", region="", district="Kertosono", place="depan <pasar>", category="S08",
                happened_on="2026-13-01", visibility="confidential") | {"key": key()}
    answer = visit.post("/aduan", data=typed)
    page = html.unescape(answer.text)
    assert answer.status_code == 422 and complaints(database) == 0
    assert "Ada yang perlu diperbaiki" in page and 'href="#text"' in page and 'href="#region"' in page
    for words in ("terlalu pendek", "Kertosono", "depan <pasar>"):
        assert words in page
    assert re.search(r'value="S08"[^>]* selected', answer.text)
    assert re.search(r'value="confidential"[^>]* checked', answer.text)
    assert hidden_key(answer.text) == typed["key"], "mending it must not make a second complaint"
    assert "<title>Perlu diperbaiki" in answer.text


def test_a_form_without_its_key_is_shown_again_with_one(visit: TestClient) -> None:
    answer = visit.post("/aduan", data=raw())
    assert answer.status_code == 422 and TEXT in answer.text
    assert visit.post("/aduan", data=raw() | {"key": hidden_key(answer.text)}).status_code == 201


def test_a_finer_topic_counts_only_inside_its_group(visit: TestClient) -> None:
    finer = visit.post("/aduan", data=raw(category="S08") | {"topic": "S08.001", "key": key()})
    other = visit.post("/aduan", data=raw(category="S04") | {"topic": "S08.001", "key": key()})
    topics = [visit.get(f"/api/v1/complaints/{found(NUMBER, answer.text)}").json()["category"]
              for answer in (finer, other)]
    assert topics == ["S08.001", "S04"]


def test_the_body_is_bounded_and_of_one_kind(visit: TestClient, database: Database) -> None:
    large = visit.post("/aduan", data=raw(text="x" * 70_000) | {"key": key()})
    assert large.status_code == 413 and "besar" in large.text
    assert visit.post("/aduan", content=b"{}",
                      headers={"content-type": "application/json"}).status_code == 415
    many = "&".join(f"f{n}=1" for n in range(40))
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert visit.post("/aduan", content=many, headers=form).status_code == 400
    assert visit.post("/aduan", content=b"text=%ff%fe%00&key=%zz", headers=form).status_code == 422
    assert visit.put("/aduan").status_code == 405
    assert complaints(database) == 0


class Refusing(GroupWriter[api_intake.Sending, api_intake.Receipt]):
    """A writer whose queue is always full."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "complaints", api_intake.keeping(), limit=1)
        self._queue.put_nowait(None)
        self._thread = None

    def _start(self) -> None:
        raise AssertionError("nothing may be taken")

    def close(self, timeout: float = 1.0) -> None:
        """There is nothing to end."""


@pytest.fixture
def full(database: Database, intake: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    writer = Refusing(database)
    monkeypatch.setattr(api_intake, "writer", lambda: writer)
    yield visitor(api.routes)


def test_a_full_queue_says_so_and_every_word_and_the_key_stay(full: TestClient, database: Database) -> None:
    form = raw() | {"key": key()}
    answer = full.post("/aduan", data=form)
    assert answer.status_code == 503 and int(answer.headers["retry-after"]) >= 1
    assert "belum tersimpan" in answer.text and TEXT in answer.text
    assert hidden_key(answer.text) == form["key"]
    data = full.post("/api/v1/complaints", json=raw(), headers={"idempotency-key": key()})
    assert data.status_code == 503 and int(data.headers["retry-after"]) >= 1
    assert complaints(database) == 0


def test_a_database_that_fails_says_so_too(database: Database, intake: None,
                                           monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_given: object) -> list[object]:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    monkeypatch.setattr(api_intake, "keeping", lambda: down)
    api_intake._writer.cache_clear()
    answer = visitor(api.routes).post("/aduan", data=raw() | {"key": key()})
    assert answer.status_code == 503 and TEXT in answer.text and complaints(database) == 0


def test_a_flood_from_one_network_is_slowed_and_its_words_stay(sqlite_database: Database,
                                                               intake: None) -> None:
    flood, neighbour = visitor(api.routes), visitor(api.routes)
    answers = [flood.post("/aduan", data=raw() | {"key": key()}) for _ in range(121)]
    assert [answer.status_code for answer in answers] == [201] * 120 + [429]
    assert TEXT in answers[-1].text and int(answers[-1].headers["retry-after"]) >= 1
    assert neighbour.post("/aduan", data=raw() | {"key": key()}).status_code == 201


@pytest.mark.parametrize("wrong", ["", "x", "12345678-1234-1234-1234-123456789012"])
def test_a_program_needs_a_random_key(visit: TestClient, wrong: str) -> None:
    answer = visit.post("/api/v1/complaints", json=raw(), headers={"idempotency-key": wrong})
    assert answer.status_code == 422
    assert answer.json()["error"]["problems"][0]["field"] == "key"


def test_a_program_files_and_reads(visit: TestClient, database: Database) -> None:
    headers = {"idempotency-key": key()}
    first = visit.post("/api/v1/complaints", json=raw(), headers=headers)
    second = visit.post("/api/v1/complaints", json=raw(), headers=headers)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json() and first.headers["cache-control"] == "no-store"
    assert set(first.json()) == {"number", "access_code", "agency", "filed_at", "due_at", "page"}
    other = visit.post("/api/v1/complaints", json=raw(place="lain"), headers=headers)
    assert other.status_code == 422 and other.json()["error"]["field"] == "key"
    public = visit.get(f"/api/v1/complaints/{first.json()['number'].lower()}").json()
    assert (public["text"], public["state"], public["agency"]["code"]) == (TEXT, "triage", "KOMINFO")
    assert first.json()["access_code"] not in str(public)
    assert complaints(database) == 1


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"text": 5}', b'{"text": ["a"]}', b"\xff", b"null"])
def test_a_program_that_sends_nonsense_is_told(visit: TestClient, body: bytes) -> None:
    headers = {"idempotency-key": key(), "content-type": "application/json"}
    answer = visit.post("/api/v1/complaints", content=body, headers=headers)
    assert answer.status_code == 400 and answer.json()["error"]["code"] == "bad_request"


def test_a_program_is_told_each_problem(visit: TestClient) -> None:
    answer = visit.post("/api/v1/complaints", json={"text": None}, headers={"idempotency-key": key()})
    assert answer.status_code == 422
    assert {one["field"] for one in answer.json()["error"]["problems"]} == {"text", "region", "visibility"}
    assert visit.get("/api/v1/complaints/JTM-0000-0001").status_code == 404


def test_choices_of_a_region_and_a_topic(visit: TestClient) -> None:
    said = visit.get("/api/v1/complaints/choices?region=35.18&category=S08")
    assert "Kertosono" in said.json()["districts"]
    assert ["S08.001", "Bendungan"] in said.json()["topics"]
    assert visit.get("/api/v1/complaints/choices").json() == {"districts": [], "topics": []}
