"""Learning in a process of its own, which takes its memory with it: what two jobs share."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cettar_site.base.errors import ForeignFailure
from cettar_site.base.words import mark
from cettar_site.routing.rules_judge import Figures
from cettar_site.routing.rules_label import Example

ROOT = Path(__file__).resolve().parent.parent
WORKER = "cettar_site.routing.learn_worker"
MOST_SECONDS = 1800
TESTED = 4000
"""So many of the newest decisions are replayed; more would take longer and say the same."""
BLOCKS = 8
SMALLEST_BLOCK = 50
_FAILED = mark("Proses yang belajar berhenti tanpa hasil")


@dataclass(frozen=True, slots=True)
class Taught:
    """What learning gave: the replay's figures, all and block by block, and the model's bytes (empty: too few)."""

    figures: Figures
    hindsight: Figures
    """The same, had the lowest threshold that is precise enough been known from the beginning."""
    threshold: float | None
    labels: int
    steps: tuple[dict[str, Any], ...]
    model: bytes
    learned: int = 0


def block_of(n: int) -> int:
    """After how many complaints is learned anew, where nothing else was asked for."""
    return max(SMALLEST_BLOCK, min(n, TESTED) // BLOCKS)


def teach(examples: Sequence[Example], version: str, *, train: bool = True, every: int = 0,
          tested: int = TESTED) -> Taught:
    """Replay the newest decisions and, to train, learn from all. Raises ForeignFailure where the process failed."""
    order = {"task": "train" if train else "replay", "version": version, "every": every or block_of(len(examples)),
             "tested": tested, "examples": list(_rows(examples))}
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    try:
        with subprocess.Popen(  # noqa: S603 (our own program)
                [sys.executable, "-m", WORKER], cwd=ROOT, env=threads, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL) as process:
            with suppress(OSError):  # visitors go first
                os.setpriority(os.PRIO_PROCESS, process.pid, 10)
            try:
                said, _ = process.communicate(json.dumps(order).encode(), MOST_SECONDS)
            except BaseException:
                process.kill()
                raise
        size = int.from_bytes(said[:4], "big")
        head = json.loads(said[4:4 + size])
        return Taught(Figures(**head["figures"]), Figures(**head["hindsight"]), head["threshold"], head["labels"],
                      tuple(head["steps"]), said[4 + size:], head.get("learned", 0))
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError) as fault:
        raise ForeignFailure("worker", _FAILED, WORKER) from fault


def _rows(examples: Sequence[Example]) -> Iterator[list[Any]]:
    for one in examples:
        asked = one.asked
        yield [asked.text, asked.category_code, asked.region_code, one.label, one.filed_at.timestamp(),
               one.decided_at.timestamp()]


def spoken(figures: Figures) -> dict[str, str | int | float]:
    """The figures as facts of a sentence: how many, and percentages."""
    return {"tested": figures.n, "first": round(100 * figures.share(figures.first), 1),
            "among": round(100 * figures.share(figures.among), 1),
            "alone": round(100 * figures.share(figures.alone), 1), "precise": round(100 * figures.precision, 1)}
