"""The 29 regencies and 9 cities of East Java, by Kemendagri code."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal, cast

from cettar_site.jatim.tables import fold, found, index, rows

Kind = Literal["kabupaten", "kota"]

PROVINCE_CODE = "35"
PROVINCE_NAME = "Jawa Timur"


@dataclass(frozen=True, slots=True)
class Region:
    """A regency or city; `name` is whole ("Kabupaten Kediri"), `short_name` is not unique ("Kediri")."""

    code: str
    bps_code: str
    name: str
    kind: Kind
    short_name: str
    lat: float
    lon: float
    """Centroid in degrees (WGS 84); it may lie off an odd coast. For a label take label_lat, label_lon."""
    label_lat: float
    label_lon: float
    area_km2: float
    population: int
    population_asof: str
    """Month of the count, "2024-12"."""
    district_count: int
    bakorwil: str
    """Number of its Bakorwil: "I" to "V"."""
    bakorwil_is_derived: bool
    """True where no list says so and the number was found by elimination; say so beside it."""
    siskaperbapo_key: str
    """How the publisher Siskaperbapo calls it in requests: "nganjukkab"."""
    source: str
    bakorwil_source: str

    @property
    def label(self) -> str:
        """A short name that is unique: "Kab. Kediri", "Kota Kediri"."""
        return f"Kab. {self.short_name}" if self.kind == "kabupaten" else self.name


def _region(row: dict[str, str]) -> Region:
    return Region(
        code=row["code"],
        bps_code=row["bps_code"],
        name=row["name"],
        kind=cast(Kind, row["kind"]),
        short_name=row["short_name"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        label_lat=float(row["label_lat"]),
        label_lon=float(row["label_lon"]),
        area_km2=float(row["area_km2"]),
        population=int(row["population"]),
        population_asof=row["population_asof"],
        district_count=int(row["districts"]),
        bakorwil=row["bakorwil"],
        bakorwil_is_derived=row["bakorwil_confidence"] != "sourced",
        siskaperbapo_key=row["siskaperbapo_key"],
        source=row["source"],
        bakorwil_source=row["bakorwil_source"],
    )


ALL: tuple[Region, ...] = tuple(_region(row) for row in rows("regions.csv"))

_BY_CODE = index(ALL, lambda region: region.code)
_BY_BPS = index(ALL, lambda region: region.bps_code)
_BY_KEY = index(ALL, lambda region: region.siskaperbapo_key)
_BY_NAME = index(ALL, lambda region: fold(region.name))
_TIMES = Counter(fold(region.short_name) for region in ALL)
_BY_SHORT_NAME = index(
    (region for region in ALL if _TIMES[fold(region.short_name)] == 1), lambda region: fold(region.short_name)
)

_KIND = re.compile(r"^(?:kab\.|kab|kabupaten)\s+")


def by_code(code: str) -> Region | None:
    """Find a region by Kemendagri code ("35.18")."""
    return _BY_CODE.get(code)


def get(code: str) -> Region:
    """Give the region of a Kemendagri code; NotFound when there is none."""
    return found(by_code(code), "region", code)


def by_bps(code: str) -> Region | None:
    """Find a region by the code of Statistics Indonesia ("3518")."""
    return _BY_BPS.get(code)


def by_siskaperbapo(key: str) -> Region | None:
    """Find a region by the publisher's key ("nganjukkab", "surabayakota")."""
    return _BY_KEY.get(key)


def by_name(name: str) -> Region | None:
    """Find a region by its name in any case: "Kabupaten Nganjuk", "KAB. NGANJUK", "Kota Kediri".

    A bare "Nganjuk" is understood; a bare "Kediri" is not, since a regency and a city bear that name.
    """
    folded = _KIND.sub("kabupaten ", fold(name))
    return _BY_NAME.get(folded) or _BY_SHORT_NAME.get(folded)
