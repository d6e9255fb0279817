"""What was typed outlives a reload, a release and a second tab; not a week, and not the wish to begin anew."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Visits
from tests.browser.filing import NUMBER, calm, found, question, send, stories, values
from tests.browser.seed import STORY
from tests.site import Site

pytestmark = pytest.mark.slow


def test_a_draft_survives_a_reload_and_another_release(site: Site, visits: Visits) -> None:
    page = visits.open(site.address + "/aduan", workers=False)
    calm(page)
    page.locator("#text").fill(f"{STORY}, belum selesai.")
    question(page, "category").select_option("S08")
    page.locator("#topic").select_option("S08.001")
    question(page, "region").select_option("35.18")
    page.locator("#place").fill("depan pasar")
    key = values(page)["key"]
    page.reload()
    expect(page.locator("h1")).to_have_text("Di mana?")
    expect(page.locator("#place")).to_have_value("depan pasar")

    def released(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace("?v=", "?v=0").replace('name="place"', 'name="other"').replace(
            "Langkah {n}", "Bagian {n}")
        route.fulfill(response=answer, body=body)

    page.route("**/aduan", released)
    page.reload()
    expect(page.locator("#langkah")).to_have_text("Bagian 3 dari 7")
    page.go_back()
    expect(page.locator("#topic")).to_have_value("S08.001")
    page.go_back()
    expect(page.locator("#text")).to_have_value(f"{STORY}, belum selesai.")
    assert values(page)["key"] == key
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Hapus dan mulai baru").click()
    expect(page.locator("#text")).to_have_value("")
    assert values(page)["key"] != key and page.evaluate("() => Object.keys(localStorage)") == []


def test_a_draft_of_last_week_is_forgotten(site: Site, visits: Visits) -> None:
    page = visits.open(site.address + "/aduan")
    calm(page)
    page.locator("#text").fill(f"{STORY}, lama.")
    page.evaluate("""() => { for (const name in localStorage) if (name.startsWith("aduan:")) localStorage[name] =
        JSON.stringify({ ...JSON.parse(localStorage[name]), at: Date.now() - 7.1 * 864e5 }) }""")
    page.reload()
    expect(page.locator("#text")).to_have_value("")
    assert page.evaluate("() => Object.keys(localStorage)") == []


def test_two_tabs_keep_their_stories_apart(site: Site, visits: Visits) -> None:
    one = visits.open(site.address + "/aduan")
    calm(one)
    one.locator("#text").fill(f"{STORY}, tab pertama.")
    two = one.context.new_page()
    calm(two)
    two.goto(site.address + "/aduan")
    expect(two.locator("#langkah")).to_have_text("Langkah 1 dari 7")
    expect(two.locator("#text")).to_have_value("")
    assert values(one)["key"] != values(two)["key"]
    send(two, f"{STORY}, tab kedua.")
    found(two, NUMBER)
    one.reload()
    expect(one.locator("#text")).to_have_value(f"{STORY}, tab pertama.")
    one.close()
    two.goto(site.address + "/aduan")  # whose tab is closed: the next one goes on
    expect(two.locator("#text")).to_have_value(f"{STORY}, tab pertama.")
    assert [len(stories(site, text)) for text in ("tab pertama", "tab kedua")] == [0, 1]
