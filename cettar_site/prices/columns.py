"""The columns of the tables of prices, declared once for the first HTML and the live view."""

from cettar_site.base.words import mark
from cettar_site.ui.table import Column

COLUMNS = (
    Column("day", mark("Tanggal"), kind="date", phone="pair"),
    Column("point", mark("Titik pantau"), phone="lead", note_key="region"),
    Column("price", mark("Harga"), align="right", kind="number", phone="side", note_key="note"),
    Column("change", mark("Dibanding sebelumnya"), align="right", kind="number", phone="pair"),
)
CAPTION = mark("Harga terbaru")

HELD_COLUMNS = (
    Column("day", mark("Tanggal"), kind="date", phone="pair"),
    Column("point", mark("Titik pantau"), phone="lead", note_key="region"),
    Column("price", mark("Tertulis"), align="right", kind="number", phone="side"),
    Column("reason", mark("Mengapa ditahan"), phone="pair"),
)
HELD_CAPTION = mark("Ditahan, tidak digambar")
