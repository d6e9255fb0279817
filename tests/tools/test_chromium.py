"""The browser is found, installed or asked for; never quietly gone without."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.tools import chromium


def program(folder: Path, name: str, says: str = "Chromium 156.0", code: int = 0) -> str:
    """A stand-in program that answers --version."""
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{says}'\nexit {code}\n")
    path.chmod(0o755)
    return str(path)


def path_only(folder: Path) -> dict[str, str]:
    """An environment in which only this folder is searched."""
    return {"PATH": str(folder)}


@pytest.fixture(autouse=True)
def no_playwright_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine where Playwright has fetched nothing."""
    monkeypatch.setattr(chromium, "playwrights_own", lambda: None)


def test_the_one_on_path_is_taken(tmp_path: Path) -> None:
    found = program(tmp_path, "google-chrome", "Google Chrome 156")
    assert chromium.find(path_only(tmp_path)) == found


def test_a_stub_that_does_not_start_is_passed_over(tmp_path: Path) -> None:
    program(tmp_path, "chromium", "requires the chromium snap to be installed", code=1)
    found = program(tmp_path, "chromium-browser")
    assert chromium.find(path_only(tmp_path)) == found


def test_the_named_one_comes_first_and_must_work(tmp_path: Path) -> None:
    program(tmp_path, "chromium")
    named = program(tmp_path, "mine", "Chromium 157")
    assert chromium.find({**path_only(tmp_path), "CHROMIUM": named}) == named
    with pytest.raises(chromium.NoBrowser, match="CHROMIUM=/nowhere"):
        chromium.find({**path_only(tmp_path), "CHROMIUM": "/nowhere"})


def installs(folder: Path, name: str, calls: list[str]) -> Callable[[Mapping[str, str]], None]:
    """A way to install that puts a working program there."""
    def way(_environ: Mapping[str, str]) -> None:
        calls.append(name)
        program(folder, name)
    return way


def test_ways_to_install_are_tried_in_turn_until_one_works(tmp_path: Path) -> None:
    calls: list[str] = []
    ways = (lambda _environ: calls.append("apt"), installs(tmp_path, "chromium", calls),
            installs(tmp_path, "chrome", calls))
    assert chromium.find_or_install(path_only(tmp_path), ways) == str(tmp_path / "chromium")
    assert calls == ["apt", "chromium"]


def test_where_none_can_be_had_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(chromium.NoBrowser, match="CHROMIUM=/path/to/chrome make test"):
        chromium.find_or_install(path_only(tmp_path), ())
