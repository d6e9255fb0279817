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
from urllib.parse import urlencode

from cettar_site.complaints.rules_list import PAGE
from cettar_site.desk import actions_door, store_door, store_factor
from cettar_site.desk.rules_door import Role
from cettar_site.desk.rules_queue import TABS
from cettar_site.infra import auth, clock
from cettar_site.infra.db import Database
from cettar_site.jatim import categories, regions
from tests.bench import crowd
from tests.bench.figures import Figure
from tests.load import get, intake, new_key, quantile
from tests.site import HOST, Site, running

FEW, MANY = 10_000, 1_000_000
MOST = 1.3
"""How many times as long a request may take among a million."""
ROUNDS, WARM = 400, 40
SETTLE_SECONDS = 5.0
WORDS = ("jalan", "lampu", "obat", "pupuk", "air", "sekolah", "bantuan", "pasar", "berlubang", "antrean", "irigasi",
         "pungutan", "jalan pasar", "air sawah", "takadakataini")
POPULOUS = sorted(regions.ALL, key=lambda region: -region.population)[:8]
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
    """Somebody reads the public list: all of it, or with one filter or two."""
    every = {"wilayah": dice.choices(regions.ALL, [one.population for one in regions.ALL])[0].code,
             "instansi": dice.choices(crowd.OFFICES, crowd.WEIGHTS)[0],
             "topik": dice.choice(categories.GROUPS).code, "keadaan": dice.choice(list(PAGE.states.values()))}
    kept = dice.sample(sorted(every), dice.choice((0, 1, 1, 1, 2)))
    return get("/aduan/daftar?" + urlencode({name: every[name] for name in kept}))


def search(dice: random.Random) -> bytes:
    """Somebody looks for a word or two, half of the time in one of the places where most people live.

    Both sites find a full page then: what is compared is finding, not writing twenty lines instead of three. Small
    letters or large ones make the same search a new address, which no kept page answers.
    """
    word = dice.choice(WORDS)
    said = dice.choice((word, word.title(), word.upper(), word.capitalize() + ".", word + "!"))
    where = {"wilayah": dice.choice(POPULOUS).code} if dice.random() < 0.5 else {}
    return get("/aduan/daftar?" + urlencode({"q": said, **where}))


def data(dice: random.Random) -> bytes:
    """A program reads a page of the data."""
    return get("/api/v1/complaints?" + urlencode({"region": dice.choice(regions.ALL).code, "limit": 50}))


def queue(dice: random.Random) -> bytes:
    """An officer opens a tab of the queue, sometimes of one place or topic."""
    more = {"wilayah": dice.choice(regions.ALL).code, "topik": dice.choice(categories.GROUPS).code}
    kept = dice.sample(sorted(more), dice.choice((0, 0, 1)))
    tab = dice.choice(TABS[Role.OFFICER])
    return get("/meja?" + urlencode({"keadaan": tab, **{name: more[name] for name in kept}}))


KINDS: dict[str, Ask] = {"filing": filing, "public list": listing, "search": search, "public list as data": data,
                         "desk queue": queue}
GOOD = (200, 201)


def measure(many: int = MANY, few: int = FEW, rounds: int = ROUNDS) -> list[Figure]:
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
    """The token of an officer's session, as signing in would have begun it; of the agency that has most to do, so that
    pages are full on both sides.
    """
    token = auth.new_token()
    with db.write() as session:
        officer = actions_door.add_officer(session, "petugas@example.go.id", crowd.OFFICES[0], Role.OFFICER,
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
    group = f"p95 of an old and full site against a young one's, {rounds} requests of each kind in turn"
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
