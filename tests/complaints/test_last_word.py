"""The filer's last word: to the end of the day that pages name, and told beforehand who will read it."""

from datetime import timedelta

import pytest

from cettar_site.base.words import words
from cettar_site.complaints.island_mine import Mine
from cettar_site.complaints.island_mine_forms import withdraw_page, word_forms
from cettar_site.complaints.rules import Case, Kind, Shown
from cettar_site.complaints.rules_clock import has_word
from cettar_site.complaints.store_rows import REPLY
from cettar_site.infra.db import Database
from tests.complaints.makers import NOW, filed, happens
from tests.complaints.test_view_words import CLAIMED, case

W = words("id")
KEYS = Mine("JTM-0000-0000", "A" * 24)


def test_the_last_word_runs_to_the_end_of_the_day_that_is_named() -> None:
    life = case(CLAIMED).life
    claimed = NOW + timedelta(days=1)  # ten in the morning in Surabaya
    assert has_word(life, claimed + timedelta(days=90, hours=13, minutes=59))
    assert not has_word(life, claimed + timedelta(days=90, hours=14))


@pytest.mark.parametrize(("shown", "told"), [(Shown.ANONYMOUS, True), (Shown.OPEN, True), (Shown.CONFIDENTIAL, False)])
def test_whoever_writes_why_knows_whether_everyone_reads_it(shown: Shown, told: bool) -> None:
    found: Case = case(CLAIMED, shown=shown)
    for node in (word_forms(W, found, KEYS, True), withdraw_page(W, found, KEYS)):
        said = str(node)
        assert ("halaman umum" in said) is told
        assert ("Hanya dibaca instansi yang menangani" in said) is not told


def test_two_replies_of_one_moment_are_both_kept(database: Database) -> None:
    """Of two machines one may be behind: then the later reply is written down at the earlier one's moment."""
    number = filed(database).number
    happens(database, number, Kind.REPLIED, 1, "Terima kasih, sudah kami terima.")
    happens(database, number, Kind.REPLIED, 1, "Mohon menunggu sebentar.")
    with database.read() as session:
        assert len(session.execute(REPLY.select()).all()) == 2
