"""Writing into the desk's trail."""

from datetime import datetime

from sqlmodel import Session

from cettar_site.desk import store_trail as store
from cettar_site.desk.rules_door import Officer
from cettar_site.desk.rules_trail import TrailAct, check_object


def note(session: Session, officer: Officer, act: TrailAct, object: str, now: datetime) -> None:
    """Write down what an officer did, in the transaction in which it is done.

    `object` names a thing: a complaint's number, a pseudonym, a file. Raises ValueError for anything else.
    """
    store.add(session, now, officer.pseudonym, act, check_object(object), officer.agency_code)
