"""Where photos lie: sealed files in the data folder, two to a name, written so that a power cut leaves whole ones.

A name is 32 hexadecimal digits drawn by chance; its first two name the folder. A file holds the small picture first,
for lists ask for that, then the large one. What is sealed and with which salt is said by the database: a file whose
row is gone can be opened by nobody, and `forget_photos` removes it.
"""

import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from cettar_site.infra.db import Database
from cettar_site.infra.settings import settings

LENGTH = 4
"""Bytes in front that say how long the small picture is."""


class Shelf:
    """The photos of one database: a site's real and simulated ones never lie together."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, small: bytes, large: bytes) -> None:
        """Keep the two sealed pictures of a name; on the disk when this returns."""
        place = self._place(name)
        made = not place.parent.is_dir()
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if made:
            _flush_folder(self._folder)
        unfinished = place.with_suffix(".part")
        with open(unfinished, "xb", opener=_for_its_owner) as file:
            file.write(len(small).to_bytes(LENGTH, "big") + small + large)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(place)
        _flush_folder(place.parent)

    def get(self, name: str, *, small: bool) -> bytes | None:
        """One of the two sealed pictures of a name; None when there is no such file."""
        try:
            with open(self._place(name), "rb") as file:
                size = int.from_bytes(file.read(LENGTH), "big")
                if small:
                    return file.read(size)
                file.seek(size, os.SEEK_CUR)
                return file.read()
        except FileNotFoundError:
            return None

    def remove(self, names: Iterable[str]) -> int:
        """Remove the files of these names; how many there were."""
        removed = 0
        for name in names:
            with suppress(FileNotFoundError):
                self._place(name).unlink()
                removed += 1
        return removed

    def older(self, seconds: float) -> Iterator[list[str]]:
        """The names of the files at least so old, a folder at a time; what a crash left unfinished is removed."""
        before = time.time() - seconds
        for folder in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
            names = []
            with os.scandir(folder) as found:
                for one in found:
                    with suppress(FileNotFoundError):  # removed by somebody in this moment
                        if one.stat().st_mtime > before:
                            continue
                        if one.name.endswith(".part"):
                            os.unlink(one.path)
                        elif one.name.endswith(".bin"):
                            names.append(one.name.removesuffix(".bin"))
            if names:
                yield names

    def spool(self) -> IO[bytes]:
        """A file for what is being sent; it bears no name, so nothing can leave it behind."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return tempfile.TemporaryFile(dir=self._folder)

    def _place(self, name: str) -> Path:
        if len(name) != 32 or not set(name) <= set("0123456789abcdef"):
            raise ValueError("no name of a photo")
        return self._folder / name[:2] / f"{name}.bin"


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def shelf(db: Database) -> Shelf:
    """The shelf of a database."""
    return Shelf(settings().data_dir / ("photos" if db.realm == "real" else "photos-demo"))
