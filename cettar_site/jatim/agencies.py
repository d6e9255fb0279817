"""The institutions that answer: provincial agencies and hospitals (OPD), and the 38 regional governments.

Names come from sources; three bureaus and a branch office whose names nobody could source are left out, and
what would go to them goes to their parent. An address, website or number without a source is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from cettar_site.jatim.tables import found, index, rows, words_of

Kind = Literal[
    "provinsi",
    "sekretariat_daerah",
    "sekretariat_dprd",
    "inspektorat",
    "biro",
    "dinas",
    "badan",
    "satuan",
    "bakorwil",
    "rsud",
    "upt",
    "upt_keluarga",
    "pemkab",
    "pemkot",
]

LOCAL_KINDS: frozenset[Kind] = frozenset({"pemkab", "pemkot"})


@dataclass(frozen=True, slots=True)
class Agency:
    """An institution. `duties` are our own words for routing; never show them as its official duties."""

    code: str
    name: str
    abbr: str
    kind: Kind
    parent: str | None
    region_code: str | None
    """Kemendagri code of the regency or city that it governs; None for the province's own."""
    city: str | None
    address: str | None
    address_source: str | None
    website: str | None
    website_source: str | None
    email: str | None
    phone: str | None
    contact_source: str | None
    duties: tuple[str, ...]
    duty_source: str
    name_source: str
    is_family: bool
    """True when one row stands for many units ("Kantor Bersama Samsat")."""

    @property
    def is_provincial(self) -> bool:
        """Whether it is part of the provincial government."""
        return self.kind not in LOCAL_KINDS


def _agency(row: dict[str, str]) -> Agency:
    return Agency(
        code=row["code"],
        name=row["name"],
        abbr=row["abbr"],
        kind=cast(Kind, row["kind"]),
        parent=row["parent"] or None,
        region_code=row["region_code"] or None,
        city=row["city"] or None,
        address=row["address"] or None,
        address_source=row["address_source"] or None,
        website=row["website"] or None,
        website_source=row["website_source"] or None,
        email=row["email"] or None,
        phone=row["phone"] or None,
        contact_source=row["contact_source"] or None,
        duties=words_of(row["duties"]),
        duty_source=row["duty_source"],
        name_source=row["name_source"],
        is_family=row["kind"] == "upt_keluarga",
    )


ALL: tuple[Agency, ...] = tuple(_agency(row) for row in rows("agencies.csv"))

PROVINCIAL: tuple[Agency, ...] = tuple(agency for agency in ALL if agency.is_provincial)
"""Everything provincial that can be sent a complaint, and so everything that the leaderboard measures."""

HOSPITALS: tuple[Agency, ...] = tuple(agency for agency in ALL if agency.kind == "rsud")

_BY_CODE = index(ALL, lambda agency: agency.code)
_OF_REGION = index((agency for agency in ALL if agency.region_code), lambda agency: agency.region_code or "")


def by_code(code: str) -> Agency | None:
    """Find an agency by our code ("DINKES", "RSUD-SOETOMO", "KAB-3518")."""
    return _BY_CODE.get(code)


def get(code: str) -> Agency:
    """Give the agency of a code; NotFound when there is none."""
    return found(by_code(code), "agency", code)


def of_region(region_code: str) -> Agency | None:
    """Find the government of a regency or city by Kemendagri code ("35.18")."""
    return _OF_REGION.get(region_code)
