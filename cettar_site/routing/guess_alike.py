"""Texts that can be asked which of them is like another one: cosine of TF-IDF over runs of 3 to 5 letters.

Runs are hashed into 2¹⁶ buckets: a text of four hundred letters takes some three kilobytes, and no word of it is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cettar_site.routing import guess

SIZES = (3, 4, 5)
BITS = 16
LETTERS = 1200
"""So many letters of a text are compared: what happened is said at its beginning."""


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of one text: buckets, and how much each counts in it."""

    bucket: NDArray[np.uint16]
    weight: NDArray[np.float16]


def runs_of(texts: Sequence[str]) -> list[Runs]:
    """The runs of each text."""
    found = guess.runs([text[:LETTERS] for text in texts], SIZES, BITS)
    weight = (1 + np.log(np.maximum(found.count, 1))).astype(np.float16)
    borders = np.searchsorted(found.row, np.arange(len(texts) + 1))
    return [Runs(found.bucket[a:b].astype(np.uint16), weight[a:b])
            for a, b in pairwise(borders)]


class Index:
    """Texts by id, ready to be compared with one more."""

    def __init__(self, ids: Sequence[int], texts: Sequence[Runs]) -> None:
        kept = [(id_, one) for id_, one in zip(ids, texts, strict=True) if len(one.bucket)]
        self.ids = [id_ for id_, _ in kept]
        self._bucket = np.concatenate([one.bucket for _, one in kept]) if kept else np.empty(0, np.uint16)
        sizes = [len(one.bucket) for _, one in kept]
        self._starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64) if kept else np.empty(0, np.int64)
        times = np.bincount(self._bucket, minlength=1 << BITS)
        self._idf = (np.log((1 + len(kept)) / (1 + times)) + 1).astype(np.float32)
        weight = np.concatenate([one.weight for _, one in kept]) if kept else np.empty(0, np.float16)
        weighed = weight.astype(np.float32) * self._idf[self._bucket]
        if kept:
            length = np.sqrt(np.add.reduceat(weighed ** 2, self._starts))
            weighed /= np.repeat(length, sizes)
        self._weight = weighed.astype(np.float16)

    @property
    def bytes(self) -> int:
        """What the texts take of memory."""
        return self._bucket.nbytes + self._weight.nbytes + self._starts.nbytes + self._idf.nbytes

    def likest(self, text: str, n: int, least: float) -> list[tuple[int, float]]:
        """The ids of the texts that are most like this one, at least so much, with the cosine."""
        (asked,) = runs_of([text])
        if not self.ids or not len(asked.bucket):
            return []
        line = np.zeros(1 << BITS, np.float32)
        line[asked.bucket] = asked.weight.astype(np.float32) * self._idf[asked.bucket]
        line /= np.sqrt((line ** 2).sum())
        cosine = np.add.reduceat(line[self._bucket] * self._weight, self._starts)
        best = np.argsort(-cosine, kind="stable")[:n]
        return [(self.ids[at], float(cosine[at])) for at in best if cosine[at] >= least]
