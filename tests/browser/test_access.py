"""Everyone can use every page: axe finds nothing, the keyboard reaches, nothing runs off a small screen."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DESK, PATHS, PHONE, TWINS, Visits
from tests.site import Site

pytestmark = pytest.mark.slow
SMALL: ViewportSize = {"width": 320, "height": 640}
EVERY = (*PATHS, *TWINS, "/masuk", "/tidak-ada")
LIVE = ("/harga", "/papan")


def settled(page: Page) -> Page:
    """The page with its live view in place, where it has one."""
    if page.url.removesuffix("/").endswith(LIVE):
        expect(page.locator("main [role=status]").first).to_be_visible()
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", EVERY)
def test_axe_finds_nothing(site: Site, visits: Visits, path: str, scheme: Literal["light", "dark"]) -> None:
    viewport = DESK if scheme == "dark" else PHONE
    page = settled(visits.open(site.address + path, scheme=scheme, viewport=viewport))
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", EVERY)
def test_nothing_runs_off_a_small_screen(site: Site, visits: Visits, path: str) -> None:
    page = settled(visits.open(site.address + path, viewport=SMALL))
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0, "320 px"
    page.set_viewport_size({"width": 640, "height": 800})
    height = "() => parseFloat(getComputedStyle(document.querySelector('main')).fontSize)"
    before = page.evaluate(height)
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    assert page.evaluate(height) == pytest.approx(2 * before, rel=0.1), "text that does not grow"
    assert page.evaluate(wide) <= 0, "text at 200 %"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize("path", PATHS)
def test_the_skip_link_comes_first_and_leads_to_the_content(site: Site, visits: Visits, path: str,
                                                            scripts: bool) -> None:
    page = visits.open(site.address + path, scripts=scripts, viewport=DESK)
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main#isi")).to_be_focused()
    assert page.url.endswith("#isi")


OUTLINE = """() => { const style = getComputedStyle(document.activeElement);
  return [document.activeElement.outerHTML.slice(0, 200), style.outlineStyle,
          parseFloat(style.outlineWidth)] }"""


@pytest.mark.parametrize("path", PATHS)
def test_focus_can_be_seen_wherever_it_goes(site: Site, visits: Visits, path: str) -> None:
    page = settled(visits.open(site.address + path, viewport=DESK))
    seen = 0
    for _ in range(40):
        page.keyboard.press("Tab")
        where, style, width = page.evaluate(OUTLINE)
        if where.startswith("<body"):
            break
        seen += 1
        assert style != "none" and width >= 2, f"shows no focus: {where}"
    assert seen >= 5
