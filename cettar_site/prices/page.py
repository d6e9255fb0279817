"""The price explorer's page: first HTML, its live twin, and the chart that may be explored."""

import reflex as rx

from cettar_site.base.words import Words
from cettar_site.prices.columns import CAPTION, COLUMNS
from cettar_site.prices.rules_view import Row
from cettar_site.prices.state import PriceState
from cettar_site.ui.explore import explore
from cettar_site.ui.live import frame, island, live_lead, unpacked
from cettar_site.ui.live_table import live_table


def page(w: Words) -> rx.Component:
    """The page in one language."""
    lead = live_lead(PriceState.question, PriceState.answer, PriceState.note)
    rows = unpacked(PriceState.rows, list[Row])
    table = live_table(w, COLUMNS, rows, caption=w(CAPTION))
    return frame(
        island("harga-pesan"),
        rx.cond(PriceState.version > 0, lead, island("harga")),
        island("harga-sumber"),
        island("harga-pilih"),
        island("harga-grafik"),
        rx.cond(
            PriceState.version > 0, explore(w, f"/api/v1/prices/chart.json?lang={w.lang}"), rx.fragment()
        ),
        rx.el.section(
            rx.el.h2(w("Angkanya")),
            rx.cond(rows.length() > 0, table, island("harga-tabel")),
            class_name="section",
        ),
        island("harga-bawah"),
    )
