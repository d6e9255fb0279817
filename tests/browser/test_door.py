"""An account from its making to its first day: two people, a phone, with scripts and without."""

import pytest
from playwright.sync_api import expect

from cettar_site.base.factor import code_at, step_of
from cettar_site.desk.rules_door import Role
from cettar_site.infra import clock
from cettar_site.infra.db import Database
from tests.browser.conftest import DESK, PHONE, Visits
from tests.browser.desk import enter
from tests.browser.seed import add_officer, database_url
from tests.site import Site

pytestmark = pytest.mark.slow
OWN = "kelapa muda enam buah"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_account_is_made_and_used(site: Site, visits: Visits, scripts: bool) -> None:
    db = Database(database_url(site))
    with db.write() as session:
        add_officer(session, f"pengelola-{scripts}@dinas.example", "KOMINFO", Role.ADMIN, clock.now())
    db.close()
    admin = visits.open(site.address + "/masuk", scripts=scripts, viewport=DESK)
    enter(admin, site.address, f"pengelola-{scripts}@dinas.example")
    email = f"baru-{scripts}@dinas.example"
    admin.get_by_role("link", name="Buat akun").click()
    admin.locator("[name=email]").fill(email)
    admin.locator("[name=role][value=officer]").check()
    admin.locator("[name=agency]").select_option("RSUD-SOETOMO")
    admin.locator("main form [type=submit]").click()
    password = admin.locator(".code").inner_text()

    officer = visits.open(site.address + "/masuk", scripts=scripts, viewport=PHONE)
    officer.locator("[name=email]").fill(email)
    officer.locator("[name=password]").fill(password)
    officer.locator("main form [type=submit]").click()
    officer.locator("[name=new]").fill(OWN)
    officer.locator("[name=again]").fill(OWN)
    officer.locator("main form [type=submit]").click()
    expect(officer.locator(".factor-qr svg")).to_be_visible()
    secret = officer.locator(".code").inner_text().replace(" ", "")
    officer.locator("[name=code]").fill(code_at(secret, step_of(clock.now())))
    officer.locator("main form [type=submit]").click()
    expect(officer.locator(".code-list li")).to_have_count(10)
    officer.get_by_role("link", name="Sudah saya simpan").click()
    officer.wait_for_url("**/meja")

    admin.goto(site.address + "/meja/jejak?perbuatan=account_made")
    expect(admin.locator("main")).to_contain_text("RSUD-SOETOMO")
    admin.goto(site.address + "/meja/akun")
    admin.locator(".rowlink", has_text=email).click()
    admin.get_by_role("button", name="Nonaktifkan").click()
    expect(admin.locator("main")).to_contain_text("dinonaktifkan")
    officer.reload()
    officer.wait_for_url("**/masuk?ke=/meja")
    assert email not in site.log and password not in site.log and secret not in site.log
