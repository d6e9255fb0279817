"""Letters under attack: addresses that nobody could write on an envelope, a stranger's mailbox, a moment in between."""


import pytest

from cettar_site.base.errors import Refused
from cettar_site.complaints import store_notice
from cettar_site.complaints.rules_filing import check_address, is_address
from cettar_site.infra.db import Database
from cettar_site.infra.mail import Mail, message
from tests.complaints.makers import NOW
from tests.complaints.test_notice import ADDRESS, box, followed, post
from tests.mail_server import Box

__all__ = ["box"]
pytestmark = pytest.mark.usefixtures("at_now")
BAD = ("a..b@contoh.id", ".a@contoh.id", "a.@contoh.id", "=?utf-8?q?x?=@contoh.id", "a@-contoh.id", "a@contoh-.id",
       "a@contoh.123", "a@contoh..id", "a b@contoh.id", "a@contoh.id\nBcc: b@contoh.id", "a@contoh.id\r\nBcc:b@c.id",
       "a@contoh.id,b@contoh.id", "<a@contoh.id>", "a\x00@contoh.id", "a@contoh.id;b", "\"a b\"@contoh.id",
       "a@[127.0.0.1]", "a@b@contoh.id", "a\u200b@contoh.id", "\uff41@contoh.id", "a@" + "b" * 64 + ".id")
GOOD = ("siti@contoh.id", "a.b-c+d@contoh.co.id", "o'neil@contoh.id", "a@x-y.contoh.id", "1@2.id",
        "a@xn--p1ai.xn--p1ai")


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
