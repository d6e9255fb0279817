"""What time alone does: remind the desk before something is due, escalate after it. Each is an event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from cettar_site.base.errors import Conflict
from cettar_site.base.seal import Vault
from cettar_site.complaints import store_read
from cettar_site.complaints.actions_happen import Deed, happen
from cettar_site.complaints.rules import SYSTEM, Kind
from cettar_site.complaints.rules_clock import nudge


@dataclass(frozen=True, slots=True)
class Nudged:
    """A complaint of which time alone said something: whose desk it is at, and the level (0: a reminder)."""

    number: str
    agency_code: str
    level: int
    triage: bool = False
    """Whether it waits there to be sorted."""


def nudge_all(session: Session, ids: Iterable[int], now: datetime, vault: Vault) -> list[Nudged]:
    """Write down what time has brought about for these complaints; each event that was written."""
    written: list[Nudged] = []
    for complaint_id in ids:
        case = store_read.case_by_id(session, complaint_id, vault)
        while case is not None and (due := nudge(case.life, now)) is not None:
            kind = Kind.ESCALATED if due.level else Kind.REMINDED
            detail = str(due.level) if due.level else ""
            try:
                case = happen(session, case, Deed(kind, SYSTEM, case.life.agency_code, detail), now, vault)
            except Conflict:  # somebody was at it in the same moment: the next round looks again
                break
            written.append(Nudged(case.request.number, case.life.agency_code, due.level, case.life.custody.triage))
    return written
