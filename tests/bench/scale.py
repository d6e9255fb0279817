"""A young site and an old one side by side: does anything that people wait for grow with the number of complaints?

Both serve the same three years, one with 10,000 complaints, one with many. Requests go to them in turn, so that
whatever else the machine does slows both; what counts is how the one's p95 stands to the other's.
"""

import http.client
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from cettar_site.base.seal import Vault
from cettar_site.complaints import store_lists
from cettar_site.complaints.rules_list import PAGE
from cettar_site.infra.db import Database
from cettar_site.jatim import agencies, categories, regions
from tests.bench.crowd import SECRET, copied
from tests.bench.figures import Figure
from tests.load import intake, new_key, quantile, spread
from tests.site import HOST, Site, running

FEW, MANY = 10_000, 100_000
TIMES = 400
WARM = 20
AT_MOST = 1.3
QUEUE_LINES = 50
WORDS = ("jalan", "lampu", "obat", "pupuk", "air", "sekolah", "bantuan", "pasar", "berlubang", "antrean", "irigasi",
         "pungutan", "laporan", "jalan pasar", "air sawah", "takadakataini")
Ask = Callable[[], float]


def measure(many: int = MANY) -> list[Figure]:
    """The p95 of each act at both sizes, and how they stand to each other."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory(prefix="cettar-scale-") as folder, ExitStack() as held:
        sites = []
        for n in (FEW, many):
            copied(n, now, Path(folder) / str(n))
            sites.append(held.enter_context(running(Path(folder) / str(n), secret=SECRET, proxy_hops="1")))
        found: list[Figure] = []
        for name, ask in (("public list", reading(lists())), ("search", reading(searches())),
                          ("public list as data", reading(data())), ("filing", file_one), ("desk's queue", queue)):
            found += compared(name, many, [partial(ask, site) for site in sites])
    return found


def compared(name: str, many: int, asks: list[Ask]) -> list[Figure]:
    """Ask both in turn."""
    took: list[list[float]] = [[], []]
    for at in range(WARM + TIMES):
        for one, ask in zip(took, asks, strict=True):
            seconds = ask()
            if at >= WARM:
                one.append(seconds)
    few, much = (quantile(one, 0.95) * 1000 for one in took)
    group = "an old site beside a young one"
    return [Figure(group, f"{name}, p95 at {FEW:,}", few, "ms"), Figure(group, f"{name}, p95 at {many:,}", much, "ms"),
            Figure(group, f"{name}, how much more", much / few, "×", AT_MOST)]


def reading(addresses: Iterator[str]) -> Callable[[Site], float]:
    """Read the next address; both sites get the same ones, one after the other."""
    asked: dict[int, list[str]] = {}

    def read(site: Site) -> float:
        own = asked.setdefault(site.port, [])
        if not own:
            address = next(addresses)
            for waiting in asked.values():
                waiting.append(address)
        return ask(site, "GET", own.pop(0))

    return read


def ask(site: Site, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> float:
    """One request over a new connection; the seconds until its answer was whole."""
    connection = http.client.HTTPConnection(HOST, site.port, timeout=60)
    connection.connect()
    began = time.perf_counter()
    connection.request(method, path, body or None, {"X-Forwarded-For": spread(), **(headers or {})})
    answer = connection.getresponse()
    answer.read()
    took = time.perf_counter() - began
    connection.close()
    assert answer.status in (200, 201), f"{path}: {answer.status}"
    return took


def lists() -> Iterator[str]:
    """Pages of the list as readers choose them: nothing, one filter or two."""
    dice = random.Random(1)
    people = [region.population for region in regions.ALL]
    offices = [one.code for one in agencies.PROVINCIAL if not one.is_family]
    while True:
        (region,), (office,) = dice.choices(regions.ALL, people), dice.choices(offices, [1 / (at + 3) for at in range(
            len(offices))])
        every = {"wilayah": region.code, "instansi": office, "topik": dice.choice(categories.GROUPS).code,
                 "keadaan": dice.choice(list(PAGE.states.values()))}
        kept = dice.sample(sorted(every), dice.choice((0, 1, 1, 1, 2)))
        yield "/aduan/daftar?" + urlencode({name: every[name] for name in kept})


def searches() -> Iterator[str]:
    """Searches, half of them within a region."""
    dice = random.Random(2)
    while True:
        where = {"wilayah": dice.choice(regions.ALL).code} if dice.random() < 0.5 else {}
        yield "/aduan/daftar?" + urlencode({"q": f"{dice.choice(WORDS)}", **where})


def data() -> Iterator[str]:
    """Pages of the data."""
    dice = random.Random(3)
    while True:
        yield "/api/v1/complaints?" + urlencode({"region": dice.choice(regions.ALL).code, "limit": 50})


def file_one(site: Site) -> float:
    """File a complaint."""
    key = new_key()
    body = intake(key).partition(b"\r\n\r\n")[2]
    return ask(site, "POST", "/api/v1/complaints", body, {"Content-Type": "application/json", "Idempotency-Key": key})


def queue(site: Site) -> float:
    """Read a desk's queue as its page does, without the page: a desk has a login."""
    dice, vault = random.Random(), Vault(SECRET.encode())
    office = dice.choice([one.code for one in agencies.PROVINCIAL if not one.is_family])
    db = Database(f"sqlite:///{site.data / 'cettar.sqlite'}")
    with db.read() as session:
        store_lists.queue(session, office, True, 1, vault)
        began = time.perf_counter()
        store_lists.queue_counts(session, office, datetime.now(UTC))
        store_lists.queue(session, office, True, QUEUE_LINES, vault)
        took = time.perf_counter() - began
    db.close()
    return took
