"""The timetable kept: APScheduler wakes each job, the database's leases decide who runs it.

A job is woken at its own times and once a minute. Awake, it asks the database whether its newest window was
taken up: so windows missed while nothing ran are caught up once, failed runs are tried again, and runs of
processes that vanished are succeeded, whatever this process remembers.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from apscheduler.executors.base import BaseExecutor, run_job
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.combining import OrTrigger
from sqlalchemy.exc import SQLAlchemyError

from cettar_site.base.period import WIB
from cettar_site.infra import clock, cron
from cettar_site.infra.db import Database, database
from cettar_site.infra.log import get_logger
from cettar_site.infra.settings import settings
from cettar_site.infra.vitals import process_label
from cettar_site.status import actions
from cettar_site.status.rules import Job
from jobs.runner import Runner
from jobs.timetable import jobs_of

log = get_logger(__name__)
EACH_MINUTE = "* * * * *"
# How long a stop waits for running jobs (the server gives 5 s); what still runs then is run again once its
# lease has ended.
GRACE_SECONDS = 4.0


class ThreadPerRun(BaseExecutor):
    """Runs each job in a daemon thread: off the event loop, and never in the way of the process's end."""

    def __init__(self) -> None:
        super().__init__()
        self._threads: set[threading.Thread] = set()

    def _do_submit_job(self, job: Any, run_times: Any) -> None:
        thread = threading.Thread(target=self._work, args=(job, run_times), name=f"job {job.id}", daemon=True)
        self._threads.add(thread)
        thread.start()

    def _work(self, job: Any, run_times: Any) -> None:
        events = run_job(job, job._jobstore_alias, run_times, self._logger.name)
        self._threads.discard(threading.current_thread())
        self._run_job_success(job.id, events)

    def join(self, seconds: float) -> int:
        """Wait for the running jobs, together at most so many seconds; how many still run."""
        deadline = clock.now().timestamp() + seconds
        for thread in tuple(self._threads):
            thread.join(max(0.0, deadline - clock.now().timestamp()))
        return len(self._threads)


class Keeper:
    """Keeps the timetable of one database in one process."""

    def __init__(self, scheduler: BaseScheduler, db: Database, kind: str, jobs: Sequence[Job]) -> None:
        self._scheduler, self._db, self._jobs = scheduler, db, jobs
        self._threads = ThreadPerRun()
        self._runner = Runner(db, process_label(kind))
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns each minute of a long job
        scheduler.configure(timezone=WIB, executors={"default": self._threads}, job_defaults={
            "coalesce": True, "max_instances": 1, "misfire_grace_time": None})

    def announce(self) -> None:
        """Tell the database what the timetable is."""
        with self._db.read() as session:
            if actions.is_planned(session, self._jobs):
                return
        with self._db.write("jobs") as session:
            actions.plan(session, self._jobs, clock.now())

    def start(self) -> None:
        """Begin to keep time; what was missed is caught up at once."""
        for job in self._jobs:
            if job.cron:
                self._scheduler.add_job(
                    self._ring, OrTrigger([cron.trigger(job.cron), cron.trigger(EACH_MINUTE)]), args=(job,),
                    id=job.name, next_run_time=clock.now())
        self._scheduler.start()
        log.info("scheduler_started", jobs=[job.name for job in self._jobs if job.cron])

    def stop(self) -> None:
        """Begin nothing new and wait, for a while, for what runs."""
        self._runner.stop()
        self._scheduler.shutdown(wait=False)
        log.info("scheduler_stopped", still_running=self._threads.join(GRACE_SECONDS))

    def _ring(self, job: Job) -> None:
        try:
            self._runner.on_time(job)
        except SQLAlchemyError as fault:  # the next minute asks again
            log.warning("job_not_asked", job=job.name, fault=type(fault).__name__)


@asynccontextmanager
async def in_site() -> AsyncIterator[None]:
    """The scheduler in the site's lifespan, unless CETTAR_JOBS is off."""
    if settings().jobs == "off":
        yield
        return
    db = database()
    keeper = Keeper(AsyncIOScheduler(), db, "site", jobs_of(db.realm))
    await asyncio.to_thread(keeper.announce)
    keeper.start()
    try:
        yield
    finally:
        await asyncio.to_thread(keeper.stop)


def alone(db: Database, end: threading.Event) -> None:
    """The scheduler in a process of its own, until `end` is set."""
    keeper = Keeper(BackgroundScheduler(), db, "jobs", jobs_of(db.realm))
    keeper.announce()
    keeper.start()
    end.wait()
    keeper.stop()
