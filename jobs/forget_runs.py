"""Forget runs of jobs that nobody will ask for any more."""

from datetime import datetime

from cettar_site.base.words import mark
from cettar_site.infra.db import Database
from cettar_site.status import actions
from jobs.report import JobOptions, JobReport


def run(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    """Delete quiet runs after two weeks and failed ones after a year."""
    with db.write() as session:
        forgotten = actions.forget_old_runs(session, now)
    return JobReport(detail=mark("{n} catatan dihapus"), facts={"n": forgotten})
