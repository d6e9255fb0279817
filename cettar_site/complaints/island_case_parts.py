"""Parts of a complaint's page: the five steps, the clock, whose word it is, where it went, joining and following."""

from datetime import datetime
from urllib.parse import urlsplit

import htpy as h

from cettar_site.base.words import Words, mark
from cettar_site.complaints.island_follow import follow_form
from cettar_site.complaints.rules import CENTRE, SUBSTANTIAL, TRIAGE_DESK, Case, Channel, Kind, State
from cettar_site.complaints.rules_citizen import RATINGS
from cettar_site.complaints.rules_estimate import Estimate
from cettar_site.complaints.rules_stage import Reached, steps
from cettar_site.complaints.rules_support import may_support
from cettar_site.complaints.rules_view import VERDICTS, agency_name, elsewhere_name
from cettar_site.complaints.rules_view_case import (
    TOO_FEW,
    due_words,
    estimate_note,
    estimate_words,
    filer_word,
)
from cettar_site.infra.settings import settings
from cettar_site.jatim import agencies, contacts, regions
from cettar_site.ui.form import submit
from cettar_site.ui.lead import action, facts, section
from cettar_site.ui.state_mark import state_mark


def stage(w: Words, case: Case, now: datetime) -> h.Node:
    """How far it has come: five steps in a row, each with its day."""
    told = {Reached.DONE: w("sudah"), Reached.HERE: w("di sini sekarang"), Reached.AHEAD: w("belum"),
            Reached.NEVER: w("dilewati")}
    disputed = case.life.state is State.DISPUTED
    return h.ol(".stage", aria_label=w("Perjalanan aduan dalam lima langkah"))[(
        h.li(class_=[f"stage-{step.reached}", disputed and step.reached is Reached.HERE and "stage-disputed"],
             aria_current="step" if step.reached is Reached.HERE else None)[
            h.span(".stage-name")[w(step.text)], h.span(".hidden-visually")[": ", told[step.reached]],
            # The year is said below; five dates must stand side by side on a phone.
            h.span(".stage-day.quiet")[w.short_date(step.at).rpartition(" ")[0]] if step.at else None]
        for step in steps(case, now))]


def clock_facts(w: Words, case: Case, now: datetime, found: Estimate | None, *, days_only: bool = False) -> h.Node:
    """While an answer is owed: when it is due, and how long such answers take."""
    life = case.life
    if not life.open or case.request.channel is Channel.LAPOR:
        return None
    due = w.date(life.due_at) if days_only else w.moment(life.due_at)
    estimate = [h.p[estimate_words(w, found)] if found else state_mark(w, "draft", w(TOO_FEW)),
                h.p(".quiet")[estimate_note(w, found)]]
    return facts([(w("Batas jawaban"), [due, not days_only and h.span(".clock-left")[", ", due_words(w, case, now)]]),
                  (w("Perkiraan"), estimate)])


def whose_word(w: Words, case: Case, now: datetime) -> h.Node:
    """Claimed, confirmed, disputed: who says that it is solved. Silence stays silence."""
    life = case.life
    if life.word_from is None:
        return None
    pairs: list[tuple[str, h.Node]] = [(w("Kata instansi"), _agency_word(w, case)),
                                       (w("Kata pelapor"), filer_word(w, case, now))]
    if life.rating:
        pairs.append((w("Nilai jawaban"), stars(w, life.rating)))
    if life.audited in VERDICTS:
        pairs.append((w("Pemeriksaan"), w(VERDICTS[life.audited])))
    return section(w("Sudah selesai menurut siapa?"), facts([pair for pair in pairs if pair[1]]))


def _agency_word(w: Words, case: Case) -> str:
    """What the agency said last that counts, and when."""
    said = next((event for event in reversed(case.events) if event.kind in SUBSTANTIAL), None)
    if said is None:
        return ""
    when = w.date(said.at)
    if said.kind is Kind.PLANNED and case.life.planned_on:
        return w("Dijawab {when}, dengan janji tanggal {day}.", when=when, day=w.date(case.life.planned_on))
    return w(_WORDS_OF[said.kind], when=when)


_WORDS_OF: dict[Kind, str] = {
    Kind.ANSWERED: mark("Dijawab {when}, tanpa klaim selesai."), Kind.PLANNED: mark("Dijawab {when}."),
    Kind.CLAIMED: mark("Diklaim selesai {when}."), Kind.REJECTED: mark("Ditolak {when}."),
    Kind.FORWARDED: mark("Diteruskan ke luar provinsi {when}.")}


def stars(w: Words, rating: int) -> h.Node:
    """A rating as stars and in words."""
    return [h.span(".stars", aria_hidden="true")["★" * rating + "☆" * (5 - rating)], " ",
            w("{n} dari 5: {word}", n=rating, word=w(RATINGS[str(rating)]))]


def outcome(w: Words, case: Case) -> h.Node:
    """Of what was refused or sent on: why, and where to go now."""
    life = case.life
    kind = {State.REJECTED: Kind.REJECTED, State.FORWARDED: Kind.FORWARDED}.get(life.state)
    if kind is None:
        return None
    event = next(one for one in reversed(case.events) if one.kind is kind)
    said = case.writing(event.seq)
    title = w("Alasan dan tujuannya") if kind is Kind.REJECTED else w("Ke mana sekarang")
    return section(title, h.div(".event-text")[said.text] if said else None,
                   _destination(w, event.agency_code, event.detail) if kind is Kind.FORWARDED else None)


def _destination(w: Words, code: str, body: str) -> h.Node:
    """The government outside the province: its name, its website and address where a source names them."""
    agency = agencies.by_code(code)
    if code == CENTRE or agency is None:
        lapor = next((one.value for one in contacts.of(TRIAGE_DESK) if one.kind == "web"), "")
        return facts([(w("Tujuan"), elsewhere_name(w, code, body)),
                      (w("Saluran"), ["SP4N-LAPOR!: ", _site(lapor)])])
    pairs: list[tuple[str, h.Node]] = [(w("Tujuan"), agency.name)]
    if agency.website:
        pairs.append((w("Situs"), _site(agency.website)))
    if agency.address:
        pairs.append((w("Alamat"), ", ".join(part for part in (agency.address, agency.city) if part)))
    if not agency.website and not agency.address:
        pairs.append((w("Situs"), h.span(".quiet")[w("Belum ada sumber yang kami percaya.")]))
    return facts(pairs)


def _site(address: str) -> h.Node:
    return h.a(href=address, rel="noopener")[urlsplit(address).netloc]


def merged(w: Words, case: Case) -> h.Node:
    """That its answers are those of another complaint."""
    main = case.life.merged_into
    return main and h.p(".notice")[w.parts(
        "Digabung dengan {main}: jawaban di sana berlaku juga di sini. Nomor dan hitungan waktunya tetap sendiri.",
        main=h.a(href=w.path(f"/aduan/{main}"))[main])]


def joining(w: Words, case: Case) -> h.Node:
    """How many say "me too", and the button for one more; it works without scripts."""
    n, number = case.supports, case.request.number
    said = w.plural("{n} orang lain mengalami hal yang sama.", "{n} orang lain mengalami hal yang sama.", n)
    said = said if n else ""
    if not may_support(case.request.shown, case.life):
        return h.p(".quiet")[said] if said else None
    return h.form(".joining", method="post", action=w.path(f"/aduan/{number}/saya-juga"))[
        submit(w("Saya juga"), "plain"),
        h.p(".quiet")[said or w("Mengalami hal yang sama? Satu ketukan, tanpa nama."),
                      " " if said else "", said and w("Dihitung sekali setiap perangkat.")]]


def whole_number(number: str) -> h.Node:
    """The number, never broken at its hyphens."""
    return h.span(".number", translate="no")[number]


def page_address(w: Words, number: str) -> str:
    """The whole address of a complaint's page; empty where the site does not know its own name."""
    return settings().site_url and settings().site_url + w.path(f"/aduan/{number}")


def following(w: Words, number: str) -> h.Node:
    """Ways to follow and to pass on."""
    address = page_address(w, number)
    return section(
        w("Ikuti dan bagikan"),
        address and h.p[h.span(".quiet")[w("Alamat halaman ini")], h.br, h.span(".address", translate="no")[address]],
        follow_piece(w, number),
        h.p(".ways")[h.a(href=w.path(f"/aduan/{number}/cetak"))[w("Cetak")],
                     h.a(href=f"/aduan/{number}/umpan.atom")["Atom"],
                     h.a(href=f"/api/v1/complaints/{number}")["JSON"]])


def others(w: Words, case: Case) -> h.Node:
    """Ways to the complaints of the same region, and to those that the same agency holds."""
    region, agency = regions.by_code(case.request.region_code), case.life.agency_code
    ways = [("wilayah", region.code, region.name)] if region else []
    ways.append(("instansi", agency, agency_name(agency)))
    return h.p(".section")[w("Aduan lain:"), ((" " if at == 0 else " · ", h.a(
        href=w.path(f"/aduan/daftar?{field}={code}"))[name]) for at, (field, code, name) in enumerate(ways))]


def follow_piece(w: Words, number: str) -> h.Node:
    """Notices by mail, folded: an address is asked only of who wants them."""
    return h.details[h.summary[w("Ikuti lewat surel")], follow_form(w, number)]


def ways_on(w: Words, number: str) -> h.Node:
    """For its filer, and for who has something else to say."""
    return h.p(".section.actions")[
        action(w("Ini aduan saya"), w.path(f"/lacak?nomor={number}"), "plain"),
        action(w("Sampaikan keluhan"), w.path("/aduan"), "plain")]
