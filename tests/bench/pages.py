"""What a page weighs on the wire, and when its data can be read on a bad line (Chromium's own throttling)."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright

from tests.bench.figures import Figure
from tests.tools.chromium import FLAGS, find

PAGES = ("/", "/harga", "/papan", "/aduan", "/aduan/daftar", "/lacak", "/status")
PHONE: ViewportSize = {"width": 360, "height": 640}
# kilobits a second, milliseconds, aim in seconds for data that can be read
LINES = {"slow 3G": (400, 400, 1.3), "2G": (150, 600, 2.0)}
CPU_SLOWER = 4
RUNS = 3
# What the reader came for: the answer, else the form or the table. Painted when two frames have passed.
DATA_SEEN = """
(() => {
  const look = () => {
    const found = document.querySelector("main .answer, main form, main table");
    if (found && found.textContent.trim() && found.getBoundingClientRect().height > 0)
      requestAnimationFrame(() => { window.__data = performance.now(); });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""
FIRST_PAINT = "() => (performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime"


@dataclass
class Wire:
    """What went over the wire for one page."""

    requests: list[str] = field(default_factory=list)
    bytes: float = 0.0

    def follow(self, cdp: CDPSession) -> None:
        """Count from now on; a response's bytes are its headers and its compressed body."""
        cdp.on("Network.requestWillBeSent", lambda event: self.asked(event["request"]["url"]))
        cdp.on("Network.loadingFinished", self.finished)

    def asked(self, address: str) -> None:
        """Add one request, unless the address carries its own answer."""
        if not address.startswith("data:"):
            self.requests.append(address)

    def finished(self, event: dict[str, float]) -> None:
        """Add one response."""
        self.bytes += event["encodedDataLength"]


def fresh_page(browser: Browser) -> tuple[Page, CDPSession]:
    """A phone with an empty cache."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True,
                                  locale="id-ID")
    page = context.new_page()
    cdp = context.new_cdp_session(page)
    cdp.send("Network.enable")
    return page, cdp


def weigh(browser: Browser, address: str) -> Wire:
    """Load a page on an open line and count."""
    page, cdp = fresh_page(browser)
    wire = Wire()
    wire.follow(cdp)
    page.goto(address, wait_until="networkidle")
    page.context.close()
    return wire


def paint(browser: Browser, address: str, kbps: int, latency: int) -> tuple[float, float]:
    """Seconds to the first paint, and to data that can be read, on a throttled line and a slow processor."""
    page, cdp = fresh_page(browser)
    page.add_init_script(DATA_SEEN)
    bytes_a_second = kbps * 1000 / 8
    cdp.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": latency, "downloadThroughput": bytes_a_second,
        "uploadThroughput": bytes_a_second, "connectionType": "cellular3g"})
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWER})
    page.goto(address, wait_until="load", timeout=120_000)
    first = data = None
    while first is None or data is None:
        first, data = page.evaluate(FIRST_PAINT), page.evaluate("() => window.__data")
        page.wait_for_timeout(50)
    page.context.close()
    return first / 1000, max(first, data) / 1000


def figures_of(browser: Browser, address: str, path: str) -> list[Figure]:
    """The figures of one page."""
    wire = weigh(browser, address + path)
    group = f"page {path}"
    found = [Figure(group, "transferred, brotli", wire.bytes / 1000, "KB", 140),
             Figure(group, "requests", len(wire.requests), "")]
    for name, (kbps, latency, aim) in LINES.items():
        runs = [paint(browser, address + path, kbps, latency) for _ in range(RUNS)]
        first, data = (statistics.median(one[at] for one in runs) for at in (0, 1))
        found.append(Figure(group, f"first paint, {name}", first, "s"))
        found.append(Figure(group, f"data readable, {name}", data, "s", aim,
                            note=f"{kbps} kbps, {latency} ms, CPU 4× slower, median of {RUNS}"))
    return found


def measure(address: str, paths: Sequence[str] = PAGES) -> list[Figure]:
    """All pages, one after another."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        try:
            return [figure for path in paths for figure in figures_of(browser, address, path)]
        finally:
            browser.close()
