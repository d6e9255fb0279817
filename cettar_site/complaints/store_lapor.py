"""What came from SP4N-LAPOR!: rows in, facts out; and every complaint with its row, for the file that goes back."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import Table, insert, select, update
from sqlmodel import Session

from cettar_site.base.seal import Vault
from cettar_site.complaints import store_read
from cettar_site.complaints.models_lapor import ComplaintLapor
from cettar_site.complaints.rules import Case
from cettar_site.complaints.rules_lapor import TRACKING, Row
from cettar_site.complaints.store_rows import REQUEST, SALT

LAPOR = cast(Table, vars(ComplaintLapor)["__table__"])
_FAR = 1 << 40
"""Numbers of rows begin here, far above those of events, under the same salt; each version has its own."""


def known(session: Session, tracking_ids: Iterable[str]) -> dict[str, tuple[int, int, bytes]]:
    """Complaint, version and mark of the rows that are here already, by tracking id."""
    rows = session.execute(select(LAPOR.c.tracking_id, LAPOR.c.complaint_id, LAPOR.c.version, LAPOR.c.mark)
                           .where(LAPOR.c.tracking_id.in_(list(tracking_ids))))
    return {row[0]: (row[1], row[2], bytes(row[3])) for row in rows}


def add(session: Session, rows: Sequence[tuple[int, bytes, Row, bytes]], vault: Vault) -> None:
    """Keep new rows: complaint, its salt, the row, its mark."""
    if rows:
        session.execute(insert(LAPOR), [
            {"tracking_id": row[TRACKING], "complaint_id": complaint_id, "version": 1, "mark": mark,
             "sealed": _sealed(vault, salt, 1, row)} for complaint_id, salt, row, mark in rows])


def replace(session: Session, complaint_id: int, version: int, salt: bytes, row: Row, mark: bytes,
            vault: Vault) -> None:
    """Keep the newer version of a row."""
    session.execute(update(LAPOR).where(LAPOR.c.complaint_id == complaint_id).values(
        version=version, mark=mark, sealed=_sealed(vault, salt, version, row)))


def page(session: Session, after: int, n: int, vault: Vault) -> list[tuple[Case, Row | None]]:
    """So many complaints after an id, oldest first, each whole and with its row if it came from there.

    Of an erased one only the tracking id is left of its row.
    """
    wanted = select(REQUEST.c.id).where(REQUEST.c.id > after).order_by(REQUEST.c.id).limit(n)
    ids = list(session.execute(wanted).scalars())
    raws = rows_of(session, ids, vault)
    cases = ((id_, store_read.case_by_id(session, id_, vault)) for id_ in ids)
    return [(case, raws.get(id_)) for id_, case in cases if case is not None]


def rows_of(session: Session, ids: Sequence[int], vault: Vault) -> dict[int, Row]:
    """The rows from which these complaints came, of those that came from there; of an erased one the tracking id."""
    found = session.execute(select(LAPOR, SALT.c.salt).outerjoin(
        SALT, SALT.c.complaint_id == LAPOR.c.complaint_id).where(LAPOR.c.complaint_id.in_(ids)))
    return {row.complaint_id: _opened(row, vault) for row in found}


def _opened(row: Any, vault: Vault) -> Row:
    if row.salt is None:
        return {TRACKING: row.tracking_id}
    opened: Row = json.loads(vault.open(bytes(row.salt), _FAR + row.version, bytes(row.sealed)))
    return opened


def _sealed(vault: Vault, salt: bytes, version: int, row: Any) -> bytes:
    return vault.seal(salt, _FAR + version, json.dumps(row).encode())
