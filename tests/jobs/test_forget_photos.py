"""What nobody needs any more goes: photos without a filing, files without a photo; what another owns does not."""

import os
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cettar_site.complaints.rules import Kind
from cettar_site.infra import darkroom_shelf
from cettar_site.infra.darkroom_shelf import Shelf, shelf
from cettar_site.infra.db import Database
from jobs.forget_photos import STRANGERS, WrongShelf, run
from jobs.report import JobOptions, JobReport
from tests.complaints.makers import NOW, filed, happens
from tests.complaints.photos import photo


@pytest.fixture
def files(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    """A data folder of this test's own."""
    config = type("Config", (), {"data_dir": tmp_path})
    monkeypatch.setattr(darkroom_shelf, "settings", lambda: config)
    yield shelf(database)


def aged(folder: Path) -> None:
    """Let every file be old."""
    for path in folder.rglob("*.bin"):
        os.utime(path, (0, 0))


def forget(database: Database, tmp_path: Path) -> JobReport:
    aged(tmp_path)
    return run(database, now=NOW, options=JobOptions())


def test_photos_without_a_filing_go_with_their_files(database: Database, files: Shelf, tmp_path: Path) -> None:
    old = photo(database, at=NOW - timedelta(days=2), file=True)
    fresh, used = photo(database, file=True), photo(database, at=NOW - timedelta(days=2), file=True)
    filed(database, photos=(used,))
    assert forget(database, tmp_path).facts == {"n": 1, "files": 0}
    assert [files.get(one, small=True) is None for one in (old, fresh, used)] == [True, False, False]


def test_the_files_of_an_erased_complaint_go_with_the_next_run(database: Database, files: Shelf,
                                                               tmp_path: Path) -> None:
    mine, other = photo(database, file=True), photo(database, file=True)
    number = filed(database, photos=(mine,)).number
    filed(database, photos=(other,))
    happens(database, number, Kind.ERASED)
    assert forget(database, tmp_path).facts == {"n": 0, "files": 1}
    assert files.get(mine, small=True) is None and files.get(other, small=True) is not None
    assert forget(database, tmp_path).facts == {"n": 0, "files": 0}


def test_a_file_whose_row_is_still_to_come_stays(database: Database, files: Shelf) -> None:
    files.put("a" * 32, b"s", b"l")
    assert run(database, now=NOW, options=JobOptions()).facts == {"n": 0, "files": 0}
    assert files.get("a" * 32, small=True) == b"s"


def test_another_databases_photos_are_left_alone(database: Database, files: Shelf, tmp_path: Path) -> None:
    filed(database, photos=(photo(database, file=True),))
    for _ in range(STRANGERS + 1):
        files.put(secrets.token_hex(16), b"s", b"l")
    with pytest.raises(WrongShelf):
        forget(database, tmp_path)
    assert len(list(tmp_path.rglob("*.bin"))) == STRANGERS + 2
