"""The 666 districts (kecamatan) of East Java, by Kemendagri code."""

from __future__ import annotations

from dataclasses import dataclass

from cettar_site.jatim.tables import found, index, rows


@dataclass(frozen=True, slots=True)
class District:
    """A kecamatan; `lat`, `lon` is a point inside or near it in degrees (WGS 84)."""

    code: str
    name: str
    region_code: str
    lat: float
    lon: float
    desa_count: int
    kelurahan_count: int
    source: str


ALL: tuple[District, ...] = tuple(
    District(
        code=row["code"],
        name=row["name"],
        region_code=row["region_code"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        desa_count=int(row["desa"]),
        kelurahan_count=int(row["kelurahan"]),
        source=row["source"],
    )
    for row in rows("districts.csv")
)

_BY_CODE = index(ALL, lambda district: district.code)
_OF: dict[str, tuple[District, ...]] = {
    region_code: tuple(district for district in ALL if district.region_code == region_code)
    for region_code in dict.fromkeys(district.region_code for district in ALL)
}


def by_code(code: str) -> District | None:
    """Find a district by Kemendagri code ("35.18.01")."""
    return _BY_CODE.get(code)


def get(code: str) -> District:
    """Give the district of a Kemendagri code; NotFound when there is none."""
    return found(by_code(code), "district", code)


def of(region_code: str) -> tuple[District, ...]:
    """List the districts of a region in the order of their codes; none for an unknown region."""
    return _OF.get(region_code, ())
