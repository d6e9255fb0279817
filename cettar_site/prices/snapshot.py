"""What many readers of the prices see: read once a change, not once a reader."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from cettar_site.base.errors import Problem
from cettar_site.infra.db import database
from cettar_site.infra.snapshot import Snapshot
from cettar_site.prices import store
from cettar_site.prices.rules import PRICES_CHANGED, Status
from cettar_site.prices.rules_look import STRIP_DAYS, Have, Leading, Looked, latest, leading_goods, look
from cettar_site.prices.rules_selection import Selection, read_selection

KEPT_LOOKS = 128
_lock = threading.Lock()
_looks: OrderedDict[tuple[tuple[str, int], Selection, tuple[Problem, ...]], Looked] = OrderedDict()


def _build(session: Session, _now: datetime) -> Have:
    coverage = store.coverage(session)
    strip = []
    for good, level, day in leading_goods(coverage):
        found = latest(store.series(session, good, level=level, since=day - timedelta(days=STRIP_DAYS)))
        if found is not None:
            strip.append(Leading(good, level, found))
    return Have(coverage, tuple(strip))


HAVE: Snapshot[Have] = Snapshot("prices", (PRICES_CHANGED,), _build, each_change=True)


def edition() -> tuple[str, int]:
    """What the present prices are known by: it changes with them. What is read after it is at least as new."""
    HAVE.get()
    return database().url, HAVE.version


def look_at(query: Mapping[str, str]) -> Looked | None:
    """The view that a query of /harga asks for; None while there is no price at all.

    It is kept under what is seen and told, so that nobody makes new ones by asking for what there is not.
    """
    now = edition()
    selection, problems = read_selection(query, HAVE.get().coverage)
    if selection is None:
        return None
    key = (now, selection, problems)
    with _lock:
        if key in _looks:
            _looks.move_to_end(key)
            return _looks[key]
    found = _look(selection, problems)
    with _lock:
        _looks[key] = found
        while len(_looks) > KEPT_LOOKS:
            _looks.popitem(last=False)
    return found


def _look(selection: Selection, problems: tuple[Problem, ...]) -> Looked:
    with database().read() as session:
        rows = store.series(
            session,
            selection.commodity,
            region=selection.region,
            level=selection.level,
            since=selection.since,
            until=selection.until,
            statuses=tuple(Status),
        )
    return look(selection, problems, rows)
