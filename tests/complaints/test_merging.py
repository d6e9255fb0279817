"""What follows another complaint's answers: never out of confidence into the open, never in a chain."""

import pytest

from cettar_site.base.errors import Conflict
from cettar_site.complaints import store_read
from cettar_site.complaints.rules import Kind, Shown, State
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
