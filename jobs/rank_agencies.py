"""Close the leaderboard's day: keep how every agency stood at its end."""

from datetime import datetime, timedelta

from cettar_site.base.period import in_wib
from cettar_site.base.words import mark
from cettar_site.infra.db import Database
from cettar_site.leaderboard import actions
from jobs.report import JobOptions, JobReport


def run(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    """Keep yesterday, or the day of --date."""
    day = options.date or in_wib(now).date() - timedelta(days=1)
    with db.write("board") as session:
        kept = actions.close_day(session, day, now)
    return JobReport(rows_in=kept, detail=mark("Papan tanggal {day} disimpan"), facts={"day": day.isoformat()})
