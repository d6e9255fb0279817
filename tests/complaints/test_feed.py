"""Feeds: well-formed, with names that stay, of public words only, and not sent again to who has them."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from cettar_site.complaints.rules import Kind, Shown
from cettar_site.infra.db import Database
from tests.complaints.makers import NOW, filed, happens

pytestmark = pytest.mark.usefixtures("at_now")
HOUR = timedelta(hours=1)
A = "{http://www.w3.org/2005/Atom}"
DONE = "Sudah kami tambal pada hari Selasa, 24 November 2026, di depan pasar."
NASTY = "Loket <b>& \"kasir\"</b> ]]> minta uang lebih dari yang ditulis di papan."


def entries(text: str) -> list[ElementTree.Element]:
    """The entries of an Atom feed that has what RFC 4287 asks for."""
    feed = ElementTree.fromstring(text)
    assert feed.tag == f"{A}feed" and feed.find(f"{A}author/{A}name") is not None
    assert {link.get("rel") for link in feed.findall(f"{A}link")} == {"self", "alternate"}
    found = feed.findall(f"{A}entry")
    for one in (feed, *found):
        for name in ("id", "title", "updated"):
            assert len(one.findall(A + name)) == 1 and one.findtext(A + name), name
        assert datetime.fromisoformat(one.findtext(f"{A}updated") or "").tzinfo is not None
        assert (one.findtext(f"{A}id") or "").startswith("urn:uuid:")
    names = [one.findtext(f"{A}id") for one in found]
    assert len(set(names)) == len(names)
    return found


def said(entry: ElementTree.Element) -> str:
    return entry.findtext(f"{A}content") or ""


def test_the_feed_of_a_list_holds_what_the_list_holds(visit: TestClient, database: Database) -> None:
    first = filed(database, text=NASTY).number
    second = filed(database, NOW + HOUR, region_code="35.09").number
    filed(database, NOW + 2 * HOUR, shown=Shown.CONFIDENTIAL, text="Rahasia besar yang tidak boleh dibaca.")
    answer = visit.get("/aduan/umpan.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    newest, oldest = entries(answer.text)
    assert second in (newest.findtext(f"{A}title") or "") and said(oldest).startswith(NASTY)
    assert "Rahasia" not in answer.text
    (only,) = entries(visit.get("/aduan/umpan.atom?wilayah=35.18").text)
    assert only.findtext(f"{A}id") == oldest.findtext(f"{A}id")
    (found,) = entries(visit.get("/en/aduan/umpan.atom?q=loket").text)
    assert found.findtext(f"{A}id") == oldest.findtext(f"{A}id")
    link = found.find(f"{A}link")
    assert link is not None and (link.get("href") or "").endswith(f"/en/aduan/{first}")


def test_rss_holds_the_same(visit: TestClient, database: Database) -> None:
    filed(database, text=NASTY)
    channel = ElementTree.fromstring(visit.get("/aduan/umpan.rss").text).find("channel")
    assert channel is not None and channel.findtext("title") and channel.findtext("link")
    (item,) = channel.findall("item")
    (entry,) = entries(visit.get("/aduan/umpan.atom").text)
    assert item.findtext("guid") == entry.findtext(f"{A}id") and (item.findtext("description") or "") == said(entry)


def test_an_entry_keeps_its_name_and_tells_when_something_happened(visit: TestClient, database: Database) -> None:
    number = filed(database).number
    (before,) = entries(visit.get("/aduan/umpan.atom").text)
    happens(database, number, Kind.NOTED, 1, "Catatan untuk meja sendiri saja.")
    (noted,) = entries(visit.get("/aduan/umpan.atom").text)
    assert noted.findtext(f"{A}updated") == before.findtext(f"{A}updated"), "a note of the desk tells nobody anything"
    happens(database, number, Kind.ANSWERED, 3, DONE)
    (after,) = entries(visit.get("/aduan/umpan.atom").text)
    assert after.findtext(f"{A}id") == before.findtext(f"{A}id")
    assert after.findtext(f"{A}updated") == "2026-11-23T06:00:00Z" and "dijawab dalam" in said(after)


def test_who_has_a_feed_is_not_sent_it_again(visit: TestClient, database: Database) -> None:
    number = filed(database).number
    for path in ("/aduan/umpan.atom", "/aduan/umpan.rss", f"/aduan/{number}/umpan.atom", f"/aduan/{number}/umpan.rss"):
        answer = visit.get(path)
        assert answer.headers["last-modified"] == "Mon, 23 Nov 2026 03:00:00 GMT"
        same = visit.get(path, headers={"if-none-match": answer.headers["etag"]})
        assert (same.status_code, same.content) == (304, b"")
    happens(database, number, Kind.ANSWERED, 3, DONE)
    assert visit.get(path, headers={"if-none-match": answer.headers["etag"]}).status_code == 200


def test_the_feed_of_a_complaint_tells_what_happened(visit: TestClient, database: Database) -> None:
    number = filed(database, text=NASTY).number
    happens(database, number, Kind.NOTED, 1, "Catatan untuk meja sendiri saja.")
    happens(database, number, Kind.ANSWERED, 3, DONE)
    text = visit.get(f"/aduan/{number}/umpan.atom").text
    found = entries(text)
    assert said(found[0]) == DONE and said(found[-1]) == NASTY and "Catatan" not in text and "P-234567" not in text
    assert f'href="/aduan/{number}/umpan.atom"' in visit.get(f"/aduan/{number}").text
    typed = number.lower()
    assert visit.get(f"/aduan/{typed}/umpan.atom").headers["location"] == f"/aduan/{number}/umpan.atom"


def test_a_hidden_one_is_a_tombstone_and_a_confidential_one_has_none(visit: TestClient, database: Database) -> None:
    number = filed(database, text=NASTY).number
    happens(database, number, Kind.HIDDEN, 1, "Ada nama tetangga.", detail="personal")
    for path in (f"/aduan/{number}/umpan.atom", "/aduan/umpan.atom"):
        text = visit.get(path).text
        assert entries(text) and "Loket" not in text and "tetangga" not in text
    assert "Memuat data pribadi orang lain" in text
    secret = filed(database, NOW + HOUR, shown=Shown.CONFIDENTIAL).number
    assert visit.get(f"/aduan/{secret}/umpan.atom").status_code == 404
    assert visit.get("/aduan/JTM-0000-0000/umpan.rss").status_code == 404


def test_an_empty_feed_is_one_and_a_wrong_filter_is_told(visit: TestClient) -> None:
    assert entries(visit.get("/aduan/umpan.atom").text) == []
    wrong = visit.get("/aduan/umpan.atom?wilayah=99")
    assert wrong.status_code == 422 and "Wilayah itu tidak dikenal" in wrong.text


def test_what_xml_cannot_say_is_left_out(visit: TestClient, database: Database) -> None:
    filed(database, text="Lampu\x0b jalan\x01 mati \ufffe sejak bulan lalu di gang kami.")
    (one,) = entries(visit.get("/aduan/umpan.atom").text)
    assert said(one).startswith("Lampu jalan mati  sejak bulan lalu")
