"""The clocks: the filer's, which nothing moves, and the desk's, which a question may stop once.

Durations are working days (base.period); calendar days stand beside them wherever they are shown.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cettar_site.base.period import (
    add_working_days,
    add_working_time,
    calendar_days_between,
    start_of_day,
    wib_date,
    working_days_between,
)
from cettar_site.complaints.rules import Custody, Life, Pause, Phase, Used

PROMISE_DAYS = 2
"""Working days to the first answer: the promise of Quick CETTAR."""
TRIAGE_DAYS = 1
"""Working days in which the triage desk finds who must answer."""
TAKE_DAYS = 1
"""Working days in which a hand-on must be taken, else it stays with its sender."""
PAUSE_DAYS = 5
"""Working days that a question back may stop the desk's clock."""
WORD = timedelta(days=90)
"""How long the filer may confirm or dispute."""
REMIND_BEFORE = 0.5
"""Working days before something is due at which its desk is reminded."""
ESCALATE_AFTER = (0.0, 3.0, 10.0)
"""Working days after it was due at which the next higher level is told: 1 supervisor, 2 secretary, 3 governor."""


_NOTHING = 1e-9
"""Working days that are no time at all: less than a tenth of a millisecond."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The promise at one moment. Days are those left (running), over (late, broken) or used (kept)."""

    phase: Phase
    working_days: float
    calendar_days: float


@dataclass(frozen=True, slots=True)
class Nudge:
    """What time alone brings about: a reminder (level 0) or an escalation to a level."""

    level: int


def due_after(filed_at: datetime) -> datetime:
    """When the first answer is due: two working days after filing, in UTC. Nothing ever moves it."""
    return add_working_days(filed_at, PROMISE_DAYS)


def due_in_triage(since: datetime) -> datetime:
    """When the triage desk owes the way on."""
    return add_working_days(since, TRIAGE_DAYS)


def due_again(life: Life, at: datetime, agency_code: str, *, triage: bool) -> datetime:
    """When a desk that gets the complaint at `at` owes its word: it goes on with the time that it used before.

    Who has some left has at least the rest of that working day, else nobody would take back what is theirs. That rest
    counts as used, too: who has nothing left is late at once.
    """
    before = sum(one.days for one in life.used if (one.agency_code, one.triage) == (agency_code, triage))
    if not before:
        return due_in_triage(at) if triage else due_after(at)
    left = (TRIAGE_DAYS if triage else PROMISE_DAYS) - before
    if left < _NOTHING:
        return at
    end_of_day = start_of_day(wib_date(add_working_days(at, 0)) + timedelta(days=1))
    return max(add_working_time(at, left), end_of_day)


def counted_from(life: Life, at: datetime) -> datetime:
    """Since when the desk's time counts at `at`: a pause moves it on by the working time that it took."""
    since = life.held_from or life.custody.since
    if life.pause is None:
        return since
    return add_working_time(since, working_days_between(life.pause.since, min(at, life.pause.until)))


def used_by(life: Life, at: datetime) -> tuple[Used, ...]:
    """What each desk used, once the one that holds the complaint hands it on at `at`."""
    custody = life.custody
    days = max(0.0, working_days_between(counted_from(life, at), at))
    return (*life.used, Used(custody.agency_code, custody.triage, days))


def take_until(at: datetime) -> datetime:
    """Until when a hand-on may be taken."""
    return add_working_days(at, TAKE_DAYS)


def paused(custody: Custody, at: datetime) -> tuple[Custody, Pause | None]:
    """A custody after a question at `at`: its clock stands still for at most five working days.

    Whoever is late already gains nothing: the clock of a custody that is past due is not stopped.
    """
    if at > custody.due_at:
        return custody, None
    pause = Pause(at, add_working_days(at, PAUSE_DAYS), custody.due_at)
    return replace(custody, due_at=add_working_days(custody.due_at, PAUSE_DAYS)), pause


def resumed(custody: Custody, pause: Pause, at: datetime) -> Custody:
    """A custody after the filer's reply at `at`: it gets the working time that the question took, no more."""
    if at >= pause.until:
        return custody
    return replace(custody, due_at=add_working_time(pause.due_before, working_days_between(pause.since, at)))


def is_paused(life: Life, now: datetime) -> bool:
    """Whether the desk's clock stands still now."""
    return life.pause is not None and now < life.pause.until


def has_word(life: Life, now: datetime) -> bool:
    """Whether the filer may still confirm or dispute: to the end of the last day, which is what pages name."""
    return life.word_from is not None and wib_date(now) <= wib_date(life.word_from + WORD)


def clock_of(filed_at: datetime, due_at: datetime, first_answer_at: datetime | None, now: datetime) -> Clock:
    """How a promise stands at `now`. An acknowledgement does not count; only an answer stops the clock."""
    if first_answer_at is not None:
        if first_answer_at <= due_at:
            return Clock(Phase.KEPT, *_between(filed_at, first_answer_at))
        return Clock(Phase.BROKEN, *_between(due_at, first_answer_at))
    if now <= due_at:
        return Clock(Phase.RUNNING, *_between(now, due_at))
    return Clock(Phase.LATE, *_between(due_at, now))


def nudge(life: Life, now: datetime) -> Nudge | None:
    """What time has brought about and nobody wrote down yet: the next reminder or escalation."""
    if life.owed_at is None or life.over or is_paused(life, now):
        return None
    levels = [level for level, days in enumerate(ESCALATE_AFTER[:highest(life)], 1)
              if life.escalated < level and now >= add_working_time(life.owed_at, days)]
    if levels:
        return Nudge(levels[0])
    soon = life.owed_at > now and working_days_between(now, life.owed_at) <= REMIND_BEFORE
    return Nudge(0) if soon and not life.reminded else None


def highest(life: Life) -> int:
    """The highest level that a delay is told: a message, of thanks perhaps, only the desk's own supervisor hears of."""
    return 1 if life.owes_reply else len(ESCALATE_AFTER)


def late_since(now: datetime, level: int) -> datetime:
    """What was due at this instant or before has come to an escalation level by `now` (a day off later, at most)."""
    return add_working_days(now, -int(ESCALATE_AFTER[level - 1]))


def _between(a: datetime, b: datetime) -> tuple[float, float]:
    return working_days_between(a, b), calendar_days_between(a, b)
