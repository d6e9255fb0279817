"""Official ways to reach the government that are not this site, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from cettar_site.jatim.tables import rows

Kind = Literal["web", "sms", "phone", "email", "address"]


@dataclass(frozen=True, slots=True)
class Contact:
    """A channel: `value` is an address, a number or a link, according to `kind`."""

    name: str
    kind: Kind
    value: str
    agency_code: str
    note: str
    source: str


ALL: tuple[Contact, ...] = tuple(
    Contact(
        name=row["name"],
        kind=cast(Kind, row["kind"]),
        value=row["value"],
        agency_code=row["agency_code"],
        note=row["note"],
        source=row["source"],
    )
    for row in rows("contacts.csv")
)


def of(agency_code: str) -> tuple[Contact, ...]:
    """List the channels of an agency."""
    return tuple(contact for contact in ALL if contact.agency_code == agency_code)
