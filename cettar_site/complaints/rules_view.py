"""A complaint in words: its clock, its state and what happened, in sentences for pages, mails and data alike."""

from datetime import date, datetime

from cettar_site.base.period import wib_date
from cettar_site.base.words import Words, mark
from cettar_site.complaints.rules import CENTRE, TO_MESSAGE, Case, Channel, Event, Kind, Life, Shown, State
from cettar_site.complaints.rules_brief import Brief
from cettar_site.complaints.rules_clock import Clock, Phase, clock_of, is_paused
from cettar_site.complaints.rules_stage import is_silent, reopened_by
from cettar_site.jatim import agencies, districts, regions

STATES: dict[State, str] = {
    State.TRIAGE: mark("Dicarikan instansinya"), State.WAITING: mark("Menunggu jawaban"),
    State.ANSWERED: mark("Dijawab"), State.CLAIMED: mark("Diklaim selesai"),
    State.DISPUTED: mark("Dibantah"), State.CONFIRMED: mark("Dikonfirmasi pelapor"),
    State.REJECTED: mark("Ditolak"), State.FORWARDED: mark("Diteruskan ke luar provinsi"),
    State.WITHDRAWN: mark("Ditarik pelapor"), State.CLOSED: mark("Ditutup di SP4N-LAPOR!")}

REASONS_HIDDEN: dict[str, str] = {
    "personal": mark("Memuat data pribadi orang lain"), "abuse": mark("Memuat hinaan, ancaman atau kebencian"),
    "spam": mark("Iklan atau kiriman iseng"), "court": mark("Sedang diperiksa pengadilan"),
    "safety": mark("Bisa membahayakan seseorang"), "secret": mark("Pelapornya meminta dirahasiakan")}

_TITLES: dict[Kind, str] = {
    Kind.SUBMITTED: mark("Aduan diterima"), Kind.ROUTED: mark("Diteruskan ke {agency}"),
    Kind.ACKNOWLEDGED: mark("Sudah dibaca {agency}, belum dijawab"),
    Kind.REPLIED: mark("{agency} membalas; hitungan tetap berjalan"), Kind.ANSWERED: mark("{agency} menjawab"),
    Kind.PLANNED: mark("{agency} menjawab dan menjanjikan tanggal {day}"),
    Kind.ASKED: mark("{agency} bertanya kepada pelapor"),
    Kind.CLAIMED: mark("{agency} menyatakan selesai"), Kind.OFFERED: mark("Ditawarkan kepada {agency}"),
    Kind.ACCEPTED: mark("{agency} mengambil alih"), Kind.DECLINED: mark("{agency} tidak mengambil alih"),
    Kind.ASSIGNED: mark("Dikerjakan bersama {agency}"), Kind.CONTRIBUTED: mark("Masukan dari {agency}"),
    Kind.NOTED: mark("Catatan meja"), Kind.REJECTED: mark("Ditolak oleh {agency}"),
    Kind.FORWARDED: mark("Diteruskan ke {elsewhere}"), Kind.MERGED: mark("Digabung dengan {detail}"),
    Kind.PARTED: mark("Dipisahkan lagi"), Kind.HIDDEN: mark("Disembunyikan dari umum"),
    Kind.REVEALED: mark("Ditampilkan lagi"), Kind.MESSAGED: mark("Pelapor menambahkan"),
    Kind.CONFIRMED: mark("Pelapor: sudah selesai"), Kind.DISPUTED: mark("Pelapor: belum selesai"),
    Kind.RATED: mark("Pelapor menilai jawaban {detail} dari 5"), Kind.WITHDRAWN: mark("Ditarik pelapor"),
    Kind.ERASED: mark("Isinya dihapus atas permintaan pelapor"),
    Kind.REMINDED: mark("{agency} diingatkan: batas waktunya hampir tiba"),
    Kind.ESCALATED: mark("Lewat batas waktu: {level} diberi tahu"),
    Kind.DRAWN: mark("Terpilih untuk diperiksa {agency}"),
    Kind.AUDITED: mark("Diperiksa {agency}: {verdict}"), Kind.CLOSED: mark("Ditutup di SP4N-LAPOR!")}

_WITHOUT_DETAIL: dict[Kind, str] = {
    Kind.PLANNED: mark("{agency} menjawab dan menjanjikan tanggal"), Kind.MERGED: mark("Digabung dengan aduan lain")}
"""Of what not everyone may read whole."""
LEVELS: dict[str, str] = {"1": mark("pengawas instansi"), "2": mark("Sekretaris Daerah"), "3": mark("Gubernur")}
VERDICTS: dict[str, str] = {"pass": mark("sesuai"), "fail": mark("belum selesai")}


def agency_name(code: str) -> str:
    """The agency's whole name; the code itself should it ever be taken from the table."""
    agency = agencies.by_code(code)
    return agency.name if agency else code


def elsewhere_name(w: Words, code: str, body: str = "") -> str:
    """Who outside the province is meant: a regency's government, or a body of the centre."""
    if code == CENTRE:
        return w("pemerintah pusat ({body})", body=body) if body and body != CENTRE else w("pemerintah pusat")
    return agency_name(code)


def span_of(w: Words, clock: Clock) -> str:
    """How long: "1,8 hari kerja"; a span shorter than a day on the calendar as "5 jam"."""
    if clock.calendar_days < 1:
        return w.duration(max(60.0, clock.calendar_days * 86_400))
    shown = round(clock.working_days, 1)
    return w.plural("{days} hari kerja", "{days} hari kerja", 1 if shown == 1 else 2,
                    days=int(shown) if shown == int(shown) else shown)


def clock_for(of: Case | Brief, now: datetime) -> Clock:
    """The filer's clock; of what ended without an answer it stands at its end."""
    times = of.life if isinstance(of, Case) else of
    ended = times.ended_at
    return clock_of(times.filed_at, times.due_at, times.first_answer_at, min(now, ended) if ended else now)


def clock_words(w: Words, of: Case | Brief, now: datetime) -> str:
    """How the promise stands, in a few words: "masih 1,8 hari kerja"."""
    clock = clock_for(of, now)
    span = span_of(w, clock)
    if clock.phase is Phase.RUNNING:
        return w("masih {span}", span=span)
    if clock.phase is Phase.LATE:
        return w("terlambat {span}", span=span)
    if clock.phase is Phase.KEPT:
        return w("dijawab dalam {span}", span=span)
    return w("dijawab, terlambat {span}", span=span)


def state_words(w: Words, of: Case | Brief) -> str:
    """The state in a word or three."""
    return w(STATES[of.life.state if isinstance(of, Case) else of.state])


def status(w: Words, case: Case, now: datetime) -> str:
    """The answer to "how does it stand?": one sentence with agency, time and number."""
    life, agency = case.life, agency_name(case.life.agency_code)
    said = _END.get(life.state)
    if is_silent(life, now) and life.state is State.CLAIMED:
        said = _SILENT
    if life.state is State.DISPUTED and (opened := reopened_by(case)) and opened.kind is Kind.AUDITED:
        said = _FAILED
    if life.state is State.REJECTED and not case.writings:
        said = _REJECTED_BARE
    if said is not None:
        return w(said, agency=agency, elsewhere=elsewhere_name(w, *_elsewhere(life)), when=w.date(_said_at(case)))
    if case.request.channel is Channel.LAPOR and life.open:
        return w(_FROM_LAPOR, agency=agency)
    if case.request.shown is Shown.CONFIDENTIAL and not case.writings:
        return _by_day(w, life, now)
    clock = clock_for(case, now)
    span = span_of(w, clock)
    if life.state is State.TRIAGE:
        return w(_IN_TRIAGE, due=w.moment(life.due_at))
    if is_paused(life, now) and life.pause is not None:
        return w(_PAUSED, agency=agency, until=w.moment(life.pause.until))
    if clock.phase is Phase.RUNNING:
        return w("Menunggu jawaban {agency}. Batas waktunya {due}, masih {span}.", agency=agency,
                 due=w.moment(life.due_at), span=span)
    if clock.phase is Phase.LATE:
        return w("{agency} belum menjawab. Batas waktunya sudah lewat {span} ({calendar} menurut kalender).",
                 agency=agency, span=span, calendar=w.days(clock.calendar_days))
    if clock.phase is Phase.KEPT:
        return w("{agency} menjawab dalam {span}, tepat waktu.", agency=agency, span=span)
    return w("{agency} menjawab, terlambat {span} dari batas waktunya.", agency=agency, span=span)


def _by_day(w: Words, life: Life, now: datetime) -> str:
    """The same for everyone of a confidential complaint: by the day, because an hour may find its filer."""
    agency, due = agency_name(life.agency_code), w.date(life.due_at)
    if life.state is State.TRIAGE:
        return w(_IN_TRIAGE, due=due)
    if is_paused(life, now) and life.pause is not None:
        return w(_PAUSED, agency=agency, until=w.date(life.pause.until))
    if life.first_answer_at is None:
        late = wib_date(now) > wib_date(life.due_at)
        return (w("{agency} belum menjawab. Batas waktunya {due}, sudah lewat.", agency=agency, due=due) if late
                else w("Menunggu jawaban {agency}. Batas waktunya {due}.", agency=agency, due=due))
    if life.first_answer_at <= life.due_at:
        return w("{agency} menjawab tepat waktu.", agency=agency)
    return w("{agency} menjawab, terlambat.", agency=agency)


_IN_TRIAGE = mark("Petugas penyalur sedang mencari instansi yang bertugas. Jawaban dijanjikan paling lambat {due}.")
_PAUSED = mark("{agency} bertanya kepada pelapor, dan menunggu jawabannya paling lama sampai {until}.")
_SILENT = mark("{agency} menyatakan selesai, dan pelapor diam selama 90 hari. Diam tidak dihitung sebagai setuju.")
_FAILED = mark("Belum selesai, kata pemeriksa pada {when}. {agency} harus menanggapi lagi.")
_REJECTED_BARE = mark("Ditolak oleh {agency} pada {when}.")
_FROM_LAPOR = mark("Ada di {agency}. Aduan ini diambil alih dari SP4N-LAPOR!; hitungan waktunya berjalan di sana.")
_END: dict[State, str] = {
    State.CLAIMED: mark("{agency} menyatakan selesai pada {when}. Belum ada kata dari pelapor."),
    State.CONFIRMED: mark("Selesai, kata pelapor sendiri, pada {when}."),
    State.DISPUTED: mark("Belum selesai, kata pelapor pada {when}. {agency} harus menanggapi lagi."),
    State.REJECTED: mark("Ditolak oleh {agency} pada {when}, dengan alasan dan tujuan di bawah ini."),
    State.FORWARDED: mark("Bukan wewenang provinsi: pada {when} diteruskan ke {elsewhere}."),
    State.WITHDRAWN: mark("Ditarik oleh pelapornya pada {when}."),
    State.CLOSED: mark("Sudah ditutup di SP4N-LAPOR! sebelum masuk ke sini. Ini tidak dihitung selesai.")}


def _said_at(case: Case) -> datetime:
    """When that happened which the sentence is about; whatever came after it has another day."""
    life, opened = case.life, reopened_by(case)
    if life.state is State.DISPUTED and opened is not None:
        return opened.at
    return life.ended_at or (life.claimed_at if life.state is State.CLAIMED else life.word_from) or life.moved_at


def _elsewhere(life: Life) -> tuple[str, str]:
    known = agencies.by_code(life.elsewhere)
    return (life.elsewhere, "") if known else (CENTRE, life.elsewhere)


def title_of(w: Words, event: Event) -> str:
    """What happened, as the heading of its entry in the timeline."""
    day = w.date(date.fromisoformat(event.detail)) if event.kind is Kind.PLANNED and event.detail else ""
    if event.kind is Kind.REPLIED and event.detail == TO_MESSAGE:
        return w("{agency} membalas", agency=agency_name(event.agency_code))
    title = _TITLES[event.kind] if event.detail else _WITHOUT_DETAIL.get(event.kind, _TITLES[event.kind])
    return w(title, agency=agency_name(event.agency_code), day=day, detail=event.detail,
             elsewhere=elsewhere_name(w, event.agency_code, event.detail),
             level=w(LEVELS.get(event.detail, LEVELS["1"])), verdict=w(VERDICTS.get(event.detail, VERDICTS["pass"])))


def place_of(case: Case) -> str:
    """Where: the place in words, the district, the regency or city."""
    request, writing = case.request, case.writing(1)
    district, region = districts.by_code(request.district_code), regions.by_code(request.region_code)
    parts = (writing.place if writing else "", f"Kec. {district.name}" if district else "",
             region.name if region else "")
    return ", ".join(part for part in parts if part)
