"""No cell that we write is a formula, and none loses a letter on its way there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.base.cells import TRIGGERS, guarded, unguarded

MARKED = st.builds(lambda marks, rest: marks + rest, st.text("'" + TRIGGERS, max_size=4), st.text())
CELLS = st.text(max_size=30) | MARKED


@given(CELLS)
def test_no_written_cell_begins_like_a_formula(cell: str) -> None:
    assert guarded(cell)[:1] not in tuple(TRIGGERS)


@given(CELLS)
def test_there_and_back_is_the_same(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize(("cell", "written"), [
    ("=1+1", "'=1+1"), ("'=1+1", "''=1+1"), ("-5", "'-5"), ("biasa", "biasa"), ("", ""), ("'kutip'", "'kutip'")])
def test_what_is_guarded(cell: str, written: str) -> None:
    assert guarded(cell) == written
