"""Chance that repeats: the same names give the same throws, on any machine and any version of Python.

A stream is named ("complaint", 17…), not counted, so that what happens in one place of the invented
world never moves what happens in another.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from hashlib import blake2b
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")
_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15


def hashed(*names: str | int) -> int:
    """A number of 64 bits that stands for these names."""
    text = "\x1f".join(map(str, names))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def secret(*names: str | int) -> bytes:
    """32 bytes that stand for these names, where the site keeps a hash of something that nobody holds."""
    return blake2b("\x1f".join(map(str, names)).encode(), digest_size=32).digest()


def mixed(number: int) -> int:
    """A number of 64 bits from another: the finisher of splitmix64 (Steele, Lea, Flood 2014)."""
    number = ((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    number = ((number ^ (number >> 27)) * 0x94D049BB133111EB) & _MASK
    return number ^ (number >> 31)


class Dice:
    """One stream of throws: splitmix64, begun at the hash of its names."""

    __slots__ = ("_state",)

    def __init__(self, *names: str | int) -> None:
        self._state = hashed(*names)

    def bits(self, n: int) -> int:
        """So many random bits, at most 64."""
        self._state = (self._state + _GOLDEN) & _MASK
        return mixed(self._state) >> (64 - n)

    def part(self) -> float:
        """A number from 0 to below 1."""
        return self.bits(53) / (1 << 53)

    def between(self, low: float, high: float) -> float:
        """A number from `low` to below `high`."""
        return low + (high - low) * self.part()

    def below(self, n: int) -> int:
        """A whole number from 0 to below `n`."""
        return int(self.part() * n)

    def happens(self, share: float) -> bool:
        """Whether something does that happens in this share (0..1) of cases."""
        return self.part() < share

    def one(self, choices: Sequence[T]) -> T:
        """One of these, each as likely."""
        return choices[self.below(len(choices))]

    def normal(self) -> float:
        """A standard normal number (Box and Muller)."""
        return math.sqrt(-2.0 * math.log(1.0 - self.part())) * math.cos(math.tau * self.part())

    def around(self, middle: float, spread: float) -> float:
        """A log-normal number with this median; `spread` is the standard deviation of its logarithm."""
        return middle * math.exp(spread * self.normal())


class Lot(Generic[T]):
    """Things to draw from, some likelier than others."""

    __slots__ = ("_sums", "_things")

    def __init__(self, things: Sequence[T], weights: Sequence[float]) -> None:
        self._things = tuple(things)
        self._sums = tuple(accumulate(weights))

    def draw(self, dice: Dice) -> T:
        """One of the things."""
        at = bisect_right(self._sums, dice.part() * self._sums[-1])
        return self._things[min(at, len(self._things) - 1)]


def wave(name: int, time: float) -> float:
    """A smooth wandering line, mostly within -1..1: throws at whole times, joined by a cosine.

    `name` is a hashed name. Any moment is had without those before it, so a price has no need of its past.
    """
    whole = math.floor(time)
    near, far = (mixed((name + _GOLDEN * (whole + step)) & _MASK) / (1 << 63) - 1.0 for step in (0, 1))
    weight = (1.0 - math.cos(math.pi * (time - whole))) / 2.0
    return near + (far - near) * weight
