"""What a reader asks of the public complaints, read strictly from an address: a wrong value is told, never guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from cettar_site.base.errors import Problem
from cettar_site.base.words import mark
from cettar_site.complaints.rules import State
from cettar_site.complaints.rules_number import parse_number
from cettar_site.jatim import agencies, categories, regions

LATE = "late"
"""Not a state of its own: the first answer is owed, and the promise is broken."""
LONGEST = 200
GROUPS = {one.code: one for one in categories.ALL if one.is_group}
"""Every group of topics, those no longer offered too."""
STATE_SLUGS: dict[str, str] = {
    LATE: "terlambat", State.TRIAGE: "dicarikan", State.WAITING: "menunggu", State.ANSWERED: "dijawab",
    State.CLAIMED: "diklaim", State.DISPUTED: "dibantah", State.CONFIRMED: "dikonfirmasi", State.REJECTED: "ditolak",
    State.FORWARDED: "diteruskan", State.WITHDRAWN: "ditarik", State.CLOSED: "ditutup"}

_LONG = mark("Kata yang dicari terlalu panjang. Tulis paling banyak 200 huruf.")
_REGION = mark("Wilayah itu tidak dikenal. Pilih dari daftar, atau tulis kodenya seperti 35.18.")
_AGENCY = mark("Instansi itu tidak dikenal. Pilih dari daftar, atau tulis kodenya seperti DINKES.")
_TOPIC = mark("Topik itu tidak dikenal. Pilih dari daftar, atau tulis kodenya seperti S08.")
_STATE = mark("Keadaan itu tidak dikenal. Pilih dari daftar.")
_BEFORE = mark("Awal halaman ini tidak dikenal. Mulai lagi dari yang terbaru.")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which public complaints are asked for; empty means all. `before` is the number where the last page ended."""

    q: str = ""
    region: str = ""
    agency: str = ""
    topic: str = ""
    state: str = ""
    before: str = ""

    @property
    def plain(self) -> bool:
        """Whether nothing is left out."""
        return self == Asked(before=self.before)


@dataclass(frozen=True, slots=True)
class Spelling:
    """What an address calls each of the fields of `Asked`, and each state."""

    fields: Mapping[str, str]
    states: Mapping[str, str]

    def query(self, asked: Asked) -> str:
        """The query string that asks this again, with its ?; empty if all is asked for."""
        pairs = {name: getattr(asked, field) for field, name in self.fields.items()}
        pairs[self.fields["state"]] = self.states.get(asked.state, "")
        return "?" + urlencode({name: value for name, value in pairs.items() if value}) if any(pairs.values()) else ""


PAGE = Spelling({"q": "q", "region": "wilayah", "agency": "instansi", "topic": "topik", "state": "keadaan",
                 "before": "sebelum"}, STATE_SLUGS)
"""In addresses that people read."""
DATA = Spelling({"q": "q", "region": "region", "agency": "agency", "topic": "topic", "state": "state",
                 "before": "before"}, {state: str(state) for state in STATE_SLUGS})
"""In addresses of data."""


def read_asked(given: Mapping[str, str], spelling: Spelling) -> tuple[Asked, tuple[Problem, ...]]:
    """What is asked, and what could not be understood: left out of it, each with its field and how to mend it."""
    raw = {field: given.get(name, "").strip() for field, name in spelling.fields.items()}
    by_slug = {slug: str(state) for state, slug in spelling.states.items()}
    raw["state"], unknown_state = by_slug.get(raw["state"], ""), raw["state"] not in ("", *by_slug)
    number = parse_number(raw["before"]) if raw["before"] else None
    wrong = {
        "q": _LONG if len(raw["q"]) > LONGEST else "",
        "region": _REGION if raw["region"] and regions.by_code(raw["region"]) is None else "",
        "agency": _AGENCY if raw["agency"] and agencies.by_code(raw["agency"]) is None else "",
        "topic": _TOPIC if raw["topic"] and raw["topic"] not in GROUPS else "",
        "state": _STATE if unknown_state else "",
        "before": _BEFORE if raw["before"] and number is None else ""}
    problems = tuple(Problem(spelling.fields[field], text) for field, text in wrong.items() if text)
    kept = {field: "" if wrong[field] else value for field, value in raw.items()}
    return Asked(**(kept | {"before": number or ""})), problems


def no_such_page(spelling: Spelling) -> Problem:
    """That no public complaint has the number where a page is said to begin."""
    return Problem(spelling.fields["before"], _BEFORE)


def from_newest(asked: Asked) -> Asked:
    """The same question from its first page on."""
    return replace(asked, before="")
