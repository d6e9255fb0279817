"""The front page: three answers, and what it says while there are none."""

from datetime import timedelta

import htpy as h
import pytest
from selectolax.lexbor import LexborHTMLParser

from cettar_site.base.seal import Vault
from cettar_site.base.words import words
from cettar_site.complaints import actions
from cettar_site.complaints.rules_filing import Filing
from cettar_site.home.island import front
from cettar_site.home.island_about import DATA, about
from cettar_site.infra import clock
from cettar_site.infra.db import Database
from tests.complaints.makers import TO, filing, key

VAULT = Vault(b"s" * 64)


def shown(lang: str = "id") -> LexborHTMLParser:
    """The front page as a reader's browser has it."""
    return LexborHTMLParser(str(h.fragment[front(words(lang), {})]))


def file(database: Database, one: Filing, days_ago: float = 0.0) -> None:
    with database.write("complaints") as session:
        actions.file(session, one, key(), clock.now() - timedelta(days=days_ago), VAULT, TO)


def test_an_empty_site_says_what_to_do(sqlite_database: Database) -> None:
    text = shown().text()
    assert "Belum ada aduan" in text and "Belum ada harga" in text
    assert shown().css_first('a.button[href="/aduan"]') is not None


def test_the_newest_complaint_is_there_and_its_words_stay_words(sqlite_database: Database) -> None:
    file(sqlite_database, filing(text="<script>alert(1)</script> jalan berlubang di depan sekolah"))
    page = shown()
    assert page.css_first("script") is None
    assert [link.text()[:31] for link in page.css(".newest a")] == ["<script>alert(1)</script> jalan"]


def test_a_late_complaint_is_marked_late(sqlite_database: Database) -> None:
    file(sqlite_database, filing(), days_ago=20)
    assert shown().css_first(".newest .state-late") is not None
    assert "0%" in shown().text()


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_link_of_the_english_page_stays_english(sqlite_database: Database, lang: str) -> None:
    links = [link.attributes["href"] or "" for link in shown(lang).css("a")]
    assert links and all(link.startswith("/en") == (lang == "en") for link in links)


def test_how_we_know_names_the_publishers_and_the_data() -> None:
    text = str(h.fragment[about(words("id"), {})])
    assert "Siskaperbapo" in text and all(address.split("?")[0] in text for address in DATA)
    assert 'id="data"' in text and 'id="simulasi"' in text
