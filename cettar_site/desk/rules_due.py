"""By when a desk owes its next word, in working days with the calendar beside them."""

from datetime import datetime

from cettar_site.base.words import Words
from cettar_site.complaints.rules_clock import Phase, clock_of
from cettar_site.complaints.rules_view import span_of


def owed_words(w: Words, owed_at: datetime, now: datetime) -> str:
    """How long is left, or how late it is: "masih 1,2 hari kerja (3,9 hari menurut kalender)"."""
    clock = clock_of(min(now, owed_at), owed_at, None, now)
    late = clock.phase is not Phase.RUNNING
    facts = {"span": span_of(w, clock), "calendar": w.days(clock.calendar_days)}
    if clock.calendar_days < 1:
        return w("terlambat {span}", **facts) if late else w("masih {span}", **facts)
    if late:
        return w("terlambat {span} ({calendar} menurut kalender)", **facts)
    return w("masih {span} ({calendar} menurut kalender)", **facts)
