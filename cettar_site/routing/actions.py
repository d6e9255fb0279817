"""The verbs of the sorting room: keep what was suggested, count how good it was."""

from collections.abc import Sequence

from sqlmodel import Session

from cettar_site.complaints.rules_filing import Destination
from cettar_site.routing import store, store_learn
from cettar_site.routing.rules import Suggestion, label_of
from cettar_site.routing.rules_judge import Figures, Judged, figures


def note(session: Session, filed: Sequence[tuple[int, Destination]]) -> None:
    """Keep the suggestions of complaints that are being filed, in their transaction."""
    by_version: dict[str, dict[int, Destination]] = {}
    for id_, to in filed:
        if to.near:
            by_version.setdefault(to.by, {})[id_] = to
    for version, made in by_version.items():
        near = {id_: [Suggestion(*one) for one in to.near] for id_, to in made.items()}
        store.keep(session, near, version, [id_ for id_, to in made.items() if to.detail.startswith("model:")])


def measured(session: Session, n: int) -> Figures:
    """How good the suggestions for the newest `n` complaints were, of those that people have decided since.

    The suggestion was kept before the decision, so nothing here was learned from what it is measured by.
    """
    ids = store.newest_ids(session, n)
    known = store_learn.decisions(session, ids)
    near, alone = store.suggestions_of(session, known), store.sent_alone(session, known)
    return figures([
        Judged(tuple((label_of(one.agency_code), one.confidence) for one in near[id_]), known[id_].label, id_ in alone)
        for id_ in ids if id_ in known and id_ in near])
