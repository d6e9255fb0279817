"""Say anew how long answers take, those who still wait included."""

from datetime import datetime

from cettar_site.base.words import mark
from cettar_site.complaints import actions_estimate, store_estimate
from cettar_site.infra.db import Database
from jobs.report import JobOptions, JobReport


def run(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    """Measure the waits of the last 180 days, then put the estimates in the place of the old ones."""
    with db.read() as session:
        found = actions_estimate.measured(session, now)
    with db.write() as session:
        store_estimate.keep(session, found)
    return JobReport(rows_in=len(found), detail=mark("{n} perkiraan dihitung ulang"), facts={"n": len(found)})
