"""What the filer sees with number and code: every word, and the forms of all they may do.

Number and code travel in each form's body; they stand in no address, and no browser keeps the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import htpy as h

from cettar_site.base.errors import Problem
from cettar_site.base.words import Words
from cettar_site.complaints.island_case import ALONE, Beside, happened, photos_piece, subject, told
from cettar_site.complaints.island_case_parts import clock_facts, merged, outcome, stage, whole_number, whose_word
from cettar_site.complaints.island_custody import custody_section
from cettar_site.complaints.island_mine_forms import ask_for_end, message_form, rating_form, word_forms
from cettar_site.complaints.rules import Case, Kind, Shown
from cettar_site.complaints.rules_citizen import Act, offered
from cettar_site.complaints.rules_clock import has_word, is_paused
from cettar_site.complaints.rules_view import REASONS_HIDDEN, status
from cettar_site.ui.form import error_summary
from cettar_site.ui.lead import action, lead, section
from cettar_site.ui.notice import notice


@dataclass(frozen=True, slots=True, repr=False)
class Mine:
    """The filer's keys, what they typed and what is wrong with it, what is said on top of the page."""

    number: str
    code: str
    typed: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    said: h.Node = None


def mine_page(w: Words, case: Case, mine: Mine, now: datetime, beside: Beside = ALONE) -> h.Node:
    """The filer's own view; `case` is theirs (rules_citizen.filer_case)."""
    life = case.life
    asked = is_paused(life, now)
    return h.fragment[
        mine.said,
        error_summary(w, mine.problems),
        lead(w.parts("Sudah sampai mana aduan Anda, {number}?", number=whole_number(case.request.number)),
             status(w, case, now)),
        _question(w, case, mine) if asked else None,
        word_forms(w, case, mine, has_word(life, now)),
        stage(w, case, now),
        clock_facts(w, case, now, beside.estimate),
        _told_hidden(w, case), merged(w, case), outcome(w, case),
        rating_form(w, case, mine),
        section(w("Apa yang sudah terjadi"), happened(w, case, texts=True)),
        None if asked else message_form(w, case, mine),
        whose_word(w, case, now),
        section(w("Yang Anda laporkan"), told(w, case),
                h.p(".quiet")[subject(w, case)], photos_piece(w, case, beside.photos), _readers(w, case)),
        custody_section(w, case, now),
        ask_for_end(w, case, mine),
        h.p(".section.actions")[action(w("Halaman umum aduan ini"), w.path(f"/aduan/{case.request.number}"), "plain")]]


def _question(w: Words, case: Case, mine: Mine) -> h.Node:
    """What the agency asked, and the form to answer it: its clock waits for that."""
    event = next(one for one in reversed(case.events) if one.kind is Kind.ASKED)
    writing = case.writing(event.seq)
    if not offered(case, Act.MESSAGE):
        return None
    return h.section("#pertanyaan.word-box")[
        h.h2[w("Ada pertanyaan untuk Anda")], h.div(".event-text")[writing.text] if writing else None,
        message_form(w, case, mine, answering=True)]


def _told_hidden(w: Words, case: Case) -> h.Node:
    """Why the public can't read it: the filer is always told."""
    if not case.life.hidden:
        return None
    event = next((one for one in reversed(case.events) if one.kind is Kind.HIDDEN), None)
    writing = case.writing(event.seq) if event else None
    reason = REASONS_HIDDEN.get(case.life.hidden, "")
    return notice("warning", w("Cerita Anda disembunyikan dari umum"), w(reason) if reason else case.life.hidden,
                  h.div(".event-text")[writing.text] if writing else None,
                  w("Instansi tetap membacanya dan tetap harus menjawab."))


def _readers(w: Words, case: Case) -> h.Node:
    said = {Shown.CONFIDENTIAL: w("Cerita ini hanya dibaca instansi yang menangani."),
            Shown.OPEN: w("Cerita ini bisa dibaca semua orang, tanpa nama. Instansi yang menangani melihat nama yang "
                          "Anda tulis."),
            Shown.ANONYMOUS: w("Cerita ini bisa dibaca semua orang, tanpa nama.")}
    return not case.life.erased and h.p(".quiet")[said[case.request.shown]]
