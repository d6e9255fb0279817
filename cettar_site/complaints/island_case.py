"""One complaint as people see it: its clock in words, its facts, what happened; for all or for its filer."""

from datetime import datetime

import htpy as h

from cettar_site.base.period import wib_date
from cettar_site.base.words import Words
from cettar_site.complaints.rules import Brief, Case, Clock, Event, Kind, Phase, Shown, clock_of
from cettar_site.jatim import agencies, categories, districts, regions
from cettar_site.ui.lead import action, facts, how_we_know, lead, section
from cettar_site.ui.notice import notice
from cettar_site.ui.state_mark import State, state_mark
from cettar_site.ui.timeline import Event as Line
from cettar_site.ui.timeline import EventState, timeline

MARKS: dict[Phase, State] = {
    Phase.RUNNING: "waiting", Phase.LATE: "late", Phase.KEPT: "on_time", Phase.BROKEN: "late"}


def agency_name(code: str) -> str:
    """The agency's whole name; the code itself should it ever be taken from the table."""
    agency = agencies.by_code(code)
    return agency.name if agency else code


def span_of(w: Words, clock: Clock) -> str:
    """How long: "1,8 hari kerja"; a span shorter than a day on the calendar as "5 jam"."""
    if clock.calendar_days < 1:
        return w.duration(max(60.0, clock.calendar_days * 86_400))
    shown = round(clock.working_days, 1)
    return w.plural("{days} hari kerja", "{days} hari kerja", 1 if shown == 1 else 2,
                    days=int(shown) if shown == int(shown) else shown)


def clock_words(w: Words, of: Case | Brief, now: datetime) -> str:
    """How the promise stands, in a few words: "masih 1,8 hari kerja"."""
    times = of.life if isinstance(of, Case) else of
    clock = clock_of(times.filed_at, times.due_at, times.first_answer_at, now)
    span = span_of(w, clock)
    if clock.phase is Phase.RUNNING:
        return w("masih {span}", span=span)
    if clock.phase is Phase.LATE:
        return w("terlambat {span}", span=span)
    if clock.phase is Phase.KEPT:
        return w("dijawab dalam {span}", span=span)
    return w("dijawab, terlambat {span}", span=span)


def clock_mark(w: Words, of: Case | Brief, now: datetime) -> h.Node:
    """The same as a mark: colour, shape and words."""
    times = of.life if isinstance(of, Case) else of
    clock = clock_of(times.filed_at, times.due_at, times.first_answer_at, now)
    return state_mark(w, MARKS[clock.phase], clock_words(w, of, now))


def status(w: Words, case: Case, now: datetime) -> str:
    """The answer to "is it answered?": one sentence with agency, time and number."""
    life, agency = case.life, agency_name(case.life.agency_code)
    clock = clock_of(life.filed_at, life.due_at, life.first_answer_at, now)
    span = span_of(w, clock)
    if clock.phase is Phase.RUNNING:
        return w("Menunggu jawaban {agency}. Batas waktunya {due}, masih {span}.", agency=agency,
                 due=w.moment(life.due_at), span=span)
    if clock.phase is Phase.LATE:
        return w("{agency} belum menjawab. Batas waktunya sudah lewat {span} ({calendar} menurut kalender).",
                 agency=agency, span=span, calendar=w.days(clock.calendar_days))
    if clock.phase is Phase.KEPT:
        return w("{agency} menjawab dalam {span}, tepat waktu.", agency=agency, span=span)
    return w("{agency} menjawab, terlambat {span} dari batas waktunya.", agency=agency, span=span)


def happened(w: Words, case: Case, *, texts: bool, days_only: bool = False) -> h.Node:
    """What happened, in order; answers with their text where `texts` may be read."""
    return timeline((_line(w, case, event, texts=texts, days_only=days_only) for event in case.events),
                    w("Perjalanan aduan"))


def _line(w: Words, case: Case, event: Event, *, texts: bool, days_only: bool) -> Line:
    agency = agency_name(event.agency_code)
    title = {Kind.SUBMITTED: w("Aduan diterima"),
             Kind.ROUTED: w("Diteruskan ke {agency}", agency=agency),
             Kind.ACKNOWLEDGED: w("Sudah dibaca {agency}, belum dijawab", agency=agency),
             Kind.ANSWERED: w("{agency} menjawab", agency=agency)}[event.kind]
    writing = case.writing(event.seq) if texts and event.kind is Kind.ANSWERED else None
    late = event.kind is Kind.ANSWERED and event.at > case.life.due_at
    states: dict[Kind, EventState] = {Kind.ANSWERED: "late" if late else "on_time",
                                      Kind.ACKNOWLEDGED: "waiting"}
    officer = event.kind in (Kind.ACKNOWLEDGED, Kind.ANSWERED)
    return Line(
        w.date(event.at) if days_only else w.moment(event.at), title, writing.text if writing else "",
        w("petugas {name}", name=event.actor) if officer and not days_only else "", states.get(event.kind,
                                                                                               ""),
        str(wib_date(event.at)) if days_only else event.at.isoformat(timespec="minutes"))


def _where(case: Case) -> str:
    request, writing = case.request, case.writing(1)
    district, region = districts.by_code(request.district_code), regions.by_code(request.region_code)
    parts = (writing.place if writing else "", f"Kec. {district.name}" if district else "",
             region.name if region else "")
    return ", ".join(part for part in parts if part)


def described(w: Words, case: Case, now: datetime) -> h.Node:
    """The facts of a complaint that its reader may know whole."""
    request, life = case.request, case.life
    topic = categories.by_code(request.category_code)
    pairs: list[tuple[str, h.Node]] = [
        (w("Keadaan"), clock_mark(w, case, now)),
        (w("Instansi"), agency_name(life.agency_code)),
        (w("Topik"), topic.name if topic else w("Belum ditentukan pelapor")),
        (w("Tempat"), _where(case)),
        (w("Kejadian"), w.date(request.happened_on) if request.happened_on else None),
        (w("Masuk"), w.moment(life.filed_at)),
        (w("Batas jawaban"), w.moment(life.due_at))]
    return facts([pair for pair in pairs if pair[1]])


def told(w: Words, case: Case) -> h.Node:
    """The filer's own words, line breaks kept."""
    writing = case.writing(1)
    return h.div(".event-text")[writing.text if writing else w("Ceritanya sudah dihapus.")]


def public_page(w: Words, case: Case, now: datetime) -> h.Node:
    """What everyone sees under the complaint's number."""
    number = case.request.number
    if case.request.shown is Shown.CONFIDENTIAL:
        return h.fragment[
            lead(w("Aduan {number}", number=number), status(w, case, now)),
            notice("info", w("Aduan ini rahasia"),
                   w("Isinya hanya dibaca instansi yang menangani. Untuk umum, yang tampil hanya nomor, "
                     "instansi dan tanggalnya.")),
            section(w("Apa yang sudah terjadi"), happened(w, case, texts=False, days_only=True)),
            _ways(w, number)]
    return h.fragment[
        lead(w("Aduan {number}", number=number), status(w, case, now)),
        section(w("Yang dilaporkan"), told(w, case)),
        section(w("Apa yang sudah terjadi"), happened(w, case, texts=True)),
        section(w("Rincian"), described(w, case, now)),
        _ways(w, number),
        _method(w, number)]


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
