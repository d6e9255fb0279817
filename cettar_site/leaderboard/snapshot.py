"""The leaderboard as everybody sees it now, kept up to date by what moved since the last look."""

from datetime import datetime, timedelta

from sqlmodel import Session

from cettar_site.infra.snapshot import Snapshot
from cettar_site.leaderboard import rules, store
from cettar_site.leaderboard.rules_ledger import Ledger

OVERLAP = timedelta(minutes=2)
"""A transaction may commit so long after it wrote down when a row moved."""


class Kept:
    """The ledger of this process, and up to where it has read."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew, as with another database."""
        self._ledger = Ledger()
        self._read: datetime | None = None
        self._where: object = None

    def board(self, session: Session, now: datetime) -> rules.Board:
        """Read what moved, count, give the board."""
        where = session.get_bind()
        if where is not self._where:
            self.forget()
            self._where = where
        newest = self._read
        for key, case, moved in store.moved(session, now - rules.WINDOW, newest and newest - OVERLAP):
            self._ledger.take(key, case)
            newest = max(newest, moved) if newest else moved
        self._read = newest
        return self._ledger.board(now)


KEPT = Kept()
BOARD: Snapshot[rules.Board] = Snapshot("board", ("complaints",), KEPT.board)
