"""Remind desks before something is due, escalate after it, and write to the officials whose turn it is."""

import secrets
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from cettar_site.base.period import add_working_days
from cettar_site.base.seal import SALT_BYTES
from cettar_site.base.words import mark
from cettar_site.complaints import store_notice
from cettar_site.complaints.actions_time import Nudged, nudge_all
from cettar_site.desk import store_door as desk
from cettar_site.desk.rules_door import Role
from cettar_site.infra.db import Database
from cettar_site.infra.mail import mail_on
from cettar_site.infra.vault import vault
from jobs.report import JobOptions, JobReport

AT_ONCE = 100
MOST = 5000
# Who is written to at each level: the agency's own officers (at the sorting desk: who sorts), its supervisors,
# the secretary's, the governor's.
ABOVE = {2: "SETDA", 3: "PEMPROV"}


def run(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    """Look at what is nearly due or overdue, in small transactions."""
    with db.read() as session:
        ids = store_notice.nearly_due(session, now, add_working_days(now, 1), MOST)
    told: list[Nudged] = []
    try:
        for at in options.progress(range(0, len(ids), AT_ONCE), None, "complaints"):
            with db.write("complaints") as session:
                told += nudge_all(session, ids[at:at + AT_ONCE], now, vault())
    finally:  # what was written down is told, even if a later step failed: nobody would tell it again
        if told and mail_on():
            write_to_desks(db, told, now)
    late = sum(one.level > 0 for one in told)
    return JobReport(rows_in=len(told), detail=mark("{reminded} diingatkan, {late} lewat batas waktu"),
                     facts={"reminded": len(told) - late, "late": late})


def write_to_desks(db: Database, told: Iterable[Nudged], now: datetime) -> None:
    """One letter an official and level, with the numbers of all that is meant."""
    numbers: dict[tuple[str, Role, int], list[str]] = defaultdict(list)
    for one in told:
        role = Role.SUPERVISOR if one.level else Role.TRIAGE if one.triage else Role.OFFICER
        numbers[ABOVE.get(one.level, one.agency_code), role, one.level].append(one.number)
    with db.write() as session:
        officers = desk.officers(session)
        for (agency, role, level), meant in numbers.items():
            facts = {"numbers": " ".join(meant), "level": str(level)}
            for officer in officers:
                if (officer.agency_code, officer.role) == (agency, role):
                    store_notice.put_to(session, officer.email, facts, now, secrets.token_bytes(SALT_BYTES), vault())
