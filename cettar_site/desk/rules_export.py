"""What a download for SP4N-LAPOR! holds: whose complaints, and what of those that this officer may not read."""

from datetime import datetime

from cettar_site.complaints.rules_lapor import FIRST, LAST, TITLE, Row, exported, line
from cettar_site.desk.rules import TRIAGE_DESK, Case, Officer, Role, Shown
from cettar_site.desk.rules_matrix import Whose, whose

WITHHELD = "(rahasia)"
_READ = frozenset({Whose.OWN, Whose.TRIAGE, Whose.SENT})


def whose_file(officer: Officer) -> str:
    """Whose complaints are in an officer's file: the sorting desk's holds all (""), a supervisor's the own agency's."""
    return "" if officer.role is Role.TRIAGE and officer.agency_code == TRIAGE_DESK else officer.agency_code


def line_of(officer: Officer, case: Case, raw: Row | None, now: datetime) -> str:
    """A complaint as a line of the file; the words of a confidential one only for a desk that has them."""
    row = exported(case, raw)
    secret = case.request.shown is Shown.CONFIDENTIAL
    if secret and not whose(officer.agency_code, case.life, case.request.shown, now) & _READ:
        row = row | dict.fromkeys((TITLE, FIRST, LAST), WITHHELD)
    return line(row)
