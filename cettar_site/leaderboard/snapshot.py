"""The leaderboard as everybody sees it now."""

from datetime import datetime

from sqlmodel import Session

from cettar_site.infra.snapshot import Snapshot
from cettar_site.leaderboard import rules, store


def _build(session: Session, now: datetime) -> rules.Board:
    return rules.board(store.cases(session, now - rules.WINDOW), now)


BOARD: Snapshot[rules.Board] = Snapshot("board", ("complaints",), _build)
