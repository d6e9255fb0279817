"""Each letter once, each to who still wants it, and none that says what isn't so."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from cettar_site.complaints import actions_notice, store_notice
from cettar_site.complaints.rules import Kind
from cettar_site.infra.db import Database
from cettar_site.infra.vault import vault
from jobs import send_mail
from tests.complaints import makers
from tests.complaints.makers import NOW
from tests.complaints.test_notice import DAY, DONE, HOUR, box, confirmed, followed, happens, post
from tests.mail_server import Box

__all__ = ["box"]
pytestmark = pytest.mark.usefixtures("at_now")


def test_two_letters_never_share_a_message_id(database: Database, box: Box) -> None:
    """A row's number comes back once its letter is away; a mail server drops a second letter with a known id."""
    for contact in ("satu@contoh.id", "dua@contoh.id", "tiga@contoh.id"):
        followed(database, contact=contact)
        assert post(database, NOW).rows_in == 1
    assert len({letter["Message-ID"] for _, letter in box.letters}) == 3


def test_letters_to_officials_do_not_share_one_either(database: Database, box: Box) -> None:
    for at in range(2):
        with database.write() as session:
            store_notice.put_to(session, "meja@contoh.id", {"numbers": "JTM-0000-0000", "level": "1"},
                                NOW + HOUR * at, bytes([at]) * 32, vault())
        assert post(database, NOW + DAY).rows_in == 1
    assert len({letter["Message-ID"] for _, letter in box.letters}) == 2


def test_a_letter_tried_again_keeps_its_message_id(database: Database, box: Box) -> None:
    followed(database)
    with database.read() as session:
        (letter,) = store_notice.due(session, NOW, 9, vault())
    one, again = send_mail.made(database, letter), send_mail.made(database, letter)
    assert one is not None and again is not None and one.name == again.name


def test_only_the_newest_claim_asks_for_the_last_word(database: Database, box: Box) -> None:
    number = followed(database)
    post(database, NOW)
    confirmed(database, box)
    happens(database, number, Kind.CLAIMED, 2, DONE)
    happens(database, number, Kind.DISPUTED, 24)
    happens(database, number, Kind.CLAIMED, 24 * 10, DONE + " Sudah diperiksa lagi.")
    for day in (11, 15, 23, 25, 40):
        post(database, NOW + DAY * day)
    asked = [letter for _, letter in box.letters if "sudah selesai?" in letter["Subject"]]
    assert len(asked) == 1, "two weeks after the second claim, not after the first"


def test_the_filer_is_told_why_it_was_hidden(database: Database, box: Box) -> None:
    number = followed(database)
    post(database, NOW)
    confirmed(database, box)
    makers.happens(database, number, Kind.HIDDEN, 2, "Ada nama.", detail="court", vault=vault())
    post(database, NOW + HOUR * 3)
    assert "Sedang diperiksa pengadilan" in box.letters[-1][1].get_content()


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Tokens whose followers end it after the letters were fetched, before theirs is made."""
    tokens: list[str] = []
    made = send_mail.made

    def ended_first(db: Database, letter: object) -> object:
        with db.write() as session:
            for token in tokens:
                actions_notice.end(session, token, vault())
        return made(db, letter)  # type: ignore[arg-type]

    monkeypatch.setattr(send_mail, "made", ended_first)
    yield tokens


def test_whoever_ends_it_while_letters_go_out_gets_no_more(database: Database, box: Box, between: list[str]) -> None:
    number = followed(database)
    post(database, NOW)
    token = confirmed(database, box)
    happens(database, number, Kind.ANSWERED, 2, DONE)
    between.append(token)
    before = len(box.letters)
    post(database, NOW + HOUR * 3)
    assert len(box.letters) == before


def test_addresses_are_forgotten_also_where_no_letters_are_sent(database: Database) -> None:
    followed(database)
    post(database, NOW + timedelta(days=8))
    with database.read() as session:
        assert session.execute(store_notice.FOLLOW.select()).all() == []


def test_the_first_letter_promises_only_what_is_so(database: Database, box: Box) -> None:
    """Another complaint may be filed with the same address: then it asks again."""
    followed(database)
    post(database, NOW)
    assert "tidak akan kami kirimi lagi" not in box.letters[0][1].get_content().replace("\n", " ")


def test_the_same_address_twice_in_one_moment_follows_once(database: Database) -> None:
    """On PostgreSQL neither of two transactions sees the other's row; on SQLite one waits for the other."""
    number = makers.filed(database, secret=vault().secret).number
    case = makers.case_of(database, number, vault())
    gate = threading.Barrier(2, timeout=20)

    def follow() -> None:
        if database.url.startswith("postgresql"):
            with database.write() as session:
                session.execute(text("SELECT 1"))
                gate.wait()
                actions_notice.follow(session, case.request.id, "siti@contoh.id", "id", NOW, vault())
        else:
            gate.wait()
            with database.write() as session:
                actions_notice.follow(session, case.request.id, "siti@contoh.id", "id", NOW, vault())

    with ThreadPoolExecutor(2) as threads:
        for one in [threads.submit(follow) for _ in range(2)]:
            one.result()
    with database.read() as session:
        assert len(session.execute(store_notice.FOLLOW.select()).all()) == 1
        assert store_notice.waiting(session) == (1, 0)
