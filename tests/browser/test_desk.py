"""The desk in a browser: its keys, its memory, its looks. A complaint's whole life is in test_life."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from cettar_site.desk.rules import Role
from cettar_site.infra import clock
from cettar_site.infra.db import Database
from tests.browser.conftest import DESK, PHONE, Visits
from tests.browser.desk import enter
from tests.browser.seed import CATEGORY, STORY, add_officer, database_url, file
from tests.site import Site

pytestmark = pytest.mark.slow
AGENCY = CATEGORY.agency_code
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def db(site: Site) -> Iterator[Database]:
    """The site's database, opened beside it."""
    opened = Database(database_url(site))
    yield opened
    opened.close()


def at_desk(site: Site, visits: Visits, db: Database, role: Role, agency: str, name: str, *,
            scripts: bool = True) -> Page:
    """An officer of a new account, inside, on a phone."""
    email = f"{role}-{name}@dinas.example".replace(" ", "-")
    with db.write() as session:
        add_officer(session, email, agency, role, clock.now())
    page = visits.open(site.address + "/masuk", scripts=scripts, viewport=PHONE)
    enter(page, site.address, email)
    return page


def test_what_is_typed_survives_a_reload_and_goes_when_it_is_sent(site: Site, visits: Visits, db: Database) -> None:
    number = file(db, f"{STORY}, ingatan.").number
    page = at_desk(site, visits, db, Role.OFFICER, AGENCY, "ingatan")
    page.goto(f"{site.address}/meja/{number}")
    words = "Regu penerangan mengganti lampu di depan puskesmas itu hari Rabu, ingatan."
    page.locator("[name=text]").fill(words)
    page.reload()
    expect(page.locator("[name=text]")).to_have_value(words)
    page.get_by_role("link", name="Janjikan tanggal").click()
    expect(page.locator("[name=text]")).to_have_value(words)
    page.goto(f"{site.address}/meja/{number}?tindak=answer")
    page.locator("#tindak [type=submit]").click()
    expect(page.locator("main")).to_contain_text("sudah tampil bagi warga")
    expect(page.locator("[name=text]")).to_have_value("")
    page.locator("[name=text]").fill("Belum dikirim, lalu keluar dari meja.")
    page.get_by_role("button", name="Keluar").click()
    expect(page.locator("h1")).to_contain_text("Masuk")
    assert page.evaluate("() => Object.keys(sessionStorage).filter((one) => one.startsWith('meja.'))") == []


def test_the_queue_by_keys(site: Site, visits: Visits, db: Database) -> None:
    for n in range(2):
        file(db, f"{STORY}, tombol {n}.")
    page = at_desk(site, visits, db, Role.OFFICER, AGENCY, "tombol")
    rows = page.locator("a.rowlink")
    for key, at in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(rows.nth(at)).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("[name=cari]")).to_be_focused()
    page.keyboard.type("j/k")
    expect(page.locator("[name=cari]")).to_have_value("j/k")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Aduan JTM-")
    page.keyboard.press("u")
    expect(page.locator("h1")).to_contain_text("Aduan mana")
    page.goto(site.address + "/meja?keadaan=semua&wilayah=35.18")
    page.locator("a.rowlink").first.click()
    page.get_by_role("link", name="Kembali ke antrean").click()
    page.wait_for_url("**/meja?keadaan=semua&wilayah=35.18")
    page.keyboard.press("?")
    expect(page.locator("#tombol")).to_have_attribute("open", "")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_desk_is_open_to_everybody(site: Site, visits: Visits, db: Database, viewport: object) -> None:
    number = file(db, f"{STORY}, ukuran.").number
    for role, agency, paths in ((Role.SUPERVISOR, AGENCY, ("/meja", f"/meja/{number}", "/meja/templat")),
                                (Role.TRIAGE, "KOMINFO", ("/meja/pilah", f"/meja/{number}?tindak=hide"))):
        page = at_desk(site, visits, db, role, agency, f"ukuran-{viewport is DESK}")
        page.set_viewport_size(DESK if viewport is DESK else PHONE)
        for path in paths:
            page.goto(site.address + path)
            assert page.evaluate(WIDE) <= 0, path
            found_by_axe = Axe().run(page).response["violations"]
            assert found_by_axe == [], (path, [(one["id"], one["nodes"][0]["html"]) for one in found_by_axe])
