"""The page's first HTML: question, answer, choice, chart, tables; everything escaped."""

from datetime import date, timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser

from cettar_site.base.words import words
from cettar_site.infra.db import Database
from cettar_site.prices import island
from cettar_site.prices.rules import Level
from tests.prices.makers import days, keep, observation, walk

ID, EN = words("id"), words("en")
FIRST = date(2026, 1, 1)
NASTY = '<script>alert("x")</script>&\'"'


def page(query: dict[str, str] | None = None, w: object = ID) -> LexborHTMLParser:
    return LexborHTMLParser(str(island.harga(w, query or {})))  # type: ignore[arg-type]


def text(tree: LexborHTMLParser, css: str) -> str:
    found = tree.css_first(css)
    return " ".join(found.text().split()) if found is not None else ""


def of(tree: LexborHTMLParser, css: str, attribute: str) -> str | None:
    found = tree.css_first(css)
    assert found is not None, css
    return found.attributes.get(attribute, "none")


@pytest.fixture
def prices(sqlite_database: Database) -> Database:
    keep(
        sqlite_database,
        [
            *days([20_000] * 20),
            observation(200_000, FIRST + timedelta(days=20)),
            observation(21_000, FIRST + timedelta(days=21)),
            *days([25_000] * 22, region="35.13", point="Pasar Dringu"),
            *days([35_000] * 3, level=Level.CONSUMER, region="35.78", point="Pasar Genteng"),
        ],
    )
    return sqlite_database


def test_without_prices_the_page_says_what_to_do(sqlite_database: Database) -> None:
    tree = page({"komoditas": "durian"})
    assert "Belum ada harga" in text(tree, "body")
    assert tree.css_first('a[href="/status"]') is not None
    assert "Belum ada harga" in str(island.latest_strip(ID))


def test_the_question_is_answered_with_number_day_and_source(prices: Database) -> None:
    tree = page({"wilayah": "35.18"})
    assert text(tree, "h1") == "Berapa harga Bawang Merah di Kab. Nganjuk?"
    assert text(tree, ".answer") == (
        "Rp21.000 per kg pada 22 Januari 2026 di Pasar Sukomoro, Kab. Nganjuk, menurut Siskaperbapo."
    )
    assert "Siskaperbapo" in text(tree, ".source") and "diambil 20 Agustus 2026" in text(tree, ".source")


def test_a_producer_markets_price_is_never_called_the_farmers(prices: Database) -> None:
    whole = text(page(), "body").lower()
    assert "pasar produsen" in whole
    assert "harga petani" not in whole and "harga di tingkat petani" not in whole
    assert "bukan harga yang diterima petani" in whole


def test_several_points_answer_with_the_middle(prices: Database) -> None:
    assert text(page(), ".answer").startswith("Rp23.000 per kg pada 22 Januari 2026, harga tengah dari 2 titik")


def test_the_choice_works_without_a_script(prices: Database) -> None:
    tree = page({"wilayah": "35.18", "dari": "2026-01-02", "sampai": "2026-01-09"})
    form = tree.css_first("form")
    assert form is not None
    assert (form.attributes["method"], form.attributes["action"]) == ("get", "/harga")
    names = {field.attributes.get("name") for field in form.css("select, input")}
    assert names >= {"komoditas", "wilayah", "tingkat", "periode", "dari", "sampai"}
    assert of(tree, 'input[name="dari"]', "value") == "2026-01-02"
    chosen = {option.attributes["value"] for option in form.css("option[selected]")}
    assert chosen >= {"bawang-merah", "35.18", "produsen"}
    assert of(tree, "form details", "open") != "none"


def test_the_chart_is_inline_for_a_phone_and_a_desk(prices: Database) -> None:
    tree = page({"wilayah": "35.18"})
    for size in ("phone", "desk"):
        svg = tree.css_first(f"svg.at-{size}")
        assert svg is not None and svg.attributes["role"] == "img"
        assert "var(--chart-1)" in str(svg.html) and "200.000" not in str(svg.html)
    assert "naik 5%" in text(tree, "figcaption") or "tetap" in text(tree, "figcaption")


def test_what_is_held_is_listed_apart_with_its_reason(prices: Database) -> None:
    tree = page({"wilayah": "35.18"})
    tables = [" ".join(table.text().split()) for table in tree.css("table")]
    assert "Rp200.000" not in tables[0]
    assert "Rp200.000" in tables[-1] and "batas harga yang masuk akal" in tables[-1]


def test_a_warning_is_told_beside_its_price(prices: Database) -> None:
    keep(prices, days([20_500] * 22, level=Level.CONSUMER, region="35.18", point="Pasar Wage"))
    for w, words_of_it in ((ID, "Lebih tinggi daripada harga eceran"), (EN, "Above the retail price")):
        tree = page({"wilayah": "35.18", "tingkat": "produsen"}, w)
        first = tree.css("table")[0].css("tbody tr")[0].text()
        assert "21.000" in first.replace(",", ".") and words_of_it in first
    assert "di daerah yang sama: 1." in text(page({"wilayah": "35.18", "tingkat": "produsen"}), "body")


def test_the_newest_ten_rows_come_first_and_the_rest_is_folded(prices: Database) -> None:
    tree = page({"wilayah": "35.18"})
    rows = tree.css("table")[0].css("tbody tr")
    assert len(rows) == 10
    assert "22 Jan 2026" in rows[0].text() and "naik Rp1.000" in rows[0].text()
    assert "Semua angka di tabel: Siskaperbapo" in text(tree, "body")
    assert [details for details in tree.css("details") if "Hari-hari sebelumnya" in details.text()]


def test_this_view_may_be_taken_away(prices: Database) -> None:
    links = {link.text(): link.attributes["href"] for link in page({"wilayah": "35.18", "periode": "30h"}).css("a")}
    assert links["CSV"] == (
        "/api/v1/prices.csv?commodity=bawang-merah&region=35.18&level=producer&from=2026-01-01&to=2026-01-22"
    )
    assert links["Alamat tampilan ini"] == ("/harga?komoditas=bawang-merah&wilayah=35.18&tingkat=produsen&periode=30h")


def test_a_wrong_query_is_told(prices: Database) -> None:
    tree = page({"wilayah": "35.01", "periode": "x"})
    assert "disesuaikan" in text(tree, ".notice") and "1 tahun terakhir" in text(tree, ".notice")
    assert text(tree, "h1") == "Berapa harga Bawang Merah di Jawa Timur?"


@pytest.mark.parametrize("name", ["komoditas", "wilayah", "tingkat", "periode", "dari", "sampai"])
def test_nothing_of_a_query_comes_back_unescaped(prices: Database, name: str) -> None:
    html = str(island.harga(ID, {name: NASTY}))
    assert "<script" not in html and "alert(" not in html


def test_nothing_of_a_publisher_comes_back_unescaped(sqlite_database: Database) -> None:
    keep(
        sqlite_database,
        [*days([20_000] * 5, point=NASTY), observation(200_000, FIRST + timedelta(days=6), point=NASTY)],
    )
    html = str(island.harga(ID, {})) + str(island.latest_strip(ID))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_english_has_its_own_address_and_words(prices: Database) -> None:
    tree = page({"wilayah": "35.18"}, EN)
    assert of(tree, "form", "action") == "/en/harga"
    assert "Shallot" in text(tree, "h1")


def test_the_strip_has_three_goods_and_shallots_lead(prices: Database) -> None:
    keep(
        prices,
        [
            *days(walk(10), commodity="cabe-rawit-merah", region="35.09", point="Pasar Tanjung"),
            *days([13_000] * 10, commodity="beras-produsen", region="35.78", point="PS Bendul Merisi"),
            *days([25_000] * 10, commodity="telur-produsen", region="35.05", point="UD Telur Intan"),
        ],
    )
    strip = LexborHTMLParser(str(island.latest_strip(ID)))
    figures = [" ".join(one.text().split()) for one in strip.css(".figure")]
    assert len(figures) == 3
    assert "Bawang Merah di pasar produsen pada 22 Januari 2026" in figures[0] and "Rp23.000" in figures[0]


def test_a_new_price_is_on_the_next_page(prices: Database) -> None:
    page({"wilayah": "35.18"})
    keep(prices, [observation(22_000, FIRST + timedelta(days=22))])
    assert text(page({"wilayah": "35.18"}), ".answer").startswith("Rp22.000 per kg pada 23 Januari 2026")


def test_ten_thousand_rows_make_no_longer_page(sqlite_database: Database) -> None:
    rows = [row for number in range(40) for row in days([20_000 + 100 * number] * 250, point=f"Pasar {number}")]
    keep(sqlite_database, rows)
    html = str(island.harga(ID, {"periode": "semua"}))
    assert len(html) < 60_000
    assert "Pita warna memuat separuh dari 40 titik pantau" in html
