"""Rules, model and duties together: the shares of a complaint's labels."""

from collections.abc import Sequence

from cettar_site.routing import guess
from cettar_site.routing.guess import Model
from cettar_site.routing.rules import Asked
from cettar_site.routing.rules_prior import prior
from cettar_site.routing.rules_table import SURE, settled

Mixed = dict[str, float]
LEARNED = 0.5
"""The model's part beside the duties', once there is a model."""


def said(asked: Asked) -> str:
    """What a model reads: the words, and topic and place as words of their own."""
    topic, place = asked.category_code.replace(".", ""), asked.region_code.replace(".", "")
    named = [f"topik{topic[:3]} topik{topic}"] if topic else []
    return " ".join([asked.text, *named, *([f"wilayah{place}"] if place else [])])


def mixed(model: Model | None, asked: Sequence[Asked]) -> list[Mixed]:
    """The share of every label for each complaint, those of one adding up to one."""
    known = [prior(one) for one in asked]
    if model is not None and asked:
        learned = guess.shares(model, [said(one) for one in asked])
        known = [joined(model.labels, line.tolist(), before) for line, before in zip(learned, known, strict=True)]
    return [weighed(shares, settled(one.text)) for shares, one in zip(known, asked, strict=True)]


def joined(labels: Sequence[str], learned: Sequence[float], before: Mixed) -> Mixed:
    """The mean of what was learned and what was known before."""
    shares = {label: share * (1 - LEARNED) for label, share in before.items()}
    for label, share in zip(labels, learned, strict=True):
        shares[label] = shares.get(label, 0.0) + share * LEARNED
    return shares


def weighed(shares: Mixed, label: str) -> Mixed:
    """The shares after the words themselves named a label."""
    if not label:
        return shares
    rest = 1 - SURE
    return {one: share * rest for one, share in shares.items()} | {label: SURE + shares.get(label, 0.0) * rest}
