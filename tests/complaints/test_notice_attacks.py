"""Letters under attack: addresses that nobody could write on an envelope, a stranger's mailbox, a moment in between."""

from datetime import datetime, timedelta

import pytest
from starlette.testclient import TestClient

from cettar_site.base.errors import Refused
from cettar_site.complaints import api_follow, store_notice
from cettar_site.complaints.rules import Case, Kind
from cettar_site.complaints.rules_filing import check_address, is_address
from cettar_site.infra.db import Database
from cettar_site.infra.guard import limiter
from cettar_site.infra.mail import Mail, message
from cettar_site.infra.settings import settings
from tests.complaints import makers
from tests.complaints.makers import NOW
from tests.complaints.test_notice import ADDRESS, box, followed, happens, post
from tests.mail_server import Box

__all__ = ["box"]
pytestmark = pytest.mark.usefixtures("at_now")
HOURS, MOST = timedelta(hours=7), 10
BAD = ("a..b@contoh.id", ".a@contoh.id", "a.@contoh.id", "=?utf-8?q?x?=@contoh.id", "a@-contoh.id", "a@contoh-.id",
       "a@contoh.123", "a@contoh..id", "a b@contoh.id", "a@contoh.id\nBcc: b@contoh.id", "a@contoh.id\r\nBcc:b@c.id",
       "a@contoh.id,b@contoh.id", "<a@contoh.id>", "a\x00@contoh.id", "a@contoh.id;b", "\"a b\"@contoh.id",
       "a@[127.0.0.1]", "a@b@contoh.id", "a\u200b@contoh.id", "\uff41@contoh.id", "a@" + "b" * 64 + ".id")
GOOD = ("siti@contoh.id", "a.b-c+d@contoh.co.id", "o'neil@contoh.id", "a@x-y.contoh.id", "1@2.id",
        "a@xn--p1ai.xn--p1ai")


@pytest.fixture(autouse=True)
def uncounted() -> None:
    """Nobody has written to anybody yet."""
    limiter.cache_clear()


@pytest.mark.parametrize("bad", BAD)
def test_no_letter_is_promised_to_what_cannot_stand_on_one(bad: str) -> None:
    with pytest.raises(Refused):
        check_address(bad)


@pytest.mark.parametrize("good", GOOD)
def test_what_is_taken_for_an_address_can_stand_on_a_letter(good: str) -> None:
    assert is_address(good)
    assert str(message(Mail(good, "s", "t", "n"), "CETTAR <kabar@cettar.example>")["To"]) == good


def test_a_letter_that_cannot_be_written_holds_up_nobody_s(database: Database, box: Box) -> None:
    """One such address, kept from before the check was sharp, once stopped every letter behind it."""
    followed(database, contact=BAD[0])
    followed(database)
    report = post(database, NOW)
    assert (report.rows_in, report.rows_refused) == (1, 1)
    assert [to for to, _ in box.letters] == [[ADDRESS]]
    with database.read() as session:
        assert store_notice.waiting(session) == (0, 0), "and it is not tried for ever"


def letters(database: Database, now: datetime = NOW) -> int:
    """How many letters are sent at most, whoever asked for them."""
    return int(post(database, now).rows_in)


def test_a_stranger_s_mailbox_is_not_filled_by_filing(visit: TestClient, database: Database, box: Box) -> None:
    """Each filing wrote to the address that it named: 120 letters an hour from one network, of which there are many."""
    for _ in range(MOST + 5):
        sent = visit.post("/aduan", data=makers.raw(contact=ADDRESS) | {"key": makers.key()})
        assert sent.status_code == 201, "the complaint itself is taken"
    visit.post("/aduan", data=makers.raw(contact="lain@contoh.id") | {"key": makers.key()})
    assert letters(database, NOW + HOURS) == MOST + 1


def test_a_stranger_s_mailbox_is_not_filled_by_following(visit: TestClient, database: Database, box: Box) -> None:
    answers = set()
    for _ in range(MOST + 2):
        number = makers.filed(database, secret=settings().secret).number
        other = makers.visitor(api_follow.routes)
        answers.add(other.post(f"/aduan/{number}/ikuti", data={"contact": ADDRESS}).text.replace(number, ""))
    assert len(answers) == 1, "and nobody learns that it was filled"
    assert letters(database, NOW + HOURS) == MOST


def test_nobody_follows_what_was_erased_in_the_same_moment(visit: TestClient, database: Database, box: Box,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look and the writing the filer had every word deleted: no address may stay behind."""
    number = makers.filed(database, secret=settings().secret).number
    looked = api_follow._public

    def erased_meanwhile(asked: str | None) -> Case | None:
        case = looked(asked)
        happens(database, number, Kind.ERASED, 2)
        return case

    monkeypatch.setattr(api_follow, "_public", erased_meanwhile)
    assert visit.post(f"/aduan/{number}/ikuti", data={"contact": ADDRESS}).status_code == 404
    with database.read() as session:
        assert session.execute(store_notice.FOLLOW.select()).all() == []
