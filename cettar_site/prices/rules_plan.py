"""What is to be written when rows come in: new revisions, and changed minds about old ones.

The rows of a series are judged in the order of their days, whatever the order of their arrival: a row that
comes late makes the later days of its series be judged again. So the same rows end with the same verdicts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cettar_site.prices.rules import ACCEPTED, WARNED, Observation, Reason, Status, Verdict, held
from cettar_site.prices.rules_basis import Sister
from cettar_site.prices.rules_judge import Judged, Past, judge_series
from cettar_site.prices.rules_news import Stored, current, revision_of
from cettar_site.prices.rules_stale import stale_days

WAITING = ACCEPTED  # what stands in a row's place until it is judged


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that came in, with the verdict it deserves by itself, if any (see `rules_check.check`)."""

    observation: Observation
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to store: what was said at first, and what is said now."""

    observation: Observation
    revision: int
    first: Verdict
    final: Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """A changed mind about a stored row."""

    day: int
    revision: int
    verdict: Verdict


def is_fixed(row: Stored) -> bool:
    """Whether a row's verdict does not depend on other rows."""
    return row.is_refused or row.first.reason is Reason.OUT_OF_RANGE


class SeriesPlan:
    """The plan of one series: `stored` are its known rows by day, as far back as judging needs."""

    def __init__(self, stored: Mapping[int, Sequence[Stored]]) -> None:
        self._rows = {day: list(rows) for day, rows in stored.items()}
        self._news: dict[tuple[int, int], Candidate] = {}
        self._standing: dict[int, Stored] = {}
        self._verdicts: dict[int, Judged] = {}
        self.unchanged = 0

    def take(self, candidate: Candidate) -> None:
        """Take one row that came in."""
        seen, verdict = candidate.observation, candidate.verdict
        day = seen.observed_on.toordinal()
        rows = self._rows.setdefault(day, [])
        refused = verdict is not None and verdict.status is Status.REFUSED
        revision = revision_of(seen, refused, rows)
        if revision is None:
            self.unchanged += 1
            return
        first = verdict or WAITING
        rows.append(Stored(day, revision, seen.price, seen.fingerprint, first, first))
        self._news[day, revision] = candidate

    @property
    def has_news(self) -> bool:
        """Whether anything that came in says something new."""
        return bool(self._news)

    def quoted(self) -> list[tuple[int, int]]:
        """The prices that stand, whatever is thought of them, ascending by day; once all rows are taken."""
        for day, rows in self._rows.items():
            standing = current(rows)
            if standing is not None and not is_fixed(standing):
                self._standing[day] = standing
        return [(day, self._standing[day].price or 0) for day in sorted(self._standing)]

    def judge(self, sisters: Sequence[Sister] = ()) -> None:
        """Judge the days from the first new price on, beside what sister points quoted."""
        days = [
            day
            for (day, _), news in self._news.items()
            if news.verdict is None or news.verdict.status is not Status.REFUSED
        ]
        quoted = self.quoted()
        if not days:
            return
        first = min(days)
        past = [Past(day, price, self._standing[day].final) for day, price in quoted if day < first]
        todo = [(day, price) for day, price in quoted if day >= first]
        self._verdicts = judge_series(past, todo, sisters)

    def prices(self) -> list[tuple[int, int]]:
        """The prices that are believed, ascending by day: what sister points are compared with."""
        believed = []
        for day in sorted(self._standing):
            final = self._final(day)
            if final.status is Status.ACCEPTED or final.reason is Reason.STALE:
                believed.append((day, self._standing[day].price or 0))
        return believed

    def mark_stale(self, sisters: Sequence[Sister]) -> None:
        """Hold what stands still while its sisters move, among the days judged."""
        if not self._verdicts:
            return
        for day in stale_days(self.prices(), sisters):
            if day in self._verdicts and self._verdicts[day].final == ACCEPTED:
                stale = held(Reason.STALE)
                self._verdicts[day] = Judged(stale, stale)

    def new_rows(self) -> list[NewRow]:
        """The rows to store."""
        rows = []
        for (day, revision), news in sorted(self._news.items()):
            standing = self._standing.get(day)
            judged = (
                self._verdicts.get(day) if standing is not None and standing.revision == revision else None
            )
            if judged is None:
                judged = Judged(news.verdict or WAITING, news.verdict or WAITING)
            rows.append(NewRow(news.observation, revision, judged.first, judged.final))
        return rows

    def changes(self) -> list[Change]:
        """The stored rows about which we now think otherwise; a warning of rule 9 is not these rules' to take."""
        return [
            Change(day, self._standing[day].revision, judged.final)
            for day, judged in sorted(self._verdicts.items())
            if (day, self._standing[day].revision) not in self._news
            and self._standing[day].final != judged.final
            and (self._standing[day].final, judged.final) != (WARNED, ACCEPTED)
        ]

    def _final(self, day: int) -> Verdict:
        judged = self._verdicts.get(day)
        return judged.final if judged is not None else self._standing[day].final
