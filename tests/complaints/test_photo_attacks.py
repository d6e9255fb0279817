"""Three hundred hostile uploads against the real server: it stays up, stays small, keeps nothing and says no."""

import re
import socket
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.complaints.attacks import Attack, all_attacks
from tests.complaints.makers import key, network, raw
from tests.complaints.photos import jpeg
from tests.infra.pictures import CANARY, hidden
from tests.site import HOST, Site, running

ENTRY = ("-m", "tests.complaints.photo_door")
HONEST = {200, 201, 400, 403, 404, 405, 408, 411, 413, 414, 415, 417, 422, 429, 431, 501, 503}
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
MORE_MEMORY = 150_000_000
"""What three hundred attacks, eight at a time, may add to what the site needed at most before."""


def attack(site: Site, one: Attack) -> tuple[str, int]:
    """What the site answered; 0 when it hung up without a word, or we did."""
    answer = b""
    with socket.create_connection((HOST, site.port), timeout=60) as line, suppress(OSError):
        with suppress(OSError):  # it need not hear us out
            for piece in one.pieces:
                line.sendall(piece)
                time.sleep(one.pause)
        if not one.leaves:
            while len(answer) < 12 and (piece := line.recv(4096)):
                answer = (answer + piece).removeprefix(GO_ON)
    said = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
    return one.name, int(said[1]) if said else 0


def most_memory(site: Site) -> int:
    """The most that any of its processes had in memory so far, in bytes."""
    found = [re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text()) for pid in site.pids()]
    return max(int(one[1]) * 1024 for one in found if one)


def whole_life_of_a_photo(site: Site) -> None:
    """An honest photo is taken, filed and shown."""
    with httpx.Client(base_url=site.address, headers={"x-forwarded-for": network()}) as visitor:
        sent = visitor.post("/aduan/foto", content=jpeg(), headers={"content-type": "image/jpeg"})
        filed = visitor.post("/aduan", data=raw() | {"key": key(), "photos": sent.json()["id"]})
        shown = visitor.get(f"/foto/{sent.json()['id']}")
    assert (sent.status_code, filed.status_code, shown.status_code) == (201, 201, 200) and not hidden(shown.content)


@pytest.mark.slow
def test_three_hundred_upload_attacks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    attacks = all_attacks()
    with running(tmp_path / "data", entry=ENTRY, proxy_hops="1") as site:
        whole_life_of_a_photo(site)
        before, running_since = most_memory(site), set(site.pids())
        with ThreadPoolExecutor(8) as hands:
            answers = list(hands.map(lambda one: attack(site, one), attacks))
        whole_life_of_a_photo(site)
        after = most_memory(site)
        assert set(site.pids()) == running_since, "a process of the site died"
        log = site.log
    counted = Counter(status for _, status in answers)
    with capsys.disabled():
        print(f"\n{len(answers)} attacks: {dict(sorted(counted.items()))}; the site needed at most "
              f"{after / 1e6:.0f} MB, {before / 1e6:.0f} MB before")
    assert len(attacks) >= 300
    assert [one for one in answers if one[1] and one[1] not in HONEST] == []
    assert not any(word in log for word in ("page_failed", "Traceback", "request_failed")), log[-3000:]
    assert after - before < MORE_MEMORY
    kept = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert {path.suffix for path in kept if "photos" in path.parts} == {".bin"}, "nothing half-sent stays"
    assert [path.name for path in kept if CANARY in path.read_bytes() or b"Exif\0" in path.read_bytes()] == []
