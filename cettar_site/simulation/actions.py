"""The verbs of the simulation: fill a demo, and keep it alive.

It plays the users of the other rooms through their own stores and verbs, so what it writes is what they would
have written. It refuses to begin in any database that is not the demo's, by what the process opened and by
what is written in the database itself.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlmodel import Session

from cettar_site.base.errors import Forbidden
from cettar_site.base.period import wib_date
from cettar_site.base.seal import Vault
from cettar_site.prices import store as price_store
from cettar_site.prices.rules import Level
from cettar_site.simulation import actions_write, store
from cettar_site.simulation.rules_case import SEED, Change, Standing, done_of, due, plan_of
from cettar_site.simulation.rules_dice import Dice
from cettar_site.simulation.rules_goods import SOURCE, YEARS
from cettar_site.simulation.rules_live import (
    AGAIN,
    AGAIN_AT_MOST,
    LIVE_HOURS,
    Todo,
    asks_again,
    asks_all_prices,
    early_act,
    live_complaint,
    slot_of,
    stream,
)
from cettar_site.simulation.rules_market import Quote, points, quotes, requoted

WINDOW = timedelta(days=90)
RECENT = timedelta(days=40)
"""While it plays, only what waits or has moved so lately is looked at again."""


class Stage(Protocol):
    """A database as the edge gives it."""

    realm: str

    def read(self) -> AbstractContextManager[Session]:
        """A session to read with."""
        ...

    def write(self, *topics: str) -> AbstractContextManager[Session]:
        """A session in one transaction, which announces these topics at its end."""
        ...


@dataclass(frozen=True, slots=True)
class Played:
    """How much was added: complaints, officers' acts, prices."""

    filed: int = 0
    acts: int = 0
    prices: int = 0


def check_demo(db: Stage, session: Session) -> None:
    """Raises Forbidden unless this is the demo's database: opened as such, and made as such."""
    if db.realm != "demo" or store.stamp(session) != "demo":
        raise Forbidden("the simulation writes into the demo's database only", realm=db.realm)


def fill(db: Stage, now: datetime, vault: Vault, seed: int = SEED) -> Played:
    """Make the demo what it should be now, in one transaction: all when it is empty, else what is missing.

    Adds nothing and announces nothing when nothing is missing. Raises Forbidden outside the demo.
    """
    with db.read() as session:
        check_demo(db, session)
        if not store.is_empty(session) and not _missing(session, now, seed):
            return Played()
    with db.write("complaints", "prices") as session:
        check_demo(db, session)
        store.hold(session)
        todo = _missing(session, now, seed)
        actions_write.add_officers(session, now, seed, vault)
        acts = actions_write.file(session, todo.filings, now, seed, vault)
        acts += actions_write.act(session, todo.changes, seed, vault)
        told = actions_write.tell(session, todo.quotes, now)
    return Played(len(todo.filings), acts, told)


def play(db: Stage, now: datetime, vault: Vault, seed: int = SEED) -> Played:
    """Add what has happened since the last time, and a little that a visitor can see.

    A demo that is empty, or slept for days, is filled. Raises Forbidden outside the demo.
    """
    with db.read() as session:
        check_demo(db, session)
        todo = _happening(session, now, seed)
    if todo is None:
        return fill(db, now, vault, seed)
    acts = told = 0
    if todo.filings or todo.changes:
        with db.write("complaints") as session:
            acts = actions_write.file(session, todo.filings, now, seed, vault)
            acts += actions_write.act(session, todo.changes, seed, vault)
    if todo.quotes:
        with db.write("prices") as session:
            told = actions_write.tell(session, todo.quotes, now)
    return Played(len(todo.filings), acts, told)


def _standing(session: Session, seed: int, now: datetime,
              quiet_before: datetime | None = None) -> list[Standing]:
    """The simulation's own complaints of the window, as they were planned and as they stand."""
    stored = store.complaints(session, now - WINDOW, quiet_before)
    return [Standing(planned, one.life, done_of(planned, one.events)) for id_, one in stored.items()
            if (planned := plan_of(seed, id_, one)) is not None]


def _newest(standing: list[Standing]) -> datetime | None:
    """The last instant at which the common stream brought a complaint; what comes is later."""
    return max((one.plan.filed_at for one in standing if not one.plan.live), default=None)


def _due(standing: list[Standing], now: datetime) -> tuple[Change, ...]:
    """What should have happened to all of them and has not."""
    return tuple(change for one in standing for change in due(one.plan, one.life, one.done, now))


def _missing(session: Session, now: datetime, seed: int) -> Todo:
    """What should be there now and is not, over the last 90 days; after a longer pause the gap stays."""
    standing = _standing(session, seed, now)
    changes = _due(standing, now)
    filings = stream(seed, _newest(standing) or now - WINDOW, now)
    return Todo(filings, changes, _untold(session, now, seed))


def _happening(session: Session, now: datetime, seed: int) -> Todo | None:
    """What the present twenty seconds bring; None where more is missing than that."""
    slot, standing = slot_of(now), _standing(session, seed, now, now - RECENT)
    newest = _newest(standing)
    if newest is None or newest < now - RECENT:
        return None
    filings = stream(seed, newest, now)
    lately = sum(one.plan.live and one.plan.filed_at > now - LIVE_HOURS for one in standing)
    live = live_complaint(seed, slot, lately)
    if live is not None and all(one.plan.id != live.id for one in standing):
        filings += (live,)
    changes = _due(standing, now)
    if not changes:
        early = early_act(seed, slot, standing, now)
        changes = (early,) if early is not None else ()
    if asks_all_prices(slot):
        return Todo(filings, changes, _untold(session, now, seed))
    return Todo(filings, changes, _again(session, now, seed) if asks_again(seed, slot) else ())


def _untold(session: Session, now: datetime, seed: int) -> tuple[Quote, ...]:
    """What the markets have said until now and nobody has written down."""
    found: list[Quote] = []
    for level in ("producer", "consumer"):
        last = store.last_day(session, SOURCE, level)
        first = last or wib_date(now) - timedelta(days=365 * YEARS)
        told = store.told(session, SOURCE, level, first) if last else set()
        found += [quote for quote in quotes(seed, points(level), first, now)
                  if (quote.point.good.code, quote.point.region, quote.point.name, quote.day) not in told]
    return tuple(found)


def _again(session: Session, now: datetime, seed: int) -> tuple[Quote, ...]:
    """One price of today, asked again; none before the first was told, or after many."""
    good, level = AGAIN
    newest = {row.region: row for row in price_store.latest(session, good, Level(level))
              if row.source == SOURCE and row.observed_on == wib_date(now) and row.revision < AGAIN_AT_MOST}
    asked = [point for point in points(level) if point.good.code == good and point.region in newest]
    if not asked:
        return ()
    point = Dice(seed, "again", slot_of(now)).one(asked)
    price = newest[point.region].price or point.good.rupiah
    return (Quote(point, wib_date(now), requoted(seed, price, slot_of(now))),)
