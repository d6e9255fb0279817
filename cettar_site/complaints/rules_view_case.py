"""Sentences about one complaint: when it is due, how long answers take, who held it, who has the last word."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from cettar_site.base.period import calendar_days_between, working_days_between
from cettar_site.base.words import Words, mark
from cettar_site.complaints.rules import Case, Kind, State
from cettar_site.complaints.rules_clock import WORD, Clock, Phase, has_word
from cettar_site.complaints.rules_custody import Segment, Span, Turn
from cettar_site.complaints.rules_estimate import LEAST, WINDOW, Estimate
from cettar_site.complaints.rules_stage import is_silent, reopened_by
from cettar_site.complaints.rules_view import LEVELS, clock_for, span_of

TOO_FEW = mark("Belum cukup data")
_OWED = (Turn.OWED, Turn.LATE)


def due_words(w: Words, case: Case, now: datetime) -> str:
    """How far off the promised moment is, in working days and on the calendar."""
    clock = clock_for(case, now)
    if clock.calendar_days < 1:
        facts = {"span": span_of(w, clock)}
        return (w("masih {span}", **facts) if clock.phase is Phase.RUNNING else w("terlambat {span}", **facts))
    facts = {"span": span_of(w, clock), "calendar": w.days(clock.calendar_days)}
    if clock.phase is Phase.RUNNING:
        return w("masih {span} ({calendar} menurut kalender)", **facts)
    return w("terlambat {span} ({calendar} menurut kalender)", **facts)


def estimate_words(w: Words, found: Estimate) -> str:
    """The estimate as a sentence that hides no one who waits."""
    half, nine = w.duration(_seconds(found.half.days)), w.duration(_seconds(found.nine.days))
    facts = {"who": _alike(w, found), "half": half, "nine": nine}
    if found.half.at_least:
        return w("Lebih dari separuh {who} belum dijawab sesudah {half}.", **facts)
    if found.nine.at_least:
        return w("Separuh {who} dijawab dalam {half}; 9 dari 10 perlu lebih dari {nine}.", **facts)
    return w("Separuh {who} dijawab dalam {half}, 9 dari 10 dalam {nine}.", **facts)


def estimate_note(w: Words, found: Estimate | None) -> str:
    """On what the estimate rests."""
    if found is None:
        return w("Kurang dari {n} aduan dalam {days} hari terakhir.", n=LEAST, days=WINDOW.days)
    facts = {"n": found.n, "waiting": found.waiting, "days": WINDOW.days, "at": w.short_moment(found.at)}
    if found.agency_code:
        return w("n = {n}, {waiting} masih menunggu dan ikut dihitung. Sejak diterima instansi, menurut kalender, "
                 "{days} hari terakhir; dihitung {at}.", **facts)
    return w("n = {n}, {waiting} masih menunggu dan ikut dihitung. Sejak dikirim, menurut kalender, {days} hari "
             "terakhir; dihitung {at}.", **facts)


def _alike(w: Words, found: Estimate) -> str:
    if found.group_code:
        return w("aduan serupa di instansi ini")
    return w("aduan di instansi ini") if found.agency_code else w("aduan di Jawa Timur")


def _seconds(days: float) -> float:
    return max(3600.0, days * 86_400)


def lasted(w: Words, spans: Iterable[tuple[datetime, datetime]]) -> str:
    """How long some stretches of time are together: "1,9 hari kerja (3,9 hari)"; less than a day as "5 jam"."""
    pairs = list(spans)
    clock = Clock(Phase.RUNNING, sum(working_days_between(*pair) for pair in pairs),
                  sum(calendar_days_between(*pair) for pair in pairs))
    span = span_of(w, clock)
    if clock.calendar_days < 1 or round(clock.calendar_days, 1) == round(clock.working_days, 1):
        return span
    return w("{span} ({calendar})", span=span, calendar=w.days(clock.calendar_days))


def held_words(w: Words, segment: Segment, now: datetime) -> str:
    """What a desk did with its time, in a line."""
    custody = segment.custody
    whole = lasted(w, [(custody.since, custody.answered_at or custody.until or now)])
    said = [_held(w, segment, whole)]
    if late := segment.spent(Turn.LATE):
        said.append(w("Terlambat {span}.", span=_of(w, late)))
    if paused := segment.spent(Turn.PAUSED):
        said.append(w("Menunggu jawaban pelapor {span}.", span=_of(w, paused)))
    if custody.answered_at and custody.until is None and segment.spans and segment.spans[-1].turn in _OWED:
        said.append(w("Harus menanggapi lagi sejak {when}.", when=w.short_moment(_turn_since(segment.spans))))
    if reminded := sum(event.kind is Kind.REMINDED for event in segment.events):
        said.append(w.plural("Diingatkan {n} kali.", "Diingatkan {n} kali.", reminded))
    levels = [event.detail for event in segment.events if event.kind is Kind.ESCALATED]
    if levels and levels[-1] in LEVELS:
        said.append(w("Dilaporkan sampai ke {level}.", level=w(LEVELS[levels[-1]])))
    return " ".join(said)


def _held(w: Words, segment: Segment, whole: str) -> str:
    custody = segment.custody
    if custody.answered_at:
        return w("Menjawab sesudah {span}.", span=whole)
    if custody.triage:
        return (w("Mencari instansi selama {span}.", span=whole) if custody.until
                else w("Sudah mencari instansi selama {span}.", span=whole))
    if custody.until:
        return w("Memegang {span} tanpa menjawab.", span=whole)
    return w("Sudah memegang {span}, belum menjawab.", span=whole)


def _of(w: Words, spans: Sequence[Span]) -> str:
    return lasted(w, [(span.since, span.until) for span in spans])


def _turn_since(spans: Sequence[Span]) -> datetime:
    """When the desk's present turn began."""
    since = spans[-1].since
    for span in reversed(spans):
        if span.turn is Turn.DONE:
            break
        since = span.since
    return since


def moved_words(w: Words, found: Sequence[Segment]) -> str:
    """How often it changed hands; empty when it never did."""
    agencies = {one.custody.agency_code for one in found if not one.custody.triage}
    moves = len(found) - 1
    if moves < 1 or not agencies:
        return ""
    return w("Dipegang {n} instansi, {moves} kali berpindah meja.", n=len(agencies), moves=moves)


def filer_word(w: Words, case: Case, now: datetime) -> str:
    """What the filer said about the end, or may still say; silence is called silence."""
    life = case.life
    if life.state is State.CONFIRMED:
        return w("Dikonfirmasi: sudah selesai, {when}.", when=w.date(life.moved_at if not life.ended_at
                                                                     else life.ended_at))
    opened = reopened_by(case)
    if life.state is State.DISPUTED and (opened is None or opened.kind is Kind.DISPUTED):
        return w("Dibantah: belum selesai.")
    if life.state is State.WITHDRAWN:
        return w("Aduannya ditarik.")
    if life.word_from is None:
        return ""
    if is_silent(life, now):
        return w("Diam sampai {when}. Diam tidak kami hitung sebagai setuju.", when=w.date(life.word_from + WORD))
    if has_word(life, now):
        return w("Belum ada kata. Masih bisa sampai {when}.", when=w.date(life.word_from + WORD))
    return ""
