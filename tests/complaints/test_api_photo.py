"""Photos over HTTP: sent alone or with a form, shown while everyone may see them."""

import asyncio
import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import text
from starlette.testclient import TestClient

from cettar_site.complaints import actions_photo, api, api_form_parts, api_photo, api_photo_keep, store_photo
from cettar_site.complaints.api_form import form_of
from cettar_site.complaints.rules import Kind
from cettar_site.infra import darkroom, guard
from cettar_site.infra.darkroom import Reason
from cettar_site.infra.darkroom_shelf import shelf
from cettar_site.infra.db import Database
from cettar_site.infra.vault import vault
from tests.complaints.makers import case_of, happens, key, raw, visitor
from tests.complaints.photos import jpeg
from tests.complaints.test_api import NUMBER, complaints, found
from tests.infra.pictures import TEMPLATE, hidden, laden, scene

TYPE = {"content-type": "image/jpeg"}


@pytest.fixture(scope="module", autouse=True)
def closing() -> Iterator[None]:
    """Ends the darkroom after these tests."""
    yield
    darkroom.close()


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    guard.limiter.cache_clear()


def sent(visit: TestClient, data: bytes | None = None, **headers: str) -> str:
    answer = visit.post("/aduan/foto", content=data or jpeg(), headers=TYPE | headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def filed_with(visit: TestClient, *ids: str, **changes: str) -> str:
    answer = visit.post("/aduan", data=raw(**changes) | {"key": key(), "photos": " ".join(ids)})
    assert answer.status_code == 201, answer.text
    return found(NUMBER, answer.text)


def in_parts(*photos: bytes, **fields: str) -> dict[str, Any]:
    """A form with photos, as a browser without JavaScript sends it."""
    names = ("jalan berlubang.jpg", "../../etc/passwd", "KENARI 3578123456780001.png")
    return {"data": fields, "files": [("photo", (names[at % 3], one, "text/html")) for at, one in enumerate(photos)]}


@pytest.mark.parametrize("kind", TEMPLATE)
def test_a_photo_is_sent_filed_and_shown(visit: TestClient, database: Database, kind: str) -> None:
    data = laden(kind, scene(1, (640, 480)))
    answer = visit.post("/aduan/foto", content=data, headers={"content-type": TEMPLATE[kind]})
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    assert answer.json() | {"id": ""} == {"id": "", "width": 640, "height": 480}
    photo_id = answer.json()["id"]
    assert visit.get(f"/foto/{photo_id}").status_code == 404, "it waits for its complaint"
    filed_with(visit, photo_id)
    large, small = visit.get(f"/foto/{photo_id}"), visit.get(f"/foto/{photo_id}/kecil")
    for shown, longest in ((large, 640), (small, 320)):
        assert shown.headers["content-type"] == "image/jpeg" and hidden(shown.content) == []
        assert max(Image.open(io.BytesIO(shown.content)).size) == longest
        assert shown.headers["cross-origin-resource-policy"] == "cross-origin"
    again = visit.get(f"/foto/{photo_id}", headers={"if-none-match": large.headers["etag"]})
    assert (again.status_code, again.content, large.headers["cache-control"]) == (304, b"", "no-cache")
    assert large.headers["etag"] != small.headers["etag"]


def test_what_lies_on_the_disk_is_sealed(visit: TestClient, database: Database) -> None:
    photo_id = sent(visit, laden("JPEG", scene(2)))
    with database.read() as session:
        (row,) = session.execute(text("SELECT salt, facts, flags FROM complaint_photo"))
    for small in (True, False):
        sealed = shelf(database).get(photo_id, small=small)
        assert sealed is not None and b"JFIF" not in sealed and b"KENARI" not in sealed
        opened = vault().open(bytes(row.salt), actions_photo.SMALL if small else actions_photo.LARGE, sealed)
        assert hidden(opened) == []
    assert (row.facts, row.flags) == (None, "")


def test_hidden_or_erased_it_is_gone_with_the_next_look(visit: TestClient, database: Database) -> None:
    photo_id = sent(visit)
    number = filed_with(visit, photo_id)
    etag = visit.get(f"/foto/{photo_id}").headers["etag"]
    looks = {"if-none-match": etag}
    for kind, detail, status in ((Kind.HIDDEN, "personal", 404), (Kind.REVEALED, "", 304), (Kind.ERASED, "", 404)):
        happens(database, number, kind, detail=detail, vault=vault())
        assert visit.get(f"/foto/{photo_id}", headers=looks).status_code == status
        assert visit.get(f"/foto/{photo_id}/kecil").status_code == (404 if status == 404 else 200)


def test_a_confidential_complaints_photo_is_for_who_may_see_it(visit: TestClient, database: Database) -> None:
    photo_id = sent(visit)
    number = filed_with(visit, photo_id, visibility="confidential")
    assert visit.get(f"/foto/{photo_id}").status_code == visit.get(f"/foto/{photo_id}/kecil").status_code == 404
    case = case_of(database, number, vault())
    request: Any = type("Request", (), {"headers": {"if-none-match": "*"}, "path_params": {}})
    answer = api_photo.photo_answer(request, case.request.id, photo_id, small=True)
    assert (answer.status_code, answer.media_type, answer.headers["cache-control"]) == (200, "image/jpeg", "no-store")
    with pytest.raises(api_photo.NotFound):
        api_photo.photo_answer(request, case.request.id + 1, photo_id, small=True)


@pytest.mark.parametrize("path", ["/foto/x", "/foto/" + "0" * 32, "/foto/..%2f..%2fsecret", "/foto/%00", "/foto/0/1",
                                  "/foto/" + "A" * 32 + "/kecil", "/foto//kecil"])
def test_an_address_of_no_photo_is_not_found(visit: TestClient, path: str) -> None:
    assert visit.get(path).status_code == 404


def test_a_lost_file_is_not_found_and_nothing_breaks(visit: TestClient, database: Database) -> None:
    photo_id = sent(visit)
    filed_with(visit, photo_id)
    shelf(database).remove([photo_id])
    assert visit.get(f"/foto/{photo_id}").status_code == 404


@pytest.mark.parametrize(("data", "kind", "status", "code"), [
    (b"hello", "image/jpeg", 422, "not_image"), (b"", "image/png", 422, "not_image"),
    (b"<svg/>", "image/svg+xml", 415, "not_image"), (b"x", "multipart/form-data", 415, "not_image"),
    (b"x", "", 415, "not_image"), (jpeg()[:2000], "image/jpeg", 422, "broken"),
    (b"\xff\xd8\xff" + bytes(10 * 1024 * 1024), "image/jpeg", 413, "too_large")])
def test_what_can_not_be_taken_is_said_in_the_visitors_language(visit: TestClient, data: bytes, kind: str, status: int,
                                                                code: str) -> None:
    of_kind = {"content-type": kind}
    said = [visit.post(path, content=data, headers=of_kind) for path in ("/aduan/foto", "/en/aduan/foto")]
    for answer in said:
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert "foto" in said[0].json()["error"]["message"].lower() and "hoto" in said[1].json()["error"]["message"]
    assert said[0].json() != said[1].json()


def test_a_network_may_send_so_many_in_an_hour(visit: TestClient, database: Database,
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(guard.RULES, "photo", guard.parse("3/hour"))
    answers = [visit.post("/aduan/foto", content=b"x", headers=TYPE) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [422, 422, 422, 429]
    assert answers[3].json()["error"]["code"] == "too_often" and int(answers[3].headers["retry-after"]) > 0
    form = visit.post("/aduan", **in_parts(jpeg(), **raw(), key=key()))
    assert form.status_code == 422 and raw()["text"] in form.text and "dari jaringan Anda" in form.text
    assert visit.post("/aduan", **in_parts(**raw(), key=key())).status_code in (201, 415), "words alone may always come"
    assert complaints(database) <= 1


def test_a_busy_darkroom_and_a_full_house_say_so(visit: TestClient, database: Database,
                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    class Busy:
        async def develop(self, *_: object, **__: object) -> Reason:
            return Reason.BUSY

    with monkeypatch.context() as patch:
        patch.setattr(api_photo_keep, "darkroom", Busy)
        busy = visit.post("/aduan/foto", content=jpeg(), headers=TYPE)
        form = visit.post("/aduan", **in_parts(jpeg(), **raw(), key=key()))
    monkeypatch.setattr(api_photo_keep, "AT_ONCE", 0)
    full = visit.post("/aduan/foto", content=jpeg(), headers=TYPE)
    form_too = visit.post("/aduan", **in_parts(jpeg(), **raw(), key=key()))
    for answer in (busy, full):
        assert (answer.status_code, answer.json()["error"]["code"], answer.headers["retry-after"]) == (503, "busy", "5")
    for answer in (form, form_too):
        assert answer.status_code == 422 and raw()["text"] in answer.text and "sedang kami olah" in answer.text
    assert complaints(database) == 0


def test_a_full_disk_loses_no_words(visit: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(api_photo_keep.Upload, "_write", full)
    assert visit.post("/aduan/foto", content=jpeg(), headers=TYPE).status_code == 503
    assert raw()["text"] in visit.post("/aduan", **in_parts(jpeg(), **raw(), key=key())).text


def test_a_form_without_javascript_brings_its_photos(visit: TestClient, database: Database) -> None:
    answer = visit.post("/aduan", **in_parts(jpeg(), b"", jpeg(), **raw(), key=key()))
    assert answer.status_code == 201
    with database.read() as session:
        photos = store_photo.photos_of(session, case_of(database, found(NUMBER, answer.text), vault()).request.id)
    assert len(photos) == 2 and visit.get(f"/foto/{photos[1].id}").status_code == 200


def test_the_same_form_sent_twice_is_one_complaint_with_the_same_receipt(visit: TestClient, database: Database) -> None:
    form = in_parts(jpeg(), jpeg(), **raw(), key=key())
    first, second = visit.post("/aduan", **form), visit.post("/aduan", **form)
    assert (first.status_code, second.status_code) == (201, 200) and first.text == second.text
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM complaint_photo")).scalar() == 2


def test_the_same_photo_sent_twice_with_its_key_is_one_photo(visit: TestClient) -> None:
    data, again = jpeg(), {"idempotency-key": key()}
    assert sent(visit, data, **again) == sent(visit, data, **again)
    assert sent(visit, data) != sent(visit, data) != sent(visit, data, **{"idempotency-key": "x"})


def test_a_photo_that_is_none_is_said_and_every_word_and_the_other_photo_stay(visit: TestClient,
                                                                              database: Database) -> None:
    form = raw(region="") | {"key": key()}
    answer = visit.post("/en/aduan", **in_parts(jpeg(), b"not a photo", **form))
    assert answer.status_code == 422 and complaints(database) == 0
    assert raw()["text"] in answer.text and "This file is not a photo" in answer.text
    assert 'href="#photos"' in answer.text and 'href="#region"' in answer.text
    with database.read() as session:
        (waits,) = session.execute(text("SELECT id FROM complaint_photo")).scalars()
    assert visit.post("/aduan", data=raw() | {"key": form["key"], "photos": waits}).status_code == 201


def test_four_photos_are_one_too_many(visit: TestClient, database: Database) -> None:
    answer = visit.post("/aduan", **in_parts(*(jpeg() for _ in range(4)), **raw(), key=key()))
    assert answer.status_code == 422 and "Paling banyak tiga foto" in answer.text and complaints(database) == 0
    named = " ".join(sent(visit) for _ in range(2))
    answer = visit.post("/aduan", **in_parts(jpeg(), jpeg(), **raw(), key=key(), photos=named))
    assert answer.status_code == 422 and "Paling banyak tiga foto" in answer.text


def test_a_photo_larger_than_ten_megabytes_costs_no_words(visit: TestClient) -> None:
    answer = visit.post("/aduan", **in_parts(b"\xff\xd8\xff" + bytes(10 * 1024 * 1024), **raw(), key=key()))
    assert answer.status_code == 422 and raw()["text"] in answer.text and "lebih besar dari 10 MB" in answer.text


def test_a_photo_that_was_filed_is_not_there_for_another(visit: TestClient, database: Database) -> None:
    photo_id = sent(visit)
    filed_with(visit, photo_id)
    answer = visit.post("/aduan", data=raw() | {"key": key(), "photos": photo_id})
    assert answer.status_code == 422 and "tidak kami temukan lagi" in answer.text and complaints(database) == 1


def test_only_photos_may_be_large_in_a_form(visit: TestClient) -> None:
    for name in ("lampiran", "text"):
        form = {"data": raw() | {"key": key()}, "files": [(name, ("x", bytes(200_000), "image/jpeg"))]}
        assert visit.post("/aduan", **form).status_code == 413


def test_nothing_is_left_open(visit: TestClient) -> None:
    visit.post("/aduan", **in_parts(jpeg(), b"x", **raw(), key=key()))
    visit.post("/aduan/foto", content=b"x", headers=TYPE)
    assert api_photo_keep._open == {}


def test_a_form_is_read_the_same_whatever_pieces_it_comes_in() -> None:
    edge = b"----edge"
    body = (b"--" + edge + b'\r\nContent-Disposition: form-data; name="text"\r\n\r\nbaris satu\r\n--\r\n' + edge[:5]
            + b"\r\n--" + edge + b'\r\nContent-Disposition: form-data; name="kosong"\r\n\r\n\r\n--' + edge
            + b'\r\nContent-Disposition: form-data; name="photo"; filename=""\r\n\r\n\r\n--' + edge
            + b'\r\nContent-Disposition: form-data; name="lain"; filename="x"\r\n\r\nKENARI\r\n--' + edge + b"--\r\n")

    async def read(size: int) -> tuple[dict[str, str], int]:
        parts = api_form_parts.Parts(f"multipart/form-data; boundary={edge.decode()}")
        for at in range(0, len(body), size):
            await parts.feed(body[at:at + size])
        parts.end()
        return parts.fields, len(parts.uploads)

    for size in (1, 2, 3, 7, 64, len(body)):
        assert asyncio.run(read(size)) == ({"text": "baris satu\r\n--\r\n----e", "kosong": ""}, 0)


def test_evidence_keeps_when_and_where_until_it_is_attached(database: Database, intake: None) -> None:
    async def take(request: Any) -> Any:
        form = await form_of(request, evidence=True)
        return api.Response(" ".join(form.photos))

    visit = visitor([api.Route("/bukti", take, methods=["POST"])])
    (photo_id,) = visit.post("/bukti", **in_parts(laden("JPEG", scene(4)))).text.split()
    with database.read() as session:
        waiting = store_photo.waiting(session, [photo_id])[photo_id]
    facts = actions_photo.facts_of(waiting, vault())
    assert facts.taken_at is not None and facts.position == pytest.approx((-7.2575, 112.7521), abs=1e-3)
    assert waiting.facts is not None and b"2026" not in waiting.facts
