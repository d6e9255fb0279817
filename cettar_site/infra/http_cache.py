"""What a source answered last time, so that an unchanged answer is not sent, or not worked through, again."""

import hashlib
import json
import os
import tempfile
import threading
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from cettar_site.infra.log import get_logger

log = get_logger(__name__)

KEPT = 400  # answers in a folder
SUFFIX = ".answer"


@dataclass(frozen=True, slots=True)
class Remembered:
    """One earlier answer; `content` is None when it need not be kept (no ETag, no Last-Modified)."""

    url: str
    etag: str
    last_modified: str
    sha256: str
    fetched_at: datetime
    content_type: str
    content: bytes | None


class FeedCache(Protocol):
    """Where answers are remembered. Neither method raises: without a cache a feed still works."""

    def get(self, key: str) -> Remembered | None:
        """The answer kept under a key, None if there is none or it is damaged."""

    def put(self, key: str, answer: Remembered) -> None:
        """Keep an answer under a key, in place of the one before."""


class MemoryCache:
    """Answers of this process, the newest `kept` of them."""

    def __init__(self, kept: int = 200) -> None:
        self._kept = kept
        self._answers: OrderedDict[str, Remembered] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Remembered | None:
        """The answer kept under a key."""
        with self._lock:
            return self._answers.get(key)

    def put(self, key: str, answer: Remembered) -> None:
        """Keep an answer under a key."""
        with self._lock:
            self._answers[key] = answer
            self._answers.move_to_end(key)
            while len(self._answers) > self._kept:
                self._answers.popitem(last=False)


class FileCache:
    """One file an answer: a line of JSON, then the bytes. Written beside and moved into place."""

    def __init__(self, folder: Path, kept: int = KEPT) -> None:
        self._folder = folder
        self._kept = kept

    def get(self, key: str) -> Remembered | None:
        """The answer kept under a key; one that was cut or changed on the disk is as good as none."""
        try:
            head, _, content = self._path(key).read_bytes().partition(b"\n")
            facts = json.loads(head)
            if facts.pop("key") != key or facts.pop("checked") != hashlib.sha256(content).hexdigest():
                return None
            kept = facts.pop("has_content")
            facts["fetched_at"] = datetime.fromisoformat(facts["fetched_at"])
            return Remembered(**facts, content=content if kept else None)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def put(self, key: str, answer: Remembered) -> None:
        """Keep an answer under a key; a disk that is full or read-only is only logged."""
        content = answer.content or b""
        facts = {
            "key": key, "url": answer.url, "etag": answer.etag, "last_modified": answer.last_modified,
            "sha256": answer.sha256, "fetched_at": answer.fetched_at.isoformat(),
            "content_type": answer.content_type, "has_content": answer.content is not None,
            "checked": hashlib.sha256(content).hexdigest(),
        }
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(self._path(key), json.dumps(facts).encode() + b"\n" + content)
            self._prune()
        except OSError as fault:
            log.warning("feed_cache_not_written", fault=type(fault).__name__, errno=fault.errno)

    def _path(self, key: str) -> Path:
        return self._folder / (hashlib.sha256(key.encode()).hexdigest() + SUFFIX)

    def _write(self, path: Path, data: bytes) -> None:
        handle, beside = tempfile.mkstemp(dir=self._folder, prefix=".", suffix=".new")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(beside, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(beside)
            raise

    def _prune(self) -> None:
        """Forget the oldest answers beyond the number kept."""
        names = [entry.path for entry in os.scandir(self._folder) if entry.name.endswith(SUFFIX)]
        if len(names) <= self._kept:
            return
        with suppress(FileNotFoundError):
            for name in sorted(names, key=os.path.getmtime)[:len(names) - self._kept]:
                os.unlink(name)


def lean(answer: Remembered) -> Remembered:
    """Without the content where no source will ever say "not modified" about it."""
    return answer if answer.etag or answer.last_modified else replace(answer, content=None)
