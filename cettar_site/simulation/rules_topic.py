"""What a topic of invented complaints is."""

from __future__ import annotations

from dataclasses import dataclass

HOSPITAL = "RSUD"
"""Stands for the province's hospital nearest to the complaint."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: how often, when, and the sentences that complaints and answers about it are made of.

    Slots: {kec} district, {kab} regency, {tempat} a landmark, {lama} a duration, {jam} an hour, {siang} one
    by day, {n} a number from 2 to 9, {rp} a sum, {hari} a weekday; in answers also {tgl} a coming date and
    {periksa} the day of an inspection. Where there are as many effects, or answers, as problems, each belongs
    to the problem in its place.
    """

    category: str
    weight: float
    """How many are filed in 90 days, before the season."""
    problems: tuple[str, ...]
    effects: tuple[str, ...]
    answers: tuple[str, ...]
    where: str = ""
    """"coast" or "country" (regencies, not cities) where it is only filed there."""
    private: float = 0.04
    """The share that is filed as confidential."""
    season: str = ""
    """"wet" or "dry" where it mostly happens then."""
    onward: str = ""
    """The agency that the first one passes some of them on to."""
    onward_share: float = 0.0
