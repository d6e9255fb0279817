"""Sorting many complaints at once: what was picked, where it shall go, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cettar_site.base.errors import Problem, Refused
from cettar_site.base.words import mark
from cettar_site.complaints.rules import CENTRE
from cettar_site.complaints.rules_number import parse_number
from cettar_site.desk.rules_matrix import Act
from cettar_site.desk.rules_seen import LETTERS
from cettar_site.jatim import agencies, categories

MOST = 50
AS_SUGGESTED = "saran"
"""The destination "each to its own first suggestion"."""

_NOTHING = mark("Centang dulu aduan yang mau disalurkan.")
_TOO_MANY = mark("Paling banyak 50 aduan sekali kirim.")
_NOWHERE = mark("Pilih tujuannya.")


class Outcome(StrEnum):
    """What became of one picked complaint."""

    DONE = "done"
    CHANGED = "changed"  # somebody was at it meanwhile
    REFUSED = "refused"  # not possible as it was asked
    GONE = "gone"  # not this desk's


@dataclass(frozen=True, slots=True)
class Pick:
    """One complaint to send on: its number, the mark of how the page showed it (rules_seen), where to."""

    number: str
    seen: str
    to: str
    body: str = ""

    @property
    def act(self) -> Act:
        """Routed within the province, or forwarded outside of it."""
        found = agencies.by_code(self.to)
        return Act.ROUTE if found is not None and found.is_provincial else Act.FORWARD

    def fields(self) -> dict[str, str]:
        """The form of one act."""
        return {"seen": self.seen, "to": self.to, "body": self.body}


@dataclass(frozen=True, slots=True)
class Sorted:
    """A pick and what became of it; `why` says why not (a msgid)."""

    pick: Pick
    outcome: Outcome
    why: str = ""


def picks(sent: Sequence[tuple[str, str]]) -> tuple[Pick, ...]:
    """What a form means: one complaint by its own button, else every ticked one. Raises Refused.

    A tick is "NUMBER~MARK~SUGGESTED", a button "NUMBER~MARK~DESTINATION".
    """
    fields = dict(sent)
    if "one" in fields:
        parts = fields["one"].split("~")
        return (_pick(parts, parts[2] if len(parts) == 3 else "", ""),)
    ticked = list(dict.fromkeys(value for name, value in sent if name == "pick"))
    if not ticked:
        raise Refused((Problem("", _NOTHING),))
    if len(ticked) > MOST:
        raise Refused((Problem("", _TOO_MANY),))
    to, body = fields.get("to", "").strip(), fields.get("body", "")
    if not to:
        raise Refused((Problem("to", _NOWHERE),))
    found = []
    for one in ticked:
        parts = one.split("~")
        own = parts[2] if len(parts) == 3 else ""
        found.append(_pick(parts, own if to == AS_SUGGESTED else to, body))
    return tuple(found)


def _pick(parts: Sequence[str], to: str, body: str) -> Pick:
    number = parse_number(parts[0])
    if number is None or len(parts) != 3 or len(parts[1]) > LETTERS:
        raise Refused((Problem("", _NOTHING),))
    code, _, named = to.partition(":")
    return Pick(number, parts[1], code, named or body)


def first_guess(category_code: str, region_code: str) -> tuple[str, ...]:
    """Where a topic usually goes, before anything was learnt: our own table's agency, or outside the province.

    An agency's code; a regency's government; "PUSAT:BODY".
    """
    topic = categories.by_code(category_code)
    if topic is None:
        return ()
    there = agencies.of_region(region_code)
    found = [topic.agency_code] if topic.agency_code and agencies.by_code(topic.agency_code) else []
    if topic.regency_may_answer and there is not None:
        found.append(there.code)
    if topic.central_body:
        found.append(f"{CENTRE}:{topic.central_body[:48]}")
    return tuple(found[:3])
