"""One complaint at the desk: its clock, the story whole, photos, what may be done, what happened."""

from dataclasses import dataclass
from datetime import datetime

import htpy as h

from cettar_site.base.words import Words
from cettar_site.complaints.island_case import described, happened, subject, told
from cettar_site.complaints.island_case_parts import whole_number
from cettar_site.complaints.island_custody import custody_section
from cettar_site.complaints.island_photo import evidence_panel, photo_grid
from cettar_site.complaints.rules import Kind
from cettar_site.complaints.rules_photo import Photo
from cettar_site.complaints.rules_view import REASONS_HIDDEN, VERDICTS, agency_name, status
from cettar_site.desk.island_deeds import Offered, Typed, deeds
from cettar_site.desk.island_door import desk_nav, sign_out
from cettar_site.desk.rules import Case, Officer, Shown
from cettar_site.desk.rules_due import owed_words
from cettar_site.ui.lead import facts, lead, section
from cettar_site.ui.notice import notice


@dataclass(frozen=True, slots=True)
class Seen:
    """A complaint as this officer reads it, its photos, what they may do to it."""

    officer: Officer
    case: Case
    photos: tuple[Photo, ...]
    offered: Offered


def case_page(w: Words, seen: Seen, typed: Typed, trouble: h.Node, token: str, now: datetime) -> h.Node:
    """One complaint, and what the officer may do to it."""
    case = seen.case
    return h.fragment[
        lead(w.parts("Aduan {number}", number=whole_number(case.request.number)), status(w, case, now),
             subject(w, case), _owed(w, case, now), h.a(href=w.path("/meja"), data_back=True)[w("Kembali ke antrean")]),
        desk_nav(w, seen.officer, ""), trouble, _marks(w, case, now),
        section(w("Yang dilaporkan"), told(w, case), _photos(w, seen), _filer(w, case)),
        deeds(w, case, seen.offered, typed, token, now),
        section(w("Apa yang sudah terjadi"), happened(w, case, texts=True)),
        custody_section(w, case, now),
        section(w("Rincian"), described(w, case, now), h.p[h.a(href=w.path(f"/aduan/{case.request.number}"))[
            w("Lihat halaman yang dilihat umum")]]),
        sign_out(w, token)]


def _owed(w: Words, case: Case, now: datetime) -> h.Node:
    """By when the desk owes its next word, where that is not the filer's own time, which is said above."""
    owed = case.life.owed_at
    return None if owed is None or owed == case.life.due_at else [h.strong[owed_words(w, owed, now)], " · ",
                                      w("Batas meja: {when}", when=w.short_moment(owed))]


def _marks(w: Words, case: Case, now: datetime) -> h.Node:
    """What must not be overlooked."""
    life, said = case.life, list[h.Node]()
    if case.request.shown is Shown.CONFIDENTIAL:
        said.append(notice("warning", w("Aduan ini rahasia"),
                           w("Hanya instansi Anda yang membacanya. Jawaban Anda pun hanya dibaca pelapor.")))
    if life.hidden:
        reason = REASONS_HIDDEN.get(life.hidden, "")
        said.append(notice("warning", w("Aduan ini disembunyikan"), w(reason) if reason else life.hidden))
    if life.offer is not None and now <= life.offer.until:
        said.append(notice("info", w("Menunggu diambil"), w(
            "Ditawarkan kepada {agency}, paling lama sampai {when}. Sesudah itu tetap pada {holder}.",
            agency=agency_name(life.offer.agency_code), when=w.short_moment(life.offer.until),
            holder=agency_name(life.agency_code))))
    if life.merged_into:
        main = h.a(href=w.path(f"/meja/{life.merged_into}"))[life.merged_into]
        said.append(h.p(".notice")[w.parts("Digabung dengan {main}: jawaban di sana berlaku juga di sini.", main=main)])
    if life.audited in VERDICTS:
        said.append(notice("wrong" if life.audited == "fail" else "good", w("Sudah diperiksa instansi lain"),
                           w("Hasilnya: {verdict}.", verdict=w(VERDICTS[life.audited]))))
    return said


def _filer(w: Words, case: Case) -> h.Node:
    """The name that the filer chose to give to the agency."""
    first = case.writing(1)
    name = first.name if first is not None and case.request.shown is Shown.OPEN else ""
    return name and facts([(w("Nama pelapor, hanya untuk instansi"), name)])


def _photos(w: Words, seen: Seen) -> h.Node:
    """The filer's photos and those of their messages; before and after once there is evidence."""
    case, photos = seen.case, seen.photos
    if not photos:
        return None
    prefix = f"/meja/{case.request.number}/foto"
    claims = [event.seq for event in case.events if event.kind is Kind.CLAIMED]
    shown = max((one.seq for one in photos if one.evidence), default=claims[-1] if claims else 0)
    first = evidence_panel(w, photos, shown, prefix) if shown else photo_grid(w, photos, 1, prefix)
    later = sorted({one.seq for one in photos if not one.evidence and one.seq > 1})
    return [first, *(photo_grid(w, photos, seq, prefix) for seq in later)]
