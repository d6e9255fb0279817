"""The leaderboard's columns, declared once for the first HTML and the live table."""

from cettar_site.base.words import mark
from cettar_site.ui.table import Column

COLUMNS = (
    Column("rank", mark("Urutan"), align="right", kind="rank", phone="rank"),
    Column("name", mark("Instansi"), phone="lead", note_key="note"),
    Column("share", mark("Dijawab dalam 2 hari kerja"), align="right", kind="number", phone="side", note_key="of",
           meter_key="percent"),
    Column("waiting", mark("Menunggu"), align="right", kind="number", phone="pair"),
    Column("overdue", mark("Lewat waktu"), align="right", kind="number", phone="pair"),
    Column("median", mark("Waktu tunggu tengah"), short=mark("Tunggu tengah"),
           align="right", kind="number", phone="pair"),
)
CAPTION = mark("Kecepatan menjawab setiap instansi Provinsi Jawa Timur")
