"""What a site with a million complaints takes longer than one with ten thousand: p95 of each kind of request.

Two sites side by side, asked in turn, so that whatever else the machine does falls on both. Words, places and pages
differ from request to request, so that no kept answer is measured.
"""

import http.client
import os
import random
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from cettar_site.desk import actions_door, store_door, store_factor
from cettar_site.desk.rules_door import Role
from cettar_site.infra import auth, clock
from cettar_site.infra.db import Database
from cettar_site.jatim import regions
from tests.bench import crowd
from tests.bench.figures import Figure
from tests.load import get, intake, new_key, quantile
from tests.site import HOST, Site, running

FEW, MANY = 10_000, 1_000_000
MOST = 1.3
"""How many times as long a request may take among a million."""
ROUNDS, WARM = 400, 40
SETTLE_SECONDS = 5.0
WORDS = ("jalan", "rusak", "lampu", "antrean", "obat", "air", "sekolah", "guru", "pasar", "pupuk", "bus", "izin",
         "laporan", "bantuan", "hujan", "sawah")
TABS = ("menunggu", "terlambat", "dijawab", "semua", "unit", "ditawarkan")
Ask = Callable[[random.Random], bytes]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two sites, a connection to it, and an officer's session there."""

    site: Site
    connection: http.client.HTTPConnection
    cookie: str


def filing(_dice: random.Random) -> bytes:
    """Somebody files."""
    return intake(new_key())


def listing(dice: random.Random) -> bytes:
    """Somebody reads the public list, of one place or of all."""
    region = dice.choice(("", *(one.code for one in regions.ALL)))
    return get(f"/aduan/daftar?wilayah={region}&v={dice.random()}")


def search(dice: random.Random) -> bytes:
    """Somebody looks for two words, or for one in a place."""
    first, second = dice.sample(WORDS, 2)
    region = dice.choice(regions.ALL).code
    more = f"+{second}" if dice.random() < 0.5 else f"&wilayah={region}"
    return get(f"/aduan/daftar?q={first}{more}")


def queue(dice: random.Random) -> bytes:
    """An officer opens a tab of the queue, of one place or of all."""
    region = dice.choice(("", dice.choice(regions.ALL).code))
    return get(f"/meja?keadaan={dice.choice(TABS)}&wilayah={region}&v={dice.random()}")


KINDS: dict[str, Ask] = {"filing": filing, "public list": listing, "search": search, "desk queue": queue}
GOOD = (200, 201)


def measure(few: int = FEW, many: int = MANY, rounds: int = ROUNDS) -> list[Figure]:
    """The ratio of both p95, and both, for each kind of request. Raises AssertionError for another answer than 200."""
    with ExitStack() as held:
        sides = [_side(held, n) for n in (few, many)]
        for side in sides:  # the board is counted once at the start, which takes seconds among a million
            for path in ("/", "/papan", "/aduan/daftar"):
                _timed(side, get(path))
            _timed(side, filing(random.Random()))
        time.sleep(SETTLE_SECONDS)
        return [figure for name, ask in KINDS.items() for figure in _compared(name, ask, sides, rounds)]


def _side(held: ExitStack, n: int) -> Side:
    folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix=f"cettar-scale-{n}-")))
    crowd.copied(n, clock.now(), folder)
    os.sync()  # what was copied is on the disk before anything is timed
    site = held.enter_context(running(folder, secret=crowd.SECRET, proxy_hops="1"))
    token = _officer(Database(f"sqlite:///{folder}/cettar.sqlite"))
    connection = http.client.HTTPConnection(HOST, site.port, timeout=120)
    return Side(site, connection, f"{auth.cookie_name()}={token}")


def _officer(db: Database) -> str:
    """The token of an officer's session, as signing in would have begun it."""
    token = auth.new_token()
    with db.write() as session:
        officer = actions_door.add_officer(session, "petugas@example.go.id", "DPUBM", Role.OFFICER,
                                           auth.hash_password(auth.new_password()), clock.now())
        store_factor.set_factor(session, officer.id, b"", b"", 0, clock.now())
        store_door.add_visit(session, auth.token_hash(token), officer.id, clock.now())
    db.close()
    return token


def _compared(name: str, ask: Ask, sides: list[Side], rounds: int) -> list[Figure]:
    dice, took = random.Random(name), [list[float](), list[float]()]
    for at in range(WARM + rounds):
        asked = ask(dice)
        for which in (0, 1) if at % 2 else (1, 0):
            seconds = _timed(sides[which], asked)
            if at >= WARM:
                took[which].append(seconds)
    few, many = (quantile(one, 0.95) * 1000 for one in took)
    group = f"p95 among {MANY:,} complaints against {FEW:,}, {rounds} requests of each kind in turn"
    return [Figure(group, name, many / few, "times", MOST, note=f"{few:.1f} ms → {many:.1f} ms")]


def _timed(side: Side, asked: bytes) -> float:
    """Seconds until the whole answer is there."""
    head, _, body = asked.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines) | {"Cookie": side.cookie}
    began = time.perf_counter()
    side.connection.request(method, path, body or None, headers)
    answer = side.connection.getresponse()
    answer.read()
    took = time.perf_counter() - began
    assert answer.status in GOOD, f"{path}: {answer.status}"
    return took
