"""The audit reads the complaints' own rows; it keeps none of its own."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from cettar_site.complaints import store as complaints
from cettar_site.leaderboard.rules import Case


def cases(session: Session, since: datetime) -> Iterator[Case]:
    """Every complaint filed since then, confidential ones too: they are counted, never shown."""
    for agency, filed_at, first_answer_at in complaints.first_answers(session, since):
        yield Case(agency, filed_at, first_answer_at)
