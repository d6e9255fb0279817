"""What follows another complaint's answers: never out of confidence into the open, never in a chain."""

import pytest

from cettar_site.base.errors import Conflict
from cettar_site.complaints import store_read
from cettar_site.complaints.rules import Kind, Shown, State
from cettar_site.complaints.rules_filing import Destination
from cettar_site.complaints.rules_life import replay
from cettar_site.infra.db import Database
from tests.complaints.makers import case_of, filed, happens

SECRET = "Ibu pelapor tinggal di sebelah rumah dinas kepala desa; kami periksa malam ini."


def merge(database: Database, child: str, main: str, hours: float = 1) -> None:
    happens(database, child, Kind.MERGED, hours, detail=main)


def public_words(database: Database, number: str) -> list[str]:
    with database.read() as session:
        case = store_read.public_by_number(session, number)
    assert case is not None
    return [one.text for one in case.writings if one.seq > 1]


def test_an_answer_to_the_main_one_is_an_answer_to_those_that_follow_it(database: Database) -> None:
    main, child = filed(database).number, filed(database).number
    merge(database, child, main)
    happens(database, main, Kind.ANSWERED, 2, SECRET)
    found = case_of(database, child)
    assert (found.life.state, found.life.due_at) == (State.ANSWERED, case_of(database, main).life.due_at)
    assert public_words(database, child) == [SECRET]


@pytest.mark.parametrize(("kind", "detail", "state"), [
    (Kind.ANSWERED, "", State.ANSWERED), (Kind.PLANNED, "2026-12-09", State.ANSWERED),
    (Kind.CLAIMED, "", State.CLAIMED), (Kind.REPLIED, "", State.WAITING), (Kind.REJECTED, "court", State.REJECTED)])
def test_what_still_waited_to_be_sorted_goes_where_the_main_one_is(database: Database, kind: Kind, detail: str,
                                                                    state: State) -> None:
    main, child = filed(database).number, filed(database, to=Destination()).number
    merge(database, child, main)
    routed = case_of(database, child)
    assert [one.kind for one in routed.events] == [Kind.SUBMITTED, Kind.ROUTED, Kind.MERGED]
    assert (routed.life.agency_code, routed.life.state) == ("DPUBM", State.WAITING)
    happens(database, main, kind, 2, SECRET, detail=detail)
    assert case_of(database, child).life.state is state and public_words(database, child) == [SECRET]
    assert replay(case_of(database, child).events) == case_of(database, child).life


def test_two_that_wait_to_be_sorted_are_sorted_together(database: Database) -> None:
    main, child, told = (filed(database, to=Destination()).number for _ in range(3))
    for one in (child, told):
        merge(database, one, main)
    assert case_of(database, child).life.state is State.TRIAGE
    happens(database, told, Kind.ROUTED, 2, agency="DINSOS")
    happens(database, main, Kind.ROUTED, 3, agency="DPUBM", detail="desk")
    assert [case_of(database, one).life.agency_code for one in (main, child, told)] == ["DPUBM", "DPUBM", "DINSOS"]
    happens(database, main, Kind.ANSWERED, 4, SECRET)
    assert [case_of(database, one).life.state for one in (main, child, told)] == [State.ANSWERED] * 3


def test_what_the_sorting_desk_answered_itself_stays_there(database: Database) -> None:
    main, child = filed(database).number, filed(database, to=Destination()).number
    happens(database, child, Kind.ANSWERED, 1, SECRET)
    merge(database, child, main, 2)
    assert case_of(database, child).life.agency_code == "KOMINFO"


def test_what_follows_already_is_not_sent_on_by_being_merged_again(database: Database) -> None:
    main, child = filed(database, to=Destination()).number, filed(database, to=Destination()).number
    merge(database, child, main)
    with pytest.raises(Conflict):
        merge(database, child, filed(database).number, 2)
    assert case_of(database, child).life.state is State.TRIAGE


def test_nothing_follows_a_confidential_complaint(database: Database) -> None:
    main, child = filed(database, shown=Shown.CONFIDENTIAL).number, filed(database).number
    with pytest.raises(Conflict):
        merge(database, child, main)
    happens(database, main, Kind.ANSWERED, 2, SECRET)
    assert public_words(database, child) == []


def test_a_confidential_one_may_follow_an_open_one_and_stays_confidential(database: Database) -> None:
    main, child = filed(database).number, filed(database, shown=Shown.CONFIDENTIAL).number
    merge(database, child, main)
    happens(database, main, Kind.ANSWERED, 2, SECRET)
    assert case_of(database, child).life.answers == 1 and public_words(database, child) == []


def test_what_is_said_to_a_hidden_one_is_not_published_at_those_that_follow_it(database: Database) -> None:
    main, child = filed(database).number, filed(database).number
    merge(database, child, main)
    happens(database, main, Kind.HIDDEN, 2, "Ada nama orang.", detail="personal")
    happens(database, main, Kind.ANSWERED, 3, SECRET)
    found = case_of(database, child)
    said = found.writing(found.life.seq)
    assert said is not None and said.text == SECRET, "its own filer reads the answer"
    assert public_words(database, child) == []


@pytest.mark.parametrize("made", ["itself", "missing", "follower", "over", "erased"])
def test_it_must_be_a_complaint_that_can_still_be_answered(database: Database, made: str) -> None:
    main, child = filed(database).number, filed(database).number
    if made == "itself":
        main = child
    elif made == "missing":
        main = "JTM-0000-0000"
    elif made == "follower":
        merge(database, main, filed(database).number)
    elif made == "over":
        happens(database, main, Kind.WITHDRAWN)
    else:
        happens(database, main, Kind.ERASED)
    with pytest.raises(Conflict):
        merge(database, child, main, 2)


def test_what_others_follow_follows_nobody(database: Database) -> None:
    main, child, third = (filed(database).number for _ in range(3))
    merge(database, child, main)
    with pytest.raises(Conflict):
        merge(database, main, third, 2)
