"""What the jobs of prices share: keep what was read, one good in one transaction, and count."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from cettar_site.base.words import mark
from cettar_site.infra.db import Database
from cettar_site.prices import actions
from cettar_site.prices.rules import PRICES_CHANGED, Observation, Parsed, Report
from jobs.report import JobReport, Progress

DETAIL = mark("{read} dibaca: {accepted} diterima, {held} ditahan, {refused} ditolak, {unchanged} sudah ada")
DETAIL_UNKNOWN = mark(
    "{read} dibaca: {accepted} diterima, {held} ditahan, {refused} ditolak, {unchanged} sudah ada, "
    "{unknown} di luar daftar kami"
)


def keep(db: Database, parsed: Iterable[Parsed], now: datetime, progress: Progress) -> Report:
    """Record the observations good by good, so that no transaction is long.

    Where nothing is news nothing is written, and no page is told of a change.
    """
    given = list(parsed)
    rows = sorted((row for one in given for row in one.observations), key=_family)
    unplaced = sum(len(one.unplaced) for one in given)
    total = Report(read=unplaced, unknown=unplaced)
    families = [list(members) for _, members in groupby(rows, key=_family)]
    for members in progress(families, None, "goods"):
        total += _keep_family(db, members, now)
    return total


def job_report(total: Report) -> JobReport:
    """The report of a job that kept these."""
    facts = {"read": total.read, "accepted": total.accepted, "held": total.held, "refused": total.refused,
             "unchanged": total.unchanged, "unknown": total.unknown}
    detail = DETAIL_UNKNOWN if total.unknown else DETAIL
    return JobReport(rows_in=total.read, rows_refused=total.refused, detail=detail, facts=facts)


def _family(row: Observation) -> tuple[str, str, str]:
    return row.key.source, row.key.level, row.key.commodity


def _keep_family(db: Database, members: list[Observation], now: datetime) -> Report:
    with db.read() as session:
        news = actions.news(session, members, now)
    if not news:
        return Report(read=len(members), unchanged=len(members))
    with db.write(PRICES_CHANGED) as session:
        return actions.record(session, members, now)
