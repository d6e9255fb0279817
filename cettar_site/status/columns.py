"""The tables of the status page."""

from cettar_site.base.words import mark
from cettar_site.ui.table import Column

JOBS = (
    Column("name", mark("Pekerjaan"), phone="lead", note_key="source"),
    Column("state", mark("Keadaan"), kind="state", phone="side"),
    Column("last", mark("Terakhir berjalan"), kind="date", note_key="last_note"),
    Column("result", mark("Hasil"), note_key="detail"),
    Column("next", mark("Berikutnya"), kind="date"),
)
SOURCES = (
    Column("name", mark("Sumber"), phone="lead"),
    Column("state", mark("Keadaan"), kind="state", phone="side"),
    Column("success", mark("Terakhir berhasil diambil"), note_key="allowed"),
    Column("failure", mark("Terakhir gagal"), note_key="reason"),
)
FAILURES = (
    Column("name", mark("Pekerjaan"), phone="lead"),
    Column("since", mark("Sesudah itu"), kind="state", phone="side"),
    Column("when", mark("Waktu"), kind="date"),
    Column("reason", mark("Sebab"), note_key="remark"),
)
RUNS = (
    Column("name", mark("Pekerjaan"), phone="lead", note_key="detail"),
    Column("state", mark("Hasil"), kind="state", phone="side"),
    Column("when", mark("Mulai"), kind="date"),
    Column("duration", mark("Lamanya"), align="right", kind="number"),
    Column("rows", mark("Baris masuk"), align="right", kind="number"),
    Column("refused", mark("Baris ditolak"), align="right", kind="number"),
)
