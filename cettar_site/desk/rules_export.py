"""What a download for SP4N-LAPOR! holds: whose complaints, and what of those that this officer may not read whole."""

from datetime import datetime

from cettar_site.complaints.rules_lapor import FIRST, LAST, TITLE, Row, exported, line
from cettar_site.desk.rules import TRIAGE_DESK, Case, Officer, Role, Shown
from cettar_site.desk.rules_matrix import Act, Whose, may, whose
from cettar_site.desk.rules_reading import read_as

WITHHELD = "(rahasia)"


def whose_file(officer: Officer) -> str:
    """Whose complaints are in an officer's file: the sorting desk's holds all (""), a supervisor's the own agency's."""
    return "" if officer.role is Role.TRIAGE and officer.agency_code == TRIAGE_DESK else officer.agency_code


def line_of(officer: Officer, case: Case, raw: Row | None, now: datetime) -> str:
    """A complaint as a line of the file, its words as this officer reads them; empty if it is not for them.

    What came from SP4N-LAPOR! goes back in its own words. Of what is confidential and not this desk's to read, that it
    is there is told, and no word.
    """
    own = Whose.OWN in whose(officer.agency_code, case.life, case.request.shown, now)
    if whose_file(officer) and not own:
        return ""
    if may(officer, Act.READ, case.life, case.request.shown, now):
        return line(exported(read_as(officer, case, now), raw))
    words = dict.fromkeys((TITLE, FIRST, LAST), WITHHELD) if case.request.shown is Shown.CONFIDENTIAL else {}
    return line(exported(case, raw) | words)
