"""Send the letters that wait. A letter's text is made now, from what everyone may read; nothing of it is kept."""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from cettar_site.base.errors import ForeignFailure
from cettar_site.base.words import SOURCE_LANGUAGE, Words, mark, words
from cettar_site.complaints import actions_notice, store_notice, store_read
from cettar_site.complaints.rules_notice import (
    Letter,
    Text,
    Waiting,
    confirm_text,
    desk_text,
    event_text,
    is_still_asked,
    word_text,
)
from cettar_site.infra.db import Database
from cettar_site.infra.mail import Mail, Post, mail_on, post
from cettar_site.infra.settings import settings
from cettar_site.infra.vault import vault
from jobs.report import JobOptions, JobReport

AT_ONCE = 200
GOODBYE = mark("CETTAR memperlihatkan bagaimana pemerintah di Jawa Timur melayani warganya.")


def run(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    """Send what is due. Raises ForeignFailure when the server is away; the letters wait."""
    with db.write() as session:
        actions_notice.forget_old(session, now)
    if not mail_on():
        return JobReport(detail=mark("Surel belum dinyalakan"))
    with db.read() as session:
        letters = store_notice.due(session, now, AT_ONCE, vault())
    failures: list[ForeignFailure] = []
    sent = 0
    if letters:
        with post() as server:
            for letter in options.progress(letters, None, "letters"):
                failure = deliver(db, server, letter, now)
                if failure is None:
                    sent += 1
                elif failure.kind == "mail_down":
                    raise failure
                else:
                    failures.append(failure)
    with db.read() as session:
        waiting, given_up = store_notice.waiting(session)
    return JobReport(rows_in=sent, rows_refused=len(failures), failures=tuple(failures[:1]),
                     detail=mark("{sent} surel terkirim, {waiting} menunggu, {given_up} tidak bisa dikirim"),
                     facts={"sent": sent, "waiting": waiting, "given_up": given_up})


def deliver(db: Database, server: Post, letter: Waiting, now: datetime) -> ForeignFailure | None:
    """Send one letter and write down what became of it; the failure, if it could not be sent."""
    mail = made(db, letter)
    if mail is not None:
        try:
            server.send(mail)
        except ForeignFailure as failure:
            if failure.kind != "mail_down":
                with db.write() as session:
                    actions_notice.put_off(session, letter, failure.kind, now, for_good=failure.kind == "mail_no_such")
            return failure
    with db.write() as session:
        store_notice.sent(session, letter.id)
    return None


def made(db: Database, letter: Waiting) -> Mail | None:
    """The letter as it is sent now; None when there is nothing to say any more."""
    w = words(letter.follow.lang if letter.follow else SOURCE_LANGUAGE)
    text = _text(db, w, letter)
    if text is None:
        return None
    origin = settings().origin
    ways = [f"{said}: {origin}{w.path(path)}" for said, path in text.ways]
    body = "\n\n".join([*text.paragraphs, "\n".join(ways), w(GOODBYE)]) + "\n"
    name = uuid5(NAMESPACE_URL, f"{origin}/{letter.name}").hex
    stop = f"{origin}/kabar/{letter.follow.token}/berhenti" if letter.follow else ""
    return Mail(letter.address, text.subject, body, name, stop)


def _text(db: Database, w: Words, letter: Waiting) -> Text | None:
    follow = letter.follow
    if follow is None:
        return desk_text(w, letter.facts.get("numbers", "").split(), letter.facts.get("level", "1"))
    with db.read() as session:
        # Asked again: they may have ended it, or the complaint was erased, while other letters went out.
        still = store_notice.by_token(session, follow.token, vault())
        case = store_read.public_by_number(session, store_read.number_of(session, follow.complaint_id))
    if case is None or still is None:
        return None
    if letter.kind is Letter.CONFIRM:
        return None if still.confirmed else confirm_text(w, case.request.number, follow.token)
    if letter.kind is Letter.WORD:
        return word_text(w, case, follow) if is_still_asked(case, letter.seq) else None
    event = next((one for one in case.events if one.seq == letter.seq), None)
    return None if event is None else event_text(w, case, event, follow)
