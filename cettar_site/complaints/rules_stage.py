"""The five steps of a complaint's way, and how far it has come."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cettar_site.base.words import mark
from cettar_site.complaints.rules import SUBSTANTIAL, Case, Event, Kind, Life, State
from cettar_site.complaints.rules_clock import has_word


class Reached(StrEnum):
    """How a step stands: behind, where it stands now, still ahead, or passed by for good."""

    DONE = "done"
    HERE = "here"
    AHEAD = "ahead"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its name (a msgid), how it stands, when it was reached."""

    text: str
    reached: Reached
    at: datetime | None = None


RECEIVED, TRIAGE, HELD = mark("Diterima"), mark("Di meja penyalur"), mark("Di instansi")
ANSWERED, CLAIMED, WORD, SILENT = mark("Dijawab"), mark("Diklaim selesai"), mark("Kata pelapor"), mark("Pelapor diam")
_THIRD = {State.REJECTED: mark("Ditolak"), State.FORWARDED: mark("Diteruskan")}
_LAST = {State.CONFIRMED: mark("Dikonfirmasi"), State.DISPUTED: mark("Dibantah"), State.WITHDRAWN: mark("Ditarik"),
         State.CLOSED: mark("Ditutup")}
_HERE = {State.TRIAGE: 1, State.WAITING: 1, State.ANSWERED: 2, State.REJECTED: 2, State.FORWARDED: 2,
         State.CLAIMED: 3}
_CLAIM_STANDS = frozenset({State.CLAIMED, State.DISPUTED, State.CONFIRMED, State.WITHDRAWN})


def is_silent(life: Life, now: datetime) -> bool:
    """Whether the filer's time for the last word passed without one."""
    return life.word_from is not None and life.state in _HERE and not life.open and not has_word(life, now)


def steps(case: Case, now: datetime) -> tuple[Step, ...]:
    """Received, at the agency, answered, claimed solved, the filer's word."""
    life = case.life
    held = next((one.since for one in life.custodies if not one.triage), None)
    claimed = life.claimed_at if life.state in _CLAIM_STANDS else None
    last = _LAST.get(life.state, SILENT if is_silent(life, now) else WORD)
    ways = ((RECEIVED, life.filed_at), (HELD if held else TRIAGE, held or life.filed_at),
            (_THIRD.get(life.state, ANSWERED), life.first_answer_at), (CLAIMED, claimed), (last, _said_at(case)))
    here = _HERE.get(life.state, len(ways) - 1)
    no_more = life.state not in (State.TRIAGE, State.WAITING, State.ANSWERED, State.CLAIMED)
    return tuple(Step(text, _reached(at, n, here, missed=last is SILENT if n == len(ways) - 1 else no_more), at)
                 for n, (text, at) in enumerate(ways))


def _reached(at: datetime | None, n: int, here: int, *, missed: bool) -> Reached:
    if n == here:
        return Reached.HERE
    if n < here:
        return Reached.NEVER if at is None else Reached.DONE
    return Reached.NEVER if missed else Reached.AHEAD


def _said_at(case: Case) -> datetime | None:
    """When the filer last said how it stands."""
    if case.life.state is State.DISPUTED:
        opened = reopened_by(case)
        return opened.at if opened else None
    return case.life.ended_at


def reopened_by(case: Case) -> Event | None:
    """By what the agency's last word was disputed: the filer's act, or an audit that its claim did not pass."""
    since = max((one.seq for one in case.events if one.kind in SUBSTANTIAL), default=0)
    return next((one for one in case.events if one.seq > since and (
        one.kind is Kind.DISPUTED or (one.kind is Kind.AUDITED and one.detail == "fail"))), None)
