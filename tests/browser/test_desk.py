"""A complaint's whole life through four roles, on a phone, with scripts and without; keys and memory of the desk."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Page, expect

from cettar_site.complaints import store_read
from cettar_site.complaints.actions_happen import Deed, happen
from cettar_site.complaints.rules import SYSTEM, Kind
from cettar_site.desk.rules import Role
from cettar_site.infra import clock
from cettar_site.infra.db import Database
from tests.browser.conftest import DESK, PHONE, Visits
from tests.browser.desk import enter
from tests.browser.filing import CODE, NUMBER, calm, found, picture, send
from tests.browser.seed import CATEGORY, STORY, VAULT, add_officer, database_url, file
from tests.site import Site

pytestmark = pytest.mark.slow
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
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


def does(page: Page, site: Site, number: str, act: str, said: str, text: str = "", **chosen: str) -> None:
    """One act by its own form; what is said then."""
    page.goto(f"{site.address}/meja/{number}?tindak={act}")
    if text:
        page.locator("#tindak [name=text]").fill(text)
    for name, value in chosen.items():
        page.locator(f"#tindak [name={name}]").select_option(value)
    page.locator("#tindak [type=submit]").first.click()
    expect(page.locator("main")).to_contain_text(said)


def own(page: Page, site: Site, number: str, code: str) -> None:
    """The filer's own view."""
    page.goto(site.address + "/lacak")
    page.locator("[name=number]").fill(number)
    page.locator("[name=code]").fill(code)
    page.locator("main form [type=submit]").click()
    expect(page.locator("h1")).to_contain_text(number)


@SCRIPTS
def test_a_whole_life_with_four_roles(site: Site, visits: Visits, db: Database, tmp_path: Path, scripts: bool) -> None:
    name = f"hidup {scripts}"
    filer = visits.open(site.address + "/aduan", scripts=scripts, viewport=PHONE)
    calm(filer)
    send(filer, f"{STORY}, {name}.")
    number, code = found(filer, NUMBER), found(filer, CODE)
    sorter = at_desk(site, visits, db, Role.TRIAGE, "KOMINFO", name, scripts=scripts)
    does(sorter, site, number, "route", "Sudah disalurkan", to=AGENCY)
    officer = at_desk(site, visits, db, Role.OFFICER, AGENCY, name, scripts=scripts)
    does(officer, site, number, "acknowledge", "Hitungan waktu tetap berjalan")
    does(officer, site, number, "ask", "sudah sampai kepada pelapor", f"Tiang lampu nomor berapa yang padam? ({name})")
    own(filer, site, number, code)
    filer.locator("[name=message]").fill("Tiang nomor tujuh, dekat gapura.")
    filer.locator("form[action$='/lacak/pesan'] [type=submit]").click()
    officer.goto(f"{site.address}/meja/{number}?tindak=claim")
    expect(officer.locator("main")).to_contain_text("Tiang nomor tujuh")
    officer.locator("#tindak [name=text]").fill(f"Lampu tiang tujuh kami ganti tadi pagi, {name}.")
    officer.locator("#photo-1").set_input_files(picture(tmp_path, officer, "bukti.jpg", "#157") if scripts else PHOTO)
    officer.locator("#tindak [type=submit]").first.click()
    expect(officer.locator("main")).to_contain_text("Sekarang giliran pelapor")
    assert officer.locator(".evidence img").count() == 1
    auditor = at_desk(site, visits, db, Role.AUDITOR, "INSPEKTORAT", name, scripts=scripts)
    drawn(db, number)
    auditor.goto(f"{site.address}/meja/{number}")
    auditor.locator("[name=verdict][value=fail]").check()
    auditor.locator("[name=text]").fill("Kami datang Jumat malam: tiang nomor tujuh masih padam.")
    auditor.locator("#tindak [type=submit]").first.click()
    expect(auditor.locator("main")).to_contain_text("sudah tampil bagi umum")
    does(officer, site, number, "answer", "sudah tampil bagi warga", f"Trafo tiang tujuh diganti Sabtu siang, {name}.")
    own(filer, site, number, code)
    filer.get_by_role("button", name="Ya, sudah selesai").click()
    expect(filer.locator("main")).to_contain_text("Tercatat: sudah selesai")
    public = visits.open(f"{site.address}/aduan/{number}", scripts=scripts)
    for said in ("masih padam", "Trafo tiang tujuh", "Dikonfirmasi"):
        expect(public.locator("main")).to_contain_text(said)
    assert code not in site.log


PHOTO: FilePayload = {"name": "bukti.png", "mimeType": "image/png", "buffer": bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301"
    "0100c9fe92ef0000000049454e44ae426082")}


def drawn(db: Database, number: str) -> None:
    """Chance, helped: the claim is drawn for an audit, if it was not by itself."""
    with db.write("complaints") as session:
        case = store_read.case_by_number(session, number, VAULT)
        assert case is not None
        if not case.life.audit_by:
            happen(session, case, Deed(Kind.DRAWN, SYSTEM, "INSPEKTORAT"), case.life.moved_at + timedelta(seconds=1),
                   VAULT)


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
