"""Keep a copy of the database for thirty days: `python -m jobs backup`."""

from datetime import datetime

from cettar_site.base.errors import ForeignFailure
from cettar_site.base.words import mark
from cettar_site.complaints import store_erased
from cettar_site.infra.backup import FOLDER, back_up, prune, remember_erased
from cettar_site.infra.db import Database
from cettar_site.infra.settings import settings
from jobs import tidy
from jobs.report import JobOptions, JobReport

NO_TOOL = mark("Tidak dicadangkan: di mesin ini tidak ada pg_dump. Pengelola server harus mencadangkan PostgreSQL "
               "sendiri")


def run(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    """Make a backup, then delete those older than thirty days. Raises ForeignFailure; the older ones stay then.

    Tidied first, so that no backup holds words that were erased before it: the search index is copied as it is.
    """
    folder = settings().data_dir / FOLDER
    failures: tuple[ForeignFailure, ...] = ()
    try:
        tidy.run(db, now=now, options=options)
    except ForeignFailure as failure:
        failures = (failure,)
    with db.read() as session:
        remember_erased(folder, store_erased.erased_numbers(session))
    made = back_up(db, folder, now)
    if made is None:
        return JobReport(detail=NO_TOOL, failures=failures)
    return JobReport(rows_in=1, facts={"mb": max(1, made.size >> 20), "old": prune(folder, now)},
                     detail=mark("Cadangan {mb} MB disimpan, {old} yang lama dihapus"), failures=failures)
