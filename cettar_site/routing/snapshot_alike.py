"""The open complaints of the regions that were asked about lately, held so that asking costs little.

Bounded: at most MOST_A_REGION complaints of a region, the newest, and MOST in all; the region that was asked about
longest ago goes first. What is held is only hashes. What is offered is read again, so nothing that was hidden or erased
meanwhile can be.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from cettar_site.infra.db import database
from cettar_site.routing import store_alike
from cettar_site.routing.guess_alike import Index, Runs, runs_of
from cettar_site.routing.rules_alike import FAR, OLD, SHOW, SPAN, Alike, Here, offered, weighed

MOST_A_REGION = 1500
MOST = 12_000
FRESH_SECONDS = 5.0
READ_AT_ONCE = 250
LOOKED_AT = 12
"""So many of the likest are read again and weighed by place and time."""
LEAST = SHOW + OLD + FAR
"""A cosine below which neither place nor time would be asked."""


@dataclass(slots=True)
class _Region:
    """What is held of one region."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    read_at: float = float("-inf")
    runs: dict[int, Runs] = field(default_factory=dict)
    index: Index = field(default_factory=lambda: Index([], []))


class Nearby:
    """The regions that this process holds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._regions: OrderedDict[str, _Region] = OrderedDict()
        self._where: object = None

    def alike(self, here: Here, now: datetime) -> tuple[Alike, ...]:
        """Open public complaints of the region that may be about the same, the likest first."""
        db = database()
        region = self._region(here.region_code, db)
        with db.read() as session:
            index = self._fresh(region, session, here.region_code, now)
            found = dict(index.likest(here.text, LOOKED_AT, LEAST))
            current = store_alike.candidates(session, found) if found else {}
        return offered([weighed(here, one, found[id_], now) for id_, one in current.items()])

    def forget(self) -> None:
        """Hold nothing any more."""
        with self._lock:
            self._regions.clear()

    def held(self) -> tuple[int, int]:
        """How many complaints are held, and the bytes that they take."""
        with self._lock:
            regions = list(self._regions.values())
        return sum(len(one.runs) for one in regions), sum(one.index.bytes for one in regions)

    def _region(self, code: str, db: object) -> _Region:
        with self._lock:
            if db is not self._where:  # another database under the same process: tests
                self._regions.clear()
                self._where = db
            region = self._regions.setdefault(code, _Region())
            self._regions.move_to_end(code)
            while len(self._regions) > 1 and sum(len(one.runs) for one in self._regions.values()) > MOST:
                self._regions.popitem(last=False)
            return region

    def _fresh(self, region: _Region, session: Session, code: str, now: datetime) -> Index:
        """The region's index, brought up to date if that was long ago."""
        with region.lock:
            if time.monotonic() - region.read_at > FRESH_SECONDS:
                ids = store_alike.open_ids(session, code, now - SPAN, MOST_A_REGION)
                new = [id_ for id_ in ids if id_ not in region.runs]
                gone = region.runs.keys() - set(ids)
                if new or gone:
                    region.runs = {id_: one for id_, one in region.runs.items() if id_ not in gone}
                    region.runs |= _read(session, new)
                    region.index = Index(list(region.runs), list(region.runs.values()))
                region.read_at = time.monotonic()
            return region.index


def _read(session: Session, ids: Sequence[int]) -> dict[int, Runs]:
    found: dict[int, Runs] = {}
    for at in range(0, len(ids), READ_AT_ONCE):
        rows = store_alike.texts(session, ids[at:at + READ_AT_ONCE])
        found |= dict(zip([id_ for id_, _ in rows], runs_of([text for _, text in rows]), strict=True))
    return found


NEARBY = Nearby()
