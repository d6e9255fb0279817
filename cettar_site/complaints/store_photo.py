"""Photos: rows in, facts out. Their pixels lie sealed in files (infra.darkroom_shelf)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, and_, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from cettar_site.complaints.models_photo import ComplaintPhoto, ComplaintPhotoBand
from cettar_site.complaints.rules import Kind, Shown
from cettar_site.complaints.rules_photo import Flag, Look, Photo, alike, bands, is_public, near, read, written
from cettar_site.complaints.store_erased import note_removed
from cettar_site.complaints.store_rows import EVENT, REQUEST, STATE

PHOTO, BAND = (cast(Table, vars(model)["__table__"]) for model in (ComplaintPhoto, ComplaintPhotoBand))
AT_ONCE = 500


@dataclass(frozen=True, slots=True, repr=False)
class NewPhoto:
    """All that is kept of a photo when it comes; `facts` are sealed already."""

    id: str
    evidence: bool
    salt: bytes
    look: Look
    width: int
    height: int
    size: int
    sent_as: bytes | None = None
    facts: bytes | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """A photo that came, attached or not."""

    id: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, repr=False)
class Waiting:
    """A piece of evidence that waits to be attached; its facts are sealed with its salt."""

    id: str
    salt: bytes
    look: Look
    facts: bytes | None


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """What opens the file of an attached photo, whose it is, and whether everyone may see it."""

    salt: bytes
    sha256: bytes
    complaint_id: int
    public: bool


def add(session: Session, new: NewPhoto, now: datetime) -> Arrived:
    """Keep what is known of a photo; the one that is kept, which is an earlier one if the same sending came before."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    session.execute(dialect.insert(PHOTO).values(
        id=new.id, complaint_id=None, seq=0, position=0, evidence=new.evidence, salt=new.salt, sha256=new.look.sha256,
        dhash=new.look.dhash, width=new.width, height=new.height, size=new.size, made_at=now, sent_as=new.sent_as,
        facts=new.facts, flags="").on_conflict_do_nothing())
    earlier = arrived(session, new.sent_as) if new.sent_as else None
    return earlier or Arrived(new.id, new.width, new.height)


def arrived(session: Session, sent_as: bytes) -> Arrived | None:
    """The photo that came with this sending before."""
    row = session.execute(select(PHOTO.c.id, PHOTO.c.width, PHOTO.c.height).where(PHOTO.c.sent_as == sent_as)).first()
    return None if row is None else Arrived(*row)


def free(session: Session, ids: Collection[str], *, evidence: bool = False) -> set[str]:
    """Which of these photos wait to be attached."""
    if not ids:
        return set()
    return set(session.execute(select(PHOTO.c.id).where(
        PHOTO.c.id.in_(ids), PHOTO.c.complaint_id.is_(None), PHOTO.c.evidence.is_(evidence))).scalars())


def attach(session: Session, ids: Sequence[str], complaint_id: int, seq: int) -> bool:
    """Give waiting photos of a filer to an event of a complaint; whether all of them were waiting."""
    done = [_attach(session, one, complaint_id, seq, at, evidence=False, flags="") for at, one in enumerate(ids)]
    return all(done)


def attach_evidence(session: Session, one: Waiting, complaint_id: int, seq: int, at: int,
                    flags: Iterable[Flag]) -> bool:
    """Give one piece of evidence to an event, with what was noticed; whether it was waiting. Its facts go."""
    if not _attach(session, one.id, complaint_id, seq, at, evidence=True, flags=written(flags)):
        return False
    parts = [{"band": band, "value": value, "photo_id": one.id} for band, value in enumerate(bands(one.look.dhash))]
    if parts:
        session.execute(insert(BAND), parts)
    return True


def _attach(session: Session, photo_id: str, complaint_id: int, seq: int, at: int, *, evidence: bool,
            flags: str) -> bool:
    done = session.execute(update(PHOTO).where(
        PHOTO.c.id == photo_id, PHOTO.c.complaint_id.is_(None), PHOTO.c.evidence.is_(evidence)).values(
            complaint_id=complaint_id, seq=seq, position=at, flags=flags, facts=None))
    return bool(cast(Any, done).rowcount == 1)


def waiting(session: Session, ids: Collection[str]) -> dict[str, Waiting]:
    """The pieces of evidence among these that wait to be attached."""
    rows = session.execute(select(PHOTO.c.id, PHOTO.c.salt, PHOTO.c.sha256, PHOTO.c.dhash, PHOTO.c.facts).where(
        PHOTO.c.id.in_(ids), PHOTO.c.complaint_id.is_(None), PHOTO.c.evidence.is_(True)))
    return {row.id: Waiting(row.id, bytes(row.salt), _look(row), row.facts and bytes(row.facts)) for row in rows}


def photos_of(session: Session, complaint_id: int) -> tuple[Photo, ...]:
    """All photos of a complaint, in the order of its events. Which of them a reader may see is the rules' to say."""
    rows = session.execute(select(PHOTO).where(PHOTO.c.complaint_id == complaint_id)
                           .order_by(PHOTO.c.seq, PHOTO.c.position))
    return tuple(Photo(row.id, row.seq, row.evidence, row.width, row.height, read(row.flags)) for row in rows)


def filers_looks(session: Session, complaint_id: int) -> list[Look]:
    """What a complaint's own photos look like, evidence apart."""
    rows = session.execute(select(PHOTO.c.sha256, PHOTO.c.dhash).where(
        PHOTO.c.complaint_id == complaint_id, PHOTO.c.evidence.is_(False)))
    return [_look(row) for row in rows]


def evidence_like(session: Session, look: Look, complaint_id: int, seq: int) -> list[str]:
    """The numbers of the complaints in which a photo like this was evidence, oldest first; this event apart.

    A confidential one is not named (""), and comes last: what everyone reads of another one's place would tell its.
    """
    columns = (REQUEST.c.number, REQUEST.c.shown, REQUEST.c.id, PHOTO.c.seq, PHOTO.c.made_at, PHOTO.c.sha256,
               PHOTO.c.dhash)
    found = select(*columns).select_from(PHOTO).join(REQUEST, REQUEST.c.id == PHOTO.c.complaint_id)
    rows = list(session.execute(found.where(PHOTO.c.sha256 == look.sha256, PHOTO.c.evidence.is_(True))))
    parts = [and_(BAND.c.band == band, BAND.c.value.in_(near(value))) for band, value in enumerate(bands(look.dhash))]
    if parts:
        candidates = select(BAND.c.photo_id).where(or_(*parts))
        rows += session.execute(found.where(PHOTO.c.id.in_(candidates)))
    rows.sort(key=lambda row: (not Shown(row.shown).public, row.made_at))
    return list(dict.fromkeys(row.number if Shown(row.shown).public else "" for row in rows
                              if (row.id, row.seq) != (complaint_id, seq) and alike(look, _look(row))))


def kept(session: Session, photo_id: str) -> Kept | None:
    """What opens an attached photo's file, and whether everyone may see it now."""
    row = session.execute(
        select(PHOTO.c.salt, PHOTO.c.sha256, PHOTO.c.complaint_id, STATE.c.shown, STATE.c.hidden, STATE.c.erased,
               EVENT.c.kind)
        .join(STATE, STATE.c.complaint_id == PHOTO.c.complaint_id)
        .join(EVENT, and_(EVENT.c.complaint_id == PHOTO.c.complaint_id, EVENT.c.seq == PHOTO.c.seq))
        .where(PHOTO.c.id == photo_id)).first()
    if row is None:
        return None
    public = is_public(Kind(row.kind), shown_to_all=Shown(row.shown).public, hidden=row.hidden, erased=row.erased)
    return Kept(bytes(row.salt), bytes(row.sha256), row.complaint_id, public)


def erase(session: Session, complaint_id: int) -> None:
    """Delete the photos of a complaint with their salts: from now on nobody opens their files."""
    _delete(session, select(PHOTO.c.id).where(PHOTO.c.complaint_id == complaint_id))


def forget(session: Session, before: datetime) -> list[str]:
    """Delete some of the photos that wait since before an instant; their names, for their files go too."""
    old = select(PHOTO.c.id).where(PHOTO.c.complaint_id.is_(None), PHOTO.c.made_at < before).limit(AT_ONCE)
    ids = list(session.execute(old).scalars())
    if ids:
        session.execute(delete(PHOTO).where(PHOTO.c.id.in_(ids), PHOTO.c.complaint_id.is_(None)))
        note_removed(session)
    return ids


def known(session: Session, ids: Sequence[str]) -> set[str]:
    """Which of these names are those of photos."""
    found: set[str] = set()
    for at in range(0, len(ids), AT_ONCE):
        found |= set(session.execute(select(PHOTO.c.id).where(PHOTO.c.id.in_(ids[at:at + AT_ONCE]))).scalars())
    return found


def _delete(session: Session, ids: Any) -> None:
    session.execute(delete(BAND).where(BAND.c.photo_id.in_(ids)))
    session.execute(delete(PHOTO).where(PHOTO.c.id.in_(ids)))


def _look(row: Any) -> Look:
    return Look(bytes(row.sha256), bytes(row.dhash))
