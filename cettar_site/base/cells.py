"""Cells of a CSV that a spreadsheet must not take for a formula.

A cell that begins with one of = + - @ tab or carriage return (or a full-width twin) gets an apostrophe in front, as
OWASP advises ("CSV Injection"); reading takes it off again, so a round trip loses nothing.
"""

from __future__ import annotations

TRIGGERS = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"


def guarded(cell: str) -> str:
    """The cell as it is written."""
    return f"'{cell}" if cell.lstrip("'")[:1] in TRIGGERS and cell.lstrip("'") else cell


def unguarded(cell: str) -> str:
    """The cell as it was before it was written."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'")[:1] in TRIGGERS and cell.lstrip("'") else cell
