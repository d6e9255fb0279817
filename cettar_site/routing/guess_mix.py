"""Rules, model and duties together: the shares of a complaint's labels."""

from collections.abc import Sequence

from cettar_site.routing import guess
from cettar_site.routing.guess import Model
from cettar_site.routing.rules import Asked
from cettar_site.routing.rules_prior import prior, topics
from cettar_site.routing.rules_table import SURE, settled

Mixed = dict[str, float]
FAINT = 0.1
"""A topic so much less likely than the likeliest is not worth reading."""
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
        learned = guess.shares(model.head, [said(one) for one in asked])
        known = [joined(model.head.labels, line.tolist(), before) for line, before in zip(learned, known, strict=True)]
    return [weighed(shares, settled(one.text)) for shares, one in zip(known, asked, strict=True)]


def likely_topics(model: Model | None, text: str, n: int) -> list[str]:
    """The codes of the topics that a text is likeliest about, at most `n`: by their names and by what others chose."""
    named = topics(text, 4 * n)
    whole = sum(score ** 2 for _, score in named) or 1.0
    shares = {code: score ** 2 / whole for code, score in named}
    if model is not None and model.topics is not None:
        (learned,) = guess.shares(model.topics, [text])
        shares = joined(model.topics.labels, learned.tolist(), shares)
    best = sorted(shares, key=lambda code: (-shares[code], code))[:n]
    return [code for code in best if shares[code] >= FAINT * shares[best[0]]]


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
