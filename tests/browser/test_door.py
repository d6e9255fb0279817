"""An account from its making to its first day: two people, a phone, with scripts and without."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from cettar_site.base.factor import code_at, step_of
from cettar_site.desk.rules_door import Role
from cettar_site.infra import auth, clock
from cettar_site.infra.db import Database
from tests.browser.conftest import DESK, PHONE, Visits
from tests.browser.desk import enter
from tests.browser.seed import add_officer, database_url
from tests.site import Site

pytestmark = pytest.mark.slow
OWN = "kelapa muda enam buah"


def fine(page: Page, scripts: bool) -> None:
    """Nothing runs off the screen, and axe finds nothing."""
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0, page.url
    if scripts:
        found = Axe().run(page)
        assert found.violations_count == 0, page.url + found.generate_report()


def sent(page: Page, **typed: str) -> None:
    """Fill fields in and send the page's form."""
    for name, value in typed.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("main form [type=submit]").first.click()


def first_day(page: Page, email: str, password: str, scripts: bool) -> str:
    """From a password for once to the queue; the secret of the second factor."""
    sent(page, email=email, password=password)
    expect(page.locator("[name=new]")).to_be_visible()
    fine(page, scripts)
    sent(page, new=OWN, again=OWN)
    expect(page.locator(".factor-qr svg")).to_be_visible()
    fine(page, scripts)
    secret = page.locator(".code").inner_text().replace(" ", "")
    sent(page, code=code_at(secret, step_of(clock.now())))
    expect(page.locator(".code-list li")).to_have_count(auth.RECOVERY_CODES)
    fine(page, scripts)
    page.get_by_role("link", name="Sudah saya simpan").click()
    page.wait_for_url("**/meja")
    return secret


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_account_is_made_and_used(site: Site, visits: Visits, scripts: bool) -> None:
    db = Database(database_url(site))
    with db.write() as session:
        add_officer(session, f"pengelola-{scripts}@dinas.example", "KOMINFO", Role.ADMIN, clock.now())
    db.close()
    admin = visits.open(site.address + "/masuk", scripts=scripts, viewport=PHONE if scripts else DESK)
    enter(admin, site.address, f"pengelola-{scripts}@dinas.example")
    email = f"baru-{scripts}@dinas.example"
    admin.get_by_role("link", name="Buat akun").click()
    fine(admin, scripts)
    admin.locator("[name=role][value=officer]").check()
    admin.locator("[name=agency]").select_option("RSUD-SOETOMO")
    sent(admin, email=email)
    password = admin.locator(".code").inner_text()
    officer = visits.open(site.address + "/masuk", scripts=scripts, viewport=PHONE)
    secret = first_day(officer, email, password, scripts)
    for path in ("/meja/saya", "/meja/jejak?perbuatan=account_made", "/meja/akun"):
        admin.goto(site.address + path)
        fine(admin, scripts)
    admin.locator(".rowlink", has_text=email).click()
    fine(admin, scripts)
    admin.get_by_role("button", name="Nonaktifkan").click()
    expect(admin.locator("main")).to_contain_text("dinonaktifkan")
    officer.reload()
    officer.wait_for_url("**/masuk?ke=/meja")
    assert email not in site.log and password not in site.log and secret not in site.log
