"""Which agencies are likely meant by complaints that wait to be sorted."""

from collections.abc import Sequence

from sqlmodel import Session

from cettar_site.routing import store as routing

Suggested = Sequence[tuple[str, float]]
"""Agency and confidence (0..1), the surest first."""


def suggestions(session: Session, ids: Sequence[int]) -> dict[int, Suggested]:
    """At most three likely agencies for each of these complaints; none where nothing was learnt yet."""
    return {id_: tuple((one.agency_code, one.confidence) for one in found)
            for id_, found in routing.suggestions_of(session, ids).items()}
