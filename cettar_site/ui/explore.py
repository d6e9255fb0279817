"""A chart that the reader may explore: Altair's specification drawn by Vega, loaded only when asked for.

The strict policy forbids building functions from text, so Vega's expressions are walked by its interpreter.
"""

import reflex as rx

from cettar_site.base.words import Words

SCRIPT = rx.asset("explore.jsx", shared=True)


class Explore(rx.Component):
    """The button, and the place of the chart; `address` gives the specification, the page's own query is added."""

    library = SCRIPT.importable_path
    tag = "Explore"
    lib_dependencies: list[str] = ["vega@6.4.0", "vega-lite@6.5.0", "vega-embed@7.3.0", "vega-interpreter@2.3.2"]

    address: rx.Var[str]
    open: rx.Var[str]
    loading: rx.Var[str]
    failed: rx.Var[str]


def explore(w: Words, address: str) -> rx.Component:
    """The button in a language; it says what the tap will cost."""
    return Explore.create(
        address=address, open=w("Jelajahi grafik (memuat sekitar 250 KB)"), loading=w("Sedang memuat …"),
        failed=w("Grafik tidak termuat. Periksa sambungan Anda, lalu coba lagi."))
