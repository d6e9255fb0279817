"""A complaint in one line, and how many there are: what lists show."""

from dataclasses import dataclass
from datetime import datetime

from cettar_site.complaints.rules import Channel, Shown, State


@dataclass(frozen=True, slots=True)
class Brief:
    """A complaint in one line: for lists. `text` is empty when the list may not show it."""

    number: str
    shown: Shown
    category_code: str
    region_code: str
    agency_code: str
    state: State
    filed_at: datetime
    due_at: datetime
    owed_at: datetime | None
    acknowledged_at: datetime | None
    first_answer_at: datetime | None
    ended_at: datetime | None
    paused_until: datetime | None
    hidden: str
    erased: bool
    supports: int
    text: str = ""
    channel: Channel = Channel.SITE


@dataclass(frozen=True, slots=True)
class Unanswered:
    """How many public complaints of a region wait for a first answer, and how many of these too long."""

    region_code: str
    waiting: int
    late: int
