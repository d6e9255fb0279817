"""The stylesheet: readable in both themes, small, and complete for what the pieces use."""

import json
import re

import brotli
import pytest

from cettar_site.ui.document import PAPER_DARK, PAPER_LIGHT
from cettar_site.ui.style import STYLESHEET, minified, style_source, stylesheet
from tests.ui.gallery import ASSETS, PAGES, page

CSS = STYLESHEET.read_text(encoding="utf-8")
TEXTS = ("ink", "muted", "link", "accent", "late", "waiting", "disputed")
WIRES = {"section", "icon", "choices", "form", "notice-info", "question", "sentence", "tone-plain", "wide"}
# names to hold on to, without a rule of their own


def tokens(block: str) -> dict[str, str]:
    """The custom properties of one rule."""
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", block))


def themes() -> dict[str, dict[str, str]]:
    """Each theme's tokens, references resolved."""
    light = tokens(re.findall(r":root \{(.*?)\n\}", CSS, re.DOTALL)[0])
    dark = light | tokens(re.findall(r"scheme: dark\) \{\s*:root \{(.*?)\n  \}", CSS, re.DOTALL)[0])
    return {
        name: {key: found[value[6:-1]] if value.startswith("var(--") else value for key,
        value in found.items()}
        for name, found in (("light", light), ("dark", dark))
    }  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2 for #rgb or #rrggbb."""
    digits = colour.strip().lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of WCAG 2.2."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


PAIRS = [
    *((text, ground, 4.5) for text in TEXTS for ground in ("paper", "wash")),
    ("ink", "gold-wash", 7), ("ink", "glow", 4.5), ("on-accent", "accent", 4.5), ("paper", "late", 4.5),
    ("paper", "ink", 7), ("ink", "paper", 12), ("muted", "paper", 5.5),
    ("field", "paper", 3), ("gold", "paper", 3), ("chart-ink", "chart-paper", 7), ("chart-muted",
    "chart-paper", 4.5),
    ("chart-ink", "chart-band", 4.5), ("chart-axis", "chart-paper", 2.5),
    *((f"chart-{n}", "chart-paper", 3) for n in range(1, 6)), ("chart-1", "chart-band", 3),
]  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("one", "other", "least"), PAIRS)
def test_contrast(theme, one, other, least):
    found = themes()[theme]
    assert contrast(found[one], found[other]) >= least, (found[one], found[other])


def test_the_browsers_frame_has_the_papers_colour():
    assert (themes()["light"]["paper"], themes()["dark"]["paper"]) == (PAPER_LIGHT, PAPER_DARK)


def test_the_manifest_names_files_that_exist():
    manifest = json.loads((ASSETS / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert all((ASSETS / icon["src"].lstrip("/")).is_file() for icon in manifest["icons"])
    assert manifest["background_color"] == PAPER_LIGHT


def test_the_contrast_test_can_fail():
    assert contrast("#777", "#fff") < 4.5 < contrast("#767676", "#ffffff")


def test_the_stylesheet_stays_small():
    assert len(brotli.compress(stylesheet().encode())) <= 7 * 1024


def test_minifying_keeps_the_rules():
    assert minified("a { /* x */ color: red; }\n\nb > i,\n u { margin: calc(1px + 2px) 0 }") == (
        "a{color:red}b>i,u{margin:calc(1px + 2px) 0}"
    )
    assert stylesheet().count("{") == stylesheet().count("}")
    assert "</" not in stylesheet()
    assert style_source().startswith("'sha256-")


def test_every_class_of_the_pieces_has_a_rule():
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", CSS)) | WIRES
    used = {
        name
        for piece in PAGES
        for names in re.findall(r'class="([^"]*)"', page(piece))
        for name in names.split()
    }
    pieces = (STYLESHEET.parents[1] / "cettar_site" / "ui").glob("*.py")
    source = "".join(file.read_text(encoding="utf-8") for file in pieces)
    used |= {
        name for names in re.findall(r'\("(?:#[\w-]+)?\.([\w.-]+)"', source) for name in names.split(".")
    }
    missing = sorted(used - known)
    assert not missing, " ".join(missing)


def test_no_style_attributes():
    for name in PAGES:
        assert "style=" not in page(name)


def test_the_files_it_names_exist():
    for address in re.findall(r"url\((/[^)]+)\)", CSS):
        assert (ASSETS / address.lstrip("/")).is_file()
    assert (ASSETS / "fonts" / "plus-jakarta-sans-1.woff2").stat().st_size <= 16 * 1024
    assert "SIL OPEN FONT LICENSE" in (ASSETS / "fonts" / "OFL.txt").read_text(encoding="utf-8")
