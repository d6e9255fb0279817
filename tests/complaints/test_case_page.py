"""A complaint's public page, its sheet and its data: every end in its words, nothing private, nothing of an hour."""

import json
import re
from datetime import timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import insert
from starlette.testclient import TestClient

from cettar_site.base.words import words
from cettar_site.complaints import island_case_parts, store_estimate
from cettar_site.complaints.rules import Kind, Shown
from cettar_site.complaints.rules_estimate import Estimate, Outcome, Quantile, Tally, estimate
from cettar_site.complaints.rules_filing import Destination
from cettar_site.complaints.rules_photo import Flag, FlagKind, written
from cettar_site.complaints.rules_view_case import estimate_note, estimate_words
from cettar_site.complaints.store_photo import PHOTO
from cettar_site.infra import clock
from cettar_site.infra.db import Database
from cettar_site.infra.site_answer import completed
from cettar_site.infra.vault import vault
from cettar_site.jatim import agencies
from jobs import estimate as job
from jobs.report import JobOptions
from tests.complaints.makers import NOW, TEXT, case_of, filed, happens

pytestmark = pytest.mark.usefixtures("at_now")
ANSWER = "Lubang itu kami tambal kemarin pagi dengan aspal."
LONGEST = max(agencies.PROVINCIAL, key=lambda agency: len(agency.name))
TRIAGE = Destination()


def mine(database: Database, **changes: object) -> str:
    return filed(database, secret=vault().secret, **changes).number  # type: ignore[arg-type]


def do(database: Database, number: str, kind: Kind, text: str = "", hours: float = 1, agency: str = "",
       detail: str = "") -> None:
    happens(database, number, kind, hours, text, agency, detail, vault=vault())


def at(monkeypatch: pytest.MonkeyPatch, days: float) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=days))


def said(page: str) -> str:
    """What a reader reads of a page's main part."""
    main = LexborHTMLParser(page).css_first("main")
    assert main is not None
    return " ".join(main.text(separator=" ").split())


@pytest.mark.parametrize("lang", ["", "/en"])
def test_the_page_answers_its_question_first(visit: TestClient, database: Database, lang: str) -> None:
    number = mine(database)
    text = said(visit.get(f"{lang}/aduan/{number}").text)
    question, answer = ("Sudah sampai mana aduan", "Menunggu jawaban") if not lang else ("How far has", "Waiting for")
    assert text.startswith(question) and text.index(answer) < text.index(TEXT) < 1200
    assert "25 November 2026, 10.00 WIB" in text or "25 November 2026, 10:00 WIB" in text
    assert "hari kerja" in text or "working day" in text
    assert "menurut kalender" in text or "on the calendar" in text


def test_while_it_is_open_the_estimate_is_said_with_all_it_rests_on(visit: TestClient, database: Database) -> None:
    number = mine(database)
    assert "Belum cukup data" in said(visit.get(f"/aduan/{number}").text)
    for hours in (4, 4, 20, 30, 30, 31, 40, 90, 100):
        do(database, mine(database, now=NOW - timedelta(days=9)), Kind.ANSWERED, ANSWER, hours)
    job.run(database, now=NOW + timedelta(hours=6), options=JobOptions())
    text = said(visit.get(f"/en/aduan/{number}").text)
    assert "Half of similar complaints at this agency are answered within 1.3 days" in text
    assert "n = 10, of which 1 still wait" in text and "23 Nov 2026, 16:00 WIB" in text
    data = visit.get(f"/api/v1/complaints/{number}").json()["estimate"]
    assert (data["n"], data["waiting"], data["agency"], data["group"]) == (10, 1, "DPUBM", "S08")
    do(database, number, Kind.ANSWERED, ANSWER)
    assert "Perkiraan" not in said(visit.get(f"/aduan/{number}").text).split("Dari mana kami tahu")[0]


@pytest.mark.parametrize(("answers", "waits", "agency", "id_text", "en_text"), [
    (9, 3, "D", "Separuh aduan di instansi ini dijawab dalam 21 jam; 9 dari 10 perlu lebih dari 4,2 hari.",
     "Half of complaints at this agency are answered within 21 h; for 9 in 10 it takes more than 4.2 days."),
    (12, 0, "", "Separuh aduan di Jawa Timur dijawab dalam 21 jam, 9 dari 10 dalam 21 jam.",
     "Half of complaints in East Java are answered within 21 h, 9 in 10 within 21 h."),
    (3, 9, "D", "Lebih dari separuh aduan di instansi ini belum dijawab sesudah 4,2 hari.",
     "More than half of complaints at this agency are not answered after 4.2 days.")])
def test_an_estimate_in_words(answers: int, waits: int, agency: str, id_text: str, en_text: str) -> None:
    tallies = [Tally(20, Outcome.ANSWERED, answers), *([Tally(100, Outcome.WAITING, waits)] if waits else [])]
    found = estimate(agency, "", tallies, NOW)
    assert found is not None
    assert (estimate_words(words("id"), found), estimate_words(words("en"), found)) == (id_text, en_text)
    assert "180 hari" in estimate_note(words("id"), found) and "10 aduan" in estimate_note(words("id"), None)


def test_claimed_confirmed_disputed_and_silent_are_four_things(visit: TestClient, database: Database,
                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    number, other = mine(database), mine(database)
    for one in (number, other):
        do(database, one, Kind.CLAIMED, ANSWER)
    claimed = said(visit.get(f"/aduan/{number}").text)
    assert "Diklaim selesai 23 November 2026." in claimed and "Belum ada kata. Masih bisa sampai 21 Februari" in claimed
    do(database, other, Kind.CONFIRMED, hours=2)
    assert "Dikonfirmasi: sudah selesai" in said(visit.get(f"/aduan/{other}").text)
    at(monkeypatch, 95)
    silent = said(visit.get(f"/aduan/{number}").text)
    assert "pelapor diam selama 90 hari. Diam tidak dihitung sebagai setuju." in silent
    assert "Pelapor diam" in silent and "Diam sampai 21 Februari 2027" in silent and "Dikonfirmasi:" not in silent
    at(monkeypatch, 3)
    do(database, mine(database), Kind.CLAIMED, ANSWER)
    do(database, number, Kind.DISPUTED, "Belum.", 30)
    disputed = said(visit.get(f"/aduan/{number}").text)
    assert "Dibantah" in disputed and "Harus menanggapi lagi sejak" in disputed


def test_a_refusal_names_its_reason_and_a_forwarding_its_place(visit: TestClient, database: Database) -> None:
    refused = mine(database)
    do(database, refused, Kind.REJECTED, "Jalan desa. Sampaikan kepada balai desa.")
    assert "Alasan dan tujuannya Jalan desa. Sampaikan kepada balai desa." in said(visit.get(f"/aduan/{refused}").text)
    city, plain, centre = (mine(database, to=TRIAGE) for _ in range(3))
    do(database, city, Kind.FORWARDED, "Jalan kota.", agency="KAB-3578")
    do(database, plain, Kind.FORWARDED, "Jalan kabupaten.", agency="KAB-3518")
    do(database, centre, Kind.FORWARDED, "Listrik.", agency="PUSAT", detail="PLN")
    page = visit.get(f"/aduan/{city}").text
    assert 'href="https://www.surabaya.go.id"' in page and "Pemerintah Kota Surabaya" in said(page)
    assert "Belum ada sumber yang kami percaya." in said(visit.get(f"/aduan/{plain}").text)
    assert "pemerintah pusat (PLN)" in said(visit.get(f"/aduan/{centre}").text)
    assert 'href="https://www.lapor.go.id"' in visit.get(f"/aduan/{centre}").text


def test_a_merged_one_leads_to_the_main_one(visit: TestClient, database: Database) -> None:
    main, child = mine(database), mine(database)
    do(database, child, Kind.MERGED, detail=main)
    page = visit.get(f"/en/aduan/{child}").text
    assert f'href="/en/aduan/{main}"' in page and "saya-juga" not in page
    assert visit.get(f"/api/v1/complaints/{child}").json()["merged_into"] == main


@pytest.mark.parametrize("why", ["hidden", "erased", "confidential"])
def test_a_tombstone_tells_what_happened_and_no_word(visit: TestClient, database: Database, why: str) -> None:
    number = mine(database, shown=Shown.CONFIDENTIAL if why == "confidential" else Shown.ANONYMOUS)
    do(database, number, Kind.PLANNED, ANSWER, detail="2026-12-09")
    if why != "confidential":
        kind, detail = (Kind.HIDDEN, "personal") if why == "hidden" else (Kind.ERASED, "")
        do(database, number, kind, "Kata untuk pelapor." if why == "hidden" else "", 2, detail=detail)
    for path in (f"/aduan/{number}", f"/aduan/{number}/cetak", f"/en/aduan/{number}",
                 f"/api/v1/complaints/{number}"):
        page = visit.get(path).text
        for secret in (TEXT, ANSWER, "Kata untuk pelapor", "umpan.atom", "saya-juga"):
            assert secret not in page, (path, secret)
        assert number in page
    assert 'name="robots" content="noindex"' in visit.get(f"/aduan/{number}").text


@pytest.mark.parametrize("days", [0.3, 2.1, 5])
def test_of_a_confidential_one_everyone_learns_days_not_hours(visit: TestClient, database: Database, days: float,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    number, asked = mine(database, shown=Shown.CONFIDENTIAL), mine(database, shown=Shown.CONFIDENTIAL)
    triage = mine(database, shown=Shown.CONFIDENTIAL, to=TRIAGE)
    done = mine(database, shown=Shown.CONFIDENTIAL)
    do(database, asked, Kind.ASKED, "Di mana?", 2)
    do(database, done, Kind.ANSWERED, ANSWER, 3)
    at(monkeypatch, days)
    for one in (number, asked, triage, done):
        for path in (f"/aduan/{one}", f"/aduan/{one}/cetak", f"/api/v1/complaints/{one}"):
            page = visit.get(path).text.split('<p class="quiet sheet-foot">')[0]
            shown = re.sub(r"dihitung [^.<]*\.\d\d WIB|Waktu ditulis dalam WIB", "", page)
            assert not re.search(r"\d\.\d\d WIB|T\d\d:|\d jam|\d menit", shown), (path, shown)


def test_the_longest_name_and_the_busiest_life_fit(visit: TestClient, database: Database) -> None:
    number = mine(database, to=Destination(LONGEST.code, "category"))
    desks = ("DINSOS", LONGEST.code, "KOMINFO", "DPUBM", LONGEST.code)
    for n, desk in enumerate(desks):
        if n == 3:
            do(database, number, Kind.ROUTED, hours=10 * n + 2, agency=desk)
            continue
        do(database, number, Kind.OFFERED, "Bukan urusan kami.", 10 * n + 2, desk)
        do(database, number, Kind.ACCEPTED, hours=10 * n + 4, agency=desk)
    page = visit.get(f"/aduan/{number}")
    text = said(page.text)
    assert "Dipegang 3 instansi, 5 kali berpindah meja." in text and LONGEST.name in text
    assert len(LexborHTMLParser(page.text).css("ol.custody > li")) == 6
    small = visit.get(f"/aduan/{number}", headers={"accept-encoding": "br"})
    assert int(small.headers["content-length"]) < 28_000


def test_the_sheet_is_whole_and_the_code_leads_back(visit: TestClient, database: Database,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    number = mine(database)
    do(database, number, Kind.CLAIMED, ANSWER)
    page = visit.get(f"/aduan/{number}/cetak")
    assert page.status_code == 200 and TEXT in page.text and ANSWER in page.text
    assert page.text.count('class="qr"') == 1 and "<form" not in page.text and "style=" not in page.text
    assert 'name="robots" content="noindex"' in page.text
    typed = number.lower()
    assert visit.get(f"/aduan/{typed}/cetak").headers["location"] == f"/aduan/{number}/cetak"
    assert visit.get("/aduan/JTM-0000-0000/cetak").status_code == 404
    assert island_case_parts.page_address(words("en"), number) == ""
    with_name = type("Named", (), {"site_url": "https://cettar.example"})
    monkeypatch.setattr(island_case_parts, "settings", with_name)
    assert island_case_parts.page_address(words("en"), number) == f"https://cettar.example/en/aduan/{number}"


def test_the_picture_of_a_number(visit: TestClient, database: Database) -> None:
    answer = visit.get(f"/aduan/{mine(database)}/qr.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml") and answer.text.startswith("<svg")
    assert "max-age" in answer.headers["cache-control"]
    assert visit.get("/aduan/JTM-0000-0001/qr.svg").status_code == 404


@pytest.mark.parametrize("shown", [Shown.ANONYMOUS, Shown.CONFIDENTIAL])
def test_photos_stand_with_the_story_and_evidence_beside_them(visit: TestClient, database: Database,
                                                              shown: Shown) -> None:
    number = mine(database, shown=shown)
    do(database, number, Kind.CLAIMED, ANSWER)
    rows = [("a" * 32, 1, False, ""), ("b" * 32, 3, True, written([Flag(FlagKind.OWN)]))]
    with database.write("complaints") as session:
        for photo, seq, evidence, flags in rows:
            session.execute(insert(PHOTO).values(
                id=photo, complaint_id=case_of(database, number, vault()).request.id, seq=seq, position=1,
                evidence=evidence, width=800, height=600, size=9, salt=b"s" * 32, sha256=b"x" * 32, dhash=b"d" * 8,
                flags=flags, made_at=NOW))
    page, data = visit.get(f"/aduan/{number}").text, visit.get(f"/api/v1/complaints/{number}").json()
    public = shown is Shown.ANONYMOUS
    for photo, *_ in rows:
        assert (f'src="/foto/{photo}/kecil"' in page) == public
    assert ("Sama dengan foto pelapor" in page) == public
    if public:
        assert [(one["evidence"], one["event"]) for one in data["photos"]] == [(False, 1), (True, 3)]
        assert data["photos"][1]["flags"][0]["kind"] == "own" and data["photos"][0]["flags"] is None
    else:
        assert "photos" not in data


def test_a_page_read_again_keeps_its_powers(visit: TestClient, database: Database) -> None:
    """A 304 renews the headers of the page that the browser kept: the policy for bare data would lock its forms."""
    number = mine(database)
    etag = visit.get(f"/aduan/{number}").headers["etag"]
    again = visit.get(f"/aduan/{number}", headers={"if-none-match": etag})
    headers = [(name.encode(), value.encode()) for name, value in again.headers.items()]
    policy = dict(completed(headers, b"the policy of pages"))[b"content-security-policy"]
    assert (again.status_code, again.content, policy) == (304, b"", b"the policy of pages")


def test_the_description_for_strangers_holds_nothing_of_the_story(visit: TestClient, database: Database) -> None:
    number = mine(database, text="Sulastri dari RT 3 melapor: " + TEXT, place="rumah nomor tujuh")
    (description,) = re.findall(r'<meta name="description" content="([^"]*)"', visit.get(f"/aduan/{number}").text)
    assert "Sulastri" not in description and "tujuh" not in description and "Dinas" in description


def test_the_data_say_what_the_page_says(visit: TestClient, database: Database) -> None:
    number = mine(database)
    do(database, number, Kind.OFFERED, "Bukan kami.", 2, "DINSOS")
    do(database, number, Kind.ACCEPTED, hours=3, agency="DINSOS")
    do(database, number, Kind.CLAIMED, ANSWER, 5)
    do(database, number, Kind.RATED, hours=6, detail="4")
    data = visit.get(f"/api/v1/complaints/{number}").json()
    assert [(one["agency"]["code"], [turn["turn"] for turn in one["turns"]]) for one in data["custody"]] == [
        ("DPUBM", ["owed"]), ("DINSOS", ["owed", "done"])]
    assert (data["rating"], data["supports"], data["photos"], data["estimate"]) == (4, 0, [], None)
    assert data["custody"][0]["until"] == data["custody"][1]["since"] == "2026-11-23T06:00:00Z"
    assert json.dumps(data).count(ANSWER) == 1


def test_an_estimate_of_a_confidential_one_tells_nothing_of_its_topic(database: Database) -> None:
    secret = case_of(database, mine(database, shown=Shown.CONFIDENTIAL), vault())
    with database.write() as session:
        store_estimate.keep(session, [
            Estimate("DPUBM", group, 20, 1, Quantile(days), Quantile(9), NOW) for group, days in (("S08", 1), ("", 2))])
        found = store_estimate.for_case(session, secret)
    assert found is not None and found.group_code == ""
