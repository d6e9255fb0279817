"""The board kept up to date: only agencies whose complaints moved are counted anew, all of them once a minute.

Counting the whole window anew at each filing would take as long as there are complaints in it: half a second at a
million. What time alone changes (what is mature, what is late) is at most a minute old.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cettar_site.leaderboard.rules import WINDOW, Board, Case, Standing, assembled, standing

STALE = timedelta(seconds=55)
Key = tuple[int, int]
"""A custody: the complaint's row and the number of the event that began it."""


@dataclass(slots=True)
class Ledger:
    """Custodies by agency, and each agency's figures since they were last counted."""

    _cases: dict[str, dict[Key, Case]] = field(default_factory=dict)
    _of: dict[Key, str] = field(default_factory=dict)
    _counted: dict[str, tuple[datetime, Standing]] = field(default_factory=dict)

    def take(self, key: Key, case: Case) -> None:
        """A custody as it is now; it takes the place of what it was."""
        before = self._of.get(key)
        if before is not None and before != case.agency:
            del self._cases[before][key]
            self._counted.pop(before, None)
        self._of[key] = case.agency
        own = self._cases.setdefault(case.agency, {})
        if own.get(key) != case:
            own[key] = case
            self._counted.pop(case.agency, None)

    def board(self, now: datetime) -> Board:
        """The board at `now`; what is older than the window is forgotten."""
        since = now - WINDOW
        standings = []
        for agency, own in self._cases.items():
            counted = self._counted.get(agency)
            if counted is None or not timedelta(0) <= now - counted[0] < STALE:
                self._forget(own, since)
                counted = now, standing(agency, list(own.values()), now)
                self._counted[agency] = counted
            if own:
                standings.append(counted[1])
        return assembled(standings, sum(len(own) for own in self._cases.values()), since)

    def _forget(self, own: dict[Key, Case], since: datetime) -> None:
        for key in [key for key, case in own.items() if case.since < since]:
            del own[key]
            del self._of[key]
