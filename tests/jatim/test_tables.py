"""The tables as files: every value of a fact has its source, and nothing unsourced slipped in."""

import re
from importlib.resources import files

import pytest

from cettar_site.base.errors import NotFound
from cettar_site.jatim.tables import fold, found, index, rows, squeeze, whole, words_of

NAMES = sorted(
    file.name for file in (files("cettar_site.jatim") / "data").iterdir() if file.name.endswith(".csv")
)
UNSOURCED = re.compile(r"unsourced|general knowledge|guess|host name pattern|sources disagree", re.IGNORECASE)


def test_these_are_the_tables():
    assert NAMES == [
        "agencies.csv",
        "categories.csv",
        "commodities.csv",
        "commodity_names.csv",
        "contacts.csv",
        "districts.csv",
        "markets.csv",
        "point_names.csv",
        "regions.csv",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_is_marked_unsourced(name: str):
    assert [cell for row in rows(name) for cell in row.values() if UNSOURCED.search(cell)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_a_source(name: str):
    column = "name_source" if name == "agencies.csv" else "source"
    assert all(row[column] for row in rows(name))


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_whole_and_cells_are_tidy(name: str):
    table = rows(name)
    assert table
    assert all(None not in row and None not in row.values() for row in table)
    assert [cell for row in table for cell in row.values() if cell != cell.strip() or "\u00a0" in cell] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_value_and_its_source_stand_or_fall_together(name: str):
    for row in rows(name):
        for column in [one for one in row if one.endswith("_source") and one.removesuffix("_source") in row]:
            value = column.removesuffix("_source")
            assert bool(row[value]) == bool(row[column]), (row[value], row[column])


def test_no_capital_and_no_boundary_is_kept():
    assert "capital" not in rows("regions.csv")[0]
    assert not [file for file in (files("cettar_site.jatim") / "data").iterdir() if "geojson" in file.name]


def test_names_are_folded_for_comparison_only():
    assert fold("-  KOL / kubis ") == fold("Kol/Kubis")
    assert squeeze("Pasar Gempol  Kerep") == "Pasar Gempol Kerep"
    assert words_of("a; b;;c") == ("a", "b", "c")
    assert words_of("") == ()
    assert whole("") is None
    assert whole("12") == 12


def test_a_key_met_twice_is_refused():
    with pytest.raises(ValueError, match="'a' stands twice"):
        index(["a", "b", "a"], lambda one: one)


def test_what_must_exist_and_does_not_is_not_found():
    with pytest.raises(NotFound, match=r"no such region \(code='35.99'\)"):
        found(None, "region", "35.99")
    assert found("x", "region", "35.01") == "x"
