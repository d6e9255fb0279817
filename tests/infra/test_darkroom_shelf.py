"""Sealed files: whole or not at all, for their owner alone, found and removed by name."""

import os
from pathlib import Path

import pytest

from cettar_site.infra.darkroom_shelf import Shelf, shelf
from cettar_site.infra.db import Database
from cettar_site.infra.settings import settings

NAME = "0123456789abcdef" * 2


def test_what_is_put_is_got_and_lies_for_its_owner_alone(tmp_path: Path) -> None:
    files = Shelf(tmp_path / "photos")
    files.put(NAME, b"small", b"large" * 1000)
    assert (files.get(NAME, small=True), files.get(NAME, small=False)) == (b"small", b"large" * 1000)
    place = tmp_path / "photos" / "01" / f"{NAME}.bin"
    assert place.stat().st_mode & 0o077 == 0 and place.parent.stat().st_mode & 0o077 == 0
    assert files.get("f" * 32, small=True) is None


def test_a_name_leads_nowhere_else(tmp_path: Path) -> None:
    for name in ("../" + "a" * 29, "A" * 32, "a" * 31, "", "a" * 33, "/" + "a" * 31, "é" * 32, "a" * 31 + "\0"):
        with pytest.raises(ValueError):
            Shelf(tmp_path).get(name, small=True)


def test_it_is_on_the_disk_before_put_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    flush, rename = os.fsync, Path.rename

    def flushed(handle: int) -> None:
        done.append(os.readlink(f"/proc/self/fd/{handle}"))
        flush(handle)

    def renamed(one: Path, other: Path) -> Path:
        done.append("rename")
        return rename(one, other)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(Path, "rename", renamed)
    Shelf(tmp_path).put(NAME, b"s", b"l")
    folder = str(tmp_path / "01")
    assert done == [str(tmp_path), f"{folder}/{NAME}.part", "rename", folder]


def test_removing_tells_how_many_there_were(tmp_path: Path) -> None:
    files = Shelf(tmp_path)
    files.put(NAME, b"s", b"l")
    assert (files.remove([NAME, "f" * 32]), files.remove([NAME]), files.get(NAME, small=True)) == (1, 0, None)


def test_old_files_are_listed_and_unfinished_ones_go(tmp_path: Path) -> None:
    files = Shelf(tmp_path)
    old, fresh = NAME, "f" * 32
    for name in (old, fresh):
        files.put(name, b"s", b"l")
    unfinished = tmp_path / "01" / f"{'0' * 32}.part"
    unfinished.write_bytes(b"half")
    for path in (tmp_path / "01" / f"{old}.bin", unfinished):
        os.utime(path, (0, 0))
    (tmp_path / "README").write_text("not ours")
    assert list(files.older(600)) == [[old]] and not unfinished.exists() and (tmp_path / "README").exists()
    assert list(Shelf(tmp_path / "nowhere").older(0)) == []


def test_what_is_being_sent_has_no_name(tmp_path: Path) -> None:
    with Shelf(tmp_path / "photos").spool() as file:
        file.write(b"half a photo")
        assert list((tmp_path / "photos").iterdir()) == []


def test_real_and_simulated_photos_never_lie_together() -> None:
    folders = {realm: shelf(Database("sqlite://", realm))._folder for realm in ("real", "demo")}
    assert folders == {"real": settings().data_dir / "photos", "demo": settings().data_dir / "photos-demo"}
