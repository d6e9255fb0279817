"""One round: file, kill -9 everything in the middle, start again, look into the database, send the rest."""

import asyncio
import json
import random
from dataclasses import dataclass, field

from sqlalchemy import text

from cettar_site.infra.db import Database
from tests.load import intake, new_key, talk
from tests.site import Site

CONNECTIONS = 100
TAKEN = (200, 201)


@dataclass
class Books:
    """What the client knows: for each key the number that was acknowledged, from all rounds."""

    numbers: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    rounds: int = 0
    killed_at: list[int] = field(default_factory=list)
    sent_again: int = 0
    were_there: int = 0


class Client:
    """Sends keys until there are none, or until the site is killed under it."""

    def __init__(self, site: Site, keys: list[str], kill_after: int | None, dice: random.Random) -> None:
        self.site, self.keys, self.kill_after, self.dice = site, list(keys), kill_after, dice
        self.sent: list[str] = []
        self.acknowledged: dict[str, str] = {}
        self.refused: dict[str, int] = {}
        self.dead = False

    async def run(self) -> None:
        """Send everything; each connection carries one key at a time."""
        await asyncio.gather(*(self.one() for _ in range(CONNECTIONS)))

    async def one(self) -> None:
        """One connection."""
        now: list[str] = []

        def ask() -> bytes | None:
            if not self.keys or self.dead:
                return None
            now[:] = [self.keys.pop()]
            self.sent += now
            return intake(now[0])

        def answer(status: int, _took: float, body: bytes) -> None:
            if status in TAKEN:
                self.acknowledged[now[0]] = json.loads(body)["number"]
                if self.kill_after is not None and len(self.acknowledged) == self.kill_after:
                    # A little later, so that the blow falls anywhere in a commit and not always after one.
                    asyncio.get_running_loop().call_later(self.dice.random() * 0.02, self.kill)
            else:
                self.refused[now[0]] = status

        await talk(self.site.port, 1, ask, answer)

    def kill(self) -> None:
        """The blow."""
        self.dead = True
        self.site.kill()


def stored(url: str) -> tuple[list[str], int, int]:
    """The numbers in the database, its rows of keys, and the complaints that these name."""
    db = Database(url)
    try:
        with db.read() as session:
            numbers = session.execute(text("SELECT number FROM complaint_request")).scalars().all()
            keys, named = session.execute(
                text("SELECT count(*), count(DISTINCT complaint_id) FROM complaint_key")).one()
        return list(numbers), keys, named
    finally:
        db.close()


def look(url: str, books: Books) -> None:
    """Compare the client's books with the database; faults go into the books."""
    numbers, keys, named = stored(url)
    lost = set(books.numbers.values()) - set(numbers)
    if lost:
        books.faults.append(f"round {books.rounds}: {len(lost)} acknowledged complaints are lost")
    if len(numbers) != len(set(numbers)) or len(set(books.numbers.values())) != len(books.numbers):
        books.faults.append(f"round {books.rounds}: a number was given twice")
    if not len(numbers) == keys == named:
        books.faults.append(f"round {books.rounds}: {len(numbers)} complaints for {keys} keys")


def round_of(site: Site, url: str, books: Books, intakes: int, dice: random.Random) -> None:
    """One round on a site that is up; it is up again at the end."""
    books.rounds += 1
    keys = [new_key() for _ in range(intakes)]
    before = Client(site, keys, dice.randint(intakes // 20, intakes * 19 // 20), dice)
    asyncio.run(before.run())
    site.kill()
    books.killed_at.append(len(before.acknowledged))
    books.numbers |= before.acknowledged
    site.start()
    look(url, books)
    there = len(stored(url)[0])
    rest = [key for key in keys if key not in before.acknowledged]
    again = dice.sample(sorted(before.acknowledged), min(50, len(before.acknowledged)))
    after = Client(site, rest + again, None, dice)
    asyncio.run(after.run())
    books.sent_again += len(rest) + len(again)
    books.were_there += max(0, there - len(books.numbers))
    changed = sum(after.acknowledged.get(key) != before.acknowledged[key] for key in again)
    if changed:
        books.faults.append(f"round {books.rounds}: {changed} keys that were sent again have another number")
    unanswered = [key for key in rest if key not in after.acknowledged]
    if unanswered:
        books.faults.append(f"round {books.rounds}: {len(unanswered)} were not taken when sent again: "
                            f"{sorted(set(after.refused.values()))}")
    books.numbers |= after.acknowledged
    look(url, books)
    total = len(stored(url)[0])
    if not books.faults and total != len(books.numbers):
        books.faults.append(f"round {books.rounds}: {total} complaints for {len(books.numbers)} keys sent")
