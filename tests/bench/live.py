"""How soon an open page shows a commit, and what an open page costs in memory.

What a real browser says on the event socket of /papan is recorded once; then many sockets say the same,
each under its own token, and a complaint is filed: the time from sending it to each socket's delta.
"""

import asyncio
import contextlib
import re
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from playwright.sync_api import WebSocket, sync_playwright

from tests.bench.figures import Figure
from tests.load import intake, new_key, quantile, spread, talk
from tests.site import Site
from tests.tools.chromium import FLAGS, find

PAGE = "/papan"
SOCKETS, WARM_SOCKETS = 200, 50
COMMITS = 10
PAUSE = 1.5  # seconds between commits: the page is at rest when the next one comes
GIVE_UP = 10.0
TOKEN = re.compile(r"token=([0-9a-f-]{36})")


@dataclass
class Script:
    """What a browser's page said: the socket's address, its first frames, its token."""

    url: str = ""
    frames: list[str] = field(default_factory=list)
    protocol: str = ""

    @property
    def token(self) -> str:
        """The page's own token, to be replaced."""
        found = TOKEN.search(self.url)
        assert found is not None, f"no token in {self.url}"
        return found[1]


def record(address: str) -> Script:
    """Open the page in a browser and write down what it says before it is at rest."""
    script = Script()

    def opened(socket: WebSocket) -> None:
        script.url = socket.url
        socket.on("framesent", lambda frame: script.frames.append(str(frame)))

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        page = browser.new_page()
        page.on("websocket", opened)
        page.goto(address + PAGE, wait_until="networkidle")
        page.wait_for_timeout(1500)
        browser.close()
    script.frames = [frame for frame in script.frames if frame not in ("2", "3", "2probe", "5")]
    assert script.frames, "the page opened no event socket"
    return script


class Viewer:
    """One open page."""

    def __init__(self) -> None:
        self.heard = asyncio.Event()
        self.at = 0.0
        self.deltas = 0

    async def watch(self, session: aiohttp.ClientSession, script: Script, origin: str) -> None:
        """Open the socket, say what the browser said, then note when each delta comes."""
        token = str(uuid.uuid4())
        headers = {"Origin": origin, "X-Forwarded-For": spread()}
        url = script.url.replace(script.token, token)
        async with session.ws_connect(url, headers=headers, max_msg_size=0) as socket:
            await socket.receive()  # engine.io's greeting
            for frame in script.frames:
                await socket.send_str(frame.replace(script.token, token))
            async for message in socket:
                if message.data == "2":
                    await socket.send_str("3")
                elif isinstance(message.data, str) and '"delta"' in message.data:
                    self.at, self.deltas = time.perf_counter(), self.deltas + 1
                    self.heard.set()


async def open_all(session: aiohttp.ClientSession, script: Script, origin: str, n: int
                   ) -> tuple[list[Viewer], list[asyncio.Task[None]]]:
    """Open so many pages and wait until each has its first data."""
    viewers = [Viewer() for _ in range(n)]
    tasks = [asyncio.create_task(viewer.watch(session, script, origin)) for viewer in viewers]
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(60):
            await asyncio.gather(*(viewer.heard.wait() for viewer in viewers))
    await asyncio.sleep(2)
    return viewers, tasks


async def commit(port: int) -> float:
    """File one complaint; when it was sent."""
    requests = [intake(new_key())]
    began = time.perf_counter()
    await talk(port, 1, lambda: requests.pop() if requests else None, lambda *_: None)
    return began


async def watch_commits(port: int, viewers: list[Viewer]) -> tuple[list[float], int]:
    """Commit some times; seconds until each viewer's delta, and how many never got one."""
    took, missed = [], 0
    for _ in range(COMMITS):
        for viewer in viewers:
            viewer.heard.clear()
        began = await commit(port)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GIVE_UP):
                await asyncio.gather(*(viewer.heard.wait() for viewer in viewers))
        took += [viewer.at - began for viewer in viewers if viewer.heard.is_set()]
        missed += sum(not viewer.heard.is_set() for viewer in viewers)
        await asyncio.sleep(PAUSE)
    return took, missed


def memory(pids: list[int]) -> int:
    """Bytes that these processes hold, shared pages counted by their share (Linux)."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            found = re.search(r"^Pss: +(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
            total += int(found[1]) * 1024 if found else 0
    return total


async def all_of_it(site: Site, script: Script) -> list[Figure]:
    """Warm up, open, measure memory, commit, measure time."""
    group = f"live updates, {SOCKETS} open sockets"
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        _, warm = await open_all(session, script, site.address, WARM_SOCKETS)
        before = memory(site.pids())
        viewers, tasks = await open_all(session, script, site.address, SOCKETS)
        each = (memory(site.pids()) - before) / SOCKETS
        took, missed = await watch_commits(site.port, viewers)
        for task in (*warm, *tasks):
            task.cancel()
        await asyncio.gather(*warm, *tasks, return_exceptions=True)
    p95, median = (quantile(took, share) * 1000 if took else None for share in (0.95, 0.5))
    return [Figure(group, "from sending a complaint to each page's delta, p95", p95, "ms", 100),
            Figure(group, "the same, median", median, "ms"),
            Figure(group, "updates that never came", missed, "", 0),
            Figure(group, "memory for each socket", each, "bytes")]


def measure(site: Site) -> list[Figure]:
    """Live updates and memory of a running site."""
    return asyncio.run(all_of_it(site, record(site.address)))
