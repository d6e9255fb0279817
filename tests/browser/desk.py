"""Signing in at the desk in a browser, with a code that no other test has used."""

from playwright.sync_api import Page, expect

from cettar_site.base.factor import code_to_use, fitting_step
from cettar_site.infra import clock
from tests.browser.seed import EMAIL, FACTOR, PASSWORD

USED: dict[tuple[str, str], int] = {}
"""The last half minute whose code was used, by site and account."""


def enter(page: Page, address: str, email: str = EMAIL) -> None:
    """Come in at a site's desk; waits for another code when those of the moment are used up."""
    page.goto(address + "/masuk")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form [type=submit]").click()
    expect(page.locator("[name=code]")).to_be_visible()
    used = USED.get((address, email), 0)
    while (code := code_to_use(FACTOR, now := clock.now(), used)) is None:
        page.wait_for_timeout(1000)
    USED[address, email] = fitting_step(FACTOR, code, now, used) or 0
    page.locator("[name=code]").fill(code)
    page.locator("main form [type=submit]").click()
    page.wait_for_url("**/meja**")
