"""The prices in words: the same texts for the first HTML, the live view, the chart's title and the data."""

from __future__ import annotations

from typing import Literal, TypedDict

from cettar_site.base.words import Words, mark
from cettar_site.prices.rules import LEVEL_LABELS, REASON_TEXTS, Level, Seen
from cettar_site.prices.rules_chart import Picture
from cettar_site.prices.rules_look import Latest, Leading, Line, Looked
from cettar_site.prices.rules_selection import Selection, good_name, publisher_name, region_name

STEADY = 0.01  # a smaller change is none
SHOWN_ROWS = 10
EMPTY_TITLE = mark("Belum ada harga")
EMPTY_ADVICE = mark(
    "Harga muncul di sini setelah diambil dari Siskaperbapo (otomatis setiap hari) atau dimasukkan dari berkas."
)
QUESTION_WITHOUT_DATA = mark("Berapa harga bahan pokok hari ini?")


class Row(TypedDict):
    """One line of the table of prices, every value ready to read."""

    day: str
    point: str
    region: str
    price: str
    change: str
    note: str


class HeldRow(TypedDict):
    """One line of the table of held prices."""

    day: str
    point: str
    region: str
    price: str
    reason: str


class View(TypedDict):
    """What the page says of a selection."""

    question: str
    answer: str
    note: str
    title: str
    value: str
    unit: str
    change: str
    rows: list[Row]
    more: list[Row]
    rows_source: str
    held: list[HeldRow]


def place(w: Words, region: str | None) -> str:
    """Where: a region, or the whole province."""
    return region_name(region) if region else w("Jawa Timur")


def per_unit(w: Words, unit: str) -> str:
    """ "per kg"; the unit's own word where it has no weight."""
    return w("per {unit}", unit=unit) if unit else ""


def subject(w: Words, selection: Selection) -> str:
    """What is priced, where in the chain and where on the map: how every sentence about it begins."""
    good = good_name(selection.commodity, w.lang)
    where = place(w, selection.region)
    if selection.level is Level.PRODUCER:
        return w("Harga {good} di pasar produsen, {place},", good=good, place=where)
    return w("Harga eceran {good}, {place},", good=good, place=where)


def question(w: Words, selection: Selection) -> str:
    """The page's question."""
    return w(
        "Berapa harga {good} di {place}?",
        good=good_name(selection.commodity, w.lang),
        place=place(w, selection.region),
    )


def answer(w: Words, latest: Latest | None) -> str:
    """The newest price as one sentence with its number, its day and who says it."""
    if latest is None:
        return w("Tidak ada harga yang diterima pada rentang ini.")
    price = f"{w.rupiah(latest.price)} {per_unit(w, latest.newest.unit)}"
    if latest.points == 1:
        return w(
            "{price} pada {day} di {point}, {place}, menurut {source}.",
            price=price,
            day=w.date(latest.day),
            point=latest.newest.point,
            place=region_name(latest.newest.region),
            source=publisher_name(latest.newest.source),
        )
    return w(
        "{price} pada {day}, harga tengah dari {n} titik pantau, menurut {source}.",
        price=price,
        day=w.date(latest.day),
        n=latest.points,
        source=publisher_name(latest.newest.source),
    )


def change_text(w: Words, latest: Latest | None) -> str:
    """The change against a week before, as a sentence; "" when there is nothing to compare."""
    if latest is None or latest.before is None or latest.before_day is None:
        return ""
    return w(
        "{change} dibanding {day}",
        change=signed(w, latest.price, latest.before),
        day=w.date(latest.before_day),
    )


def signed(w: Words, now: int, before: int) -> str:
    """ "naik Rp500 (+2,3%)", "turun …" or "tetap"."""
    if now == before:
        return w("tetap")
    amount = f"{w.rupiah(abs(now - before))} ({w.signed_percent(now / before - 1)})"
    return w("naik {amount}", amount=amount) if now > before else w("turun {amount}", amount=amount)


def direction(now: int, before: int) -> Literal["up", "down", "same"]:
    """ "up", "down" or "same"."""
    return "same" if now == before else "up" if now > before else "down"


def title(w: Words, selection: Selection, drawn: Picture | None) -> str:
    """The finding: what the chart shows, in one sentence."""
    if drawn is None:
        return w("{subject} belum ada pada rentang ini", subject=subject(w, selection))
    found, unit = drawn.finding, per_unit(w, drawn.unit)
    facts = {
        "subject": subject(w, selection),
        "day": w.date(found.first_day),
        "before": w.rupiah(found.before),
        "now": w.rupiah(found.now),
        "unit": unit,
        "share": w.percent(abs(found.change)),
    }
    if abs(found.change) < STEADY:
        return w("{subject} tetap sekitar {now} {unit} sejak {day}", **facts)
    if found.change > 0:
        return w("{subject} naik {share} sejak {day}: dari {before} menjadi {now} {unit}", **facts)
    return w("{subject} turun {share} sejak {day}: dari {before} menjadi {now} {unit}", **facts)


def chart_note(w: Words, drawn: Picture) -> str:
    """What a mark of the chart is, how many observations speak, and where it is silent."""
    found = drawn.finding
    parts = []
    if drawn.step > 1:
        parts.append(w("Setiap titik adalah harga tengah {days} hari.", days=drawn.step))
    if not drawn.lines[0].point:
        parts.append(w("Pita warna memuat separuh dari {n} titik pantau.", n=found.points))
    parts.append(w("Naik turunnya dihitung dari harga tengah 7 hari pertama dan 7 hari terakhir."))
    parts.append(w("Garis terputus di hari tanpa harga yang diterima. {n} pengamatan.", n=found.observations))
    return " ".join(parts)


def row(w: Words, line: Line, alone: bool) -> Row:
    """One line of the table of prices; the note has its source, unless one line says it for all, and its reason."""
    seen, price = line.seen, line.seen.price or 0
    return Row(
        day=w.short_date(seen.observed_on),
        point=seen.point,
        region=region_name(seen.region),
        price=w.rupiah(price),
        change="–" if line.before is None else signed(w, price, line.before),
        note=" · ".join(part for part in ("" if alone else publisher_name(seen.source), reason_text(w, seen)) if part),
    )


def rows_source(w: Words, looked: Looked) -> str:
    """Who says the numbers of the table, and when we last took one of them; "" without rows."""
    if not looked.lines:
        return ""
    names = ", ".join(sorted({publisher_name(line.seen.source) for line in looked.lines}))
    when = w.short_moment(max(line.seen.fetched_at for line in looked.lines))
    return w("Semua angka di tabel: {source}, terakhir diambil {when}.", source=names, when=when)


def held_row(w: Words, seen: Seen) -> HeldRow:
    """One line of the table of held prices."""
    return HeldRow(
        day=w.short_date(seen.observed_on),
        point=seen.point,
        region=region_name(seen.region),
        price="–" if seen.price is None else w.rupiah(seen.price),
        reason=reason_text(w, seen),
    )


def reason_text(w: Words, seen: Seen) -> str:
    """Why a row has its status; "" for an ordinary accepted price."""
    return w(REASON_TEXTS[seen.reason]) if seen.reason else ""


def note(w: Words, looked: Looked) -> str:
    """The small line under the answer: the level, and the change against a week before."""
    change = change_text(w, looked.latest)
    label = w(LEVEL_LABELS[looked.selection.level])
    return f"{label} · {change}" if change else label


def leading_sentence(w: Words, leading: Leading) -> str:
    """The sentence under a number of the strip."""
    good, found = good_name(leading.commodity, w.lang), leading.latest
    alone = found.points == 1
    who = {"point": found.newest.point, "place": region_name(found.newest.region)} if alone else {"n": found.points}
    facts = {"good": good, "day": w.date(found.day), **who}
    if leading.level is Level.PRODUCER:
        if alone:
            return w("{good} di pasar produsen ({point}, {place}) pada {day}", **facts)
        return w("{good} di pasar produsen pada {day}, harga tengah dari {n} titik pantau", **facts)
    if alone:
        return w("{good} eceran ({point}, {place}) pada {day}", **facts)
    return w("{good} eceran pada {day}, harga tengah dari {n} titik pantau", **facts)


def view(w: Words, looked: Looked) -> View:
    """Everything the page says of a selection, in one language."""
    latest = looked.latest
    alone = len({line.seen.source for line in looked.lines}) == 1
    rows = [row(w, line, alone) for line in looked.lines]
    return View(
        question=question(w, looked.selection),
        answer=answer(w, latest),
        note=note(w, looked),
        title=title(w, looked.selection, looked.picture),
        value="" if latest is None else w.rupiah(latest.price),
        unit="" if latest is None else per_unit(w, latest.newest.unit),
        change=change_text(w, latest),
        rows=rows[:SHOWN_ROWS],
        more=rows[SHOWN_ROWS:],
        rows_source=rows_source(w, looked),
        held=[held_row(w, seen) for seen in looked.held],
    )
