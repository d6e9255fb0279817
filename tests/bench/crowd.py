"""A database with so many complaints, made once and kept: what the site is measured on when it is old and full.

Three years of filings whatever the number, so that a larger site is a busier one, not an older one. The words are the
simulation's, each complaint with a few of its own; the rows are those that filing and answering would have written.
"""

import random
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event, text
from tqdm import tqdm

from cettar_site.base.seal import Vault
from cettar_site.complaints import store
from cettar_site.complaints.actions import KEYS_KEPT
from cettar_site.complaints.rules import Event, Kind, Life, ServiceRequest, Shown, Writing
from cettar_site.complaints.rules_life import replay, step
from cettar_site.complaints.rules_number import number_from
from cettar_site.infra.db import Database
from cettar_site.infra.migrate import SCRIPTS, migrate
from cettar_site.jatim import agencies, regions
from cettar_site.simulation.rules_case import SEED, plan, row_id
from cettar_site.simulation.rules_text import filing_text
from tests.site import ROOT

YEARS = 3
AT_ONCE = 5000
TEXTS = 3000
SECRET = "only-for-bench-" * 4
FOLDER = ROOT / ".cache" / "bench"
OFFICES = [one.code for one in agencies.PROVINCIAL if not one.is_family]
WEIGHTS = [1 / (at + 3) for at in range(len(OFFICES))]
"""How the complaints fall to the agencies: few have most."""
LONG_DONE = "Sudah kami perbaiki di {place} pada {day}; catatan regu nomor {n}."


def crowd(n: int, now: datetime) -> Path:
    """The file of a database with `n` complaints, made if it is not there yet (a minute for 100,000)."""
    newest = max(path.name for path in (SCRIPTS / "versions").glob("0*.py"))[:4]
    path = FOLDER / f"crowd-{newest}-{n}.sqlite"
    if path.exists():
        return path
    FOLDER.mkdir(parents=True, exist_ok=True)
    making = path.with_suffix(".making")
    for old in FOLDER.glob(f"crowd-*-{n}.*"):
        old.unlink()
    db = Database(f"sqlite:///{making}")
    event.listen(db.engine, "connect", _hurried)
    migrate(db)
    fill(db, n, now)
    with db.write() as session:  # a site forgets the keys of sendings a few with each filing; none are as old as here
        session.execute(text("DELETE FROM complaint_key WHERE kept_at < :day"), {"day": f"{now - KEYS_KEPT:%Y-%m-%d}"})
        # Rows moved when they did, not all of them now: who asks what moved lately is answered in a few.
        session.execute(text("UPDATE complaint_custody SET moved_at = coalesce(until, answered_at, since)"))
        session.execute(text("ANALYZE"))
    db.close()
    making.rename(path)
    return path


def _hurried(connection: Any, _record: Any) -> None:
    """A file that is made anew if the power goes needs no care."""
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-2000000")


def copied(n: int, now: datetime, folder: Path) -> Path:
    """A site's own copy of such a database."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "cettar.sqlite"
    shutil.copy(crowd(n, now), target)
    return target


def fill(db: Database, n: int, now: datetime) -> None:
    """File so many complaints, oldest first, each with what became of it."""
    vault, filings = Vault(SECRET.encode()), complaints(n, now)
    for _ in tqdm(range(0, n, AT_ONCE), unit=" x 5,000 complaints", disable=not sys.stderr.isatty()):
        batch = [one for _, one in zip(range(AT_ONCE), filings, strict=False)]
        with db.write("complaints") as session:
            store.add(session, batch, vault)


def complaints(n: int, now: datetime) -> Iterator[store.Filed]:
    """What each filing adds."""
    dice = random.Random(SEED)
    plans = [plan(SEED, row_id(SEED, now - timedelta(days=dice.uniform(1, 700)), False)) for _ in range(min(n, TEXTS))]
    words = [(one, filing_text(SEED, one)) for one in plans]
    places = [region.code for region in regions.ALL]
    people = [region.population for region in regions.ALL]
    begun, span = now - timedelta(days=365 * YEARS), timedelta(days=365 * YEARS)
    for at in range(n):
        one, (said, place) = dice.choice(words)
        (office,), (region,) = dice.choices(OFFICES, WEIGHTS), dice.choices(places, people)
        filed_at = (begun + span * (at / n)).astimezone(UTC)
        id_ = (int(filed_at.timestamp() * 1000) << 22) + at % (1 << 22)
        number = number_from(at * 33_554_393 % (1 << 35))
        request = ServiceRequest(id_, number, one.shown, one.category_code, region, "", one.happened_on, filed_at)
        writing = Writing(1, f"{said} Laporan {at} dari {place or 'lingkungan kami'}.", place)
        public = None if one.shown is Shown.CONFIDENTIAL else writing
        events, life, later = _after(dice, request, office, now)
        salt, code, key, mark = (dice.randbytes(32) for _ in range(4))
        yield store.Filed(request, writing, public, events, life, salt, code, key, mark,
                          tuple((reply, reply if public else None) for reply in later))


def _after(dice: random.Random, request: ServiceRequest, office: str,
           now: datetime) -> tuple[tuple[Event, ...], Life, list[Writing]]:
    """What happened since: one in twenty is never answered, most are within days, half of those end well."""
    at = request.filed_at
    events = [Event(1, Kind.SUBMITTED, at, "citizen"), Event(2, Kind.ROUTED, at, "system", office, "category")]
    life, later = replay(events), list[Writing]()
    if dice.random() > 0.05:
        kinds = [Kind.CLAIMED, Kind.CONFIRMED] if dice.random() < 0.5 else [Kind.ANSWERED]
        for kind in kinds:
            at += timedelta(hours=dice.expovariate(1 / 30))
            if at > now:
                break
            events.append(Event(len(events) + 1, kind, at, "P-234567", office))
            life = step(life, events[-1])
            if kind is not Kind.CONFIRMED:
                done = LONG_DONE.format(place=request.region_code, day=at.date(), n=dice.random())
                later.append(Writing(len(events), done))
    return tuple(events), life, later
