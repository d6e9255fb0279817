"""A line that is cut between typing and sending, a site that is down: the complaint waits, then files itself once."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import PHONE
from tests.browser.filing import CODE, DEVICE, NUMBER, calm, check, fill, found, onward, question, send, stories
from tests.browser.seed import SECRET, STORY
from tests.site import Site, build, running

pytestmark = pytest.mark.slow
WAITS = "Tersimpan di ponsel ini, belum terkirim"
HOLDS = "Belum terkirim: biarkan halaman ini terbuka"


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that the tests may stop and start."""
    build()
    with running(tmp_path_factory.mktemp("own"), secret=SECRET) as one:
        yield one


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone with a profile of its own."""
    context = browser.new_context(viewport=PHONE, locale="id-ID", reduced_motion="reduce")
    context.set_default_timeout(20_000)
    yield context
    context.close()


def opened(phone: BrowserContext, site: Site, lang: str = "") -> Page:
    """The form, and all that is needed to open it again without a line."""
    page = phone.new_page()
    calm(page)
    page.goto(f"{site.address}{lang}/aduan")
    expect(page.locator("form.walk")).to_be_visible()
    page.locator("#text").fill("x")  # somebody begins to write
    kept = "async () => (await (await caches.open('aduan')).keys()).length"
    for _ in range(200):
        if page.evaluate(kept) >= 6:
            break
        page.wait_for_timeout(50)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.locator("#text").fill("")
    return page


def device(page: Page) -> dict[str, Any]:
    """What the site keeps on the phone."""
    return dict(page.evaluate(DEVICE))


def press(page: Page) -> None:
    """Send, from the check."""
    expect(page.locator("#aduan .facts")).to_be_visible()
    onward(page)


@pytest.mark.parametrize("lang", ["", "/en"])
def test_cut_between_typing_and_sending_it_files_itself_once_after_a_restart(own_site: Site, phone: BrowserContext,
                                                                             lang: str) -> None:
    page = opened(phone, own_site, lang)
    story = f"{STORY}, garis putus{lang}."
    fill(page, story)
    phone.set_offline(True)
    own_site.stop()
    check(page)
    press(page)
    expect(page.locator("h1")).to_have_text("Kept on this phone, not sent yet" if lang else WAITS)
    expect(page.locator(".queue")).to_contain_text(STORY)
    assert Axe().run(page).violations_count == 0
    page.reload()  # the form opens without a line, and shows what waits
    expect(page.locator(".queue")).to_contain_text(STORY)
    assert stories(own_site, story) == []
    own_site.start()
    phone.set_offline(False)
    number, code = found(page, NUMBER), found(page, CODE)
    assert [case.request.number for case in stories(own_site, story)] == [number]
    after = device(page)
    assert after["stores"] == {"queue": [], "photos": []} and after["local"] == {} and code not in after["bodies"]
    page.reload()  # drawn down by accident
    assert found(page, CODE) == code
    page.goto(f"{own_site.address}{lang}/aduan")
    expect(page.locator("#text")).to_have_value("")
    assert len(stories(own_site, story)) == 1


def test_a_site_that_is_down_is_tried_again(own_site: Site, phone: BrowserContext) -> None:
    page = opened(phone, own_site)
    story = f"{STORY}, situs mati."
    fill(page, story)
    check(page)
    expect(page.locator(".check")).to_be_visible()
    own_site.stop()
    onward(page)
    expect(page.locator("h1")).to_have_text(WAITS)
    expect(page.locator(".queue")).to_contain_text("Menunggu sambungan")
    page.close()
    own_site.start()
    page = opened(phone, own_site)
    number = found(page, NUMBER)
    assert [case.request.number for case in stories(own_site, story)] == [number]


def test_the_worker_sends_it_with_no_page_open_and_the_receipt_is_shown_once(own_site: Site,
                                                                             phone: BrowserContext) -> None:
    page = opened(phone, own_site)
    story = f"{STORY}, tanpa halaman."
    fill(page, story)
    phone.set_offline(True)
    check(page)
    press(page)
    expect(page.locator("h1")).to_have_text(WAITS)
    page.goto("about:blank")
    phone.set_offline(False)
    cdp = phone.new_cdp_session(page)
    registered: list[str] = []
    cdp.on("ServiceWorker.workerRegistrationUpdated", lambda event: registered.extend(
        one["registrationId"] for one in event["registrations"]))
    cdp.send("ServiceWorker.enable")
    while not registered:
        page.wait_for_timeout(50)
    cdp.send("ServiceWorker.dispatchSyncEvent", {"origin": own_site.address, "registrationId": registered[0],
                                                 "tag": "aduan", "lastChance": False})
    for _ in range(400):
        if stories(own_site, story):
            break
        page.wait_for_timeout(50)
    page = opened_again(phone, own_site)
    number = found(page, NUMBER)
    assert [case.request.number for case in stories(own_site, story)] == [number]
    page.goto(own_site.address + "/aduan")
    expect(page.locator("form.walk")).to_be_visible()
    expect(page.locator(".queue")).to_have_count(0)


def opened_again(phone: BrowserContext, site: Site) -> Page:
    """The form's address, whatever it shows now."""
    page = phone.new_page()
    calm(page)
    page.goto(site.address + "/aduan")
    return page


def test_nothing_confidential_is_ever_on_the_device(own_site: Site, phone: BrowserContext) -> None:
    page = opened(phone, own_site)
    secret = "Rahasiacanary"
    page.get_by_role("button", name="Ini rahasia").click()
    page.locator("#text").fill(f"{STORY}, {secret}.")
    question(page, "region").select_option("35.18")
    page.locator("#place").fill(f"rumah {secret}")
    phone.set_offline(True)
    check(page)
    seen = [device(page)]
    press(page)
    expect(page.locator("h1")).to_have_text(HOLDS)
    expect(page.locator(".queue")).to_contain_text("jangan ditutup")
    seen.append(device(page))
    phone.set_offline(False)
    code = found(page, CODE)
    seen.append(device(page))
    assert not [one for one in seen if secret in str(one) or code in str(one)]
    assert [case.request.shown for case in stories(own_site, secret)] == ["confidential"]
    assert "history.state" not in str(page.evaluate("() => history.state"))
    page.reload()
    expect(page.locator("main")).not_to_contain_text(code)


def test_what_becomes_confidential_is_taken_off_the_device(own_site: Site, phone: BrowserContext) -> None:
    page = opened(phone, own_site)
    page.locator("#text").fill(f"{STORY}, canary pindah.")
    assert "canary pindah" in str(device(page)["local"])
    question(page, "region").select_option("35.18")
    question(page, "visibility")
    page.locator("[value=confidential]").check()
    assert "canary pindah" not in str(device(page))
    page.locator("[value=anonymous]").check()
    assert "canary pindah" in str(device(page)["local"])


def test_a_refusal_comes_back_as_the_form_with_what_is_wrong(own_site: Site, phone: BrowserContext) -> None:
    page = opened(phone, own_site)
    story = f"{STORY}, kecamatan salah."
    fill(page, story)
    phone.set_offline(True)
    check(page)
    page.get_by_role("button", name="Kembali").click()
    page.locator("[value=open]").check()
    page.locator("#name").fill("Sulastri")
    page.evaluate("() => { document.getElementById('district').value = 'Tidak Ada Begitu' }")
    check(page)
    press(page)
    expect(page.locator("h1")).to_have_text(WAITS)
    phone.set_offline(False)
    expect(page.locator("#district-error")).to_be_visible()
    expect(page.locator(".queue")).to_have_count(0)
    expect(page.locator("#name")).to_have_value("Sulastri")
    page.locator("#district").fill("Kertosono")
    check(page)
    press(page)
    found(page, NUMBER)
    (case,) = stories(own_site, story)
    assert case.request.district_code == "35.18.08"


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_site_is_left_alone_for_as_long_as_it_asks(own_site: Site, phone: BrowserContext, status: int) -> None:
    page = opened(phone, own_site)
    story = f"{STORY}, penuh {status}."
    fill(page, story)
    check(page)
    expect(page.locator(".check")).to_be_visible()
    asked: list[str] = []

    def busy(route: Route) -> None:
        asked.append(route.request.method)
        route.fulfill(status=status, headers={"retry-after": "900"}, body="busy")

    page.route(re.compile(r"/aduan$"), busy)
    onward(page)
    expect(page.locator(".queue")).to_contain_text(re.compile(r"Dicoba lagi sendiri pukul \d\d\.\d\d"))
    (item,) = device(page)["stores"]["queue"]
    assert item["next"] - item["first"] >= 900_000
    page.evaluate("() => antre.run()")
    page.evaluate("() => antre.run('', true)")  # not even when the line comes back
    assert len(asked) == 1 and stories(own_site, story) == []
    page.unroute(re.compile(r"/aduan$"))
    page.get_by_role("button", name="Kirim sekarang").click()
    found(page, NUMBER)
    assert len(stories(own_site, story)) == 1


def test_a_hotspot_s_door_is_no_receipt(own_site: Site, browser: Browser) -> None:
    without_worker = browser.new_context(viewport=PHONE, locale="id-ID", service_workers="block")
    page = opened_again(without_worker, own_site)
    fill(page, f"{STORY}, hotspot.")
    check(page)
    expect(page.locator(".check")).to_be_visible()
    page.route(re.compile(r"/aduan$"), lambda route: route.fulfill(body="<html>Log in to the hotspot</html>"))
    onward(page)
    expect(page.locator("h1")).to_have_text(WAITS)
    assert len(device(page)["stores"]["queue"]) == 1
    without_worker.close()


def test_what_waits_can_be_deleted(own_site: Site, phone: BrowserContext) -> None:
    page = opened(phone, own_site)
    story = f"{STORY}, dihapus."
    fill(page, story)
    phone.set_offline(True)
    check(page)
    press(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".queue").get_by_role("button", name="Hapus").click()
    expect(page.locator(".queue")).to_have_count(0)
    phone.set_offline(False)
    page.reload()
    expect(page.locator("#text")).to_have_value("")
    assert stories(own_site, story) == []


def test_only_the_form_and_its_scripts_are_kept(own_site: Site, phone: BrowserContext, tmp_path: Path) -> None:
    page = opened(phone, own_site)
    send(page, f"{STORY}, canary umum.")
    number, code = found(page, NUMBER), found(page, CODE)
    for path in (f"/aduan/{number}", "/lacak", "/masuk", "/meja", "/papan", "/aduan?kategori=S08"):
        page.goto(own_site.address + path)
    page.goto(own_site.address + "/lacak")
    page.locator("[name=number]").fill(number)
    page.locator("[name=code]").fill(code)
    page.locator("main form [type=submit]").click()
    expect(page.locator("main")).to_contain_text("canary umum")
    page.goto(own_site.address + "/aduan")
    expect(page.locator("form.walk")).to_be_visible()
    after = device(page)
    assert all(re.fullmatch(r"/aduan(-\w+)?\.js|/aduan", path) for path in after["cached"])
    assert len(after["cached"]) == len(set(after["cached"])) == 6
    for private in (number, code, "canary umum"):
        assert not [name for name, what in after.items() if private in str(what)], private


def test_a_page_without_a_line_makes_a_key_of_its_own(own_site: Site, phone: BrowserContext) -> None:
    page = opened(phone, own_site)
    phone.set_offline(True)
    keys = []
    for _ in range(2):
        page.reload()
        expect(page.locator("form.walk")).to_be_visible()
        keys.append(page.locator("[name=key]").input_value())
    assert len(set(keys)) == 2 and all(re.fullmatch("[0-9a-f]{8}-[0-9a-f]{4}-4.{21}", key) for key in keys)
