"""One complaint as people see it: its clock in words, its facts, what happened; for all or for its filer."""

from datetime import datetime

import htpy as h

from cettar_site.base.period import wib_date
from cettar_site.base.words import Words
from cettar_site.complaints.rules import SYSTEM, Case, Event, Kind, Shown
from cettar_site.complaints.rules_brief import Brief
from cettar_site.complaints.rules_clock import Phase
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


def public_page(w: Words, case: Case, now: datetime) -> h.Node:
    """What everyone sees under the complaint's number; `case` is the public one."""
    number = case.request.number
    why = _why_bare(w, case)
    if why is not None:
        return h.fragment[
            lead(w("Aduan {number}", number=number), status(w, case, now)), why,
            section(w("Apa yang sudah terjadi"), happened(
                w, case, texts=False, days_only=case.request.shown is Shown.CONFIDENTIAL)),
            _ways(w, number)]
    return h.fragment[
        lead(w("Aduan {number}", number=number), status(w, case, now)),
        section(w("Yang dilaporkan"), told(w, case)),
        section(w("Apa yang sudah terjadi"), happened(w, case, texts=True)),
        section(w("Rincian"), described(w, case, now)),
        _ways(w, number),
        _method(w, number)]


def _why_bare(w: Words, case: Case) -> h.Node:
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


def private_page(w: Words, case: Case, now: datetime) -> h.Node:
    """What the filer sees with number and code: all of it."""
    number, confidential = case.request.number, case.request.shown is Shown.CONFIDENTIAL
    return h.fragment[
        lead(w("Aduan Anda, {number}", number=number), status(w, case, now)),
        section(w("Apa yang sudah terjadi"), happened(w, case, texts=True)),
        section(w("Yang Anda laporkan"), told(w, case)),
        section(w("Rincian"), described(w, case, now),
                h.p(".quiet")[w("Cerita ini hanya dibaca instansi yang menangani.") if confidential
                              else w("Cerita ini bisa dibaca semua orang, tanpa nama.")]),
        h.p(".section.actions")[action(w("Halaman umum aduan ini"), w.path(f"/aduan/{number}"), "plain")]]


def missing_page(w: Words) -> h.Node:
    """What is said where no complaint has the number."""
    return h.fragment[
        lead(w("Aduan dengan nomor itu tidak ada"),
             w("Periksa nomornya: dua kelompok berisi empat huruf atau angka, seperti JTM-7K3M-9QXF.")),
        h.p(".actions")[action(w("Lacak aduan"), w.path("/lacak")),
                        action(w("Sampaikan keluhan"), w.path("/aduan"), "plain")]]


def _ways(w: Words, number: str) -> h.Node:
    return h.p(".section.actions")[
        action(w("Ini aduan saya"), w.path(f"/lacak?nomor={number}"), "plain"),
        action(w("Sampaikan keluhan"), w.path("/aduan"), "plain")]


def _method(w: Words, number: str) -> h.Node:
    data = h.a(href=f"/api/v1/complaints/{number}")["JSON"]
    return how_we_know(
        w, h.p[w("Setiap kejadian dicatat saat terjadi dan tidak bisa diubah atau dihapus kemudian. Hanya "
                 "jawaban berisi yang menghentikan hitungan; tanda sudah dibaca tidak.")],
        h.p[w("Hari kerja: Senin sampai Jumat, tanpa hari libur nasional dan cuti bersama.")],
        h.p[w.parts("Halaman ini sebagai data: {data}.", data=data)])
