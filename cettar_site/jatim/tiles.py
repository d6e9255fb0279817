"""East Java as tiles: every regency and city once, equally large, about where it lies.

Nine to a row, from the north-west to the south-east; "" leaves a place free. Areas are left out on purpose: on a map
to scale the nine cities, where a quarter of the people live, can't be seen.
"""

from __future__ import annotations

ROWS: tuple[tuple[str, ...], ...] = (
    ("", "", "35.23", "35.24", "35.25", "35.26", "35.27", "35.28", "35.29"),
    ("35.21", "35.19", "35.22", "35.17", "35.76", "35.78", "", "", ""),
    ("35.20", "35.77", "35.18", "35.06", "35.16", "35.15", "35.75", "35.74", ""),
    ("", "35.02", "35.71", "35.72", "35.79", "35.14", "35.13", "35.11", "35.12"),
    ("35.01", "35.03", "35.04", "35.05", "35.73", "35.07", "35.08", "35.09", "35.10"),
)

SHORT: dict[str, str] = {
    "35.01": "Pct", "35.02": "Png", "35.03": "Trg", "35.04": "Tla", "35.05": "Blt", "35.06": "Kdr", "35.07": "Mlg",
    "35.08": "Lmj", "35.09": "Jbr", "35.10": "Bwi", "35.11": "Bdw", "35.12": "Stb", "35.13": "Prb", "35.14": "Psr",
    "35.15": "Sda", "35.16": "Mjk", "35.17": "Jbg", "35.18": "Njk", "35.19": "Mdn", "35.20": "Mgt", "35.21": "Ngw",
    "35.22": "Bjn", "35.23": "Tbn", "35.24": "Lmg", "35.25": "Gsk", "35.26": "Bkl", "35.27": "Spg", "35.28": "Pmk",
    "35.29": "Smp", "35.71": "Kdr", "35.72": "Blt", "35.73": "Mlg", "35.74": "Prb", "35.75": "Psr", "35.76": "Mjk",
    "35.77": "Mdn", "35.78": "Sby", "35.79": "Batu"}
"""What fits into a tile on a phone; the whole name stands beside it for who can't guess."""
