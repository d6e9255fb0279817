"""What an officer may do to a complaint now: the acts as links, the chosen one as a small form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import htpy as h

from cettar_site.base.errors import Problem
from cettar_site.base.period import wib_date
from cettar_site.base.words import Words
from cettar_site.complaints.island_form_photos import SENT_AS, photos
from cettar_site.complaints.rules import CENTRE
from cettar_site.complaints.rules_view import REASONS_HIDDEN, agency_name
from cettar_site.desk.rules import LONGEST, Case
from cettar_site.desk.rules_deed import LONGEST_PLAN, MAY_HAVE_WORDS, REASONS_REJECTED, WITH_WORDS, units_left
from cettar_site.desk.rules_matrix import Act
from cettar_site.desk.rules_template import Template
from cettar_site.desk.rules_words import ACTS, FIRST, HINTS, SEND
from cettar_site.jatim import agencies, categories
from cettar_site.ui import form as ui
from cettar_site.ui.form import Choice
from cettar_site.ui.lead import section
from cettar_site.ui.notice import notice

RISKY = frozenset({Act.REJECT, Act.HIDE, Act.DECLINE})


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it was sent: the act, its fields, what is wrong; `boilerplate` if its words stop no clock."""

    act: Act | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    boilerplate: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be done: the acts, the templates to begin with, the agencies that are likely meant."""

    acts: Sequence[Act]
    templates: Sequence[Template] = ()
    suggested: Sequence[tuple[str, float]] = ()
    """Agency and confidence (0..1), the surest first."""
    seen: str = ""
    """The mark of the complaint as it is shown (rules_seen)."""


def chosen_of(acts: Sequence[Act], asked: str) -> Act | None:
    """The act whose form is open: the asked one if it may be done, else the likeliest."""
    if asked in acts:
        return Act(asked)
    return next((act for act in FIRST if act in acts), acts[0] if acts else None)


def deeds(w: Words, case: Case, offered: Offered, typed: Typed, token: str, now: datetime) -> h.Node:
    """The acts that may happen now, and the form of the chosen one; nothing where there is none."""
    chosen = typed.act if typed.act in offered.acts else chosen_of(offered.acts, "")
    if chosen is None:
        left = typed.fields.get("text", "")
        return left and section(w("Tindakan"), h.p[w("Tulisan Anda:")], h.div(".event-text")[left])
    where = w.path(f"/meja/{case.request.number}")
    ways = h.nav(".ways", aria_label=w("Tindakan"))[(
        h.a(href=f"{where}?tindak={act}#tindak", aria_current="page" if act is chosen else None)[
            h.strong[w(ACTS[act])] if act is chosen else w(ACTS[act])] for act in offered.acts)]
    body = h.form("#tindak.form.form-stack", action=where, method="post", novalidate=True,
                  enctype=SENT_AS if chosen is Act.CLAIM else None, data_draft=case.request.number)[
        h.p(".quiet")[w(HINTS[chosen])], fields_of(w, case, chosen, offered, typed, now),
        ui.hidden("token", token), ui.hidden("seen", offered.seen), _send(w, chosen, typed)]
    return section(w("Tindakan"), ways, ui.error_summary(w, typed.problems), _stops_nothing(w, typed), body)


def _stops_nothing(w: Words, typed: Typed) -> h.Node:
    return typed.boilerplate and notice(
        "warning", w("Jawaban ini tidak menghentikan hitungan waktu"), w(typed.boilerplate),
        w("Ubah dulu, atau kirim apa adanya: warga membacanya, dan hitungan tetap berjalan."), alert=True)


def _send(w: Words, act: Act, typed: Typed) -> h.Node:
    text = w(SEND.get(act, ACTS[act]))
    again = typed.boilerplate and h.button(".button.button-plain", type="submit", name="anyway", value="1")[
        w("Kirim apa adanya")]
    button = ui.submit(text, "danger" if act in RISKY else "primary")
    return h.div(".actions")[ui.hidden("act", act), button, again]


def fields_of(w: Words, case: Case, act: Act, offered: Offered, typed: Typed, now: datetime) -> h.Node:
    """The questions of an act."""
    values, problems = typed.fields, typed.problems
    today = wib_date(now)
    parts: list[h.Node] = []
    if act in (Act.ROUTE, Act.OFFER):
        parts.append(_to_agency(w, case, act, offered, values, problems))
    elif act is Act.FORWARD:
        parts += _to_outside(w, case, values, problems)
    elif act is Act.ASSIGN:
        units = [Choice(one.code, one.name) for one in units_left(case.life)]
        parts.append(ui.select_field(w, "to", w("Unit"), units, value=values.get("to", ""), problems=problems))
    elif act in (Act.REJECT, Act.HIDE):
        reasons = REASONS_REJECTED if act is Act.REJECT else REASONS_HIDDEN
        choices = [Choice(code, w(said)) for code, said in reasons.items()]
        parts.append(ui.radios_field(w, "reason", w("Alasan"), choices, value=values.get("reason", ""),
                                     problems=problems))
    elif act is Act.MERGE:
        parts.append(ui.text_field(w, "number", w("Nomor aduan induk"), value=values.get("number", ""), width="half",
                                   problems=problems, spellcheck=False))
    elif act is Act.AUDIT:
        verdicts = [Choice("pass", w("Sesuai: sudah selesai")), Choice("fail", w("Belum selesai"))]
        parts.append(ui.radios_field(w, "verdict", w("Hasil pemeriksaan"), verdicts, value=values.get("verdict", ""),
                                     problems=problems))
    if act in MAY_HAVE_WORDS:
        parts += _words(w, case, act, offered, values, problems)
    if act is Act.REJECT:
        parts.append(ui.text_field(w, "where", w("Ke mana warga bisa pergi sekarang?"), value=values.get("where", ""),
                                   problems=problems))
    if act is Act.PLAN:
        parts.append(ui.date_field(w, "day", w("Tanggal yang dijanjikan"), value=values.get("day", ""),
                                   earliest=today + timedelta(days=1), latest=today + LONGEST_PLAN, problems=problems))
    if act is Act.CLAIM:
        parts.append(photos(w, w("Foto bukti"), values, problems))
    return parts


def _words(w: Words, case: Case, act: Act, offered: Offered, values: Mapping[str, str],
           problems: Sequence[Problem]) -> list[h.Node]:
    label = {Act.ANSWER: w("Jawaban untuk warga"), Act.ASK: w("Pertanyaan"), Act.NOTE: w("Catatan"),
             Act.CONTRIBUTE: w("Masukan untuk instansi"), Act.HIDE: w("Penjelasan untuk pelapor"),
             Act.PLAN: w("Rencana"), Act.CLAIM: w("Apa yang sudah dikerjakan?"),
             Act.FORWARD: w("Penjelasan untuk warga")}.get(act, w("Alasan dan penjelasan"))
    area = ui.textarea_field(w, "text", label, value=values.get("text", ""), rows=8 if act is Act.ANSWER else 5,
                             maxlength=LONGEST, problems=problems, optional=act not in WITH_WORDS)
    if act not in (Act.ANSWER, Act.PLAN) or not offered.templates:
        return [area]
    where = w.path(f"/meja/{case.request.number}?tindak={act}&templat=")
    picks = h.details(".templates")[
        h.summary[w("Mulai dari templat")],
        h.p(".quiet")[w("Templat harus diubah: isi yang sama untuk semua orang tidak menghentikan hitungan.")],
        h.ul[(h.li[h.a(href=f"{where}{one.id}#tindak")[one.name]] for one in offered.templates)]]
    return [picks, area]


def _to_agency(w: Words, case: Case, act: Act, offered: Offered, values: Mapping[str, str],
               problems: Sequence[Problem]) -> h.Node:
    """The provincial agencies, the likely ones first."""
    topic = categories.by_code(case.request.category_code)
    likely = [code for code, _ in offered.suggested] or ([topic.agency_code] if topic and topic.agency_code else [])
    first = [Choice(code, agency_name(code), group=w("Yang paling mungkin")) for code in dict.fromkeys(likely)
             if (known := agencies.by_code(code)) and known.is_provincial]
    rest = [Choice(one.code, one.name, group=w("Semua instansi provinsi")) for one in agencies.PROVINCIAL
            if act is Act.ROUTE or one.code != case.life.agency_code]
    value = values.get("to", "") or (first[0].value if first and act is Act.ROUTE else "")
    return ui.select_field(w, "to", w("Instansi tujuan"), [*first, *rest], value=value, problems=problems,
                           blank=w("Pilih instansi"))


def outside_choices(w: Words) -> list[Choice]:
    """The 38 governments and the centre."""
    local = [Choice(one.code, one.name, group=w("Kabupaten dan kota")) for one in agencies.ALL if not one.is_provincial]
    return [Choice(CENTRE, w("Pemerintah pusat, BUMN")), *local]


def _to_outside(w: Words, case: Case, values: Mapping[str, str], problems: Sequence[Problem]) -> list[h.Node]:
    there = agencies.of_region(case.request.region_code)
    topic = categories.by_code(case.request.category_code)
    body = topic.central_body if topic else None
    value = values.get("to", "") or (CENTRE if body else there.code if there else "")
    return [ui.select_field(w, "to", w("Tujuan di luar provinsi"), outside_choices(w), value=value, problems=problems,
                            blank=w("Pilih tujuan")),
            ui.text_field(w, "body", w("Lembaga pusat atau BUMN"), value=values.get("body", body or ""), width="half",
                          hint=w("Hanya untuk pemerintah pusat, misalnya PLN atau BPJS Kesehatan."), problems=problems,
                          optional=True)]
