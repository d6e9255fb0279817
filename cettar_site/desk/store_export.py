"""Complaints with their SP4N-LAPOR! rows, for the file that the desk downloads."""

from sqlalchemy import select
from sqlmodel import Session

from cettar_site.base.seal import Vault
from cettar_site.complaints import store_lapor, store_read
from cettar_site.complaints.store_rows import STATE
from cettar_site.desk.rules import Case

Lapor = tuple[Case, dict[str, str] | None]


def page(session: Session, agency_code: str, after: int, n: int, vault: Vault) -> list[Lapor]:
    """So many complaints after an id, oldest first: those that an agency holds, or everyone's ("")."""
    if not agency_code:
        return store_lapor.page(session, after, n, vault)
    wanted = select(STATE.c.complaint_id).where(STATE.c.agency_code == agency_code, STATE.c.complaint_id > after)
    ids = list(session.execute(wanted.order_by(STATE.c.complaint_id).limit(n)).scalars())
    raws = store_lapor.rows_of(session, ids, vault)
    cases = ((id_, store_read.case_by_id(session, id_, vault)) for id_ in ids)
    return [(case, raws.get(id_)) for id_, case in cases if case is not None]
