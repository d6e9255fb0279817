"""Erasing takes every word, from wherever it is, whatever happened to the complaint before."""

import pytest
from sqlalchemy import text

from cettar_site.complaints import store_lists
from cettar_site.complaints.rules import Kind, Shown
from cettar_site.complaints.store_lists import Wanted
from cettar_site.infra.db import Database
from tests.complaints.makers import filed, happens

HIDDEN, REVEALED, ERASED = Kind.HIDDEN, Kind.REVEALED, Kind.ERASED
WAYS: tuple[tuple[Kind, ...], ...] = (
    (ERASED,), (HIDDEN, ERASED), (HIDDEN, REVEALED, ERASED), (HIDDEN, REVEALED, HIDDEN, ERASED, REVEALED),
    (ERASED, HIDDEN, REVEALED), (Kind.WITHDRAWN, ERASED))


@pytest.mark.parametrize("shown", list(Shown))
@pytest.mark.parametrize("way", WAYS)
def test_the_search_index_stays_sound(database: Database, way: tuple[Kind, ...], shown: Shown) -> None:
    kept = filed(database, text="Selokan mampet di depan sekolah dasar kami.").number
    number = filed(database, shown=shown).number
    for at, kind in enumerate(way):
        happens(database, number, kind, at + 1, detail="personal" if kind is HIDDEN else "")
    with database.write() as session:
        for words in (("berlubang",), ("jalan",)):
            assert store_lists.listed(session, Wanted(words=words), 9).briefs == ()
        (found,) = store_lists.listed(session, Wanted(words=("selokan",)), 9).briefs
        if database.is_sqlite:
            session.execute(text("INSERT INTO complaint_search (complaint_search) VALUES ('optimize')"))
            assert session.execute(text("SELECT count(*) FROM complaint_search_docsize")).scalar() == 1
    assert found.number == kept
