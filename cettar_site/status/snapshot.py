"""The board of all jobs, computed once a change."""

from datetime import datetime

from sqlmodel import Session

from cettar_site.infra.db import database
from cettar_site.infra.snapshot import Snapshot
from cettar_site.status import store
from cettar_site.status.rules_board import Board, job_state

RECENT_EACH = 6


def build(session: Session, _now: datetime) -> Board:
    """The board as the database has it."""
    newest = store.newest_runs(session)
    return Board(database().realm, tuple(
        job_state(plan, store.lease_of(session, plan.job.name), newest,
                  store.recent_runs(session, plan.job.name, RECENT_EACH))
        for plan in store.plans(session)))


BOARD: Snapshot[Board] = Snapshot("jobs", ("jobs",), build)
