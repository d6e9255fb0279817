"""Finds the numbers of a model: TF-IDF and logistic regression over what people have decided."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from cettar_site.routing import guess
from cettar_site.routing.guess import Head, Model
from cettar_site.routing.guess_mix import said
from cettar_site.routing.rules import NEVER
from cettar_site.routing.rules_label import Example
from cettar_site.routing.rules_prior import OTHER_TOPICS

FEWEST = 20
"""With fewer decisions nothing is learned."""
RARE = 2
"""A piece must stand in so many texts, a label in so many decisions."""
MOST_PIECES = 40_000
"""Learning holds some twenty numbers for each piece and label: half a gigabyte at seventy labels."""
MOST_TOPICS = 80
COMMON = 5
"""A topic must have been chosen so often."""
STRENGTH = 12.0
"""The inverse of regularization."""
Numbers = NDArray[np.int32]
STEPS = 60
AT_ONCE = 500
"""Texts that are cut into pieces at a time."""


def learned(examples: Sequence[Example], version: str, threshold: float = NEVER) -> Model | None:
    """What these decisions teach; None where they are too few, or all the same."""
    times = Counter(one.label for one in examples)
    used = [one for one in examples if times[one.label] >= RARE]
    head = _head([said(one.asked) for one in used], [one.label for one in used])
    return None if head is None else Model(version, threshold, head)


def with_topics(model: Model, examples: Sequence[Example]) -> Model:
    """The model, knowing as well which topics people choose for what they write."""
    times = Counter(one.asked.category_code for one in examples if one.asked.category_code not in OTHER_TOPICS)
    common = {code for code, n in times.most_common(MOST_TOPICS) if n >= COMMON}
    used = [one.asked for one in examples if one.asked.category_code in common]
    return replace(model, topics=_head([one.text for one in used], [one.category_code for one in used]))


def _pieces(texts: Sequence[str]) -> guess.Pieces:
    """The pieces of many texts, some at a time and in small numbers: memory, not time, is what runs short."""
    parts: tuple[list[Numbers], list[Numbers], list[Numbers]] = [], [], []
    for at in range(0, len(texts), AT_ONCE):
        one = guess.pieces(texts[at:at + AT_ONCE])
        for kept, numbers in zip(parts, (one.row + at, one.bucket, one.count), strict=True):
            kept.append(numbers.astype(np.int32))
    return guess.Pieces(*(np.concatenate(kept) for kept in parts))


def _head(texts: Sequence[str], truths: Sequence[str]) -> Head | None:
    """The numbers that tell labels apart by texts; None where there are too few of either."""
    labels = tuple(sorted(set(truths)))
    if len(texts) < FEWEST or len(labels) < 2:
        return None
    found = _pieces(texts)
    often = np.bincount(found.bucket, minlength=guess.BUCKETS)
    kept = np.flatnonzero(often >= RARE)
    if len(kept) > MOST_PIECES:
        kept = np.sort(kept[np.argsort(-often[kept], kind="stable")[:MOST_PIECES]])
    slot = np.full(guess.BUCKETS, -1, np.int32)
    slot[kept] = np.arange(len(kept), dtype=np.int32)
    idf = (np.log((1 + len(texts)) / (1 + often[kept])) + 1).astype(np.float32)
    row, place, weight = guess.values(found, slot, idf, len(texts))
    lines = csr_matrix((weight, (row, place)), shape=(len(texts), len(kept)), dtype=np.float32)
    at = {label: number for number, label in enumerate(labels)}
    fitted = LogisticRegression(C=STRENGTH, max_iter=STEPS, tol=1e-3).fit(lines, [at[one] for one in truths])
    weights, bias = fitted.coef_, fitted.intercept_
    if len(labels) == 2:  # then only the second one's numbers are given
        weights, bias = np.vstack([-weights / 2, weights / 2]), np.concatenate([-bias / 2, bias / 2])
    return Head(labels, slot, idf, np.ascontiguousarray(weights.T, np.float32), np.asarray(bias, np.float32))
