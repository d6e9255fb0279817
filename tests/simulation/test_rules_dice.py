"""Chance repeats: on every machine, in every version, in every order of asking."""

from collections import Counter
from itertools import pairwise

from cettar_site.simulation.rules_dice import Dice, Lot, hashed, mixed, secret, wave


def test_the_same_names_throw_the_same() -> None:
    one, same, other = Dice("a", 1), Dice("a", 1), Dice("a", 2)
    assert [one.bits(32) for _ in range(5)] == [same.bits(32) for _ in range(5)]
    assert Dice("a", 1).bits(64) != other.bits(64)
    assert Dice("a", "b").bits(64) != Dice("ab").bits(64)


def test_the_numbers_are_these_for_ever() -> None:
    assert hashed(2019, "day", 1) == 9133293806196294774
    assert mixed(1) == 6238072747940578789
    dice = Dice("x")
    assert [dice.below(1000) for _ in range(6)] == [232, 372, 635, 731, 394, 32]
    assert secret("x").hex().startswith("d161d711")


def test_it_is_splitmix64() -> None:
    dice = Dice("any")
    dice._state = 1234567  # the seed of the published vector
    assert [dice.bits(64) for _ in range(2)] == [6457827717110365317, 3203168211198807973]


def test_throws_are_even() -> None:
    dice = Dice("even")
    counts = Counter(dice.below(10) for _ in range(20_000))
    assert all(1_850 < counts[face] < 2_150 for face in range(10))
    normals = [dice.normal() for _ in range(20_000)]
    assert abs(sum(normals) / len(normals)) < 0.02
    assert abs(sum(x * x for x in normals) / len(normals) - 1) < 0.03
    assert sorted(dice.around(8.0, 0.5) for _ in range(9_999))[5_000] / 8.0 - 1 < 0.03


def test_a_lot_keeps_its_weights() -> None:
    lot, dice = Lot("abc", [1, 2, 7]), Dice("lot")
    counts = Counter(lot.draw(dice) for _ in range(10_000))
    assert 850 < counts["a"] < 1_150
    assert 6_800 < counts["c"] < 7_200


def test_a_wave_is_smooth_and_stays_near() -> None:
    name = hashed("wave")
    line = [wave(name, at / 50) for at in range(10_000)]
    assert -1 <= min(line) < -0.8
    assert 0.8 < max(line) <= 1
    assert max(abs(b - a) for a, b in pairwise(line)) < 0.07
