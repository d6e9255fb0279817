"""Is a row news? Nothing is overwritten: news of a known day is a further revision of that day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cettar_site.prices.rules import Observation, Status, Verdict


@dataclass(frozen=True, slots=True)
class Stored:
    """What must be known of a stored row; `first` is the verdict it was stored with."""

    day: int
    revision: int
    price: int | None
    fingerprint: str
    first: Verdict
    final: Verdict

    @property
    def is_refused(self) -> bool:
        """Whether the row is no observation at all; that never changes."""
        return self.first.status is Status.REFUSED


def current(rows: Sequence[Stored]) -> Stored | None:
    """The row of a day that counts: the newest that was not refused."""
    standing = [row for row in rows if not row.is_refused]
    return max(standing, key=lambda row: row.revision) if standing else None


def revision_of(candidate: Observation, refused: bool, rows: Sequence[Stored]) -> int | None:
    """The revision number under which a row becomes known; None when it says nothing new about its day.

    A refused row is news when its text is; it never takes the place of a price. A price is news when it
    differs from the one that counts, or when none counts yet.
    """
    seen = any(row.fingerprint == candidate.fingerprint for row in rows)
    standing = current(rows)
    if refused or (standing is not None and candidate.origin.archive):
        unchanged = seen or (not refused and standing is not None and standing.price == candidate.price)
    else:
        unchanged = standing is not None and standing.price == candidate.price
    return None if unchanged else max((row.revision for row in rows), default=-1) + 1
