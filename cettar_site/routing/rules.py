"""To whom a complaint may belong: labels, suggestions, and when the site may decide alone.

A label is a provincial agency's code, LOCAL for the government of the place (which of the 38 follows from the region),
or CENTRE. What the site is not sure of goes to the triage desk with three suggestions; outside the province nothing is
ever sent without a person's word, because that ends the agency's duty to answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cettar_site.complaints.rules import TRIAGE_DESK
from cettar_site.jatim import agencies

LOCAL = "KAB"
"""The label of whatever regency or city the complaint comes from."""
UNITS = ("upt", "upt_keluarga")
SUGGESTIONS = 3
NEVER = 2.0
"""A threshold that nothing reaches: for as long as no measurement says how sure is sure enough."""
NO_MODEL = "duties"
"""The version that is kept where only duties and topics were asked."""
ENOUGH = 0.95
"""The share of what was decided alone that must have been right."""
LEAST = 0.02
"""A suggestion that is less likely than this helps nobody."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An agency that may be in charge, and how sure that is (0 to 1)."""

    agency_code: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a complaint when it is sorted."""

    text: str
    category_code: str = ""
    region_code: str = ""


def model_name(realm: str) -> str:
    """The file in the data folder in which a realm's model is kept."""
    return "router.model" if realm == "real" else "router-demo.model"


def label_of(agency_code: str) -> str:
    """The label that a destination stands for: of a unit its agency's, which knows its units; empty for nobody."""
    agency = agencies.by_code(agency_code)
    if agency is None:
        return agency_code
    if agency.kind in UNITS and agency.parent:
        return agency.parent
    return agency_code if agency.is_provincial else LOCAL


def agency_of(label: str, region_code: str) -> str:
    """The destination that a label means at a place; empty where the place is not known."""
    if label != LOCAL:
        return label
    government = agencies.of_region(region_code)
    return government.code if government else ""


def suggestions(shares: Mapping[str, float], region_code: str) -> tuple[Suggestion, ...]:
    """The likeliest destinations, at most three, the likeliest first."""
    best = sorted(shares.items(), key=lambda one: (-one[1], one[0]))
    named = ((agency_of(label, region_code), share) for label, share in best)
    return tuple(Suggestion(code, round(share, 4)) for code, share in named if code and share >= LEAST)[:SUGGESTIONS]


def is_provincial(label: str) -> bool:
    """Whether it is an agency of the province that answers here."""
    agency = agencies.by_code(label)
    return agency is not None and agency.is_provincial


def may_go_alone(first: Suggestion | None, threshold: float) -> bool:
    """Whether the site may send it there without asking: sure enough, of the province, not the desk itself."""
    return (first is not None and first.confidence >= threshold and first.agency_code != TRIAGE_DESK
            and is_provincial(first.agency_code))
