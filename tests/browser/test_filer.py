"""The filer has the last word: from the receipt to erasure, with scripts and without, and nothing of the code leaks."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Literal
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, expect

from cettar_site.complaints import store_read
from cettar_site.complaints.actions_happen import Deed, happen
from cettar_site.complaints.rules import Kind
from cettar_site.infra.db import Database
from tests.browser.conftest import DESK, PHONE, Visits
from tests.browser.seed import STORY, VAULT, database_url
from tests.browser.test_complaint import CODE, NUMBER, found, send
from tests.site import Site

pytestmark = pytest.mark.slow
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
ANSWER = "Lampunya kami ganti kemarin pagi oleh regu penerangan."
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def db(site: Site) -> Iterator[Database]:
    """The site's database, opened beside it."""
    opened = Database(database_url(site))
    yield opened
    opened.close()


def officer(db: Database, number: str, kind: Kind, text: str = "", agency: str = "") -> None:
    """What the agency does meanwhile."""
    with db.write("complaints") as session:
        case = store_read.case_by_number(session, number, VAULT)
        assert case is not None
        deed = Deed(kind, "P-234567", agency or case.life.agency_code, text=text)
        happen(session, case, deed, case.life.moved_at + timedelta(seconds=1), VAULT)


def filed(site: Site, visits: Visits, story: str, *, scripts: bool) -> tuple[Page, str, str]:
    """A page with the receipt of a new complaint, its number and its code."""
    page = visits.open(site.address + "/aduan", scripts=scripts)
    send(page, f"{STORY}, {story}.")
    return page, found(page, NUMBER), found(page, CODE)


def own(site: Site, page: Page, number: str, code: str) -> None:
    """Open the filer's own view as they do."""
    page.goto(site.address + "/lacak")
    page.locator("[name=number]").fill(number)
    page.locator("[name=code]").fill(code)
    page.locator("main form [type=submit]").click()
    expect(page.locator("h1")).to_contain_text(number)


def press(page: Page, act: str) -> None:
    """Send the form of an act by its own button."""
    page.locator(f"form[action$='/lacak/{act}'] [type=submit]").click()


def public(site: Site, visits: Visits, number: str, text: str) -> None:
    """The public page says so at once."""
    expect(visits.open(f"{site.address}/aduan/{number}", scripts=False).locator("main")).to_contain_text(text)


@SCRIPTS
def test_the_whole_way_of_a_filer(site: Site, visits: Visits, db: Database, scripts: bool) -> None:
    page, number, code = filed(site, visits, f"jalan panjang {scripts}", scripts=scripts)
    main = page.locator("main")
    public(site, visits, number, "Diterima")
    officer(db, number, Kind.ROUTED, agency="DPUBM") if main.get_by_text("Meja penyalur").count() else None
    officer(db, number, Kind.ASKED, "Tiang nomor berapa?")
    own(site, page, number, code)
    expect(main).to_contain_text("Tiang nomor berapa?")
    page.locator("[name=message]").fill("Tiang nomor tujuh.")
    press(page, "pesan")
    expect(main).to_contain_text("Pesan Anda sudah sampai")
    public(site, visits, number, "Tiang nomor tujuh.")
    officer(db, number, Kind.CLAIMED, ANSWER)
    own(site, page, number, code)
    page.locator("[name=missing]").fill("Masih gelap malam ini.")
    page.get_by_role("button", name="Belum selesai").click()
    expect(main).to_contain_text("Tercatat: belum selesai")
    public(site, visits, number, "Masih gelap malam ini.")
    page.get_by_label("Buruk", exact=False).first.check()
    press(page, "nilai")
    expect(main).to_contain_text("Nilai Anda tercatat")
    officer(db, number, Kind.ANSWERED, "Tiang nomor tujuh kami ganti trafonya tadi siang.")
    own(site, page, number, code)
    page.get_by_role("button", name="Ya, sudah selesai").click()
    expect(main).to_contain_text("Tercatat: sudah selesai")
    public(site, visits, number, "Dikonfirmasi")
    press(page, "hapus")
    press(page, "hapus")
    expect(page.locator("[role=alert]").first).to_contain_text("Beri centang")
    page.locator("[name=sure]").check()
    press(page, "hapus")
    expect(main).to_contain_text("Isi aduan ini sudah dihapus")
    expect(main).not_to_contain_text("Masih gelap")
    public(site, visits, number, "Isi aduan ini sudah dihapus")
    assert code not in page.url and code not in site.log


@SCRIPTS
def test_withdrawing_is_asked_twice(site: Site, visits: Visits, scripts: bool) -> None:
    page, number, code = filed(site, visits, f"ditarik {scripts}", scripts=scripts)
    own(site, page, number, code)
    press(page, "tarik")
    expect(page.locator("h1")).to_contain_text("Tarik aduan")
    page.get_by_role("button", name="Kembali ke aduan saya").click()
    expect(page.locator("h1")).to_contain_text(number)
    press(page, "tarik")
    page.locator("[name=why]").fill("Sudah terang lagi.")
    press(page, "tarik")
    expect(page.locator("main")).to_contain_text("Aduan ini sudah Anda tarik")
    public(site, visits, number, "Ditarik")


def saved(page: Page) -> str:
    """The text of the receipt that its button saves."""
    return unquote((page.locator("#simpan a").get_attribute("href") or "").partition(",")[2])


def test_the_saved_link_confirms_with_one_tap(site: Site, visits: Visits, db: Database) -> None:
    page, number, code = filed(site, visits, "satu ketukan", scripts=True)
    link = re.search(r"http\S+#\S+", saved(page))
    assert link is not None and link[0] == f"{site.address}/lacak#{number}:{code}"
    if page.get_by_text("Meja penyalur").count():
        officer(db, number, Kind.ROUTED, agency="DPUBM")
    officer(db, number, Kind.CLAIMED, ANSWER)
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    phone = visits.open(site.address + "/")
    phone.on("request", note)
    phone.goto(link[0])
    expect(phone.locator("h1")).to_contain_text(number)
    phone.get_by_role("button", name="Ya, sudah selesai").click()
    expect(phone.locator("main")).to_contain_text("Tercatat: sudah selesai")
    assert "#" not in phone.url and code not in phone.url
    assert asked and not [one.url for one in asked if code in one.url]
    assert not [one.url for one in asked if code in one.all_headers().get("referer", "")]
    kept = phone.context.new_cdp_session(phone).send("Page.getNavigationHistory")["entries"]
    assert kept and not [entry for entry in kept if code in str(entry)], "the browser's history must not hold it"


def test_without_scripts_the_saved_link_leads_to_the_two_fields(site: Site, visits: Visits) -> None:
    page, number, code = filed(site, visits, "tanpa skrip", scripts=False)
    page.goto(f"{site.address}/lacak#{number}:{code}")
    expect(page.locator("[name=number]")).to_be_visible()
    expect(page.locator("[name=code]")).to_have_value("")


@pytest.mark.parametrize("wrong", ["#", "#JTM-0000-0000", "#x:y", "#JTM-0000-0000:<script>", "#isi"])
def test_other_fragments_do_nothing(site: Site, visits: Visits, wrong: str) -> None:
    page = visits.open(f"{site.address}/lacak{wrong}")
    expect(page.locator("[name=number]")).to_have_value("")
    assert page.url.endswith(wrong) or wrong == "#JTM-0000-0000:<script>"


@SCRIPTS
def test_me_too_counts_once_a_device(site: Site, visits: Visits, scripts: bool) -> None:
    _page, number, _code = filed(site, visits, f"saya juga {scripts}", scripts=False)
    address = f"{site.address}/aduan/{number}"
    neighbour = visits.open(address, scripts=scripts)
    for said in ("Terima kasih", "sudah terhitung"):
        neighbour.goto(address)
        neighbour.get_by_role("button", name="Saya juga").click()
        expect(neighbour.locator("h1")).to_contain_text(said)
    neighbour.get_by_role("link", name="Kembali ke aduannya").click()
    expect(neighbour.locator("main")).to_contain_text("1 orang lain")
    other = visits.open(address, scripts=scripts)
    other.get_by_role("button", name="Saya juga").click()
    expect(other.locator("main")).to_contain_text("Sekarang 2 orang")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_use_the_pages_of_a_complaint(site: Site, visits: Visits, db: Database,
                                                   scheme: Literal["light", "dark"]) -> None:
    reader, number, code = filed(site, visits, f"semua bisa {scheme}", scripts=True)
    if reader.get_by_text("Meja penyalur").count():
        officer(db, number, Kind.ROUTED, agency="BAKORWIL-II")
    officer(db, number, Kind.ASKED, "Tiang nomor berapa?")
    officer(db, number, Kind.OFFERED, "Bukan jalan kami.", agency="DPMPTSP")
    officer(db, number, Kind.ACCEPTED, agency="DPMPTSP")
    officer(db, number, Kind.CLAIMED, ANSWER)
    viewport = PHONE if scheme == "light" else DESK
    reader.emulate_media(color_scheme=scheme)
    for path in (f"/aduan/{number}", f"/aduan/{number}/cetak", f"/en/aduan/{number}", "own", "tarik", "hapus"):
        if path.startswith("/"):
            reader.goto(site.address + path)
        else:
            own(site, reader, number, code)
            if path != "own":
                press(reader, path)
                expect(reader.locator("h1")).to_contain_text(path.capitalize())
        reader.set_viewport_size(viewport)
        seen = Axe().run(reader)
        assert seen.violations_count == 0, f"{path}: {seen.generate_report()}"
        reader.set_viewport_size({"width": 320, "height": 640})
        assert reader.evaluate(WIDE) <= 0, f"{path} at 320 px"
        reader.set_viewport_size({"width": 640, "height": 800})
        reader.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
        assert reader.evaluate(WIDE) <= 0, f"{path} at 200 %"
