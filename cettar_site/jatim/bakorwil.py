"""The five Bakorwil: coordinating bodies of the province, each for a part of its regions."""

from __future__ import annotations

from dataclasses import dataclass

from cettar_site.jatim import agencies, regions
from cettar_site.jatim.agencies import Agency
from cettar_site.jatim.regions import Region
from cettar_site.jatim.tables import index, rows


@dataclass(frozen=True, slots=True)
class Bakorwil:
    """A coordinating body; `is_derived` when the list of its regions was found by elimination."""

    number: str
    seat: str
    agency_code: str
    region_codes: tuple[str, ...]
    is_derived: bool
    source: str

    @property
    def name(self) -> str:
        """How people call it: "Bakorwil I Madiun"."""
        return f"Bakorwil {self.number} {self.seat}"

    @property
    def agency(self) -> Agency:
        """The agency that it is."""
        return agencies.get(self.agency_code)

    @property
    def regions(self) -> tuple[Region, ...]:
        """Its regencies and cities."""
        return tuple(regions.get(code) for code in self.region_codes)


def _bakorwil(number: str, seat: str) -> Bakorwil:
    mine = tuple(region for region in regions.ALL if region.bakorwil == number)
    return Bakorwil(
        number=number,
        seat=seat,
        agency_code=f"BAKORWIL-{number}",
        region_codes=tuple(region.code for region in mine),
        is_derived=any(region.bakorwil_is_derived for region in mine),
        source=mine[0].bakorwil_source,
    )


ALL: tuple[Bakorwil, ...] = tuple(
    _bakorwil(number, seat)
    for number, seat in sorted({(row["bakorwil"], row["bakorwil_name"]) for row in rows("regions.csv")})
)

_BY_NUMBER = index(ALL, lambda body: body.number)
_OF_REGION = {code: body for body in ALL for code in body.region_codes}


def by_number(number: str) -> Bakorwil | None:
    """Find a Bakorwil by its Roman number ("I" to "V")."""
    return _BY_NUMBER.get(number)


def of_region(region_code: str) -> Bakorwil | None:
    """Find the Bakorwil of a regency or city by Kemendagri code."""
    return _OF_REGION.get(region_code)
