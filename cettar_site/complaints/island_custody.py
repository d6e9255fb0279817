"""Who held a complaint and for how long, as bars over one stretch of time, with the same in words.

The bars differ in height, not in colour alone: thick while the desk owed a word, thicker and marked where it was
late, hollow while the filer was asked, a thin line once it had answered.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import htpy as h

from cettar_site.base.words import Words
from cettar_site.complaints.rules import Case, Channel, Event, Kind
from cettar_site.complaints.rules_custody import Segment, Span, Turn, picture_ends, segments
from cettar_site.complaints.rules_view import agency_name
from cettar_site.complaints.rules_view_case import held_words, moved_words
from cettar_site.ui.lead import section

WIDE, HIGH = 1000, 20
_LEAST = 6
_HEIGHTS = {Turn.OWED: 12, Turn.LATE: HIGH, Turn.PAUSED: 12, Turn.DONE: 4}
_NOTED = frozenset({Kind.OFFERED, Kind.DECLINED, Kind.ASKED})


def custody_section(w: Words, case: Case, now: datetime) -> h.Node:
    """The custody timeline; None while there is nothing to see yet, and of what another system's clock judges."""
    if case.request.channel is Channel.LAPOR:
        return None
    found = segments(case, now)
    if not any(one.spans for one in found):
        return None
    begin, end = case.life.filed_at, picture_ends(found, now)
    moved = moved_words(w, found)
    return section(
        w("Di tangan siapa, berapa lama"), moved and h.p[moved],
        h.ol(".custody")[(_row(w, case, one, begin, end, now) for one in found)],
        h.p(".custody-axis.quiet", aria_hidden="true")[h.span[w.short_date(begin)], h.span[w.short_moment(end)]],
        h.p(".custody-key.quiet")[_key(w, found)])


def custody_list(w: Words, case: Case, now: datetime) -> h.Node:
    """The same in words only: for paper, and for what is told by the day."""
    if case.request.channel is Channel.LAPOR:
        return h.p(".quiet")[w("Hitungan waktunya berjalan di SP4N-LAPOR!.")]
    return h.ol(".custody")[(h.li[h.p(".custody-who")[agency_name(one.custody.agency_code)],
                                  h.p(".quiet")[held_words(w, one, now)]] for one in segments(case, now))]


def _row(w: Words, case: Case, one: Segment, begin: datetime, end: datetime, now: datetime) -> h.Node:
    custody = one.custody
    until = custody.until or (None if one.spans and one.spans[-1].turn is not Turn.DONE else custody.answered_at)
    when = w.short_moment(custody.since)
    return h.li[
        h.p(".custody-who")[agency_name(custody.agency_code), custody.triage and h.span(".quiet")[
            " ", w("(meja penyalur)")]],
        h.svg(".custody-bar", viewBox=f"0 0 {WIDE} {HIGH}", preserveAspectRatio="none", aria_hidden="true",
              focusable="false")[(_bar(span, begin, end) for span in one.spans)],
        h.p(".quiet")[w("{since} sampai {until}.", since=when, until=w.short_moment(until)) if until
                      else w("Sejak {since}.", since=when), " ", held_words(w, one, now)],
        _notes(w, case, one.events)]


def _bar(span: Span, begin: datetime, end: datetime) -> h.Node:
    whole = max(end - begin, timedelta(seconds=1))
    left = min(WIDE - _LEAST, round(max(span.since - begin, timedelta()) / whole * WIDE))
    right = max(left + _LEAST, min(WIDE, round((span.until - begin) / whole * WIDE)))
    high = _HEIGHTS[span.turn]
    return h.rect(class_=f"bar-{span.turn}", x=str(left), y=str((HIGH - high) // 2), width=str(right - left),
                  height=str(high))


def _notes(w: Words, case: Case, events: Sequence[Event]) -> h.Node:
    """Hand-ons that were offered, taken or not, and the question, with their words."""
    lines = list(_lines(w, case, events))
    return lines and h.ul(".custody-notes")[(h.li[line] for line in lines)]


def _lines(w: Words, case: Case, events: Sequence[Event]) -> Iterator[h.Node]:
    for event in events:
        if event.kind not in _NOTED:
            continue
        writing, when = case.writing(event.seq), w.short_moment(event.at)
        said = writing.text if writing else ""
        if event.kind is Kind.OFFERED:
            yield _line(w("{when}: ditawarkan ke {agency}.", when=when, agency=agency_name(event.agency_code)), said)
        elif event.kind is Kind.DECLINED:
            yield _line(w("{when}: {agency} tidak mengambil.", when=when, agency=agency_name(event.agency_code)), said)
        else:
            yield _line(w("{when}: bertanya kepada pelapor.", when=when), said)


def _line(head: str, said: str) -> h.Node:
    return [head, said and h.span(".custody-said")[" “", said, "”"]]


def _key(w: Words, found: Sequence[Segment]) -> h.Node:
    """What the bars mean, only those that are there."""
    there = {span.turn for one in found for span in one.spans}
    names = ((Turn.OWED, w("giliran instansi")), (Turn.LATE, w("lewat batas waktu")),
             (Turn.PAUSED, w("menunggu jawaban pelapor")), (Turn.DONE, w("sudah dijawab")))
    return [h.span(".key")[h.svg(viewBox=f"0 0 {2 * HIGH} {HIGH}", width="28", height="14", aria_hidden="true")[
        h.rect(class_=f"bar-{turn}", x="1", y=str((HIGH - _HEIGHTS[turn]) // 2), width=str(2 * HIGH - 2),
               height=str(_HEIGHTS[turn]))], " ", name] for turn, name in names if turn in there]
