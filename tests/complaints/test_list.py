"""The public list: what stands in it, filters, pages, search, the map; the same as JSON and CSV."""

import csv
import io
import itertools
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from cettar_site.complaints import api_list_data, store_lists
from cettar_site.complaints.rules import Kind, Shown
from cettar_site.complaints.rules_brief import Unanswered
from cettar_site.complaints.rules_filing import Destination
from cettar_site.complaints.rules_list import DATA, PAGE, Asked, read_asked
from cettar_site.complaints.rules_list_data import FIELDS
from cettar_site.complaints.rules_map import SHADES, everywhere, shade_of, shades
from cettar_site.infra.db import Database
from cettar_site.jatim import regions, tiles
from tests.complaints.makers import NOW, filed, happens
from tests.complaints.test_lapor import ROWS, take

pytestmark = pytest.mark.usefixtures("at_now")
HOUR = timedelta(hours=1)
LIST = "/aduan/daftar"
NUMBER = re.compile(r'href="(?:/en)?/aduan/(JTM-\w{4}-\w{4})"')
DONE = "Sudah kami tambal pada hari Selasa, 24 November 2026, di depan pasar."


def town(database: Database, n: int = 45) -> list[str]:
    """So many public complaints in three regions, oldest first, with confidential ones between them."""
    numbers = []
    for at in range(n):
        region, category, office = (("35.18", "S08", "DPUBM"), ("35.09", "S10", "DPUSDA"),
                                    ("35.78", "S08", "DPUBM"))[at % 3]
        more: dict[str, Any] = {"region_code": region, "category_code": category, "to": Destination(office)}
        said = "Jalan berlubang" if at % 2 else "Saluran mampet"
        numbers.append(filed(database, NOW - 400 * HOUR + at * HOUR, text=f"{said} di RT {at} sejak lama sekali.",
                             **more).number)
        if at % 5 == 0:
            filed(database, NOW - 400 * HOUR + at * HOUR, text="Rahasia besar yang tidak boleh dibaca orang.",
                  shown=Shown.CONFIDENTIAL, **more)
    return numbers


def pages(visit: TestClient, address: str) -> list[str]:
    """The numbers on all pages from an address on, in their order."""
    found: list[str] = []
    while address:
        answer = visit.get(address)
        assert answer.status_code == 200, answer.text
        found += NUMBER.findall(answer.text)
        on = re.search(r'rel="next" href="([^"]+)"', answer.text)
        address = on[1].replace("&amp;", "&") if on else ""
    return found


def objects(visit: TestClient, address: str) -> list[dict[str, object]]:
    """All objects of the data from an address on."""
    found: list[dict[str, object]] = []
    while address:
        body = visit.get(address).json()
        found += body["complaints"]
        address = body["next"] or ""
    return found


def lines(visit: TestClient, query: str = "") -> list[dict[str, str]]:
    """The lines of the table."""
    return list(csv.DictReader(io.StringIO(visit.get(f"/api/v1/complaints.csv{query}").text)))


def test_every_public_complaint_stands_in_the_list_once_newest_first(visit: TestClient, database: Database) -> None:
    numbers = town(database)
    assert pages(visit, LIST) == numbers[::-1]
    assert pages(visit, f"/en{LIST}") == numbers[::-1]
    assert "Rahasia besar" not in visit.get(LIST).text


def test_pages_miss_nothing_while_new_ones_come_in(visit: TestClient, database: Database) -> None:
    numbers, found, address = town(database), [], LIST
    while address:
        text = visit.get(address).text
        found += NUMBER.findall(text)
        filed(database, NOW + len(found) * HOUR)
        on = re.search(r'rel="next" href="([^"]+)"', text)
        address = on[1] if on else ""
    assert found == numbers[::-1]


@pytest.mark.parametrize(("page", "data", "wanted"), [
    ("?wilayah=35.18", "?region=35.18", lambda at: at % 3 == 0),
    ("?instansi=DPUBM", "?agency=DPUBM", lambda at: at % 3 != 1),
    ("?topik=S10", "?topic=S10", lambda at: at % 3 == 1),
    ("?keadaan=dijawab", "?state=answered", lambda at: at == 3),
    ("?keadaan=terlambat", "?state=late", lambda at: at != 3),
    ("?keadaan=terlambat&wilayah=35.18&instansi=DPUBM", "?state=late&region=35.18&agency=DPUBM",
     lambda at: at % 3 == 0 and at != 3),
    ("?wilayah=35.18&instansi=DPUBM&topik=S08", "?region=35.18&agency=DPUBM&topic=S08", lambda at: at % 3 == 0),
    ("?instansi=DPUBM&topik=S10", "?agency=DPUBM&topic=S10", lambda at: False),
    ("?q=berlubang", "?q=berlubang", lambda at: at % 2),
    ("?q=Jalan+BERLUBANG&wilayah=35.09", "?q=jalan+berlubang&region=35.09", lambda at: at % 2 and at % 3 == 1),
    ("?q=berlubang&keadaan=dijawab", "?q=berlubang&state=answered", lambda at: at == 3)])
def test_page_json_and_csv_agree_on_every_filter(visit: TestClient, database: Database, page: str, data: str,
                                                 wanted: object) -> None:
    numbers = town(database)
    happens(database, numbers[3], Kind.ANSWERED, 2, DONE)
    expected = [number for at, number in enumerate(numbers) if wanted(at)][::-1]  # type: ignore[operator]
    assert pages(visit, LIST + page) == expected
    assert [one["number"] for one in objects(visit, f"/api/v1/complaints{data}&limit=7")] == expected
    assert [one["number"] for one in lines(visit, data)] == expected


def test_a_page_that_had_to_look_far_leads_on(visit: TestClient, database: Database,
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = town(database)
    happens(database, numbers[0], Kind.ANSWERED, 2, DONE)
    monkeypatch.setattr(store_lists, "STEPS", (2, 3))
    monkeypatch.setattr(store_lists, "SEARCH_STEPS", 1)
    first = visit.get(LIST + "?wilayah=35.18&topik=S08&keadaan=dijawab").text
    assert "Cari lebih jauh ke belakang" in first and NUMBER.findall(first) == []
    assert pages(visit, LIST + "?wilayah=35.18&topik=S08&keadaan=dijawab") == [numbers[0]]
    assert [one["number"] for one in objects(visit, "/api/v1/complaints?q=mampet&state=answered&limit=1")] == [
        numbers[0]]


def test_a_number_that_is_searched_leads_to_its_page(visit: TestClient, database: Database) -> None:
    number = filed(database).number
    answer = visit.get(LIST, params={"q": number.lower()})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/aduan/{number}")


@pytest.mark.parametrize("query", ["wilayah=99.99", "instansi=NASA", "topik=X", "keadaan=senang", "sebelum=abc",
                                   "q=" + "a" * 201, "sebelum=JTM-0000-0000"])
def test_what_is_not_understood_is_told_beside_its_field(visit: TestClient, database: Database, query: str) -> None:
    number = filed(database).number
    field = query.partition("=")[0]
    answer = visit.get(f"{LIST}?{query}")
    assert answer.status_code == 422 and f'href="#{field}"' in answer.text and number in answer.text
    name = dict(zip(PAGE.fields.values(), DATA.fields.values(), strict=True))[field]
    told = visit.get(f"/api/v1/complaints?{name}={query.partition('=')[2]}")
    assert told.status_code == 422 and told.json()["error"]["field"] == name
    assert visit.get(f"/api/v1/complaints.csv?{name}={query.partition('=')[2]}").status_code == 422


def test_a_confidential_number_tells_nothing_of_when_it_came(visit: TestClient, database: Database) -> None:
    number = filed(database, shown=Shown.CONFIDENTIAL).number
    assert visit.get(f"{LIST}?sebelum={number}").status_code == 422
    assert visit.get(f"/api/v1/complaints?before={number}").status_code == 422


def test_hidden_and_erased_ones_are_tombstones(visit: TestClient, database: Database) -> None:
    said = "Selokan depan rumah Bu Ratmini meluap setiap hujan."
    hidden, erased = filed(database, text=said).number, filed(database, NOW + HOUR, text=said).number
    happens(database, hidden, Kind.HIDDEN, 1, "Ada nama tetangga.", detail="personal")
    happens(database, erased, Kind.ERASED, 2, actor="citizen")
    text, data, table = visit.get(LIST).text, objects(visit, "/api/v1/complaints"), lines(visit)
    assert "Memuat data pribadi orang lain" in text and "atas permintaan pelapor" in text
    assert [(one["number"], one["hidden"], one["erased"], one["text"]) for one in data] == [
        (erased, None, True, None), (hidden, "personal", False, None)]
    assert [(one["number"], one["text"]) for one in table] == [(erased, ""), (hidden, "")]
    for told in (text, str(data), str(table)):
        assert "Ratmini" not in told and "meluap" not in told and "tetangga" not in told
    assert pages(visit, f"{LIST}?q=meluap") == []


def test_the_table_has_ten_columns_and_no_formula(visit: TestClient, database: Database) -> None:
    number = filed(database, NOW + timedelta(seconds=41), text='=HYPERLINK("http://x.example";"klik") di loket.').number
    happens(database, number, Kind.ANSWERED, 2, DONE)
    answer = visit.get("/api/v1/complaints.csv")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-type"].startswith("text/csv")
    head, row = csv.reader(io.StringIO(answer.text))
    assert head == list(FIELDS) == ["number", "category", "agency", "region", "state", "submitted", "due",
                                    "first_answer", "ended", "text"]
    assert row[:9] == [number, "S08", "DPUBM", "35.18", "answered", "2026-11-23T03:00Z", "2026-11-25T03:00Z",
                       "2026-11-23T05:00Z", ""]
    assert row[9].startswith("'=HYPERLINK")


def test_an_empty_table_has_its_head_and_a_fifth_reader_waits(visit: TestClient) -> None:
    assert visit.get("/api/v1/complaints.csv").text.split() == [",".join(FIELDS)]
    for _ in range(api_list_data.AT_ONCE):
        assert api_list_data.PLACES.acquire(blocking=False)
    try:
        answer = visit.get("/api/v1/complaints.csv")
        assert answer.status_code == 503 and answer.headers["retry-after"]
    finally:
        api_list_data.PLACES.release(api_list_data.AT_ONCE)
    assert visit.get("/api/v1/complaints.csv").status_code == 200


def test_data_are_open_have_a_tag_and_limits(visit: TestClient, database: Database) -> None:
    filed(database)
    answer = visit.get("/api/v1/complaints")
    assert answer.headers["access-control-allow-origin"] == "*"
    same = visit.get("/api/v1/complaints", headers={"if-none-match": answer.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    for limit in ("0", "501", "x", "-1", "٣"):
        assert visit.get("/api/v1/complaints", params={"limit": limit}).json()["error"]["field"] == "limit"
    codes = visit.get("/api/v1/complaints/codes").json()
    assert codes["regions"]["35.18"] == "Kabupaten Nganjuk" and set(codes) == {"agencies", "categories", "regions"}
    (one,) = answer.json()["complaints"]
    assert visit.get(one["data"]).json()["state"] == one["state"] == "waiting"


def test_nobody_yet_and_nothing_found_say_what_to_do(visit: TestClient, database: Database) -> None:
    assert "Belum ada aduan" in visit.get(LIST).text
    filed(database)
    assert "Tidak ada aduan yang cocok" in visit.get(f"{LIST}?q=takadakataini").text
    assert "No complaint matches" in visit.get(f"/en{LIST}?q=takadakataini").text


def test_the_page_is_named_by_its_content(visit: TestClient, database: Database) -> None:
    filed(database)
    etag = visit.get(LIST).headers["etag"]
    assert visit.get(LIST, headers={"if-none-match": etag}).status_code == 304
    filed(database, NOW + HOUR)
    assert visit.get(LIST, headers={"if-none-match": etag}).status_code == 200


def test_the_map_counts_what_waits_and_every_tile_filters(visit: TestClient, database: Database) -> None:
    town(database)
    with database.read() as session:
        counted = store_lists.unanswered(session, NOW)
    assert counted == (Unanswered("35.09", 15, 15), Unanswered("35.18", 15, 15), Unanswered("35.78", 15, 15))
    text = visit.get(LIST).text
    linked = {urlsplit(one).query for one in re.findall(r'class="tile[^"]*" href="([^"]+)"', text)}
    assert linked == {f"wilayah={region.code}" for region in regions.ALL}
    assert "Kabupaten Nganjuk: 15 lewat batas, 15 menunggu" in text
    chosen = visit.get(f"{LIST}?wilayah=35.18").text
    assert chosen.count('aria-current="true"') >= 1 and "Di Kabupaten Nganjuk, 15 aduan menunggu" in chosen


def test_every_region_has_one_tile() -> None:
    placed = [code for row in tiles.ROWS for code in row if code]
    assert sorted(placed) == sorted(tiles.SHORT) == [region.code for region in regions.ALL]
    assert {len(row) for row in tiles.ROWS} == {9}


@pytest.mark.parametrize("late", [(), (1,), (5, 5, 5), (1, 2), (1, 2, 3, 4, 5, 6, 7, 8), (1, 1, 1, 1, 900)])
def test_shades_hold_every_number_and_grow_with_it(late: tuple[int, ...]) -> None:
    every = everywhere(Unanswered(region.code, n, n) for region, n in zip(regions.ALL, late, strict=False))
    among = shades(every)
    found = [shade_of(n, among) for n in sorted({0, *late})]
    assert len(every) == 38 and found == sorted(found) and found[0] == 0
    assert not late or (found[-1] == SHADES and len(among) <= SHADES)
    assert all(before.last + 1 == after.first for before, after in itertools.pairwise(among))


def test_a_question_is_spelled_as_it_is_read() -> None:
    asked = Asked("jalan rusak", "35.18", "DINKES", "S08", "late", "")
    for spelling in (PAGE, DATA):
        given = dict(pair.split("=") for pair in spelling.query(asked)[1:].replace("+", " ").split("&"))
        assert read_asked(given, spelling) == (asked, ())
    assert PAGE.query(Asked()) == "" and PAGE.query(Asked(state="late")) == "?keadaan=terlambat"


def test_what_is_asked_stands_in_the_form_and_in_every_tile(visit: TestClient, database: Database) -> None:
    filed(database)
    text = visit.get(f"{LIST}?wilayah=35.18&instansi=KAB-3518&topik=S08&q=%22%3E%3Cb%3E").text
    assert re.findall(r'<option value="([^"]*)" selected>', text) == ["35.18", "KAB-3518", "S08"]
    assert "<b>" not in text and 'value="&#34;&gt;&lt;b&gt;"' in text
    tile = re.search(r'<a class="tile[^>]*wilayah=35.78([^"]*)"', text)
    assert tile and tile[1] == "&amp;q=%22%3E%3Cb%3E&amp;instansi=KAB-3518&amp;topik=S08"
    assert text.count('aria-current="true"') == 3, "the tile, the line of the table, the place in the bar"


def test_what_came_from_elsewhere_is_listed_and_judged_by_nobody(visit: TestClient, database: Database) -> None:
    take(database, ROWS, NOW)
    with database.read() as session:
        assert store_lists.unanswered(session, NOW + timedelta(days=99)) == ()
    text = visit.get(LIST).text.partition('class="newest"')[2]
    assert "Ditutup di SP4N-LAPOR!" in text and "Dicarikan instansinya" in text and "terlambat" not in text
    assert pages(visit, f"{LIST}?keadaan=terlambat") == [] and objects(visit, "/api/v1/complaints?state=late") == []
    assert "terlambat" not in visit.get("/aduan/umpan.atom").text
