"""A process of its own that learns: it reads decided complaints, writes figures and a model, and is gone.

The library that learns is large and keeps what it has taken of memory; the site's own process never loads it. An order
comes as one JSON object on standard input: `{"task": "train" | "replay", "version", "every", "tested", "examples"}`,
an example being text, topic, region, label, filed, decided (seconds). The answer is the length of a JSON head (4
bytes), the head, the model's bytes. Nothing is written anywhere else.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from cettar_site.routing import guess
from cettar_site.routing.learn import learned, with_topics
from cettar_site.routing.learn_replay import WINDOW, replay
from cettar_site.routing.rules import ENOUGH, NEVER, Asked
from cettar_site.routing.rules_judge import Judged, figures, threshold
from cettar_site.routing.rules_label import Example

Head = dict[str, Any]


def examples_of(given: Sequence[Sequence[Any]]) -> list[Example]:
    """The examples of an order."""
    return [Example(Asked(text, category, region), label, datetime.fromtimestamp(filed, UTC),
                    datetime.fromtimestamp(decided, UTC))
            for text, category, region, label, filed, decided in given]


def tested(examples: Sequence[Example], every: int) -> Head:
    """What the replay of these examples says."""
    judged: list[Judged] = []
    steps = []
    for step in replay(examples, every):
        judged += step.judged
        steps.append(asdict(figures(step.judged)) | {"learned": step.learned_from, "threshold": step.threshold})
    hindsight = threshold(judged, ENOUGH)
    return {"figures": asdict(figures(judged)), "steps": steps, "threshold": threshold(judged),
            "hindsight": asdict(figures(judged, NEVER if hindsight is None else hindsight)),
            "labels": len({one.label for one in examples})}


def answer(order: Head) -> tuple[Head, bytes]:
    """The head and the model that an order asks for; no bytes where there is none."""
    examples = examples_of(order["examples"])
    head = tested(examples[-order["tested"]:], order["every"])
    if order["task"] == "replay":
        return head, b""
    model = learned(examples[-WINDOW:], order["version"], head["threshold"] or NEVER)
    head["learned"] = len(examples[-WINDOW:])
    return head, guess.packed(with_topics(model, examples[-WINDOW:])) if model is not None else b""


def main() -> None:
    """Answer the one order on the standard input."""
    head, model = answer(json.load(sys.stdin.buffer))
    said = json.dumps(head).encode()
    sys.stdout.buffer.write(len(said).to_bytes(4, "big") + said + model)


if __name__ == "__main__":
    main()
