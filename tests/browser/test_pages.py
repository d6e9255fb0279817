"""What every public page has in its HTML before any script: its data, its own name, its language."""

import re
import urllib.request
from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from selectolax.lexbor import LexborHTMLParser

from tests.browser.conftest import DESK, PATHS, PHONE, TWINS, Visits
from tests.browser.seed import OLD_STORY, PRICE_BEFORE
from tests.site import Site

pytestmark = pytest.mark.slow
PRICE = re.compile(f"{PRICE_BEFORE // 1000}[.,]{PRICE_BEFORE % 1000}")
# What a reader comes for, on each page, in both languages.
DATA: Mapping[str, tuple[str, str | re.Pattern[str]]] = {
    "/": ("main", PRICE),
    "/harga": ("main", PRICE),
    "/papan": ("main table", re.compile("1 (dari|of) 3")),
    "/aduan": ("main form", re.compile("Apa yang terjadi|What happened")),
    "/aduan/daftar": ("main .newest", re.compile("JTM-")),
    "/lacak": ("main form", re.compile("JTM-")),
    "/status": ("main", "Siskaperbapo"),
    "/tentang": ("main", "Siskaperbapo"),
}


def bare(path: str) -> str:
    """The Indonesian path of a page."""
    return path.removeprefix("/en") or "/"


def shows_its_data(page: Page, path: str) -> None:
    """The page's data can be read."""
    where, text = DATA[bare(path)]
    expect(page.locator(where).first).to_contain_text(text)
    expect(page.locator(where).first).to_be_visible()


@pytest.mark.parametrize("path", [*PATHS, *TWINS])
def test_data_without_scripts(site: Site, visits: Visits, path: str) -> None:
    shows_its_data(visits.open(site.address + path, scripts=False), path)


@pytest.mark.parametrize("path", [*PATHS, *TWINS])
def test_data_with_the_socket_blocked(site: Site, visits: Visits, path: str) -> None:
    shows_its_data(visits.open(site.address + path, socket=False, viewport=DESK), path)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", [*PATHS, *TWINS])
def test_data_with_everything_on(site: Site, visits: Visits, path: str, viewport: ViewportSize) -> None:
    shows_its_data(visits.open(site.address + path, viewport=viewport), path)


def test_the_front_page_shows_the_newest_complaints(site: Site, visits: Visits) -> None:
    expect(visits.open(site.address + "/", scripts=False).locator("main")).to_contain_text(OLD_STORY)


def words_of(page: Page) -> list[str]:
    """What the page's main part says, word by word, without times of day that pass."""
    return re.sub(r"\d{1,2}[.:]\d{2} WIB", "…", page.locator("main").inner_text()).lower().split()


@pytest.mark.parametrize("path", ["/harga", "/papan", "/en/harga", "/en/papan"])
def test_first_html_and_live_view_say_the_same(site: Site, visits: Visits, path: str) -> None:
    first = words_of(visits.open(site.address + path, scripts=False))
    page = visits.open(site.address + path)
    expect(page.locator("main [role=status]").first).to_be_visible()
    page.evaluate("""() => document.querySelectorAll("main button:not(form button)").forEach((one) => one.remove())""")
    assert words_of(page) == first


def html_of(site: Site, path: str) -> LexborHTMLParser:
    """A page as a program gets it."""
    with urllib.request.urlopen(site.address + path) as answer:
        return LexborHTMLParser(answer.read().decode())


def test_titles_and_descriptions_are_each_page_s_own(site: Site) -> None:
    trees = {path: html_of(site, path) for path in (*PATHS, *TWINS)}
    for path, tree in trees.items():
        lang = "en" if path.startswith("/en") else "id"
        assert [node.attributes.get("lang") for node in tree.css("html")] == [lang], path
        for what in ("title", "meta[name=description]", "main#isi", "h1"):
            assert len(tree.css(what)) == 1, f"{path}: {what}"
    titles = [tree.css("title")[0].text().strip() for tree in trees.values()]
    said = [tree.css("meta[name=description]")[0].attributes.get("content") or "" for tree in trees.values()]
    assert all(titles) and len(set(titles)) == len(titles)
    assert all(len(text) >= 40 for text in said) and len(set(said)) == len(said)
