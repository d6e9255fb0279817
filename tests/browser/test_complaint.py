"""A complaint is filed and followed, with scripts and without; nothing typed is lost on the way."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Visits
from tests.browser.filing import CODE, NUMBER, calm, fill, found, onward, send, stories
from tests.browser.seed import STORY
from tests.site import Site

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize("how", ["without scripts", "with scripts", "socket blocked"])
def test_file_and_follow(site: Site, visits: Visits, how: str, lang: str) -> None:
    page = visits.open(site.address + lang + "/aduan", scripts=how != "without scripts",
                       socket=how != "socket blocked", viewport=PHONE if lang else DESK)
    calm(page)
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
    calm(page)
    story = f"{STORY}, salah dulu ({scripts})."
    page.locator("[name=text]").fill("pendek")
    onward(page)
    expect(page.locator("[role=alert]").first).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value("pendek")
    send(page, story)
    found(page, NUMBER)
    assert len(stories(site, story)) == 1


def test_sending_the_same_form_twice_files_it_once(site: Site, visits: Visits) -> None:
    page = visits.open(site.address + "/aduan", scripts=False)
    story = f"{STORY}, dua kali."
    fill(page, story)
    onward(page)
    onward_again = page.context.new_page()
    sent: dict[str, str | float | bool] = {name: page.locator(f"[name={name}]").get_attribute("value") or ""
            for name in ("key", "text", "region", "visibility")}
    page.locator("[name=act][value=send]").click()
    first = found(page, NUMBER)
    answer = onward_again.request.post(site.address + "/aduan", form=sent | {"act": "send"},
                                       headers={"origin": site.address})
    assert answer.status == 200 and first in answer.text() and len(stories(site, story)) == 1


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
