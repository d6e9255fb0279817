"""What the front page shows beside the leaderboard and the prices: the newest complaints that all may read."""

from datetime import datetime

from sqlmodel import Session

from cettar_site.complaints import store_lists as complaints
from cettar_site.complaints.rules_brief import Brief
from cettar_site.infra.snapshot import Snapshot

NEWEST_SHOWN = 5


def _build(session: Session, _now: datetime) -> tuple[Brief, ...]:
    return complaints.newest(session, NEWEST_SHOWN)


NEWEST: Snapshot[tuple[Brief, ...]] = Snapshot("newest", ("complaints",), _build)
