"""The chart's picture: well-formed, light, in the page's colours, in the reader's language."""

import gzip
import xml.etree.ElementTree as tree
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from cettar_site.base.words import words
from cettar_site.prices import chart
from cettar_site.prices.chart import Kept, inline_svg, standalone_svg
from cettar_site.prices.chart_spec import INKS, SPECIFICATIONS, coloured, explored, line_label, locale, spec
from cettar_site.prices.rules_chart import Line, Mark, Picture, picture
from tests.prices.makers import seen, walk

ID, EN = words("id"), words("en")
FIRST = date(2016, 8, 2)
LIGHTEST = 12 * 1024  # bytes, packed, of one picture in a page


def drawn(prices: Sequence[int | None], *more: Sequence[int | None]) -> Picture:
    rows = [
        seen(price, FIRST + timedelta(days=at), point=f"Pasar Nomor {number}", series=number)
        for number, series in enumerate((prices, *more))
        for at, price in enumerate(series)
        if price
    ]
    made = picture(rows)
    assert made is not None
    return made


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_ten_years_of_two_points_stay_light(size: str) -> None:
    ten_years = drawn(walk(3_670, 1), walk(3_670, 2))
    svg = inline_svg(ten_years, ID, size, "Judul")  # type: ignore[arg-type]
    assert len(gzip.compress(svg.encode())) <= LIGHTEST
    tree.fromstring(svg)


def test_a_year_of_four_points_stays_light() -> None:
    svg = inline_svg(drawn(*(walk(365, seed) for seed in range(4))), ID, "desk", "Judul")
    assert len(gzip.compress(svg.encode())) <= LIGHTEST


def test_the_picture_wears_the_pages_colours_and_fonts() -> None:
    svg = inline_svg(drawn([20_000, 21_000, 22_000]), ID, "phone", 'Harga "naik" <b>')
    assert all(stand_in not in svg for stand_in in INKS)
    assert "var(--chart-1)" in svg and "var(--chart-grid)" in svg
    assert "font-family" not in svg and "<script" not in svg and "style=" not in svg
    assert 'aria-label="Harga &quot;naik&quot; &lt;b&gt;"' in svg


def test_a_picture_of_its_own_wears_light_colours_and_its_finding() -> None:
    svg = standalone_svg(drawn([20_000, 21_000]), ID, "desk", "Harga naik", "Sumber: Siskaperbapo")
    assert "var(--" not in svg and "#fbfaf6" in svg
    assert "Harga naik" in svg and "Sumber: Siskaperbapo" in svg
    tree.fromstring(svg)


def test_a_gap_breaks_the_line_and_a_lone_price_is_a_point() -> None:
    whole, broken, lone = (
        drawn([20_000] * 9),
        drawn([20_000] * 4 + [None] + [20_000] * 4),
        drawn([20_000] * 4 + [None, 20_000, None] + [20_000] * 4),
    )
    assert {row["s"] for row in spec(whole, ID)["datasets"]["marks"]} == {"0-0"}
    assert {row["s"] for row in spec(broken, ID)["datasets"]["marks"]} == {"0-0", "0-1"}
    assert sum("lone" in row for row in spec(lone, ID)["datasets"]["marks"]) == 1


def test_numbers_and_days_are_the_readers() -> None:
    days = drawn([20_000 + 100 * day for day in range(60)])
    assert "20.000" in inline_svg(days, ID, "desk", "x") and "Agu" in inline_svg(days, ID, "desk", "x")
    assert "20,000" in inline_svg(days, EN, "desk", "x") and "Aug" in inline_svg(days, EN, "desk", "x")
    numbers, names = locale(ID)
    assert (numbers["decimal"], numbers["thousands"], names["months"][7], names["days"][0]) == (
        ",",
        ".",
        "Agustus",
        "Minggu",
    )


def test_long_names_are_cut_to_short_lines() -> None:
    line = Line("Peternak Desa Kambingan di Kecamatan yang Namanya Panjang", "35.05", (Mark(FIRST, 20_000, 0),))
    label = line_label(ID, line, "phone")
    assert label[-1] == "Rp20.000" and len(label) <= 4 and max(map(len, label)) <= 11


def test_a_name_cannot_break_out_of_the_picture() -> None:
    rows = [
        seen(price, FIRST + timedelta(days=at), point="<script>alert(1)</script>")
        for at, price in enumerate([20_000, 21_000])
    ]
    made = picture(rows)
    assert made is not None
    assert "<script" not in inline_svg(made, ID, "desk", "x")
    tree.fromstring(inline_svg(made, ID, "desk", "x"))


def test_the_chart_to_explore_fills_its_place_and_tells_each_price() -> None:
    whole = explored(drawn([20_000, 21_000]), EN)
    assert whole["width"] == "container"
    assert [field["field"] for field in whole["layer"][-1]["encoding"]["tooltip"]] == ["n", "t", "v"]
    assert whole["config"]["locale"]["number"]["thousands"] == ","
    assert "var(--chart-1)" in coloured(str(whole))


def test_a_specification_is_built_once_and_never_changed() -> None:
    before = {kind: repr(whole) for kind, whole in SPECIFICATIONS.items()}
    explored(drawn([20_000, 21_000]), ID)
    spec(drawn([20_000, 21_000]), EN, "phone")
    assert {kind: repr(whole) for kind, whole in SPECIFICATIONS.items()} == before
    assert all("datasets" not in whole for whole in SPECIFICATIONS.values())


def test_a_crowd_is_drawn_one_picture() -> None:
    made: list[int] = []

    def make() -> str:
        made.append(1)
        return "picture"

    kept = Kept(2)
    assert [kept.get("a", make), kept.get("a", make)] == ["picture", "picture"] and len(made) == 1
    for name in ("b", "c", "a"):
        kept.get(name, make)
    assert len(made) == 4
    assert chart.KEPT >= 64
