"""What is remembered of answers: in memory, on disk, and when the disk lets us down."""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cettar_site.infra.http_cache import FeedCache, FileCache, MemoryCache, Remembered, lean
from tests.infra.fake_network import NOON

ONE = Remembered("https://a.example/x", '"v1"', "", "0" * 64, NOON, "text/html", b"<p>\n1\n</p>")


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_what_is_put_is_got(kind: str, tmp_path: Path) -> None:
    cache: FeedCache = MemoryCache() if kind == "memory" else FileCache(tmp_path / "feeds")
    assert cache.get("k") is None
    cache.put("k", ONE)
    assert cache.get("k") == ONE and cache.get("other") is None
    cache.put("k", replace(ONE, content=None, sha256="1" * 64))
    assert cache.get("k") == replace(ONE, content=None, sha256="1" * 64)
    cache.put("k", replace(ONE, content=b""))
    assert cache.get("k") == replace(ONE, content=b"")


def test_files_outlive_the_process_and_say_nothing_in_their_names(tmp_path: Path) -> None:
    FileCache(tmp_path).put("GET https://a.example/x?nik=1", ONE)
    assert FileCache(tmp_path).get("GET https://a.example/x?nik=1") == ONE
    assert all("nik" not in path.name for path in tmp_path.iterdir())


@pytest.mark.parametrize("harm", [
    lambda data: data[:-1], lambda data: data[:30], lambda data: b"",
    lambda data: data.replace(b"\n1", b"\n2"),
    lambda data: b"[]\n" + data, lambda data: b"\xff" * 9, lambda data: data.replace(b'"etag"', b'"evil"'),
])
def test_a_damaged_file_is_as_good_as_none(harm: Callable[[bytes], bytes], tmp_path: Path) -> None:
    cache = FileCache(tmp_path)
    cache.put("k", ONE)
    (path,) = tmp_path.iterdir()
    path.write_bytes(harm(path.read_bytes()))
    assert cache.get("k") is None
    cache.put("k", ONE)
    assert cache.get("k") == ONE


def test_a_folder_that_cannot_be_made_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = FileCache(tmp_path / "file")
    cache.put("k", ONE)
    assert cache.get("k") is None


def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    cache = FileCache(tmp_path, kept=3)
    for number in range(6):
        cache.put(str(number), ONE)
        for path in tmp_path.iterdir():  # a file system may tell time in coarse steps
            stat = path.stat()
            os.utime(path, (stat.st_atime, stat.st_mtime - 1))
    assert [cache.get(str(number)) is not None for number in range(6)] == [False] * 3 + [True] * 3
    memory = MemoryCache(kept=2)
    for number in range(4):
        memory.put(str(number), ONE)
    assert [memory.get(str(number)) is not None for number in range(4)] == [False, False, True, True]


def test_a_reader_never_sees_half_a_file(tmp_path: Path) -> None:
    cache, done = FileCache(tmp_path), threading.Event()
    versions = [replace(ONE, content=bytes([65 + n]) * 50_000) for n in range(4)]
    cache.put("k", versions[0])

    def write() -> None:
        for turn in range(100):
            cache.put("k", versions[turn % 4])
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    while not done.is_set():
        assert cache.get("k") in versions
    writer.join()
    assert [path.suffix for path in tmp_path.iterdir()] == [".answer"]


def test_content_is_kept_only_where_it_can_be_asked_about() -> None:
    assert lean(ONE).content is not None
    assert lean(replace(ONE, etag="", last_modified="x")).content is not None
    assert lean(replace(ONE, etag="")).content is None
