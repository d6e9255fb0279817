"""A complaint is filed and followed, with scripts and without; nothing typed is lost on the way."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Visits
from tests.browser.seed import STORY
from tests.site import Site

pytestmark = pytest.mark.slow
FOUR = "[0-9A-HJKMNP-TV-Z]{4}"
NUMBER = re.compile(f"JTM-{FOUR}-{FOUR}")
CODE = re.compile(f"{FOUR}(?:-{FOUR}){{5}}")


def send(page: Page, text: str) -> None:
    """Fill the form as a citizen does, and send it."""
    page.locator("[name=text]").fill(text)
    page.locator("[name=region]").select_option("35.18")
    page.locator("[name=visibility][value=open]").check()
    page.locator("main form [type=submit]").click()


def found(page: Page, pattern: re.Pattern[str]) -> str:
    """What of the page's text looks like this."""
    expect(page.locator("main")).to_contain_text(pattern)
    match = pattern.search(page.locator("main").inner_text())
    assert match is not None
    return match[0]


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize("how", ["without scripts", "with scripts", "socket blocked"])
def test_file_and_follow(site: Site, visits: Visits, how: str, lang: str) -> None:
    page = visits.open(site.address + lang + "/aduan", scripts=how != "without scripts",
                       socket=how != "socket blocked", viewport=PHONE if lang else DESK)
    text = f"{STORY}, {how}{lang}."
    send(page, text)
    number, code = found(page, NUMBER), found(page, CODE)
    page.goto(site.address + lang + "/lacak")
    page.locator("[name=number]").fill(number.lower())
    page.locator("[name=code]").fill(code)
    page.locator("main form [type=submit]").click()
    expect(page.locator("main")).to_contain_text(text)
    assert code not in page.url
    page.goto(f"{site.address}{lang}/aduan/{number}")
    expect(page.locator("main")).to_contain_text(text)
    expect(page.locator("main")).not_to_contain_text(code)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_mistake_costs_nothing_that_was_typed(site: Site, visits: Visits, scripts: bool) -> None:
    page = visits.open(site.address + "/aduan", scripts=scripts)
    page.locator("[name=text]").fill(STORY)
    page.locator("main form [type=submit]").click()
    expect(page.locator("[role=alert]").first).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value(STORY)
    page.locator("[name=region]").select_option("35.18")
    page.locator("[name=visibility][value=open]").check()
    page.locator("main form [type=submit]").click()
    found(page, NUMBER)


def test_sending_the_same_form_twice_files_it_once(site: Site, visits: Visits) -> None:
    page = visits.open(site.address + "/aduan", scripts=False)
    key = page.locator("[name=key]").get_attribute("value") or ""
    send(page, f"{STORY}, dua kali.")
    first = found(page, NUMBER)
    page.go_back()
    field = page.locator("[name=key]")
    if field.get_attribute("value") == key:  # the browser kept the form: its key is the same
        send(page, f"{STORY}, dua kali.")
        assert found(page, NUMBER) == first


def test_a_wrong_code_opens_nothing(site: Site, visits: Visits) -> None:
    page = visits.open(site.address + "/aduan", scripts=False)
    send(page, f"{STORY}, rahasia saya.")
    number = found(page, NUMBER)
    page.goto(site.address + "/lacak")
    page.locator("[name=number]").fill(number)
    page.locator("[name=code]").fill("0000-0000-0000-0000-0000-0000")
    page.locator("main form [type=submit]").click()
    expect(page.locator("[role=alert]").first).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("rahasia saya")
