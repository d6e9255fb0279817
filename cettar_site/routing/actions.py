"""The verbs of the sorting room: keep what was suggested, send on what is sure, count how good it was."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from cettar_site.base.errors import Conflict
from cettar_site.base.seal import Vault
from cettar_site.complaints import store_read
from cettar_site.complaints.actions_happen import Deed, happen
from cettar_site.complaints.rules import SYSTEM, Kind, State
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


def send_on(session: Session, complaint_id: int, to: Suggestion, now: datetime, vault: Vault) -> bool:
    """Send a complaint that still waits to be sorted to an agency that the site is sure of; whether it did."""
    case = store_read.case_by_id(session, complaint_id, vault)
    if case is None or case.life.state is not State.TRIAGE or case.life.hidden:
        return False
    try:
        happen(session, case, Deed(Kind.ROUTED, SYSTEM, to.agency_code, f"model:{to.confidence:.2f}"), now, vault)
    except Conflict:
        return False
    return True


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
