"""The desk's view of one complaint, asked of the complaints' own stores."""

from sqlmodel import Session

from cettar_site.base.seal import Vault
from cettar_site.complaints import store_photo
from cettar_site.complaints import store_read as complaints
from cettar_site.desk.rules import Case, Photo


def case(session: Session, number: str, vault: Vault) -> Case | None:
    """The complaint with a public number."""
    return complaints.case_by_number(session, number, vault)


def children(session: Session, number: str) -> list[str]:
    """The numbers of the complaints that were merged into this one."""
    return complaints.children(session, number)


def photos_of(session: Session, complaint_id: int) -> tuple[Photo, ...]:
    """All photos of a complaint."""
    return store_photo.photos_of(session, complaint_id)
