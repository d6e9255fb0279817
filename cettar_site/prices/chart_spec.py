"""The price chart's specifications: Altair's, built once at import for a phone, a desk and an explorer.

Altair and Vega want real colours, so the specifications carry stand-ins; `coloured` puts the look's CSS
variables in their place.
"""

from __future__ import annotations

import copy
from collections import Counter
from datetime import date
from textwrap import wrap
from typing import Any, Literal

import altair as alt

from cettar_site.base.words import Words
from cettar_site.prices.rules_chart import Line, Picture, spread

Kind = Literal["phone", "desk", "explore"]
SIZES: dict[Kind, tuple[int, int]] = {"phone": (328, 240), "desk": (720, 340), "explore": (720, 380)}
MARGINS: dict[Kind, int] = {
    "phone": 84,
    "desk": 128,
    "explore": 128,
}  # right of the ends, for the lines' names
WRAP: dict[Kind, int] = {"phone": 10, "desk": 17, "explore": 17}  # letters in a line of a name
LEFT, BOTTOM = 52, 28
LINE_PIXELS = 15
DAY_LABEL = (
    "span < 100 ? utcFormat(datum.value, '%e %b') : utcmonth(datum.value) == 0 || span > 1200 ? "
    "utcFormat(datum.value, '%Y') : utcFormat(datum.value, '%b')"
)

# stand-in → (CSS variable, colour where there is no stylesheet)
INKS = {
    "#010100": ("--chart-ink", "#14211d"),
    "#010200": ("--chart-muted", "#55645e"),
    "#010300": ("--chart-grid", "#e2e2da"),
    "#010400": ("--chart-axis", "#8a958f"),
    "#010500": ("--chart-band", "#cfe3dc"),
    "#010600": ("--chart-paper", "#fbfaf6"),
    "#020100": ("--chart-1", "#0f6b52"),
    "#020200": ("--chart-2", "#1d5fa8"),
    "#020300": ("--chart-3", "#8a1c5c"),
    "#020400": ("--chart-4", "#c2410c"),
}
INK, MUTED, GRID, AXIS, BAND, PAPER, *LINES = INKS


def _layers(kind: Kind) -> alt.LayerChart | alt.FacetChart:
    """Band, lines that break, lone points, ends and their names; `span` is the length of the range."""
    days = alt.Axis(
        title=None, grid=False, tickCount=4 if kind == "phone" else 8, labelOverlap=True, labelExpr=DAY_LABEL
    )
    money = alt.Axis(title=None, tickCount=5, format=",d", minExtent=LEFT - 4)
    x = alt.X("t:T", scale=alt.Scale(type="utc", nice=False), axis=days)
    y = alt.Y("v:Q", scale=alt.Scale(zero=False, nice=True), axis=money)
    colour = alt.Color("p:N", legend=None, scale=alt.Scale(domain=[0, 1, 2, 3], range=LINES))
    marks, ends = alt.Chart(alt.NamedData("marks")), alt.Chart(alt.NamedData("ends"))
    band = marks.transform_filter("isValid(datum.lo)").mark_area(color=BAND)
    line = marks.mark_line(strokeWidth=1.5 if kind == "phone" else 2, strokeCap="round", strokeJoin="round")
    # A price with a gap on both sides makes no line: it is drawn as a point.
    lone = marks.transform_filter("datum.lone").mark_point(size=16, filled=True, opacity=1)
    name = ends.mark_text(fontSize=12, align="left", baseline="middle", lineBreak="\n", lineHeight=LINE_PIXELS)
    layers = [
        band.encode(x=x, y=alt.Y("lo:Q"), y2="hi:Q", detail="s:N"),
        line.encode(x=x, y=y, color=colour, detail="s:N"),
        lone.encode(x=x, y=y, color=colour),
        ends.mark_point(size=40, filled=True, opacity=1).encode(x=x, y=y, color=colour),
        name.encode(x=alt.value({"expr": "width + 8"}), y=alt.Y("y:Q"), text="label:N", color=colour),
    ]
    if kind == "explore":
        # Wide, unseen points carry the tooltips; the wheel and two fingers move along the days.
        touch = marks.mark_point(size=120, filled=True, opacity=0).encode(x=x, y=y)
        layers.append(touch.add_params(alt.selection_interval(bind="scales", encodings=["x"])))
    return alt.layer(*layers).add_params(alt.param(name="span", value=365))


def _specification(kind: Kind) -> dict[str, Any]:
    """The whole chart of a kind, without its data."""
    width, height = SIZES[kind]
    inside: Any = "container" if kind == "explore" else width - MARGINS[kind] - LEFT
    chart = _layers(kind).properties(
        width=inside, height=height - BOTTOM, padding={"left": 0, "top": 8, "right": 8, "bottom": 4}
    )
    chart = chart.configure(background="transparent", font="sans-serif", aria=False)
    chart = chart.configure_view(stroke=None).configure_axisX(domain=True, ticks=True)
    return chart.configure_axis(
        labelColor=MUTED,
        labelFontSize=12,
        labelPadding=6,
        gridColor=GRID,
        domainColor=AXIS,
        tickColor=AXIS,
        domain=False,
        ticks=False,
    ).to_dict(validate=False)


SPECIFICATIONS: dict[Kind, dict[str, Any]] = {kind: _specification(kind) for kind in SIZES}


def line_label(w: Words, line: Line, kind: Kind) -> list[str]:
    """How a line is called right of its end: its point and its newest price, in short lines."""
    name = line.point.removeprefix("Pasar ") if line.point else w("Harga tengah")
    return [*wrap(name, WRAP[kind], max_lines=3, placeholder="…"), w.rupiah(line.marks[-1].value)]


def spec(drawn: Picture, w: Words, kind: Kind = "desk") -> dict[str, Any]:
    """The specification with its data, colours still as stand-ins: see `coloured`."""
    whole = copy.deepcopy(SPECIFICATIONS[kind])
    values = [mark.value for line in drawn.lines for mark in line.marks]
    labels = [line_label(w, line, kind) for line in drawn.lines]
    pixel = max(max(values) - min(values), 1) / (SIZES[kind][1] - BOTTOM)
    room = max(len(label) for label in labels) * LINE_PIXELS + 4
    places = spread([line.marks[-1].value for line in drawn.lines], room * pixel)
    for param in whole["params"]:
        if param["name"] == "span":
            param["value"] = (drawn.finding.last_day - drawn.finding.first_day).days
    whole["datasets"] = {
        "marks": [row for number, line in enumerate(drawn.lines) for row in _rows(number, line)],
        "ends": [
            {
                "t": line.marks[-1].day.isoformat(),
                "v": line.marks[-1].value,
                "p": number,
                "y": places[number],
                "label": "\n".join(labels[number]),
            }
            for number, line in enumerate(drawn.lines)
        ],
    }
    return whole


def explored(drawn: Picture, w: Words) -> dict[str, Any]:
    """The specification for vega-embed: as wide as its place, with tooltips, in the language."""
    whole = spec(drawn, w, "explore")
    names = [line.point or w("Harga tengah") for line in drawn.lines]
    for row in whole["datasets"]["marks"]:
        row["n"] = names[row["p"]]
    whole["layer"][-1]["encoding"]["tooltip"] = [
        {"field": "n", "type": "nominal", "title": w("Titik pantau")},
        {"field": "t", "type": "temporal", "title": w("Tanggal"), "format": "%e %B %Y"},
        {
            "field": "v",
            "type": "quantitative",
            "title": w("Rupiah per {unit}", unit=drawn.unit),
            "format": ",d",
        },
    ]
    numbers, days = locale(w)
    whole["config"]["locale"] = {"number": numbers, "time": days}
    return whole


def _rows(number: int, line: Line) -> list[dict[str, Any]]:
    """The marks of a line as data of the specification: day, value, line, run, band."""
    lengths = Counter(mark.run for mark in line.marks)
    rows = []
    for mark in line.marks:
        row: dict[str, Any] = {
            "t": mark.day.isoformat(),
            "v": mark.value,
            "p": number,
            "s": f"{number}-{mark.run}",
        }
        if mark.low is not None:
            row |= {"lo": mark.low, "hi": mark.high}
        if lengths[mark.run] == 1:
            row["lone"] = True
        rows.append(row)
    return rows


def coloured(text: str) -> str:
    """A text with the stand-ins replaced by the look's CSS variables."""
    for stand_in, (variable, _) in INKS.items():
        text = text.replace(stand_in, f"var({variable})")
    return text


def locale(w: Words) -> tuple[dict[str, Any], dict[str, Any]]:
    """How d3 writes numbers and days in a language."""
    months = [date(2001, month, 1) for month in range(1, 13)]
    sunday = date(2001, 7, 1).toordinal()
    days = [w.long_date(date.fromordinal(sunday + number)).split(",")[0] for number in range(7)]
    decimal, thousands = w.number(0.5, 1)[1], w.number(1000)[1]
    numbers = {"decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["Rp", ""]}
    return numbers, {
        "dateTime": "%A, %e %B %Y, %H.%M",
        "date": "%d-%m-%Y",
        "time": "%H.%M",
        "periods": ["AM", "PM"],
        "days": days,
        "shortDays": [day[:3] for day in days],
        "months": [w.month(month).split()[0] for month in months],
        "shortMonths": [w.short_date(month).split()[1] for month in months],
    }
