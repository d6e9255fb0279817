"""Learned numbers: what a text becomes, a model kept and read again, a damaged one refused, texts compared."""

import io
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cettar_site.routing import guess
from cettar_site.routing.guess import Model
from cettar_site.routing.guess_alike import Index, runs_of
from cettar_site.routing.guess_mix import likely_topics, mixed, said
from cettar_site.routing.learn import FEWEST, learned, with_topics
from cettar_site.routing.learn_replay import replay
from cettar_site.routing.rules import Asked, suggestions
from cettar_site.routing.rules_judge import figures
from tests.complaints.makers import TEXT
from tests.routing.makers import STORIES, examples, story


@pytest.fixture(scope="module")
def model() -> Model:
    found = learned(examples(200), "2026-11-23 01:50", 0.6)
    assert found is not None
    return found


@given(st.lists(st.text(max_size=80), min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_a_text_has_the_same_pieces_alone_and_among_others(texts: list[str]) -> None:
    together = guess.pieces(texts)
    for at, text in enumerate(texts):
        alone = guess.pieces([text])
        mine = together.row == at
        assert np.array_equal(together.bucket[mine], alone.bucket)
        assert np.array_equal(together.count[mine], alone.count)


def test_words_and_runs_are_told_apart() -> None:
    found = guess.pieces(["jalan jalan rusak"])
    words = found.bucket < 1 << guess.BITS
    assert found.count[words].sum() == 3 + 2, "three words, two pairs"
    assert sorted(found.count[words]) == [1, 1, 1, 2]
    # " jalan ": six runs of 2, five of 3, four of 4, three of 5; twice that, and as many of " rusak ".
    assert found.count[~words].sum() == 3 * (6 + 5 + 4 + 3)


def test_a_model_knows_what_it_was_taught(model: Model) -> None:
    assert set(model.head.labels) == set(STORIES)
    shares = guess.shares(model.head, [said(Asked(story(label, 77), "", "35.18")) for label in model.head.labels])
    assert [model.head.labels[at] for at in shares.argmax(axis=1)] == list(model.head.labels)
    assert np.allclose(shares.sum(axis=1), 1)
    (empty,) = guess.shares(model.head, [""])
    assert np.isclose(empty.sum(), 1)


def test_a_model_comes_back_as_it_was_kept(model: Model) -> None:
    again = guess.unpacked(guess.packed(model))
    assert (again.version, again.head.labels, again.threshold) == (model.version, model.head.labels, model.threshold)
    texts = [story("DPUBM", 3), "sesuatu yang lain"]
    assert np.allclose(guess.shares(again.head, texts), guess.shares(model.head, texts), atol=0.01)


def test_no_word_is_in_a_model(model: Model) -> None:
    with np.load(io.BytesIO(guess.packed(model)), allow_pickle=False) as found:
        held = {name: found[name] for name in found.files}
    letters = {name for name, one in held.items() if one.dtype.kind in "USO"}
    assert letters == {"version", "head_labels"}


@pytest.mark.parametrize("damage", ["empty", "cut", "noise", "pickle", "shape", "format", "endless"])
def test_a_damaged_model_is_refused(model: Model, damage: str) -> None:
    whole = guess.packed(model)
    held = io.BytesIO()
    with np.load(io.BytesIO(whole)) as found:
        parts = dict(found)
    if damage == "pickle":
        parts["head_labels"] = np.array([{"x"}], dtype=object)
    elif damage == "shape":
        parts["head_bias"] = parts["head_bias"][:-1]
    elif damage == "format":
        parts["format"] = np.array(guess.FORMAT + 1)
    elif damage == "endless":
        parts["head_bias"] = parts["head_bias"] * np.inf
    np.savez_compressed(held, **parts)
    content = {"empty": b"", "cut": whole[:-100], "noise": b"PK\x03\x04" + b"x" * 500}.get(damage, held.getvalue())
    with pytest.raises(ValueError):
        guess.unpacked(content)


def test_duties_stay_beside_what_was_learned(model: Model) -> None:
    (shares,) = mixed(model, [Asked("Sapi perah dan ayam mati, pakan, susu dan telur mahal, minta inseminasi buatan.")])
    assert "DISNAK" in [one.agency_code for one in suggestions(shares, "35.18")], "which no example named"
    assert sum(shares.values()) == pytest.approx(1, abs=1e-4)
    assert mixed(model, []) == [] == mixed(None, [])


def test_topics_are_learned_from_what_people_chose(model: Model) -> None:
    topics = {"DPUBM": "S08.007", "KAB": "S07.025"}
    chosen = [replace(one, asked=replace(one.asked, category_code=topics.get(one.label, ""))) for one in examples(100)]
    knows = guess.unpacked(guess.packed(with_topics(model, chosen)))
    assert knows.topics is not None and knows.topics.labels == ("S07.025", "S08.007")
    assert likely_topics(knows, story("KAB", 61), 4)[0] == "S07.025"
    assert likely_topics(None, "Lampu jalan padam", 4)[0].startswith("S31") and likely_topics(None, "", 4) == []
    assert with_topics(model, examples(100)).topics is None, "nobody chose one"


def test_too_little_teaches_nothing() -> None:
    assert learned(examples(FEWEST - 1), "x") is None
    assert learned(examples(50, ["DPUBM"]), "x") is None
    two = learned(examples(60, ["DPUBM", "DINDIK"]), "x")
    assert two is not None and two.head.weights.shape[1] == 2
    (shares,) = guess.shares(two.head, [story("DINDIK", 5)])
    assert two.head.labels[shares.argmax()] == "DINDIK"


def test_a_replay_learns_only_from_what_was_decided_before() -> None:
    given_ = examples(300)
    steps = list(replay(given_, 100))
    assert [len(one.judged) for one in steps] == [100, 100, 100]
    assert [one.learned_from for one in steps] == [0, 88, 188], "the last day's were not decided yet"
    last = figures(steps[-1].judged)
    assert last.first == last.n
    # A decision that contradicts all others is judged wrong: it was not seen before.
    wrong = [*given_[:-1], given_[-1].__class__(given_[-1].asked, "DISKOPUKM", given_[-1].filed_at,
                                                given_[-1].decided_at)]
    assert figures(list(replay(wrong, 100))[-1].judged).first == 99


def test_a_rewritten_twin_is_found_among_others() -> None:
    texts = [story(label, number) for label in STORIES for number in range(40)] + [TEXT]
    index = Index(list(range(len(texts))), runs_of(texts))
    (best, cosine), *_ = index.likest("jalan depan pasar berlubang sdh dua bulan blm diperbaiki", 3, 0.0)
    assert best == len(texts) - 1 and cosine >= 0.5
    assert index.likest("sama sekali bukan itu", 3, 0.5) == [] == index.likest("", 3, 0.0)
    assert Index([], []).likest(TEXT, 3, 0.0) == []
    assert index.likest(TEXT, 1, 0.0)[0][1] == pytest.approx(1, abs=0.01)
    assert Index([1, 2], runs_of(["", "!?"])).ids == []
