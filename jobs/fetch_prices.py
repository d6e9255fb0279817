"""Fetch yesterday's and today's prices from Siskaperbapo; what fails takes nothing from the rest."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from cettar_site.base.errors import ForeignFailure
from cettar_site.base.period import in_wib, wib_date
from cettar_site.base.words import mark
from cettar_site.infra.db import Database
from cettar_site.infra.http import FeedClient, feeds
from cettar_site.infra.settings import settings
from cettar_site.jatim import regions
from cettar_site.prices.feed import fetch_consumer, fetch_producer
from cettar_site.prices.rules import Parsed, Report
from jobs.keep_prices import job_report, keep
from jobs.report import JobOptions, JobReport, Progress

# The publisher fills a day in the course of it and mends it on the next: each day is asked for on both. The
# producers' table is one request; the regencies' tables are 76, so they are asked for three times a day.
CONSUMER_HOURS = frozenset({8, 13, 19})  # WIB
NOT_YET = frozenset({"zero_prices", "empty"})  # of today: not entered so far
ENOUGH_FAILURES = 3  # in a row: the publisher is down, and asking on would only keep it busy
Fetch = Callable[[], Parsed]


def run(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    """Fetch with this process's client from the publisher that the settings name."""
    return fetch(db, feeds(), settings().siskaperbapo_url, now=now, options=options)


def fetch(db: Database, client: FeedClient, base: str, *, now: datetime, options: JobOptions) -> JobReport:
    """Ask first, then keep: no transaction is open while we wait. Raises the failure when nothing was had."""
    day = options.date or wib_date(now)
    parts = [list(producer(client, day, base))]
    if options.by_hand or in_wib(now).hour in CONSUMER_HOURS:
        parts.append(list(consumer(client, day, base)))
    total, failures = Report(), []
    for asked in parts:
        parsed, failed = gather(asked, options.progress)
        total += keep(db, parsed, now, options.progress)
        failures += failed
    if failures and not total.read:
        raise failures[0]
    kept = job_report(total)
    detail = kept.detail if total.read else mark("Belum ada harga untuk hari ini")
    return JobReport(kept.rows_in, kept.rows_refused, detail, kept.facts, tuple(failures))


def producer(client: FeedClient, day: date, base: str) -> Iterator[tuple[Fetch, bool]]:
    """The two questions about producers' markets; with each, whether its day is still young."""
    for asked in (day - timedelta(days=1), day):
        yield lambda asked=asked: fetch_producer(client, asked, base), asked == day  # type: ignore[misc]


def consumer(client: FeedClient, day: date, base: str) -> Iterator[tuple[Fetch, bool]]:
    """The questions about the mean of each regency's markets."""
    for region in regions.ALL:
        for asked in (day - timedelta(days=1), day):
            yield (lambda key=region.siskaperbapo_key, asked=asked:  # type: ignore[misc]
                   fetch_consumer(client, key, None, asked, base), asked == day)


def gather(
    asked: list[tuple[Fetch, bool]], progress: Progress
) -> tuple[list[Parsed], list[ForeignFailure]]:
    """The answers and the failures, each kind of failure told once."""
    parsed: list[Parsed] = []
    failures: dict[str, ForeignFailure] = {}
    in_a_row = 0
    for fetch, young in progress(asked, None, "requests"):
        try:
            parsed.append(fetch())
            in_a_row = 0
        except ForeignFailure as failure:
            if young and failure.kind in NOT_YET:
                continue
            failures.setdefault(failure.kind, failure)
            in_a_row += 1
            if in_a_row >= ENOUGH_FAILURES:
                break
    return parsed, list(failures.values())
