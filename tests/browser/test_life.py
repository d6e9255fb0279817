"""A complaint's whole life on phones, with scripts and without: filed, sorted, asked, claimed, disputed, claimed again,
audited, confirmed, hidden, shown again, erased. A citizen and four roles of the desk, each in a browser of their own.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cettar_site.complaints import store_read
from cettar_site.complaints.actions_happen import Deed, happen
from cettar_site.complaints.rules import SYSTEM, Kind
from cettar_site.complaints.rules_life import replay
from cettar_site.desk.rules_door import Role
from cettar_site.infra import clock
from cettar_site.infra.db import Database
from tests.browser.conftest import Visits
from tests.browser.filing import CODE, NUMBER, calm, found, picture, question, step, walking
from tests.browser.filing import check as look
from tests.browser.seed import VAULT, database_url
from tests.browser.test_desk import at_desk
from tests.browser.test_filer import own, press, public
from tests.site import Site

pytestmark = pytest.mark.slow
STORY = "Trotoar di depan kantor kami bergelombang dan licin, kemarin tetangga saya jatuh"
QUESTION = "Di sisi timur atau sisi barat jalan, dan di depan nomor berapa?"
DONE = "Ubin yang pecah di sisi timur kami ganti hari ini, 14 lembar."
AGAIN = "Sisi barat ternyata juga rusak. Sudah kami ratakan tadi pagi sepanjang 20 meter."
SEEN = "Kami datangi: kedua sisi trotoar sudah rata."


@pytest.fixture
def db(site: Site) -> Iterator[Database]:
    """The site's database, opened beside it."""
    opened = Database(database_url(site))
    yield opened
    opened.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_whole_life(site: Site, visits: Visits, db: Database, tmp_path: Path, scripts: bool) -> None:
    def desk(role: Role, agency: str) -> Page:
        return at_desk(site, visits, db, role, agency, f"hidup-{scripts}", scripts=scripts)

    citizen = visits.open(site.address + "/aduan", scripts=scripts)
    number, code = filed(citizen, picture(tmp_path, citizen, "sebelum.jpg", "#a33"), f"{STORY} ({scripts})")
    sorter, at_work = desk(Role.TRIAGE, "KOMINFO"), desk(Role.OFFICER, "DPUBM")
    sort(site, sorter, number, "DPUBM")
    public(site, visits, number, "Dinas Pekerjaan Umum Bina Marga")
    asked_and_answered(site, at_work, citizen, number, code)
    claim(site, at_work, number, DONE, picture(tmp_path, at_work, "sesudah.jpg", "#3a3"))
    public(site, visits, number, "Sesudah")
    disputed(site, citizen, number, code)
    head = desk(Role.SUPERVISOR, "DPUBM")
    claim(site, head, number, AGAIN, picture(tmp_path, head, "sesudah-lagi.jpg", "#33a"))
    audited(site, db, desk(Role.AUDITOR, "INSPEKTORAT"), number)
    public(site, visits, number, SEEN)
    own(site, citizen, number, code)
    citizen.get_by_role("button", name="Ya, sudah selesai").click()
    expect(citizen.locator("main")).to_contain_text("Tercatat: sudah selesai")
    citizen.locator("[name=rating][value='5']").check()
    press(citizen, "nilai")
    hidden_and_shown_again(site, visits, sorter, citizen, number, code)
    press(citizen, "hapus")
    citizen.locator("[name=sure]").check()
    press(citizen, "hapus")
    public(site, visits, number, "Isi aduan ini sudah dihapus")
    whole(db, number)
    assert code not in site.log


def asked_and_answered(site: Site, at_work: Page, citizen: Page, number: str, code: str) -> None:
    """The officer reads it and asks; the citizen answers; thanks alone would stop no clock."""
    do(at_work, site, number, "acknowledge")
    do(at_work, site, number, "ask", text=QUESTION)
    own(site, citizen, number, code)
    expect(citizen.locator("main")).to_contain_text(QUESTION)
    citizen.locator("[name=message]").fill("Kedua sisi, di depan nomor 12.")
    press(citizen, "pesan")
    stock_words_stop_no_clock(site, at_work, number)


def disputed(site: Site, citizen: Page, number: str, code: str) -> None:
    """Not done, says the citizen, and what is missing."""
    own(site, citizen, number, code)
    citizen.locator("[name=missing]").fill("Sisi barat belum disentuh.")
    citizen.get_by_role("button", name="Belum selesai").click()
    expect(citizen.locator("main")).to_contain_text("Tercatat: belum selesai")


def open_case(page: Page, site: Site, number: str, act: str) -> None:
    """A complaint at the desk, with the form of an act."""
    page.goto(f"{site.address}/meja/{number}?tindak={act}")
    expect(page.locator("h1")).to_contain_text(number)


def do(page: Page, site: Site, number: str, act: str, text: str = "") -> None:
    """Do an act by its form."""
    open_case(page, site, number, act)
    if text:
        page.locator("#tindak [name=text]").fill(text)
    page.locator("#tindak [type=submit]").first.click()


def filed(page: Page, photo: Path, story: str) -> tuple[str, str]:
    """File it with a photo; number and code of the receipt."""
    calm(page)
    question(page, "text").fill(story)
    question(page, "region").select_option("35.18")
    chooser = page.locator("#photos input[type=file]").first
    while walking(page) and not chooser.is_visible():
        step(page)
    chooser.set_input_files(photo)
    if walking(page):  # a script sends it at once
        expect(page.locator("#photos li").first).to_contain_text("Sudah kami terima.")
    question(page, "visibility")
    page.locator("[name=visibility][value=anonymous]").check()
    look(page)
    expect(page.locator("main .facts")).to_be_visible()
    page.locator("main button[type=submit]:not([value=edit]):visible").click()
    return found(page, NUMBER), found(page, CODE)


def sort(site: Site, page: Page, number: str, agency: str) -> None:
    """The sorting desk ticks it and sends it on."""
    page.goto(site.address + "/meja/pilah")
    page.locator(f"#pick-{number}").check()
    page.locator("[name=to]").select_option(agency)
    page.get_by_role("button", name="Salurkan yang dicentang").click()
    expect(page.locator("[role=alert]").first).to_contain_text(number)


def stock_words_stop_no_clock(site: Site, page: Page, number: str) -> None:
    """Thanks alone are no answer: it is said before they are sent, and nothing typed is lost."""
    thanks = "Terima kasih atas laporan Anda. Laporan Anda akan segera kami tindak lanjuti."
    do(page, site, number, "answer", text=thanks)
    expect(page.locator("[role=alert]").first).to_contain_text("tidak menghentikan hitungan")
    expect(page.locator("#tindak [name=text]")).to_have_value(thanks)


def claim(site: Site, page: Page, number: str, text: str, photo: Path) -> None:
    """The agency says that it is done, and shows it."""
    open_case(page, site, number, "claim")
    page.locator("#tindak [name=text]").fill(text)
    page.locator("#tindak [name=photo]").first.set_input_files(photo)
    page.locator("#tindak [type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Sekarang giliran pelapor")


def audited(site: Site, db: Database, page: Page, number: str) -> None:
    """Chance draws one claim in twenty; here it is drawn for certain."""
    with db.write("complaints") as session:
        case = store_read.case_by_number(session, number, VAULT)
        assert case is not None
        if not case.life.audit_by:
            happen(session, case, Deed(Kind.DRAWN, SYSTEM, "INSPEKTORAT"), clock.now(), VAULT)
    page.goto(site.address + "/meja")
    page.locator(f"a[href$='{number}']").first.click()
    page.locator("[name=verdict][value=pass]").check()
    page.locator("#tindak [name=text]").fill(SEEN)
    page.locator("#tindak [type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Hasil pemeriksaan sudah tampil")


def hidden_and_shown_again(site: Site, visits: Visits, sorter: Page, citizen: Page, number: str, code: str) -> None:
    """The public sees that something was hidden and why in short; the filer reads the whole reason."""
    why = "Ada nama orang lain di ceritanya; kami periksa dulu."
    open_case(sorter, site, number, "hide")
    sorter.locator("#tindak [name=reason]").first.check()
    sorter.locator("#tindak [name=text]").fill(why)
    sorter.locator("#tindak [type=submit]").first.click()
    page = visits.open(f"{site.address}/aduan/{number}", scripts=False)
    expect(page.locator("main")).not_to_contain_text("Trotoar")
    expect(page.locator("main")).not_to_contain_text(why)
    own(site, citizen, number, code)
    expect(citizen.locator("main")).to_contain_text(why)
    do(sorter, site, number, "reveal")
    public(site, visits, number, "Trotoar")
    own(site, citizen, number, code)


def whole(db: Database, number: str) -> None:
    """Events replay to where it stands, one agency after the other held it, and its first due date never moved."""
    with db.read() as session:
        case = store_read.case_by_number(session, number, VAULT)
    assert case is not None and replay(case.events) == case.life
    kinds = [event.kind for event in case.events if event.kind is not Kind.DRAWN]
    assert kinds == [
        Kind.SUBMITTED, Kind.ROUTED, Kind.ACKNOWLEDGED, Kind.ASKED, Kind.MESSAGED, Kind.CLAIMED, Kind.DISPUTED,
        Kind.CLAIMED, Kind.AUDITED, Kind.CONFIRMED, Kind.RATED, Kind.HIDDEN, Kind.REVEALED, Kind.ERASED]
    assert [one.agency_code for one in case.life.custodies] == ["KOMINFO", "DPUBM"]
    assert case.life.erased and case.writings == ()
