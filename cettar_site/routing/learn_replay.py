"""Prequential replay: each complaint is sorted before its decision is learned from, as it would have been in life."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cettar_site.routing import guess
from cettar_site.routing.guess import Model
from cettar_site.routing.guess_mix import Mixed, mixed, said
from cettar_site.routing.learn import learned
from cettar_site.routing.rules import NEVER, SUGGESTIONS, Asked
from cettar_site.routing.rules_judge import Judged, threshold, would_go
from cettar_site.routing.rules_label import Example
from cettar_site.routing.rules_prior import LABELS

WINDOW = 20_000
"""At most so many of the newest decisions are learned from."""


@dataclass(frozen=True, slots=True)
class Step:
    """A block of complaints as they were judged by what was known before the first of them."""

    judged: tuple[Judged, ...]
    learned_from: int
    threshold: float


def replay(examples: Sequence[Example], every: int, window: int = WINDOW) -> Iterator[Step]:
    """Walk through complaints by when they were filed: predict a block of `every`, then learn, then the next block.

    Learned from is only what had been decided when the block's first complaint came. Of another province's agencies
    our duties know nothing: then what was learned speaks alone.
    """
    ours = any(one.label in LABELS for one in examples)
    seen: list[Judged] = []
    ordered = sorted(examples, key=lambda one: one.filed_at)
    for at in range(0, len(ordered), every):
        block = ordered[at:at + every]
        before = [one for one in ordered[:at] if one.decided_at < block[0].filed_at][-window:]
        model = learned(before, "replay")
        asked = [one.asked for one in block]
        shares = mixed(model, asked) if ours else learned_alone(model, asked)
        # Chosen from the blocks before: what it lets pass now was not asked when it was chosen.
        enough = threshold(seen) or NEVER
        judged = [judge(one, example.label, enough) for one, example in zip(shares, block, strict=True)]
        seen += judged
        yield Step(tuple(judged), len(before) if model else 0, enough)


def learned_alone(model: Model | None, asked: Sequence[Asked]) -> list[Mixed]:
    """What a model says without duties and rules; nothing where there is none."""
    if model is None:
        return [{} for _ in asked]
    lines = guess.shares(model.head, [said(one) for one in asked])
    return [dict(zip(model.head.labels, line.tolist(), strict=True)) for line in lines]


def judge(shares: Mixed, truth: str, enough: float) -> Judged:
    """What was said of a complaint, beside what was decided."""
    near = tuple(sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))[:SUGGESTIONS])
    one = Judged(near, truth)
    return replace(one, alone=would_go(one, enough))
