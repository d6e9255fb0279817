"""What was taken away: that it was, for whoever tidies the files, and of which complaints every word is gone."""

from collections.abc import Iterable

from sqlalchemy import select, text
from sqlmodel import Session

from cettar_site.complaints.store_rows import STATE

SEARCHED = ("complaint_search",)
"""Tables in whose index words stay until it is merged."""
SALTED = ("complaint_salt", "complaint_photo")
"""Small tables that hold salts: once these are rewritten, nobody opens what was sealed with them."""
WORDED = ("complaint_public", "complaint_search", "complaint_private")
"""Tables that hold words, open or sealed."""
AT_ONCE = 500
# Two numbers beside the pulses: how often something was taken away, and up to which time the files were tidied.
_NOTE = text("INSERT INTO pulse (topic, version) VALUES ('removed', 1) "
             "ON CONFLICT (topic) DO UPDATE SET version = pulse.version + 1")
_TIDIED = text("INSERT INTO pulse (topic, version) VALUES ('tidied', :version) "
               "ON CONFLICT (topic) DO UPDATE SET version = :version")
_VERSION = text("SELECT version FROM pulse WHERE topic = :topic")


def note_removed(session: Session) -> None:
    """Remember that something was taken away that the files may still hold."""
    session.execute(_NOTE)


def untidied(session: Session) -> int | None:
    """Up to which removal the files are to be tidied; None when nothing was taken away since the last time."""
    removed, tidied = (session.execute(_VERSION, {"topic": topic}).scalar() or 0 for topic in ("removed", "tidied"))
    return removed if removed > tidied else None


def note_tidied(session: Session, removal: int) -> None:
    """Remember that the files were tidied up to a removal."""
    session.execute(_TIDIED, {"version": removal})


def erased_numbers(session: Session) -> set[str]:
    """The numbers of the complaints of which every word was erased."""
    return set(session.execute(select(STATE.c.number).where(STATE.c.erased)).scalars())


def not_erased(session: Session, numbers: Iterable[str]) -> list[str]:
    """Those of these numbers whose words are there."""
    asked, found = sorted(numbers), list[str]()
    for at in range(0, len(asked), AT_ONCE):
        found += session.execute(select(STATE.c.number).where(
            STATE.c.number.in_(asked[at:at + AT_ONCE]), STATE.c.erased.is_(False))).scalars()
    return found
