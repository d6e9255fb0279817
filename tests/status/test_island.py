"""The status page's HTML."""

import htpy as h
import pytest
from selectolax.lexbor import LexborHTMLParser

from cettar_site.base.words import words
from cettar_site.infra import clock
from cettar_site.infra.db import Database
from cettar_site.status import actions, island
from cettar_site.status.rules import Outcome
from tests.status.makers import DAY, HOUR, MINUTE, a_job, an_ending, must_claim, plan, ran

NASTY = "<script>alert(1)</script>&\"'"


def page(lang: str = "id") -> LexborHTMLParser:
    return LexborHTMLParser(str(h.div[island.status(words(lang), {})]))


def said(lang: str = "id") -> str:
    text = page(lang).text(separator=" ")
    return " ".join(text.split())


def test_before_any_scheduler_ran_the_page_says_so(database: Database):
    text = said()
    assert "Penjadwal belum pernah berjalan di sini." in text
    assert "menjawab" in text and "GB" in text


def test_runs_by_hand_are_listed_before_any_scheduler_ran(database: Database):
    plan(database, a_job("import", cron="", stale_after=None, description="Memasukkan berkas"), now=clock.now())
    with database.write("jobs") as session:
        lease = actions.claim_by_hand(session, "import", None, owner="hand-ab12", now=clock.now())
        assert lease is not None
        actions.finish(session, lease, an_ending(rows_in=1412), clock.now(), counts=True)
    text = said()
    assert "Penjadwal belum pernah berjalan di sini." in text and "Semua berjalan" not in text
    assert "Memasukkan berkas" in text and "1.412 baris" in text


def test_all_is_well(database: Database):
    now = clock.now()
    plan(database, a_job(), a_job("second", description="Mengepel", source="Siskaperbapo"), now=now)
    ran(database, window=now - HOUR)
    ran(database, "second", window=now - HOUR, ending=an_ending(rows_in=1412, rows_refused=3))
    text = said()
    assert "Semua berjalan: 2 pekerjaan." in text
    assert "1.412 baris, 3 ditolak" in text
    assert "selesai, 4 detik" in text
    assert "Belum ada yang gagal." in text
    assert words("id").short_moment(now.replace(minute=0, second=0, microsecond=0) + HOUR) in text
    assert [section.text() for section in page().css("h2")] == [
        "Sumber data", "Kegagalan terakhir", "Mesin", "Catatan terakhir"]


def test_a_late_source_is_the_first_thing_said(database: Database):
    now = clock.now()
    plan(database, a_job(source="Siskaperbapo Jawa Timur"), now=now - 2 * DAY)
    ran(database, window=now - DAY)
    ran(database, window=now - HOUR, ending=an_ending(
        Outcome.FAILED, error_kind="forbidden", error_text="Sumber tidak mengizinkan kami membaca",
        error_address="https://harga.example/tabel"))
    answer = page().css_first(".answer")
    assert answer is not None and answer.text() == "1 sumber terlambat."
    text = said()
    assert "Sumber tidak mengizinkan kami membaca" in text
    assert "https://harga.example/tabel" in page().text()
    assert "Belum berhasil" in text
    assert "terlambat sesudah 3 jam" in text
    assert page().css_first(".state-late") is not None


def test_a_failure_that_was_mended_is_still_told(database: Database):
    now = clock.now()
    plan(database, a_job(), now=now)
    ran(database, window=now - 2 * HOUR, ending=an_ending(
        Outcome.FAILED, error_kind="ValueError", error_text="jobs/runner.py:7"))
    ran(database, window=now - HOUR)
    text = said()
    assert "Semua berjalan" in text and "Berhasil lagi" in text
    assert "Kesalahan di program kami" in text and "ValueError jobs/runner.py:7" in page().text()


def test_what_runs_now_is_shown_as_running(database: Database):
    now = clock.now()
    plan(database, a_job(), now=now)
    with database.write("jobs") as session:
        must_claim(session, "sweep", now)
    assert "Sedang berjalan" in said()


def test_whatever_a_source_says_is_text(sqlite_database: Database):
    now = clock.now()
    plan(sqlite_database, a_job(description=NASTY, source=NASTY), now=now)
    ran(sqlite_database, window=now - HOUR, ending=an_ending(detail=NASTY))
    ran(sqlite_database, window=now, ending=an_ending(
        Outcome.FAILED, detail="{missing", error_kind="x", error_text=NASTY, error_address=f"https://a/{NASTY}"))
    html = str(h.div[island.status(words("id"), {"x": NASTY})])
    assert "<script" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_page_holds_in_both_languages_and_shows_no_catalogue_head(sqlite_database: Database, lang: str):
    now = clock.now()
    plan(sqlite_database, a_job(), a_job("by_hand", cron="", stale_after=None), now=now)
    ran(sqlite_database, window=now - MINUTE, ending=an_ending(Outcome.STOPPED))
    text = said(lang)
    assert "Content-Type" not in text
    assert "None" not in text


def test_a_busy_job_does_not_crowd_out_the_others(sqlite_database: Database):
    now = clock.now()
    plan(sqlite_database, a_job(), a_job("busy", cron="* * * * *", description="Sibuk"), now=now)
    ran(sqlite_database, window=now - HOUR)
    for minute in range(50):
        ran(sqlite_database, "busy", window=now - (50 - minute) * MINUTE)
    assert "Menyapu" in page().css("table")[-1].text()


def test_the_page_is_made_anew_with_each_run(sqlite_database: Database):
    before = island.key()
    plan(sqlite_database, a_job())
    assert island.key() != before
