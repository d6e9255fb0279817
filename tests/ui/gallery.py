"""Every piece with hard data, as pages to look at: `python -m tests.ui.gallery DIRECTORY` writes them."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from htpy import Node

from cettar_site.base.words import Words, words
from cettar_site.ui.document import document
from cettar_site.ui.trouble import trouble
from tests.ui.gallery_read import board, price, status
from tests.ui.gallery_write import complaint, receipt

ASSETS = Path(__file__).resolve().parents[2] / "assets"

PAGES: dict[str, tuple[Callable[[Words], Node], str]] = {
    "papan": (board, "/papan"),
    "harga": (price, "/harga"),
    "aduan": (complaint, "/aduan"),
    "bukti": (receipt, "/lacak"),
    "status": (status, "/status"),
}


def page(name: str, lang: str = "id") -> str:
    """One page of the gallery, whole."""
    w = words(lang)
    build, path = PAGES[name]
    return document(
        w,
        title=name.title(),
        description="Contoh",
        path=path,
        body=build(w),
        simulated=name == "papan",
        origin="https://cettar.example",
        scripts=("/a.js",) if name == "aduan" else (),
    )


def main(directory: Path) -> None:
    """Write all pages with the assets they need."""
    shutil.copytree(ASSETS, directory, dirs_exist_ok=True)
    for name in PAGES:
        (directory / f"{name}.html").write_text(page(name), encoding="utf-8")
    (directory / "404.html").write_text(trouble(words("id"), 404, path="/x"), encoding="utf-8")
    (directory / "429.html").write_text(
        trouble(words("en"), 429, path="/x", retry_after=90), encoding="utf-8"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
