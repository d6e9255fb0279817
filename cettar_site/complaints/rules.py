"""What a complaint is: the facts that rooms exchange. What may happen to it is in rules_life.

Events are facts that are only ever added. What they add up to, a `Life`, is derived by replaying them; what the
database keeps of it is a copy for quick questions, which replaying gives again (tests compare).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

CITIZEN = "citizen"
SYSTEM = "system"
TRIAGE_DESK = "KOMINFO"
"""Whose desk sorts what nothing could be sure of; what is handed back goes there too."""
CENTRE = "PUSAT"
"""The destination of what belongs to a ministry or a state company; the event's detail names the body."""


class Shown(StrEnum):
    """Who may know what. Nobody's name is ever public.

    open: the story is public, and the agency sees the name that the filer may have given. anonymous: the story
    is public, nobody learns who filed it. confidential: only the desk and the agency read it.
    """

    OPEN = "open"
    ANONYMOUS = "anonymous"
    CONFIDENTIAL = "confidential"

    @property
    def public(self) -> bool:
        """Whether everyone may read the story (with what looks personal masked)."""
        return self is not Shown.CONFIDENTIAL


class Channel(StrEnum):
    """How a complaint came: filed here, or taken over from SP4N-LAPOR!, whose clock ours does not judge."""

    SITE = "site"
    LAPOR = "lapor"


class Kind(StrEnum):
    """What may happen to a complaint."""

    SUBMITTED = "submitted"
    ROUTED = "routed"  # to an agency; detail: how ("category", "model:0.83", "desk")
    ACKNOWLEDGED = "acknowledged"
    REPLIED = "replied"  # words that stop no clock: an acknowledgement, or nearly another's answer
    ANSWERED = "answered"
    PLANNED = "planned"  # an answer with a day; detail: the day, YYYY-MM-DD
    ASKED = "asked"  # a question back to the filer
    CLAIMED = "claimed"  # solved, says the agency, and shows evidence
    OFFERED = "offered"  # handed on, not yet taken; agency: to whom
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ASSIGNED = "assigned"  # a unit works on it for the agency; agency: the unit
    CONTRIBUTED = "contributed"  # what a unit tells its agency
    NOTED = "noted"  # a note of the desk to itself
    REJECTED = "rejected"  # with a reason (detail) and where to go (words)
    FORWARDED = "forwarded"  # outside the province; agency: a regency's government, or CENTRE with its detail
    MERGED = "merged"  # follows another complaint's answers; detail: that one's number
    PARTED = "parted"
    HIDDEN = "hidden"  # from the public; detail: why
    REVEALED = "revealed"
    MESSAGED = "messaged"  # the filer adds words
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    RATED = "rated"  # detail: 1..5
    WITHDRAWN = "withdrawn"
    ERASED = "erased"
    REMINDED = "reminded"
    ESCALATED = "escalated"  # detail: the level
    DRAWN = "drawn"  # for an audit; agency: who audits
    AUDITED = "audited"  # detail: "pass" or "fail"
    CLOSED = "closed"  # elsewhere, before it came here; detail: by whom


class State(StrEnum):
    """Where a complaint stands."""

    TRIAGE = "triage"
    WAITING = "waiting"
    ANSWERED = "answered"
    CLAIMED = "claimed"
    DISPUTED = "disputed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    FORWARDED = "forwarded"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Phase(StrEnum):
    """How the promise stands: still in time, broken and waiting, kept, or answered too late."""

    RUNNING = "running"
    LATE = "late"
    KEPT = "kept"
    BROKEN = "broken"


TERMINAL = frozenset({State.CONFIRMED, State.WITHDRAWN, State.CLOSED})
"""What never changes any more."""
UNANSWERED = frozenset({State.TRIAGE, State.WAITING})
"""The first answer is still owed."""
SUBSTANTIAL = frozenset({Kind.ANSWERED, Kind.PLANNED, Kind.CLAIMED, Kind.REJECTED, Kind.FORWARDED})
"""What stops the clock: a decision, a dated plan, a result, a reasoned refusal, a destination."""
REPLIES = SUBSTANTIAL | {Kind.REPLIED}
"""What an agency says to the filer."""
DESK_ONLY = frozenset({Kind.NOTED, Kind.CONTRIBUTED, Kind.DRAWN})
"""What neither the public nor the filer sees."""
TO_MESSAGE = "message"
"""The detail of a reply that is no answer and yet enough for a filer's message: nearly another's, no stock phrase."""
FILER_ONLY = frozenset({Kind.HIDDEN})
"""Whose words the filer reads and the public does not."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `actor` is "citizen", "system" or an officer's pseudonym; never a name."""

    seq: int
    kind: Kind
    at: datetime
    actor: str
    agency_code: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Custody:
    """A time in which one desk holds the complaint; `due_at` is when it owes the first answer (triage: the way on)."""

    seq: int
    agency_code: str
    since: datetime
    due_at: datetime
    triage: bool = False
    until: datetime | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A hand-on that waits to be taken: to whom, and until when; then it stays with the sender."""

    agency_code: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """The desk's clock stands still while the filer is asked: since when, at most until when."""

    since: datetime
    until: datetime
    due_before: datetime


@dataclass(frozen=True, slots=True)
class Used:
    """Working days that a desk held the complaint without the word that is owed now, before it handed it on."""

    agency_code: str
    triage: bool
    days: float


@dataclass(frozen=True, slots=True)
class Life:
    """What the events of one complaint add up to.

    `due_at` is the filer's: two working days after filing, moved by nothing. `owed_at` is when the desk that
    holds it owes its next word (None: nothing is owed now); its time for it counts from `held_from`, and `used` is
    what each desk used of its own before it handed on. `word_from` begins the 90 days in which the filer has the
    last word.
    """

    state: State
    seq: int
    filed_at: datetime
    due_at: datetime
    moved_at: datetime
    custodies: tuple[Custody, ...]
    owed_at: datetime | None = None
    held_from: datetime | None = None
    used: tuple[Used, ...] = ()
    offer: Offer | None = None
    pause: Pause | None = None
    asked: bool = False
    units: tuple[str, ...] = ()
    acknowledged_at: datetime | None = None
    first_answer_at: datetime | None = None
    answers: int = 0
    planned_on: date | None = None
    claimed_at: datetime | None = None
    word_from: datetime | None = None
    ended_at: datetime | None = None
    disputes: int = 0
    messages: int = 0
    rating: int | None = None
    merged_into: str = ""
    hidden: str = ""
    erased: bool = False
    audit_by: str = ""
    audited: str = ""
    reminded: bool = False
    escalated: int = 0
    elsewhere: str = ""
    """Of what was forwarded: to whom."""

    @property
    def custody(self) -> Custody:
        """The custody that runs now, or ran when the complaint ended."""
        return self.custodies[-1]

    @property
    def agency_code(self) -> str:
        """Who holds it."""
        return self.custody.agency_code

    @property
    def open(self) -> bool:
        """Whether the first answer is still owed."""
        return self.state in UNANSWERED

    @property
    def owes_reply(self) -> bool:
        """Whether a word is owed for a message alone ("terima kasih", too): neither an answer nor a dispute's."""
        return self.owed_at is not None and self.state not in UNANSWERED | {State.DISPUTED}

    @property
    def over(self) -> bool:
        """Whether its state can never change again."""
        return self.state in TERMINAL


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """A complaint as it was filed, without its words: what can never change."""

    id: int
    number: str
    shown: Shown
    category_code: str
    region_code: str
    district_code: str
    happened_on: date | None
    filed_at: datetime
    channel: Channel = Channel.SITE


@dataclass(frozen=True, slots=True)
class Writing:
    """What a person wrote at one event: the filing (with its place, position and name), an answer, a message.

    `lat` and `lon` are degrees (WGS 84), of the public text rounded to about a hundred metres.
    """

    seq: int
    text: str
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A complaint whole: filing, events, the writings that its reader may have, what the events add up to."""

    request: ServiceRequest
    events: tuple[Event, ...]
    writings: tuple[Writing, ...]
    life: Life
    supports: int = 0
    """How many others said "me too"."""

    def writing(self, seq: int) -> Writing | None:
        """What was written at an event; None when nothing was, or it is no longer kept, or not for this reader."""
        return next((one for one in self.writings if one.seq == seq), None)


def seen_by_filer(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that the filer and the public see."""
    return tuple(event for event in events if event.kind not in DESK_ONLY)
