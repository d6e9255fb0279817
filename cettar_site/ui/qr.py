"""A text as a QR code: dark on white in both themes, because cameras expect it so."""

import io
from functools import lru_cache

import segno
from markupsafe import Markup

QUIET = 4
"""White modules around the code, as the standard (ISO/IEC 18004) asks."""


@lru_cache(maxsize=512)
def qr_svg(text: str) -> Markup:
    """The drawing as an SVG element, kept for the next who asks."""
    return qr_svg_once(text)


def qr_svg_once(text: str) -> Markup:
    """The drawing of what must not be kept; readable with a sixth of it dirty or torn."""
    drawing = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawing, kind="svg", border=QUIET, dark="#000", light="#fff", xmldecl=False, nl=False, omitsize=True,
        svgclass="qr", lineclass=None)
    return Markup(drawing.getvalue().decode())  # noqa: S704 (segno's own drawing)
