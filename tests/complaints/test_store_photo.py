"""Photos in the database: they wait, are attached once, are found again by their looks, and go when erased."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from cettar_site.base.errors import Refused
from cettar_site.complaints import actions_photo, store_photo
from cettar_site.complaints.actions import Sending, file_group
from cettar_site.complaints.rules import Kind, Shown
from cettar_site.complaints.rules_photo import Facts, FlagKind, Photo
from cettar_site.infra.db import Database
from tests.complaints.makers import NOW, VAULT, case_of, filed, filing, happens, key
from tests.complaints.photos import photo
from tests.complaints.test_rules_photo import sent_again
from tests.infra.pictures import scene

HERE = (-7.6, 111.9)


def rows(database: Database, table: str = "complaint_photo", where: str = "1 = 1") -> int:
    with database.read() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table} WHERE {where}")).scalar() or 0)


def photos_of(database: Database, number: str) -> tuple[Photo, ...]:
    with database.read() as session:
        return store_photo.photos_of(session, case_of(database, number).request.id)


def claim(database: Database, number: str, *ids: str, at: datetime | None = None) -> tuple[Photo, ...]:
    """The agency's claim with this evidence, a day after filing."""
    case = happens(database, number, Kind.CLAIMED, 24, "Sudah kami perbaiki seluruhnya, silakan diperiksa.")
    with database.write("complaints") as session:
        return actions_photo.attach_evidence(session, case, case.life.seq, ids, at or NOW + timedelta(hours=24), VAULT)


def kinds(photos: tuple[Photo, ...]) -> list[list[FlagKind]]:
    return [[flag.kind for flag in one.flags] for one in photos]


def sending(*ids: str) -> Sending:
    return Sending(filing(photos=ids), key())


def test_photos_are_attached_by_the_filing_in_their_order(database: Database) -> None:
    ids = tuple(photo(database) for _ in range(3))
    number = filed(database, photos=ids).number
    assert [(one.id, one.seq, one.evidence) for one in photos_of(database, number)] == [(one, 1, False) for one in ids]
    assert photos_of(database, filed(database).number) == ()


def test_what_is_not_there_or_not_free_is_refused_and_nothing_is_filed(database: Database) -> None:
    mine, evidence = photo(database), photo(database, evidence=True)
    filed(database, photos=(mine,))
    before = rows(database, "complaint_request")
    for ids in (("0" * 32,), (mine,), (evidence,), (photo(database), "0" * 32)):
        with pytest.raises(Refused) as refused:
            filed(database, photos=ids)
        assert [problem.field for problem in refused.value.problems] == ["photos"]
    assert rows(database, "complaint_request") == before and rows(database, where="complaint_id IS NULL") == 2


def test_two_filings_of_one_group_cannot_both_have_a_photo(database: Database) -> None:
    one = photo(database)
    sendings = [sending(one), sending(one)]
    with database.write("complaints") as session:
        first, second = file_group(session, sendings, NOW, VAULT)
    assert not isinstance(first, Exception) and isinstance(second, Refused)


def test_the_same_sending_gets_the_same_receipt_after_its_photos_were_attached(database: Database) -> None:
    sent = sending(photo(database), photo(database))
    with database.write("complaints") as session:
        (first,) = file_group(session, [sent], NOW, VAULT)
    with database.write("complaints") as session:
        (second,) = file_group(session, [sent], NOW + timedelta(hours=30), VAULT)
    assert not isinstance(first, Exception) and not isinstance(second, Exception)
    assert (first.number, first.code, second.again) == (second.number, second.code, True)


def test_the_same_file_of_one_sending_is_one_photo(database: Database) -> None:
    first, again = (photo(database, sent_as=b"x" * 32) for _ in range(2))
    assert first == again and rows(database) == 1
    filed(database, photos=(first,))
    assert photo(database, sent_as=b"x" * 32) == first, "also after it was attached"


def test_evidence_that_is_honest_raises_nothing_and_its_facts_are_forgotten(database: Database) -> None:
    number = filed(database, position=HERE, photos=(photo(database),)).number
    honest = photo(database, evidence=True, facts=Facts(NOW + timedelta(hours=20), HERE))
    assert rows(database, where="facts IS NOT NULL") == 1
    assert kinds(claim(database, number, honest)) == [[]]
    assert rows(database, where="facts IS NOT NULL") == 0
    assert [one.evidence for one in photos_of(database, number)] == [False, True]


def test_evidence_used_before_is_found_with_the_complaint_that_it_was_used_in(database: Database) -> None:
    work = scene(1, (640, 480))
    first, second, third = (filed(database).number for _ in range(3))
    facts = Facts(NOW + timedelta(hours=20))
    claim(database, first, photo(database, work, evidence=True, facts=facts), photo(database, evidence=True))
    nearly = photo(database, sent_again(work, 50, 0.5), evidence=True, facts=facts)
    (found,) = claim(database, second, nearly)
    assert [(flag.kind, flag.number) for flag in found.flags] == [(FlagKind.REUSED, first)]
    (again,) = claim(database, third, photo(database, work, evidence=True, facts=facts))
    assert [(flag.kind, flag.number) for flag in again.flags] == [(FlagKind.REUSED, first)], "the oldest is named"


def test_a_confidential_complaint_is_not_named_where_everyone_reads(database: Database) -> None:
    """Who reads that its evidence shows this very place knows what it is about."""
    secret, seen = filed(database, shown=Shown.CONFIDENTIAL).number, filed(database).number
    claim(database, secret, photo(database, scene(2), evidence=True))
    (found,) = claim(database, seen, photo(database, scene(2), evidence=True))
    assert [flag.number for flag in found.flags if flag.kind is FlagKind.REUSED] == [""]
    third = filed(database).number
    (again,) = claim(database, third, photo(database, scene(2), evidence=True))
    assert [flag.number for flag in again.flags if flag.kind is FlagKind.REUSED] == [seen], "one that may be named"


def test_two_photos_of_one_claim_may_be_alike(database: Database) -> None:
    work, facts = scene(2, (640, 480)), Facts(NOW + timedelta(hours=20))
    two = [photo(database, one, evidence=True, facts=facts) for one in (work, sent_again(work, 60, 0.8))]
    assert kinds(claim(database, filed(database).number, *two)) == [[], []]


def test_the_filers_own_photo_is_no_evidence(database: Database) -> None:
    hole = scene(3, (640, 480))
    number = filed(database, position=HERE, photos=(photo(database), photo(database, hole))).number
    far = Facts(NOW - timedelta(days=2), (-7.25, 112.75))
    (found,) = claim(database, number, photo(database, sent_again(hole, 70, 0.6), evidence=True, facts=far))
    assert [flag.kind for flag in found.flags] == [FlagKind.OWN, FlagKind.FAR, FlagKind.EARLIER]


def test_only_evidence_that_waits_can_be_attached_as_evidence(database: Database) -> None:
    mine, used = photo(database), photo(database, evidence=True)
    claim(database, filed(database).number, used)
    for ids in ((mine,), (used,), ("0" * 32,)):
        with pytest.raises(Refused):
            claim(database, filed(database).number, *ids)
    assert claim(database, filed(database).number) == ()


def kept(database: Database, photo_id: str) -> Any:
    with database.read() as session:
        return store_photo.kept(session, photo_id)


def test_a_photo_is_public_with_its_complaint_and_event(database: Database) -> None:
    mine, secret, waits = photo(database), photo(database), photo(database)
    number = filed(database, photos=(mine,)).number
    filed(database, photos=(secret,), shown=Shown.CONFIDENTIAL)
    assert kept(database, mine).public and not kept(database, secret).public and kept(database, waits) is None
    happens(database, number, Kind.HIDDEN, detail="personal")
    assert not kept(database, mine).public
    happens(database, number, Kind.REVEALED)
    assert kept(database, mine).public
    case = happens(database, number, Kind.NOTED, text="catatan")
    desks_own = photo(database)
    with database.write() as session:
        actions_photo.attach(session, (desks_own,), case.request, case.life.seq)
    assert not kept(database, desks_own).public


def test_erasing_takes_the_photos_with_their_salts(database: Database) -> None:
    number, other = filed(database, photos=(photo(database),)).number, filed(database, photos=(photo(database),)).number
    claim(database, number, photo(database, evidence=True))
    assert rows(database, "complaint_photo_band") == 8
    happens(database, number, Kind.ERASED, 48)
    assert photos_of(database, number) == () and len(photos_of(database, other)) == 1
    assert rows(database) == 1 and rows(database, "complaint_photo_band") == 0


def test_a_photo_without_its_filing_is_forgotten_after_a_day(database: Database) -> None:
    old, fresh = photo(database, at=NOW - timedelta(hours=25)), photo(database, at=NOW - timedelta(hours=23))
    used = photo(database, at=NOW - timedelta(hours=30))
    filed(database, photos=(used,))
    with database.write() as session:
        assert actions_photo.forget(session, NOW) == [old]
    with database.read() as session:
        assert store_photo.known(session, [old, fresh, used]) == {fresh, used}
