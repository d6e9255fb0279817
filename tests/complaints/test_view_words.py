"""What pages and letters say of a complaint is so: whose word, on which day, of which clock."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cettar_site.base.words import words
from cettar_site.complaints.island_case import ALONE, public_page
from cettar_site.complaints.island_print import print_page
from cettar_site.complaints.rules import Case, Channel, Event, Kind, Shown, State
from cettar_site.complaints.rules_custody import segments
from cettar_site.complaints.rules_life import replay
from cettar_site.complaints.rules_public import public_case
from cettar_site.complaints.rules_stage import steps
from cettar_site.complaints.rules_view import status, title_of
from cettar_site.complaints.rules_view_case import filer_word
from tests.complaints.makers import NOW
from tests.complaints.test_custody import FILED, REQUEST, ROUTED

W = words("id")
DAY = timedelta(days=1)
# NOW is Monday the 23rd.
SECOND, THIRD, LAST = "24 November 2026", "25 November 2026", "27 November 2026"


def case(*acts: tuple[Kind, float, str, str], shown: Shown = Shown.ANONYMOUS, triage: bool = False) -> Case:
    events = [FILED] if triage else [FILED, ROUTED]
    for kind, days, agency, detail in acts:
        events.append(Event(len(events) + 1, kind, NOW + days * DAY, "P-234567", agency or "DPUBM", detail))
    return Case(replace(REQUEST, shown=shown), tuple(events), (), replay(events))


CLAIMED = (Kind.CLAIMED, 1.0, "", "")
FAILED = ((CLAIMED), (Kind.DRAWN, 1.5, "INSPEKTORAT", ""), (Kind.AUDITED, 2.0, "INSPEKTORAT", "fail"))
NOTED, RATED = (Kind.NOTED, 4.0, "", ""), (Kind.RATED, 4.0, "", "3")


@pytest.mark.parametrize(("found", "day"), [
    (case(CLAIMED, NOTED), SECOND),
    (case(CLAIMED, (Kind.CONFIRMED, 2, "", ""), RATED), THIRD),
    (case(CLAIMED, (Kind.DISPUTED, 2, "", ""), NOTED), THIRD),
    (case((Kind.REJECTED, 1, "", "court"), (Kind.HIDDEN, 4, "", "court")), SECOND),
    (case((Kind.FORWARDED, 1, "KAB-3518", ""), RATED, triage=True), SECOND),
    (case((Kind.WITHDRAWN, 2, "", ""), (Kind.ERASED, 4, "", "")), THIRD)])
def test_the_day_is_that_of_what_is_said_not_of_whatever_came_last(found: Case, day: str) -> None:
    said = status(W, found, NOW + DAY * 5)
    assert day in said and LAST not in said


def test_what_an_auditor_found_is_not_put_into_the_filer_s_mouth() -> None:
    found, now = case(*FAILED), NOW + DAY * 3
    assert found.life.state is State.DISPUTED
    said = status(W, found, now)
    assert "pelapor" not in said and "pemeriksa" in said and THIRD in said
    assert filer_word(W, found, now).startswith("Belum ada kata.")
    assert steps(found, now)[-1].at == NOW + DAY * 2
    disputed = case(CLAIMED, (Kind.DISPUTED, 2, "", ""))
    assert filer_word(W, disputed, now) == "Dibantah: belum selesai." and "kata pelapor" in status(W, disputed, now)


def test_an_audit_after_the_filer_s_word_takes_nothing_from_it() -> None:
    found = case(CLAIMED, (Kind.DRAWN, 1.5, "INSPEKTORAT", ""), (Kind.DISPUTED, 2, "", ""),
                 (Kind.AUDITED, 3, "INSPEKTORAT", "fail"))
    assert "kata pelapor pada " + THIRD in status(W, found, NOW + DAY * 4)
    assert steps(found, NOW + DAY * 4)[-1].at == NOW + DAY * 2


def test_of_a_confidential_one_no_level_verdict_or_day_is_made_up() -> None:
    found = public_case(case(
        (Kind.ESCALATED, 1, "", "1"), (Kind.ESCALATED, 1, "", "2"), (Kind.PLANNED, 1, "", "2026-12-09"),
        *((kind, 3, agency, detail) for kind, _, agency, detail in FAILED), (Kind.MERGED, 4, "", "JTM-0000-0000"),
        (Kind.RATED, 5, "", "2"), shown=Shown.CONFIDENTIAL))
    said = {event.kind: title_of(W, event) for event in found.events}
    assert "Sekretaris Daerah" in said[Kind.ESCALATED] and "belum selesai" in said[Kind.AUDITED]
    assert "2 dari 5" in said[Kind.RATED]
    assert said[Kind.MERGED] == "Digabung dengan aduan lain" and "JTM" not in said[Kind.MERGED]
    assert said[Kind.PLANNED].endswith("menjawab dan menjanjikan tanggal")
    assert not any("  " in one or one.endswith(" ") for one in said.values())


def test_a_complaint_from_lapor_is_not_called_late() -> None:
    found = case()
    found = replace(found, request=replace(found.request, channel=Channel.LAPOR))
    said = status(W, found, NOW + DAY * 30)
    assert "lewat" not in said and "SP4N-LAPOR!" in said
    for page in (public_page(W, found, NOW + DAY * 30), print_page(W, found, NOW + DAY * 30, ALONE)):
        assert "erlambat" not in str(page)


def test_no_bar_reaches_beyond_the_end() -> None:
    found = case(CLAIMED, (Kind.DRAWN, 1.5, "INSPEKTORAT", ""), (Kind.CONFIRMED, 2, "", ""),
                 (Kind.AUDITED, 4, "INSPEKTORAT", "fail"))
    ends = [span.until for one in segments(found, NOW + DAY * 5) for span in one.spans]
    assert max(ends) == NOW + DAY * 2
