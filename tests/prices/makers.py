"""Prices for tests, with plain defaults."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event

from cettar_site.infra.db import Database
from cettar_site.prices import actions
from cettar_site.prices.rules import SISKAPERBAPO, Level, Observation, Origin, Report, Seen, SeriesKey, Status
from cettar_site.prices.rules import Reason as Why

NOW = datetime(2026, 8, 20, 3, 0, tzinfo=UTC)
DAY = date(2026, 8, 18)
ANSWERS = Path(__file__).parent.parent / "data" / "siskaperbapo"


def saved(name: str) -> bytes:
    """A saved answer of the publisher."""
    return (ANSWERS / name).read_bytes()


def origin(**changes: Any) -> Origin:
    """Where a row came from."""
    usual: dict[str, Any] = {
        "source": SISKAPERBAPO,
        "address": "https://publisher.test/tabel",
        "fetched_at": NOW,
    }
    return Origin(**(usual | changes))


def key(**changes: Any) -> SeriesKey:
    """The shallots of Sukomoro, at the producers' market."""
    return SeriesKey(
        **(
            {
                "source": SISKAPERBAPO,
                "level": Level.PRODUCER,
                "commodity": "bawang-merah",
                "region": "35.18",
                "point": "Pasar Sukomoro",
                "unit": "kg",
            }
            | changes
        )
    )


def observation(
    price: int | None = 20_000,
    day: date = DAY,
    *,
    fault: Why = Why.NONE,
    raw: str = "",
    archive: bool = False,
    **changes: Any,
) -> Observation:
    """One row; `changes` are those of its series."""
    series = key(**changes)
    weight = price if series.unit == "kg" else None
    return Observation(origin(archive=archive), series, day, raw or f"{day}|{price}", price, weight, fault)


def days(prices: Sequence[int | None], first: date = date(2026, 1, 1), **changes: Any) -> list[Observation]:
    """One row a day; None is a day without a row."""
    return [
        observation(price, first + timedelta(days=at), **changes)
        for at, price in enumerate(prices)
        if price is not None
    ]


def walk(length: int, seed: int = 1, start: int = 20_000, step: float = 0.03) -> list[int]:
    """A price that wanders as real ones do: mostly still, in steps of 500 rupiah."""
    dice, level, prices = random.Random(seed), float(start), []
    for _ in range(length):
        if dice.random() < 0.5:
            level *= 1 + dice.gauss(0, step)
        level = min(max(level, start / 3), start * 3)
        prices.append(max(500, round(level / 500) * 500))
    return prices


def keep(db: Database, rows: Sequence[Observation], now: datetime = NOW) -> Report:
    """Record rows in a transaction of their own."""
    with db.write("prices") as session:
        return actions.record(session, rows, now)


@contextmanager
def selects(db: Database) -> Iterator[list[str]]:
    """What is asked of a database while the context lasts: SQL, one text for each time."""
    made: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        made.append(statement)

    with db.read() as session:
        engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", count)
    yield made
    event.remove(engine, "before_cursor_execute", count)


def seen(
    price: int | None = 20_000,
    day: date = DAY,
    *,
    status: Status = Status.ACCEPTED,
    reason: Why = Why.NONE,
    **changes: Any,
) -> Seen:
    """A stored row as pages get it."""
    facts = {
        "commodity": "bawang-merah",
        "region": "35.18",
        "point": "Pasar Sukomoro",
        "level": Level.PRODUCER,
        "unit": "kg",
        "rupiah_per_kg": price,
        "source": SISKAPERBAPO,
        "address": "https://publisher.test/",
        "fetched_at": NOW,
        "raw": "raw",
        "revision": 0,
        "series": 1,
    } | changes
    return Seen(observed_on=day, price=price, status=status, reason=reason, **facts)
