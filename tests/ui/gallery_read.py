"""The gallery's pages that are read: leaderboard, prices, status."""

import htpy as h
from htpy import Node
from markupsafe import Markup

from cettar_site.base.words import Words
from cettar_site.ui.chart import chart
from cettar_site.ui.empty import empty
from cettar_site.ui.figure import change, figure, figures, source
from cettar_site.ui.form import Choice, date_field, form, select_field, submit
from cettar_site.ui.lead import how_we_know, lead, pager, section
from cettar_site.ui.notice import notice
from cettar_site.ui.state_mark import WORDS, state_mark
from cettar_site.ui.table import Column, Order, table

LONGEST = "Badan Koordinasi Wilayah Pemerintahan dan Pembangunan IV Pamekasan Provinsi Jawa Timur"
AGENCIES = (
    ("Dinas Kesehatan Provinsi Jawa Timur", 0.962, 3, 0.4, "on_time"),
    (
        "Dinas Pemberdayaan Perempuan, Perlindungan Anak dan Kependudukan Provinsi Jawa Timur",
        0.914,
        12,
        0.9,
        "on_time",
    ),
    ("RSUD Dr. Soetomo", 0.88, 7, 1.1, "on_time"),
    (LONGEST, 0.731, 1204, 1.8, "late"),
    ("Dinas Pekerjaan Umum Bina Marga", 0.42, 86, 4.6, "late"),
    ("Biro Umum", None, 1, None, "draft"),
)
BOARD = (
    Column("rank", "No.", "right", "rank", "rank"),
    Column("name", "Instansi", phone="lead", link_key="href", note_key="city", sort_key="name"),
    Column("share", "Dijawab ≤ 2 hari kerja", "right", "number", "side", sort_key="share"),
    Column("waiting", "Menunggu", "right", "number", sort_key="waiting"),
    Column("median", "Lama menunggu, tengah", "right", "number", short="Tengah"),
    Column("state", "Keadaan", kind="state"),
)
PRICES = (
    Column("region", "Kabupaten atau kota", phone="lead", link_key="href"),
    Column("price", "Harga per kg", "right", "number", "side"),
    Column("change", "Sejak kemarin", "right", "number"),
    Column("date", "Tanggal", kind="date"),
)
JOBS = (
    Column("name", "Pekerjaan", phone="lead", note_key="about"),
    Column("state", "Keadaan", kind="state", phone="side"),
    Column("last", "Terakhir", kind="date"),
    Column("next", "Berikutnya", kind="date"),
    Column("rows", "Baris", "right", "number"),
    Column("code", "Nama perintah", phone="hide"),
)


def board_rows(w: Words) -> list[dict[str, Node]]:
    """The agencies, formatted."""
    return [
        {"rank": str(at + 1) if share else "", "name": name, "href": w.path("/papan?opd=x"),
         "city": "Kota Surabaya" if at % 2 else "", "share": w.percent(share) if share else None,
         "waiting": w.number(waiting), "median": w.days(median) if median else None,
         "state": state_mark(w, state)}  # type: ignore[arg-type]
        for at, (name, share, waiting, median, state) in enumerate(AGENCIES)
    ]


def board(w: Words) -> Node:
    """The leaderboard: many rows, one, none."""
    rows = board_rows(w)
    better = change(w, "3,4% sejak pekan lalu", "up", tone="good")
    worse = change(w, "120", "down", tone="bad")
    nothing = empty("Belum ada aduan yang lebih tua dari dua hari kerja.",
                    "Papan ini terisi begitu aduan pertama berumur dua hari kerja.",
                    "Sampaikan keluhan", "/aduan")
    return [
        lead("Seberapa cepat pemerintah menjawab hari ini?",
             [h.strong["72%"], " aduan dijawab dalam dua hari kerja. Dinas Kesehatan paling cepat, ",
              "Dinas Pekerjaan Umum Bina Marga paling lama."],
             "22 November 2026, 14.05 WIB · 1.313 aduan lebih tua dari dua hari kerja, 90 hari terakhir"),
        figures(figure("72%", "", "dijawab dalam dua hari kerja", change=better),
                figure("1,8", "hari", "waktu tengah sampai jawaban pertama", change=change(w, "", "same")),
                figure("1.313", "aduan", "masih menunggu", change=worse)),
        table(w, BOARD, rows, caption="Semua instansi provinsi, dari yang paling cepat",
              order=Order("share", True, lambda key: f"?urut={key}")),
        pager(w, 2, 5, lambda page: f"?halaman={page}"),
        section("Satu baris", table(w, BOARD, rows[3:4], caption="Satu", caption_hidden=True), anchor="satu"),
        section("Tanpa baris", table(w, BOARD, [], caption="Kosong", empty=nothing)),
        how_we_know(w, h.p["Bagian aduan yang mendapat jawaban pertama dalam dua hari kerja."]),
    ]


def picture() -> Markup:
    """A line of prices with a gap, a band and a held point, drawn with the chart variables."""
    days = [(40 + 8 * n, 150 - (n * 7 % 31) - n * 0.9) for n in range(72) if not 30 <= n < 37]
    first = " ".join(f"{x},{y:.0f}" for x, y in days if x < 280)
    second = " ".join(f"{x},{y:.0f}" for x, y in days if x >= 336)
    grid = "".join(
        f'<line x1="40" x2="620" y1="{y}" y2="{y}" stroke="var(--chart-grid)"/>'
        f'<text x="34" y="{y + 5}" text-anchor="end" class="chart-soft">{text}</text>'
        for y, text in ((20, "30"), (70, "20"), (120, "10"), (170, "0"))
    )
    return Markup(
        '<svg viewBox="0 0 720 210" role="img" aria-label="Harga bawang merah di Nganjuk, 72 hari">'
        + grid
        + '<path d="M40 120L620 60V96L40 150z" fill="var(--chart-band)"/>'
        f'<polyline points="{first}" fill="none" stroke="var(--chart-1)" stroke-width="2.5"/>'
        f'<polyline points="{second}" fill="none" stroke="var(--chart-1)" stroke-width="2.5"/>'
        '<circle cx="320" cy="30" r="5" fill="var(--chart-hollow)" stroke="var(--chart-5)" stroke-width="2"/>'
        '<text x="330" y="34" class="chart-soft">ditahan: sepuluh kali lipat</text>'
        '<text x="712" y="55" text-anchor="end" class="chart-text" font-weight="700">Rp10.500</text>'
        '<text x="40" y="195" class="chart-soft">1 Sep</text>'
        '<text x="600" y="195" class="chart-soft">22 Nov</text></svg>'
    )


def price_rows(w: Words) -> list[dict[str, Node]]:
    """Three regions, one without a price."""
    return [
        {"region": "Kabupaten Nganjuk", "href": "/harga?daerah=35.18", "price": w.rupiah(10500),
         "change": change(w, "3,4%", "up"), "date": "22 Nov 2026"},
        {"region": "Kabupaten Probolinggo", "href": "/harga?daerah=35.13", "price": w.rupiah(9800),
         "change": change(w, "12,0%", "down"), "date": "21 Nov 2026"},
        {"region": "Kota Malang", "href": "/harga?daerah=35.73", "price": None, "change": None, "date": None},
    ]


def chooser(w: Words) -> Node:
    """What to show."""
    return form(
        w,
        select_field(w, "komoditas", "Komoditas", [Choice("b", "Bawang merah")], value="b"),
        select_field(w, "daerah", "Daerah", [Choice("35.18", "Kabupaten Nganjuk")], value="35.18"),
        select_field(w, "tingkat", "Tingkat", [Choice("producer", "Petani"), Choice("consumer", "Pasar")]),
        date_field(w, "dari", "Sejak", value="2026-09-01"),
        submit("Tampilkan"), action="/harga", method="get", layout="filter",
    )


def price(w: Words) -> Node:
    """The price page."""
    rows = price_rows(w)
    known = source(w, "Siskaperbapo, Disperindag Provinsi Jawa Timur", href="https://siskaperbapo.jatimprov.go.id",
                   observed="22 November 2026", fetched="22 November 2026, 14.05 WIB", count="3 pasar")
    newest = table(w, PRICES, rows, caption="Harga terbaru bawang merah menurut daerah")
    return [
        lead("Berapa harga bawang merah di Kabupaten Nganjuk?",
             [h.strong["Rp10.500 per kilogram"], " di tingkat petani pada 22 November 2026, ",
              change(w, "3,4% dari kemarin", "up"), "."]),
        chooser(w),
        figure("Rp10.500", "per kg", "harga petani, rata-rata tiga pasar", source=known, label="Hari ini"),
        chart(w, title="Harga petani naik tiga kali lipat sejak September", picture=picture(), source=known,
              note="Celah: penerbit tidak mencatat harga 1 sampai 7 Oktober.",
              table=table(w, PRICES, rows, caption="Harga menurut daerah"),
              downloads=[("Unduh CSV", "/api/v1/prices.csv"), ("Gambar SVG", "/api/v1/prices/chart.svg")]),
        section("Menurut daerah", newest, wide=True),
    ]


def job_rows(w: Words) -> list[dict[str, Node]]:
    """A job that worked, one that runs, one that failed with a long reason."""
    return [
        {"name": "Harga produsen", "about": "fetch_prices", "state": state_mark(w, "done", "Berhasil"),
         "last": "22 Nov, 13.30", "next": "23 Nov, 07.00", "rows": "312"},
        {"name": "Peringkat instansi", "about": "rank_agencies", "state": state_mark(w, "waiting", "Jalan"),
         "last": "22 Nov, 14.00", "next": "22 Nov, 15.00", "rows": "84"},
        {"name": "Harga konsumen", "state": state_mark(w, "failed"), "last": "22 Nov, 13.31",
         "about": "Penerbit mengirim halaman HTML, bukan tabel. Data 21 November tetap dipakai.",
         "next": "22 Nov, 14.31", "rows": "0"},
    ]


def status(w: Words) -> Node:
    """What ran, what runs next, what is stale; all notices, states and buttons."""
    return [
        lead("Apakah semua berjalan?", "Dua dari tiga pekerjaan berhasil; satu gagal sejak 13.31 WIB."),
        notice("wrong", "Satu sumber tidak menjawab", "Harga konsumen berasal dari 21 November.", alert=True),
        notice("info", "Pemberitahuan", h.p["Dengan ", h.a(href="/")["tautan"], "."]),
        notice("good", "Semua baik"),
        notice("draft", "Belum cukup data"),
        table(w, JOBS, job_rows(w), caption="Pekerjaan"),
        section("Semua keadaan", h.p[([state_mark(w, state), "  "] for state in WORDS)]),
        h.p[h.span(".num.glow")["1.314"], " ", h.button(".button.button-danger")["Tutup aduan"], " ",
            submit("Ya", "plain")],
    ]
