"""How a citizen fills the complaint form, with scripts and without."""

import re
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import text as sql

from cettar_site.complaints import store_read
from cettar_site.complaints.rules import Case
from cettar_site.infra.db import Database
from tests.browser.seed import VAULT, database_url
from tests.site import Site

FOUR = "[0-9A-HJKMNP-TV-Z]{4}"
NUMBER = re.compile(f"JTM-{FOUR}-{FOUR}")
CODE = re.compile(f"{FOUR}(?:-{FOUR}){{5}}")
NOTHING: Mapping[str, object] = {"topics": [], "urgent": None, "level": None, "destination": None}


def calm(page: Page, suggested: Mapping[str, object] = NOTHING, similar: object = ()) -> None:
    """What is suggested while typing is given here, so that the test is about the form."""
    page.route("**/api/v1/complaints/suggest", lambda route: route.fulfill(json=dict(suggested)))
    page.route("**/api/v1/complaints/similar", lambda route: route.fulfill(json={"similar": similar}))


def walking(page: Page) -> bool:
    """Whether the form asks one question a step."""
    return page.locator("form.walk").count() > 0


def onward(page: Page) -> None:
    """Press the button that leads on."""
    page.locator("form#aduan button[type=submit]:not([value=edit]):visible").click()


def step(page: Page) -> None:
    """Walk one step on, whatever is asked there; similar complaints of other tests are other ones."""
    before = page.locator("#langkah").inner_text()
    onward(page)
    further = page.locator("#langkah").filter(has_not_text=before)
    expect(page.locator(".alike:visible").or_(further).first).to_be_visible()
    other = page.get_by_role("button", name="Aduan saya lain, lanjutkan")
    if other.is_visible():
        other.click()
    expect(page.locator("#langkah")).not_to_have_text(before)


def question(page: Page, name: str) -> Locator:
    """A field of the form; with scripts the way there is walked first."""
    field = page.locator(f"form#aduan [name={name}]").first
    while walking(page) and not field.is_visible():
        step(page)
    return field


def wrong(page: Page) -> bool:
    """Whether something is said to be wrong."""
    return page.locator(".problems").count() > 0


def fill(page: Page, story: str, shown: str = "anonymous") -> None:
    """Answer what must be answered."""
    question(page, "text").fill(story)
    question(page, "region").select_option("35.18")
    question(page, "visibility")
    page.locator(f"[name=visibility][value={shown}]").check()


def check(page: Page) -> None:
    """Go on to the check before sending."""
    if not walking(page):
        onward(page)
    elif wrong(page):  # mended by now
        step(page)
    while walking(page) and not page.locator("form#aduan .step").last.is_visible() and not wrong(page):
        step(page)


def send(page: Page, story: str, shown: str = "anonymous") -> None:
    """Fill the form, look at the check, send."""
    fill(page, story, shown)
    check(page)
    expect(page.locator("main .facts")).to_be_visible()
    page.locator("main button[type=submit]:not([value=edit]):visible").click()


def found(page: Page, pattern: re.Pattern[str]) -> str:
    """What of the page's text looks like this."""
    expect(page.locator("main")).to_contain_text(pattern, timeout=30_000)
    match = pattern.search(page.locator("main").inner_text())
    assert match is not None
    return match[0]


def kept(site: Site) -> list[Case]:
    """Every complaint that the site has, whole."""
    db = Database(database_url(site))
    try:
        with db.read() as session:
            numbers = session.execute(sql("SELECT number FROM complaint_request")).scalars()
            cases = [store_read.case_by_number(session, number, VAULT) for number in numbers]
    finally:
        db.close()
    return [case for case in cases if case is not None]


def values(page: Page) -> dict[str, str]:
    """What the form holds."""
    page.locator("form.walk").wait_for(state="attached")
    return dict(page.evaluate("() => aduan.fields(document.getElementById('aduan'))"))


def stories(site: Site, story: str) -> list[Case]:
    """The complaints that say this."""
    return [case for case in kept(site) if (writing := case.writing(1)) and story in writing.text]


def picture(folder: Path, page: Page, name: str, colour: str) -> Path:
    """A large picture in a file, as a phone takes it."""
    path = folder / name
    maker = page.context.browser.new_page(viewport={"width": 2000, "height": 1500}) if page.context.browser else page
    maker.set_content(f"<body style='background:linear-gradient({colour},#222)'><h1>{name}</h1>")
    maker.screenshot(path=str(path), type="jpeg")
    maker.close()
    return path


DEVICE = """async () => {
  const asked = (ask) => new Promise((ok) => { ask.onsuccess = () => ok(ask.result) });
  const base = await asked(indexedDB.open("aduan")), stores = {};
  for (const name of base.objectStoreNames)
    stores[name] = await asked(base.transaction(name).objectStore(name).getAll());
  base.close();
  const caught = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const one of await cache.keys())
      caught.push([new URL(one.url).pathname, await (await cache.match(one)).text()]);
  }
  const bases = (await indexedDB.databases()).map(({ name }) => name);
  return { local: { ...localStorage }, tab: { ...sessionStorage }, bases, stores: JSON.parse(JSON.stringify(stores)),
           cached: caught.map(([path]) => path), bodies: caught.map(([, body]) => body).join("") };
}"""
"""All that the site keeps on a device."""
