"""A learned model as bare arrays: a text becomes weighted features, these become shares of labels.

The features are those of TF-IDF over words (1, 2) and characters within words (2 to 5). They are hashed: a model holds
numbers by the hash of a piece, never a word of anybody. Nothing here needs the library that learns the numbers; a batch
of texts is worked through at once.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

BITS = 18
"""Each kind of piece has so many buckets (as a power of two)."""
KINDS = 2
BUCKETS = KINDS << BITS
CHARS = (2, 3, 4, 5)
LONGEST = 4000
"""Letters of a text that are looked at."""
FORMAT = 3
MOST_BYTES = 200_000_000
_SPACE = 32
_PRIME = np.uint64(0x100000001B3)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_WORDS = re.compile(r"[^\W_]+")
_POWERS = np.power(_PRIME, np.arange(64, dtype=np.uint64), dtype=np.uint64)

Ints = NDArray[np.signedinteger[Any]]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Pieces:
    """Which piece stands in which text how often; sorted by text, then by piece."""

    row: Ints
    bucket: Ints
    count: Ints


@dataclass(frozen=True, slots=True)
class Head:
    """What tells labels apart. `slot` gives the place of a bucket's numbers, -1 where it was too rare."""

    labels: tuple[str, ...]
    slot: NDArray[np.int32]
    idf: Floats
    weights: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned: who is in charge, from which confidence on alone, and (if enough chose one) the topics."""

    version: str
    threshold: float
    head: Head
    topics: Head | None = None


def _scattered(hashes: NDArray[np.uint64], salt: int, bits: int) -> Ints:
    mixed = (hashes + np.uint64(salt)) * _MIX
    mixed ^= mixed >> np.uint64(31)
    mixed *= _MIX
    return (mixed >> np.uint64(64 - bits)).astype(np.int64)


def _codes(texts: Sequence[str]) -> tuple[NDArray[np.uint64], Ints]:
    """The letters of all texts, words between single spaces, and to which text each belongs."""
    plain = [f" {' '.join(_WORDS.findall(text[:LONGEST].casefold()))} " for text in texts]
    letters = np.frombuffer("".join(plain).encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)
    return letters, np.repeat(np.arange(len(plain)), [len(one) for one in plain])


def _characters(letters: NDArray[np.uint64], rows: Ints, sizes: Sequence[int],
                bits: int) -> tuple[list[Ints], list[Ints]]:
    """Runs of letters within words, the space before and after one included."""
    space = letters == _SPACE
    before = np.concatenate(([0], np.cumsum(space)))
    hashes = letters.copy()
    found_rows, found = [], []
    for n in range(2, max(sizes) + 1):
        hashes = hashes[:-1] * _PRIME + letters[n - 1:]
        if n not in sizes or not len(hashes):
            continue
        start = np.arange(len(hashes))
        # No space inside; and two spaces side by side are the border of two texts.
        whole = (before[start + n - 1] == before[start + 1]) if n > 2 else ~(space[:-1] & space[1:])
        found_rows.append(rows[:len(hashes)][whole])
        found.append(_scattered(hashes[whole], n, bits))
    return found_rows, found


def _word_hashes(letters: NDArray[np.uint64], rows: Ints) -> tuple[NDArray[np.uint64], Ints]:
    """A hash of each word, and to which text it belongs."""
    space = letters == _SPACE
    starts = np.flatnonzero(space[:-1] & ~space[1:]) + 1
    if not len(starts):
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    lengths = np.diff(np.append(starts, len(letters)))
    offset = np.arange(starts[0], len(letters)) - np.repeat(starts, lengths)
    valued = np.where(space[starts[0]:], np.uint64(0), letters[starts[0]:] * _POWERS[np.minimum(offset, 63)])
    return np.add.reduceat(valued, starts - starts[0]), rows[starts]


def _counted(row: Ints, bucket: Ints, bits: int) -> Pieces:
    key, count = np.unique(row << bits | bucket, return_counts=True)
    return Pieces(key >> bits, key & ((1 << bits) - 1), count)


def pieces(texts: Sequence[str]) -> Pieces:
    """The pieces of each text: words and pairs of words, runs of 2 to 5 letters."""
    letters, rows = _codes(texts)
    words, word_rows = _word_hashes(letters, rows)
    pairs = word_rows[:-1] == word_rows[1:]
    pair = (words[:-1] * _PRIME + words[1:])[pairs]
    char_rows, chars = _characters(letters, rows, CHARS, BITS)
    row = np.concatenate([word_rows, word_rows[:-1][pairs], *char_rows])
    bucket = np.concatenate([_scattered(words, 101, BITS), _scattered(pair, 102, BITS),
                             *(one + (1 << BITS) for one in chars)])
    return _counted(row, bucket, BITS + 1)


def runs(texts: Sequence[str], sizes: Sequence[int], bits: int) -> Pieces:
    """Runs of letters alone, for comparing texts with each other."""
    letters, rows = _codes(texts)
    char_rows, chars = _characters(letters, rows, sizes, bits)
    if not chars:
        return Pieces(*(np.empty(0, np.int64) for _ in range(3)))
    return _counted(np.concatenate(char_rows), np.concatenate(chars), bits)


def values(found: Pieces, slot: NDArray[np.int32], idf: Floats, n: int) -> tuple[Ints, Ints, Floats]:
    """TF-IDF of what the model knows: text, place, weight; words and letters each of length one."""
    place: Ints = slot[found.bucket].astype(np.int64)
    known = place >= 0
    row = found.row[known]
    place = place[known]
    weight = np.asarray((1 + np.log(found.count[known])) * idf[place], np.float32)
    block = row * KINDS + (found.bucket[known] >> BITS)
    length = np.sqrt(np.bincount(block, weight.astype(np.float64) ** 2, minlength=n * KINDS))
    return row, place, np.asarray(weight / length[block], np.float32)


def shares(head: Head, texts: Sequence[str]) -> Floats:
    """The share of each label for each text; every line adds up to one."""
    logits = np.repeat(head.bias[None, :], len(texts), axis=0)
    row, place, weight = values(pieces(texts), head.slot, head.idf, len(texts))
    borders = np.searchsorted(row, np.arange(len(texts) + 1)).tolist()
    for at, (first, end) in enumerate(pairwise(borders)):
        # A product of its own each: one for all would first copy every piece's numbers.
        logits[at] += weight[first:end] @ head.weights[place[first:end]]
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)


def packed(model: Model) -> bytes:
    """A model as bytes, without anything that could be run."""
    held = io.BytesIO()
    parts: dict[str, Any] = {
        f"{name}_{part}": value for name, head in (("head", model.head), ("topics", model.topics)) if head
        for part, value in (("labels", np.array(head.labels)), ("slot", head.slot), ("idf", head.idf),
                            ("weights", head.weights.astype(np.float16)), ("bias", head.bias))}
    np.savez_compressed(held, format=np.array(FORMAT), version=np.array(model.version),
                        threshold=np.array(model.threshold), **parts)
    return held.getvalue()


def unpacked(content: bytes) -> Model:
    """The model in bytes. Raises ValueError for anything that is none."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as found:
            if int(found["format"]) != FORMAT:
                raise ValueError("a model of another make")
            topics = _head(found, "topics") if "topics_labels" in found.files else None
            model = Model(str(found["version"]), float(found["threshold"]), _head(found, "head"), topics)
    except (OSError, KeyError, EOFError, TypeError, zipfile.BadZipFile) as fault:
        raise ValueError("no model") from fault
    if model.threshold <= 0:
        raise ValueError("a model that would send everything alone")
    return model


def _head(found: Any, name: str) -> Head:
    """One head of a kept model. Raises ValueError where its parts do not fit each other."""
    head = Head(
        tuple(str(one) for one in found[f"{name}_labels"]), found[f"{name}_slot"].astype(np.int32),
        *(found[f"{name}_{part}"].astype(np.float32) for part in ("idf", "weights", "bias")))
    size, labels = len(head.idf), len(head.labels)
    if not (head.slot.shape == (BUCKETS,) and head.weights.shape == (size, labels) and head.bias.shape == (labels,)
            and labels and size and int(head.slot.max()) < size
            and all(np.isfinite(one).all() for one in (head.idf, head.weights, head.bias))):
        raise ValueError("a model whose parts do not fit")
    return head
