"""What officers do to complaints: one verb for every act, after asking whether this officer may."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from cettar_site.base.errors import Conflict, NotFound, Problem, Refused
from cettar_site.base.period import wib_date
from cettar_site.base.seal import Vault
from cettar_site.base.words import mark
from cettar_site.complaints.actions_happen import Deed, happen, judged
from cettar_site.complaints.actions_photo import attach_evidence
from cettar_site.complaints.rules import SYSTEM, TO_MESSAGE
from cettar_site.complaints.rules_answer import Substance
from cettar_site.desk import store, store_audit, store_template
from cettar_site.desk.rules import Case, Kind, Officer, Shown
from cettar_site.desk.rules_audit import auditor_of, is_drawn
from cettar_site.desk.rules_deed import WEIGHED, Meant, meant
from cettar_site.desk.rules_matrix import Act, check_may, may
from cettar_site.desk.rules_seen import fits

NO_MAIN = mark("Aduan dengan nomor itu tidak ada, atau bukan untuk meja Anda.")
CHAINED = mark("Aduan itu sendiri sudah digabung dengan yang lain. Pakai nomor aduan induknya.")
NO_WAY_IN = mark("Aduan itu rahasia atau sudah berakhir, jadi tidak bisa jadi induk.")
HAS_OTHERS = mark("Aduan lain sudah digabung dengan yang ini. Gabungkan yang itu satu per satu.")
STOCK = mark("Tulisan ini hanya ucapan atau tanda terima. Tulis keputusan, hasil, atau pertanyaan tentang aduan ini.")
ALIKE = mark("Tulisan ini hampir sama dengan templat atau balasan Anda yang lain. Tulis yang khusus untuk aduan ini.")


class Boilerplate(Exception):
    """The words would stop no clock. They may be sent so, once the officer knows."""

    def __init__(self, substance: Substance) -> None:
        super().__init__(substance)
        self.substance = substance


def case_for(session: Session, officer: Officer, number: str, act: Act, now: datetime, vault: Vault) -> Case:
    """A complaint for an officer. Raises NotFound (also for another agency's) and Forbidden."""
    case = store.case(session, number, vault)
    if case is None:
        raise NotFound("no such complaint at this desk")
    check_may(officer, act, case.life, case.request.shown, now)
    return case


def do(session: Session, officer: Officer, number: str, act: Act, typed: Mapping[str, str], now: datetime,
       vault: Vault) -> Case:
    """Do one act; the complaint as it is then.

    `typed` are the form's fields; its `seen` is the mark (rules_seen) of what the officer had before them. Raises
    Refused, NotFound, Forbidden, Boilerplate, and Conflict if the complaint is not as it was seen.
    """
    case = case_for(session, officer, number, act, now, vault)
    if not fits(vault.secret, number, case.life.seq, typed.get("seen", "")):
        raise Conflict("something happened to this complaint meanwhile", seq=case.life.seq)
    form = meant(act, typed, case, officer.agency_code, wib_date(now))
    if act is Act.MERGE:
        _check_main(session, officer, case, form.detail, now, vault)
    if act in WEIGHED:
        form = _weighed(session, case, act, form, typed, vault)
    deed = Deed(form.kind, officer.pseudonym, form.agency_code, form.detail, form.text)
    done = happen(session, case, deed, now, vault)
    if form.photos:
        attach_evidence(session, done, done.life.seq, form.photos, now, vault)
    return _drawn(session, done, now, vault) if act is Act.CLAIM else done


def _drawn(session: Session, claimed: Case, now: datetime, vault: Vault) -> Case:
    """A claim, drawn for an audit by another agency if chance has it so. What is confidential stays with its desk.

    An audit of an earlier claim that was not done yet is one of this claim now.
    """
    number, seq = claimed.request.number, claimed.life.seq
    if claimed.life.audit_by or claimed.request.shown is Shown.CONFIDENTIAL or not is_drawn(vault.secret, number, seq):
        return claimed
    auditor = auditor_of(vault.secret, number, seq, claimed.life.agency_code, store_audit.auditing(session))
    return happen(session, claimed, Deed(Kind.DRAWN, SYSTEM, auditor), now, vault) if auditor else claimed


def _weighed(session: Session, case: Case, act: Act, form: Meant, typed: Mapping[str, str], vault: Vault) -> Meant:
    """What these words are: stock phrases and copies are no answer, plan or question; a copy is enough for thanks."""
    if form.photos:  # a result that can be seen says something, however short its words
        return form
    templates = store_template.texts(session, case.life.agency_code)
    found = judged(session, case.life.agency_code, form.text, vault, templates, case)
    if found is Substance.SUBSTANTIAL:
        return form
    if act is not Act.ANSWER:
        raise Refused((Problem("text", STOCK if found is Substance.STOCK else ALIKE),))
    if found is Substance.ALIKE and case.life.owes_reply:
        return replace(form, kind=Kind.REPLIED, detail=TO_MESSAGE)
    if typed.get("anyway") != "1":
        raise Boilerplate(found)
    return replace(form, kind=Kind.REPLIED)


def _check_main(session: Session, officer: Officer, case: Case, number: str, now: datetime, vault: Vault) -> None:
    """Raises Refused where nothing can be merged into the complaint with this number."""
    main = store.case(session, number, vault)
    if main is None or not may(officer, Act.MERGE, main.life, main.request.shown, now):
        raise Refused((Problem("number", NO_MAIN),))
    if main.request.shown is Shown.CONFIDENTIAL or main.life.over:
        raise Refused((Problem("number", NO_WAY_IN),))
    if main.life.merged_into:
        raise Refused((Problem("number", CHAINED),))
    if store.children(session, case.request.number):
        raise Refused((Problem("number", HAS_OTHERS),))
