"""Complaints as the audit sees them, with plain defaults."""

from datetime import UTC, datetime, timedelta

from cettar_site.base.period import add_working_days
from cettar_site.leaderboard.rules import Case

# A Monday, 09.00 WIB, with no day off in the fortnight before it.
NOW = datetime(2026, 9, 28, 2, 0, tzinfo=UTC)


def case(agency: str = "DINKES", days_ago: float = 10.0, answered_after: float | None = 1.0) -> Case:
    """One complaint; `answered_after` in calendar days, None while it waits."""
    since = NOW - timedelta(days=days_ago)
    answered = None if answered_after is None else since + timedelta(days=answered_after)
    return Case(agency, since, add_working_days(since, 2), None, answered)
