"""Open data: cells that no spreadsheet runs, units that are the rows'."""

import csv
import io

from hypothesis import example, given
from hypothesis import strategies as st

from cettar_site.prices.rules_data import CSV_FIELDS, csv_row, safe_cell, unit_of
from tests.prices.makers import seen

TRIGGERS = "=+-@\t\r"


@given(st.text())
@example("＝1+1")
@example(" =1+1")
@example("\u200b=1")
@example("\n=1")
def test_no_cell_begins_like_a_formula_and_none_is_lost(text: str) -> None:
    cell = safe_cell(text)
    assert not cell or cell[0] not in TRIGGERS + "＝＋－＠"
    assert cell in (text, f"'{text}")


def test_numbers_stay_numbers() -> None:
    assert (safe_cell(20_000), safe_cell(-5), safe_cell(None)) == ("20000", "-5", "")


@given(st.text(), st.text())
def test_a_row_is_read_back_as_it_was(point: str, raw: str) -> None:
    written = io.StringIO()
    csv.writer(written).writerow(csv_row(seen(20_000, point=point, raw=raw)))
    read = next(csv.reader(io.StringIO(written.getvalue(), newline="")))
    fields = dict(zip(CSV_FIELDS, read, strict=True))
    assert fields["price"] == "20000"
    assert fields["point"].removeprefix("'") == point.removeprefix("'")


def test_the_unit_is_the_rows() -> None:
    assert unit_of([seen(unit="kg"), seen(unit="kg"), seen(unit="liter")], "ekor") == "Rp/kg"
    assert (unit_of([], "kg"), unit_of([], None)) == ("Rp/kg", "Rp")
