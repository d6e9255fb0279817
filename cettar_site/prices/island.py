"""The first HTML of /harga, from the snapshot: question, answer, choice, chart, tables, how we know."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import htpy as h

from cettar_site.base.period import wib_date
from cettar_site.base.words import Words, mark
from cettar_site.infra import clock
from cettar_site.jatim import source as publishers
from cettar_site.prices.chart import inline_svg
from cettar_site.prices.columns import CAPTION, COLUMNS, HELD_CAPTION, HELD_COLUMNS
from cettar_site.prices.island_form import choice
from cettar_site.prices.rules import Seen
from cettar_site.prices.rules_look import Leading, Looked
from cettar_site.prices.rules_selection import QUERY_KEYS, Selection
from cettar_site.prices.rules_view import (
    EMPTY_ADVICE,
    EMPTY_TITLE,
    QUESTION_WITHOUT_DATA,
    chart_note,
    direction,
    leading_sentence,
    per_unit,
    view,
)
from cettar_site.prices.snapshot import HAVE, look_at
from cettar_site.ui.chart import chart
from cettar_site.ui.empty import empty
from cettar_site.ui.figure import change, figure, figures, source
from cettar_site.ui.lead import how_we_know, lead, section
from cettar_site.ui.notice import notice
from cettar_site.ui.table import table

QUERY = QUERY_KEYS


def today() -> date:
    """The day in WIB: a rendered page is good for one."""
    return wib_date(clock.now())


def messages(w: Words, query: Mapping[str, str]) -> h.Node:
    """What of the query could not be had, and what is shown instead."""
    looked = look_at(query)
    if looked is None or not looked.problems:
        return None
    told = h.ul[(h.li[w(problem.text)] for problem in looked.problems)]
    return notice("warning", w("Tampilan ini disesuaikan"), told)


def answer(w: Words, query: Mapping[str, str]) -> h.Node:
    """The question and its answer: what the live view replaces once it is there."""
    looked = look_at(query)
    if looked is None:
        nothing = empty(w(EMPTY_TITLE), w(EMPTY_ADVICE), w("Lihat keadaan layanan"), w.path("/status"))
        return h.fragment[lead(w(QUESTION_WITHOUT_DATA)), nothing]
    said = view(w, looked)
    return lead(said["question"], said["answer"], said["note"])


def origin(w: Words, query: Mapping[str, str]) -> h.Node:
    """Who says the number of the answer, and when."""
    looked = look_at(query)
    return None if looked is None or looked.latest is None else _source(w, looked.latest.newest)


def form(w: Words, query: Mapping[str, str]) -> h.Node:
    """The choice of good, place, level and time: a plain GET form."""
    looked = look_at(query)
    return None if looked is None else choice(w, looked.selection, HAVE.get().coverage)


def picture(w: Words, query: Mapping[str, str]) -> h.Node:
    """The chart, for a phone and for a desk, with its source and its data."""
    looked = look_at(query)
    if looked is None or looked.picture is None or looked.latest is None:
        return None
    drawn, title = looked.picture, view(w, looked)["title"]
    both = h.fragment[
        h.p(".quiet")[w("Rupiah {unit}", unit=per_unit(w, drawn.unit))],
        inline_svg(drawn, w, "phone", title),
        inline_svg(drawn, w, "desk", title),
    ]
    return chart(
        w,
        title=title,
        picture=both,
        source=_source(w, looked.latest.newest),
        downloads=_downloads(w, looked.selection),
        note=chart_note(w, drawn),
    )


def newest(w: Words, query: Mapping[str, str]) -> h.Node:
    """The newest accepted rows, as the live view shows them too."""
    looked = look_at(query)
    if looked is None:
        return None
    nothing = empty(w("Tidak ada harga pada rentang ini"), w("Pilih rentang tanggal yang lebih panjang."))
    return table(w, COLUMNS, view(w, looked)["rows"], caption=w(CAPTION), empty=nothing)


def below(w: Words, query: Mapping[str, str]) -> h.Node:
    """Whose the numbers are, earlier ones, what was held back and why, and how we know."""
    looked = look_at(query)
    if looked is None:
        return _method(w)
    said = view(w, looked)
    more = h.details[
        h.summary[w("Hari-hari sebelumnya")],
        table(w, COLUMNS, said["more"], caption=w(CAPTION), caption_hidden=True),
    ]
    held = section(
        w("Ditahan, tidak digambar"),
        h.p[w("{n} harga pada rentang ini ditahan karena meragukan. Yang terbaru:", n=looked.held_count)],
        table(w, HELD_COLUMNS, said["held"], caption=w(HELD_CAPTION), caption_hidden=True),
    )
    return h.fragment[
        bool(said["more"]) and more,
        h.p(".quiet")[said["rows_source"], " ", _counts(w, looked)],
        bool(said["held"]) and held,
        _method(w),
    ]


def harga(w: Words, query: Mapping[str, str]) -> h.Node:
    """The whole page."""
    return h.fragment[[piece(w, query) for piece in ISLANDS.values()]]


def latest_strip(w: Words) -> h.Node:
    """The newest price of three leading goods, for the front page."""
    strip = HAVE.get().strip
    if not strip:
        return empty(w(EMPTY_TITLE), w(EMPTY_ADVICE))
    return figures(*(_leading(w, one) for one in strip))


def _leading(w: Words, one: Leading) -> h.Node:
    found = one.latest
    moved = None
    if found.before is not None and found.before_day is not None:
        amount = w.percent(abs(found.price / found.before - 1), 1) if found.price != found.before else ""
        moved = change(
            w,
            w("{amount} dari {day}", amount=amount, day=w.short_date(found.before_day)),
            direction(found.price, found.before),
        )
    return figure(
        w.rupiah(found.price),
        per_unit(w, found.newest.unit),
        leading_sentence(w, one),
        change=moved,
        source=_source(w, found.newest),
    )


def _source(w: Words, seen: Seen) -> h.Node:
    known = publishers.by_code(seen.source)
    name, page = (w(known.attribution), known.home) if known is not None else (seen.source, "")
    return source(w, name, href=page, observed=w.date(seen.observed_on), fetched=w.moment(seen.fetched_at))


def _counts(w: Words, looked: Looked) -> str:
    counts = w(
        "Pada rentang ini: {accepted} diterima, {held} ditahan, {refused} ditolak.",
        accepted=looked.accepted_count,
        held=looked.held_count,
        refused=looked.refused_count,
    )
    if not looked.warned_count:
        return counts
    warned = w(
        "Diterima dengan catatan karena lebih tinggi daripada harga eceran di daerah yang sama: {n}.",
        n=looked.warned_count,
    )
    return f"{counts} {warned}"


def _downloads(w: Words, selection: Selection) -> list[tuple[str, str]]:
    data = selection.data_query
    return [
        ("CSV", f"/api/v1/prices.csv?{data}"),
        ("JSON", f"/api/v1/prices?{data}"),
        (w("Gambar (SVG)"), f"/api/v1/prices/chart.svg?{data}&lang={w.lang}"),
        (w("Alamat tampilan ini"), w.path(f"/harga?{selection.query()}")),
    ]


METHOD = (
    mark(
        "Harga di pasar produsen ditanyakan petugas di pasar atau pedagang pengumpul di daerah penghasil. "
        "Itu harga jual di sana, bukan harga yang diterima petani: petani biasanya menerima lebih sedikit."
    ),
    mark("Harga eceran adalah yang dibayar pembeli di pasar."),
    mark(
        "Setiap angka diperiksa sebelum digambar: nol atau kosong bukan harga; di luar batas yang masuk "
        "akal ditahan; sekitar sepuluh kali atau sepersepuluh harga biasanya ditahan sebagai salah nol; "
        "lonjakan dari harga 30 hari terakhir, atau harga yang bergerak jauh sendirian padahal titik lain "
        "tidak bergerak, ditahan sampai tiga hari berturut-turut sejalan; angka yang tidak bergerak 14 hari "
        "padahal titik lain bergerak ditahan. Harga di pasar produsen yang lebih tinggi daripada harga eceran "
        "di daerah yang sama tetap diterima, dengan catatan."
    ),
    mark("Yang ditahan tidak dihapus: alasannya tertulis di atas, dan semuanya ada di data."),
    mark(
        "Siskaperbapo dikelola Dinas Perindustrian dan Perdagangan Provinsi Jawa Timur. Pemeriksaan ini "
        "menangkap salah ketik, bukan harga yang sengaja dibuat sedikit lebih tinggi atau lebih rendah."
    ),
)


def _method(w: Words) -> h.Node:
    return how_we_know(w, *(h.p[w(text)] for text in METHOD))


ISLANDS = {
    "harga-pesan": messages,
    "harga": answer,
    "harga-sumber": origin,
    "harga-pilih": form,
    "harga-grafik": picture,
    "harga-tabel": newest,
    "harga-bawah": below,
}
