"""The form and the site's own suggestions together: nothing here is answered by the test."""

import pytest
from playwright.sync_api import expect

from cettar_site.routing.snapshot_alike import FRESH_SECONDS
from tests.browser.conftest import Visits
from tests.browser.filing import onward, question, send, values
from tests.site import Site

pytestmark = pytest.mark.slow
STORY = "Lampu jalan di depan puskesmas padam sejak dua minggu, malam hari gelap sekali."
TWIN = "Lampu jalan depan puskesmas padam sudah dua minggu, malam gelap sekali."


def test_topics_and_a_twin_are_offered_while_somebody_types(site: Site, visits: Visits) -> None:
    first = visits.open(site.address + "/aduan")
    send(first, STORY)
    expect(first.locator("main")).to_contain_text("JTM-", timeout=30_000)
    page = visits.open(site.address + "/aduan")
    page.wait_for_timeout((FRESH_SECONDS + 0.5) * 1000)  # while it was filed the site had looked for similar ones
    page.locator("#text").fill(TWIN)
    offer = page.locator(".offers button").first
    question(page, "category")
    expect(offer).to_be_visible()
    assert values(page)["category"] == "", "never forced"
    offer.click()
    expect(page.locator("#category")).not_to_have_value("")
    question(page, "region").select_option("35.18")
    onward(page)
    expect(page.locator(".alike li").first).to_contain_text("Lampu jalan di depan puskesmas padam")
    with page.expect_navigation():
        page.locator(".alike li button").first.click()
    expect(page.locator("main")).to_contain_text("Terima kasih")


def test_who_may_be_in_danger_sees_numbers_at_once(site: Site, visits: Visits) -> None:
    page = visits.open(site.address + "/aduan")
    page.locator("#text").fill("Rumah tetangga kami terbakar dan ada orang di dalam.")
    expect(page.get_by_role("link", name="Darurat 112")).to_have_attribute("href", "tel:112")
