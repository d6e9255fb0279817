"""What happens elsewhere appears on open pages without a reload, on one process and on two."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from cettar_site.infra.db import Database
from tests.browser.conftest import DESK, PHONE, Visits
from tests.browser.desk import enter
from tests.browser.seed import PRICE_NEW, STORY, database_url, file, prices_file
from tests.site import Site

pytestmark = pytest.mark.slow
SOON = 2000  # milliseconds that a reader may wait, as promised
PAGES = 4  # enough that each of two processes holds some
WAITING = re.compile(r"(\d+) aduan menunggu")


@pytest.fixture(params=["site", "site_of_two"])
def any_site(request: pytest.FixtureRequest) -> Site:
    """The site of one process, then the site of two."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Site)
    return found


@pytest.fixture
def db(any_site: Site) -> Iterator[Database]:
    """The site's database, opened beside it."""
    opened = Database(database_url(any_site))
    yield opened
    opened.close()


def alive(visits: Visits, site: Site, path: str) -> list[Page]:
    """Some open pages whose live view is in place, each marked so that a reload would show."""
    pages = [visits.open(site.address + path, viewport=PHONE if n % 2 else DESK) for n in range(PAGES)]
    for page in pages:
        expect(page.locator("main [role=status]").first).to_be_visible()
        page.evaluate("() => { window.same = true }")
    return pages


def waiting(page: Page) -> int:
    """How many complaints wait, as the page says."""
    match = WAITING.search(page.locator("main").inner_text().replace(".", ""))
    assert match is not None
    return int(match[1])


def all_say(pages: list[Page], text: str | re.Pattern[str]) -> None:
    """Each page says so soon, and was not loaded again."""
    for page in pages:
        expect(page.locator("main")).to_contain_text(text, timeout=SOON)
        assert page.evaluate("() => window.same") is True


def test_a_job_s_new_price_appears(any_site: Site, visits: Visits) -> None:
    pages = alive(visits, any_site, "/harga?komoditas=bawang-merah&wilayah=35.18")
    price = f"{PRICE_NEW // 1000}.{PRICE_NEW % 1000}"
    expect(pages[0].locator("main")).not_to_contain_text(price)
    any_site.job("import_prices", str(prices_file(any_site, "new.csv", [(0, PRICE_NEW)])))
    all_say(pages, price)


def test_a_complaint_and_its_answer_appear(any_site: Site, visits: Visits, db: Database) -> None:
    pages = alive(visits, any_site, "/papan")
    before = waiting(pages[0])
    number = file(db, f"{STORY}, tolong dijawab.").number
    all_say(pages, f"{before + 1} aduan menunggu")
    desk = visits.open(any_site.address + "/masuk", scripts=False, viewport=DESK)
    enter(desk, any_site.address)
    desk.goto(f"{any_site.address}/meja/{number}")
    desk.locator("textarea").fill("Lampunya sudah kami ganti pagi ini, terima kasih.")
    desk.locator("main form:has(textarea) [type=submit]").click()
    expect(desk.locator("main")).to_contain_text("Lampunya sudah kami ganti")
    all_say(pages, f"{before} aduan menunggu")


def test_a_page_takes_up_again_after_its_line_was_cut(any_site: Site, visits: Visits, db: Database) -> None:
    (page, *_) = alive(visits, any_site, "/papan")
    before = waiting(page)
    page.context.set_offline(True)
    file(db, f"{STORY}, saat jaringan putus.")
    page.context.set_offline(False)
    expect(page.locator("main")).to_contain_text(f"{before + 1} aduan menunggu", timeout=30_000)
    visits.said.clear()  # a cut line may be complained about
