"""Filing: once however often it is sent, many at once, with a code that can be given again but not stolen."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from cettar_site.base.errors import Conflict
from cettar_site.complaints import actions, rules_number
from cettar_site.complaints.actions import Receipt, Sending
from cettar_site.complaints.rules import Kind, Shown
from cettar_site.complaints.rules_clock import due_after
from cettar_site.infra.db import Database
from tests.complaints.makers import NOW, SECRET, VAULT, case_of, dice, filed, filing, happens, key


def file_all(database: Database, *sendings: Sending, **options: object) -> list[Receipt | Exception]:
    with database.write("complaints") as session:
        return actions.file_group(session, sendings, NOW, VAULT, **options)  # type: ignore[arg-type]


def rows(database: Database, table: str = "complaint_request") -> int:
    with database.read() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar() or 0)


def test_a_receipt_says_number_code_agency_and_due(database: Database) -> None:
    receipt = filed(database)
    assert rules_number.parse_number(receipt.number) == receipt.number
    assert rules_number.parse_code(receipt.code) == receipt.code
    assert (receipt.agency_code, receipt.filed_at, receipt.due_at) == ("DPUBM", NOW, due_after(NOW))
    assert not receipt.again


def test_the_same_key_and_filing_give_the_same_receipt_and_add_nothing(database: Database) -> None:
    sending = Sending(filing(), key())
    (first,) = file_all(database, sending)
    (second,) = file_all(database, sending)
    assert isinstance(first, Receipt) and isinstance(second, Receipt)
    assert (second.number, second.code, second.due_at, second.again) == (first.number, first.code,
                                                                         first.due_at, True)
    assert rows(database) == rows(database, "complaint_key") == 1


def test_the_same_key_in_one_group_is_one_complaint(database: Database) -> None:
    sending = Sending(filing(), key())
    outcomes = file_all(database, *[sending] * 10, Sending(filing(), key()))
    receipts = [one for one in outcomes if isinstance(one, Receipt)]
    assert len(receipts) == 11
    assert len({(one.number, one.code) for one in receipts[:10]}) == 1
    assert [one.again for one in receipts] == [False] + [True] * 9 + [False]
    assert rows(database) == 2


def test_the_same_key_with_another_filing_is_refused_alone(database: Database) -> None:
    used = key()
    file_all(database, Sending(filing(), used))
    outcomes = file_all(database, Sending(filing(place="lain"), used), Sending(filing(), key()))
    assert isinstance(outcomes[0], Conflict) and isinstance(outcomes[1], Receipt)
    assert rows(database) == 2
    with pytest.raises(Conflict), database.write("complaints") as session:
        actions.file(session, filing(place="lain"), used, NOW, VAULT)


def test_a_number_that_is_taken_is_not_given_twice(database: Database) -> None:
    first = file_all(database, Sending(filing(), key()), draw=dice())
    again = file_all(database, Sending(filing(), key()), Sending(filing(), key()), draw=dice())
    numbers = {one.number for one in first + again if isinstance(one, Receipt)}
    assert len(numbers) == 3


def test_many_of_one_millisecond_do_not_meet(sqlite_database: Database) -> None:
    many = [Sending(filing(), key()) for _ in range(4000)]
    assert len({one.number for one in file_all(sqlite_database, *many) if isinstance(one, Receipt)}) == 4000
    assert rows(sqlite_database) == 4000


def test_neither_code_nor_key_is_stored(database: Database) -> None:
    sending = Sending(filing(), key())
    (receipt,) = file_all(database, sending)
    assert isinstance(receipt, Receipt)
    with database.read() as session:
        tables = ("complaint_request", "complaint_public", "complaint_private", "complaint_event", "complaint_state",
                  "complaint_key")
        stored = "\n".join(str([bytes(cell) if isinstance(cell, memoryview) else cell for cell in row])
                           for table in tables for row in session.execute(text(f"SELECT * FROM {table}")))
    for secret in (receipt.code, receipt.code.replace("-", ""), sending.key, sending.key.replace("-", "")):
        assert secret not in stored
        assert secret.lower() not in stored.lower()


def test_keys_are_kept_three_days_and_then_forgotten(database: Database) -> None:
    sending = Sending(filing(), key())

    def again_after(**span: float) -> bool:
        with database.write("complaints") as session:
            (outcome,) = actions.file_group(session, [sending], NOW + timedelta(**span), VAULT)
        assert isinstance(outcome, Receipt)
        return outcome.again

    assert [again_after(), again_after(hours=72), again_after(hours=97)] == [False, True, False]
    assert rows(database, "complaint_key") == 1


def test_the_past_can_be_written(database: Database) -> None:
    long_ago = NOW - timedelta(days=40)
    (receipt,) = file_all(database, Sending(filing(), key(), long_ago))
    assert isinstance(receipt, Receipt) and receipt.filed_at == long_ago
    case = case_of(database, receipt.number)
    assert {event.at for event in case.events} == {long_ago}


def test_ten_thousand_codes_differ() -> None:
    number = rules_number.number_from(5)
    assert len({rules_number.derive_code(SECRET, str(n), number) for n in range(10_000)}) == 10_000


def test_a_public_complaint_follows_no_confidential_one(database: Database) -> None:
    """The answers to the secret one were published at the other, with its number."""
    secret, public = (filed(database, shown=shown).number for shown in (Shown.CONFIDENTIAL, Shown.ANONYMOUS))
    with pytest.raises(Conflict):
        happens(database, public, Kind.MERGED, 1, detail=secret)
    assert happens(database, secret, Kind.MERGED, 1, detail=public).life.merged_into == public
