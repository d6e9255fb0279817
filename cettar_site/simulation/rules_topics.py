"""All topics, and how often each is complained about in a month of the year."""

from __future__ import annotations

from functools import lru_cache

from cettar_site.simulation.rules_dice import Lot
from cettar_site.simulation.rules_topic import Topic
from cettar_site.simulation.rules_words_land import LAND
from cettar_site.simulation.rules_words_people import PEOPLE
from cettar_site.simulation.rules_words_trade import TRADE

ALL: tuple[Topic, ...] = LAND + PEOPLE + TRADE
COMMON = 30.0
"""While the demo runs, what is filed is of topics at least so common: small agencies stay small."""

# How much likelier than on average, January to December; the west monsoon brings rain from November to April.
_WET = (1.9, 1.9, 1.6, 1.2, 0.6, 0.3, 0.2, 0.2, 0.3, 0.6, 1.4, 1.8)
_DRY = (0.2, 0.2, 0.3, 0.4, 0.8, 1.3, 1.8, 2.3, 2.2, 1.6, 0.7, 0.2)


def _season(topic: Topic, month: int) -> float:
    if not topic.season:
        return 1.0
    return (_WET if topic.season == "wet" else _DRY)[month - 1]


@lru_cache(maxsize=24)
def lot(month: int, common: bool) -> Lot[Topic]:
    """The topics of a month (1..12) to draw from; `common` leaves the rare ones out."""
    topics = [topic for topic in ALL if not common or topic.weight >= COMMON]
    return Lot(topics, [topic.weight * _season(topic, month) for topic in topics])
