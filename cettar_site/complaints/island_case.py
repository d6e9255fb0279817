"""One complaint as people see it: its clock in words, its facts, what happened; for all or for its filer."""

from dataclasses import dataclass
from datetime import datetime

import htpy as h

from cettar_site.base.period import wib_date
from cettar_site.base.words import Words
from cettar_site.complaints.island_case_parts import (
    clock_facts,
    following,
    joining,
    merged,
    others,
    outcome,
    stage,
    ways_on,
    whole_number,
    whose_word,
)
from cettar_site.complaints.island_custody import custody_section
from cettar_site.complaints.island_photo import evidence_panel, photo_grid
from cettar_site.complaints.rules import SYSTEM, Case, Event, Kind, Shown
from cettar_site.complaints.rules_brief import Brief
from cettar_site.complaints.rules_clock import Phase
from cettar_site.complaints.rules_estimate import Estimate
from cettar_site.complaints.rules_photo import Photo
from cettar_site.complaints.rules_view import (
    REASONS_HIDDEN,
    agency_name,
    clock_for,
    clock_words,
    place_of,
    status,
    title_of,
)
from cettar_site.jatim import categories
from cettar_site.ui.lead import action, facts, how_we_know, lead, section
from cettar_site.ui.notice import notice
from cettar_site.ui.state_mark import State, state_mark
from cettar_site.ui.timeline import Event as Line
from cettar_site.ui.timeline import EventState, timeline


@dataclass(frozen=True, slots=True)
class Beside:
    """What a complaint's page shows beside the complaint: how long such answers take, its photos."""

    estimate: Estimate | None = None
    photos: tuple[Photo, ...] = ()


ALONE = Beside()

MARKS: dict[Phase, State] = {
    Phase.RUNNING: "waiting", Phase.LATE: "late", Phase.KEPT: "on_time", Phase.BROKEN: "late"}
LINES: dict[Kind, EventState] = {
    Kind.ACKNOWLEDGED: "waiting", Kind.REPLIED: "waiting", Kind.ASKED: "waiting", Kind.CLAIMED: "on_time",
    Kind.CONFIRMED: "done", Kind.DISPUTED: "disputed", Kind.ESCALATED: "late"}


def clock_mark(w: Words, of: Case | Brief, now: datetime) -> h.Node:
    """How the promise stands, as a mark: colour, shape and words."""
    return state_mark(w, MARKS[clock_for(of, now).phase], clock_words(w, of, now))


def happened(w: Words, case: Case, *, texts: bool, days_only: bool = False) -> h.Node:
    """What happened, in order; with the words where `texts` may be read."""
    return timeline((_line(w, case, event, texts=texts, days_only=days_only) for event in case.events),
                    w("Perjalanan aduan"))


def _line(w: Words, case: Case, event: Event, *, texts: bool, days_only: bool) -> Line:
    writing = case.writing(event.seq) if texts and event.kind is not Kind.SUBMITTED else None
    state = LINES.get(event.kind, "")
    if event.kind is Kind.ANSWERED:
        state = "late" if event.at > case.life.due_at and event.at == case.life.first_answer_at else "on_time"
    officer = event.actor.startswith("P-")
    return Line(
        w.date(event.at) if days_only else w.moment(event.at), title_of(w, event), writing.text if writing else "",
        w("petugas {name}", name=event.actor) if officer and not days_only else
        w("otomatis") if event.actor == SYSTEM and event.kind is not Kind.ROUTED else "",
        state, str(wib_date(event.at)) if days_only else event.at.isoformat(timespec="minutes"))


def described(w: Words, case: Case, now: datetime) -> h.Node:
    """The facts of a complaint that its reader may know whole."""
    request, life = case.request, case.life
    topic = categories.by_code(request.category_code)
    pairs: list[tuple[str, h.Node]] = [
        (w("Keadaan"), clock_mark(w, case, now)),
        (w("Instansi"), agency_name(life.agency_code)),
        (w("Topik"), topic.name if topic else w("Belum ditentukan pelapor")),
        (w("Tempat"), place_of(case)),
        (w("Kejadian"), w.date(request.happened_on) if request.happened_on else None),
        (w("Masuk"), w.moment(life.filed_at)),
        (w("Batas jawaban"), w.moment(life.due_at))]
    return facts([pair for pair in pairs if pair[1]])


def told(w: Words, case: Case) -> h.Node:
    """The filer's own words, line breaks kept."""
    writing = case.writing(1)
    return h.div(".event-text")[writing.text if writing else w("Ceritanya sudah dihapus.")]


def photos_piece(w: Words, case: Case, photos: tuple[Photo, ...]) -> h.Node:
    """The filer's photos; once the agency claims with evidence, before and after beside each other."""
    claimed = max((photo.seq for photo in photos if photo.evidence), default=0)
    return evidence_panel(w, photos, claimed) if claimed else photo_grid(w, photos)


def public_page(w: Words, case: Case, now: datetime, beside: Beside = ALONE) -> h.Node:
    """What everyone sees under the complaint's number; `case` is the public one."""
    number = case.request.number
    days_only = case.request.shown is Shown.CONFIDENTIAL
    why = why_bare(w, case)
    head = h.fragment[
        lead(w.parts("Sudah sampai mana aduan {number}?", number=whole_number(number)), status(w, case, now),
             subject(w, case)),
        stage(w, case, now), clock_facts(w, case, now, beside.estimate, days_only=days_only)]
    if why is not None:
        return h.fragment[
            head, why, whose_word(w, case, now),
            section(w("Apa yang sudah terjadi"), happened(w, case, texts=False, days_only=days_only)),
            None if days_only else custody_section(w, case, now), ways_on(w, number), _method(w)]
    return h.fragment[
        head, merged(w, case), outcome(w, case),
        section(w("Yang dilaporkan"), told(w, case), photos_piece(w, case, beside.photos), joining(w, case)),
        whose_word(w, case, now),
        section(w("Apa yang sudah terjadi"), happened(w, case, texts=True)),
        custody_section(w, case, now),
        following(w, number), others(w, case), ways_on(w, number), _method(w)]


def subject(w: Words, case: Case) -> str:
    """What it is about and where, in a line; empty where nobody may know."""
    request = case.request
    topic = categories.by_code(request.category_code)
    parts = (topic.name if topic else "", place_of(case),
             w("kejadian {when}", when=w.date(request.happened_on)) if request.happened_on else "",
             w("masuk {when}", when=w.date(request.filed_at)))
    return " · ".join(part for part in parts if part)


def why_bare(w: Words, case: Case) -> h.Node:
    """Why the story is not shown; None when it is."""
    if case.request.shown is Shown.CONFIDENTIAL:
        return notice("info", w("Aduan ini rahasia"),
                      w("Isinya hanya dibaca instansi yang menangani. Untuk umum, yang tampil hanya nomor, "
                        "instansi dan tanggalnya."))
    if case.life.erased:
        return notice("info", w("Isi aduan ini sudah dihapus"),
                      w("Pelapornya meminta begitu. Yang tinggal hanya catatan apa yang terjadi dan kapan."))
    if case.life.hidden:
        reason = REASONS_HIDDEN.get(case.life.hidden, "")
        return notice("warning", w("Aduan ini disembunyikan"), w(reason) if reason else case.life.hidden)
    return None


def missing_page(w: Words) -> h.Node:
    """What is said where no complaint has the number."""
    return h.fragment[
        lead(w("Aduan dengan nomor itu tidak ada"),
             w("Periksa nomornya: dua kelompok berisi empat huruf atau angka, seperti JTM-7K3M-9QXF.")),
        h.p(".actions")[action(w("Lacak aduan"), w.path("/lacak")),
                        action(w("Sampaikan keluhan"), w.path("/aduan"), "plain")]]


def _method(w: Words) -> h.Node:
    return how_we_know(
        w, h.p[w("Setiap kejadian dicatat saat terjadi dan tidak bisa diubah atau dihapus kemudian. Hanya "
                 "jawaban berisi yang menghentikan hitungan; tanda sudah dibaca tidak.")],
        h.p[w("Tiga kata untuk akhirnya: diklaim adalah kata instansi, dikonfirmasi dan dibantah adalah kata "
              "pelapor. Kalau pelapor diam, itu tetap diam.")],
        h.p[w("Perkiraan memakai cara Kaplan dan Meier (1958): yang masih menunggu ikut dihitung, jadi instansi "
              "yang diam tidak tampak cepat.")],
        h.p[w("Hari kerja: Senin sampai Jumat, tanpa hari libur nasional dan cuti bersama.")])
