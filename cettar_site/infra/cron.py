"""Cron lines in WIB: when a job is due next, and when it was due last."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from apscheduler.triggers.cron import CronTrigger

from cettar_site.base.period import WIB

FIELDS = ("second", "minute", "hour", "day", "month", "day_of_week")
INSTANT = timedelta(microseconds=1)
# How far back the last time is looked for, step by step: what is due often is found near.
REACHES = tuple(timedelta(days=days) for days in (1 / 720, 1 / 12, 2, 32, 1470))


@lru_cache(maxsize=64)
def trigger(line: str) -> CronTrigger:
    """The trigger of a cron line: five fields, or six with seconds first; days of the week by name.

    Raises ValueError.
    """
    fields = line.split()
    if len(fields) == 5:
        fields.insert(0, "0")
    if len(fields) != 6:
        raise ValueError(f"a cron line has five or six fields: {line!r}")
    if any(letter.isdigit() for letter in fields[5]):
        raise ValueError(f"days of the week go by name (mon-fri), their numbers are ambiguous: {line!r}")
    return CronTrigger(**dict(zip(FIELDS, fields, strict=True)), timezone=WIB)


def next_time(line: str, now: datetime) -> datetime | None:
    """The first instant (UTC) after `now` at which a cron line is due; None when there is none."""
    if line == "":
        return None
    moment: datetime | None = trigger(line).get_next_fire_time(None, now + INSTANT)
    return None if moment is None else moment.astimezone(UTC)


def last_time(line: str, now: datetime) -> datetime | None:
    """The last instant (UTC) up to `now` at which a cron line was due; None when none in four years."""
    for reach in REACHES:
        found = None
        moment = next_time(line, now - reach)
        while moment is not None and moment <= now:
            found, moment = moment, next_time(line, moment)
        if found is not None:
            return found
    return None
