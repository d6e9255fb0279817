"""A Chromium, a site of one process, a site of two, and a way to open pages that notes every complaint."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, sync_playwright

from tests.browser.seed import SECRET, fill
from tests.load import spread
from tests.site import Site, build, running
from tests.site_of_two import running_twice
from tests.tools.chromium import FLAGS, find

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}
PATHS = ("/", "/harga", "/papan", "/aduan", "/aduan/daftar", "/lacak", "/status", "/tentang")
TWINS = tuple("/en" + path.rstrip("/") for path in PATHS)


# The package's, not the session's: Playwright's event loop must be gone before other tests run theirs.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium; each page gets a profile of its own."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """A filled site of one process on SQLite."""
    build()
    with tempfile.TemporaryDirectory(prefix="cettar-one-") as folder, \
            running(Path(folder), secret=SECRET, proxy_hops="1", jobs="site") as one:
        fill(one)
        yield one


@pytest.fixture(scope="session")
def site_of_two() -> Iterator[Site]:
    """A filled site of two processes on PostgreSQL and Redis."""
    build()
    with tempfile.TemporaryDirectory(prefix="cettar-two-") as folder, \
            running_twice(Path(folder), secret=SECRET, proxy_hops="1", jobs="site") as two:
        fill(two)
        yield two


class Visits:
    """Opens pages, and keeps what their consoles said."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: list[BrowserContext] = []
        self.said: list[str] = []

    def open(self, address: str, *, scripts: bool = True, socket: bool = True,
             viewport: ViewportSize = PHONE, scheme: Literal["light", "dark"] = "light",
             workers: bool = True) -> Page:
        """A page in a profile of its own, loaded; without its socket or a service worker if wanted."""
        context = self.browser.new_context(
            viewport=viewport, java_script_enabled=scripts, color_scheme=scheme, reduced_motion="reduce",
            locale="id-ID", service_workers="allow" if workers else "block",
            extra_http_headers={"X-Forwarded-For": spread()})
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        page = context.new_page()
        if not socket:
            page.route_web_socket("**/_event**", lambda web_socket: web_socket.close())
        page.on("console", lambda message: self.note(message, page.url, socket))
        page.on("pageerror", lambda error: self.said.append(f"{page.url}: {error}"))
        page.goto(address, wait_until="load")
        return page

    def note(self, message: ConsoleMessage, address: str, socket: bool) -> None:
        """Keep errors and warnings, but for a blocked socket and for the status of the document itself."""
        refused = message.location["url"] == address and "responded with a status of 4" in message.text
        blocked = not socket and "WebSocket" in message.text
        unworked = "Service Worker registration blocked" in message.text
        if message.type in ("error", "warning") and not refused and not blocked and not unworked:
            self.said.append(f"{message.location['url']}: {message.text}")

    def close(self) -> None:
        """Close every page."""
        for context in self.contexts:
            context.close()


@pytest.fixture
def visits(browser: Browser) -> Iterator[Visits]:
    """Opens pages; at the end none of them may have said anything on its console (CSP violations are)."""
    made = Visits(browser)
    yield made
    made.close()
    assert made.said == [], "a page wrote errors on its console"
