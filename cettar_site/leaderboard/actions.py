"""What is done with the leaderboard: a day is closed."""

from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from cettar_site.base.period import WIB
from cettar_site.leaderboard import rules, store


def close_day(session: Session, day: date, now: datetime) -> int:
    """Keep how the board stood at the end of a past day (WIB); returns the agencies kept, 0 when it was kept before.

    What happened later is left out, so that the same day always gives the same figures. Raises ValueError for a day
    that is not over.
    """
    end = datetime.combine(day + timedelta(days=1), time(), WIB)
    if end > now:
        raise ValueError(f"{day} is not over")
    if store.day(session, day):
        return 0
    standings = rules.board(store.cases(session, end - rules.WINDOW), end).standings
    store.keep_day(session, day, standings)
    return len(standings)
