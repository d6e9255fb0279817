"""Photos: what each is, whose eyes it is for, and what may be noticed about a piece of evidence."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cettar_site.base.words import mark
from cettar_site.complaints.rules import DESK_ONLY, FILER_ONLY, Case, Kind
from cettar_site.jatim import districts, regions

UNUSED_FOR = timedelta(hours=24)
"""How long a photo waits for the filing that it was sent for."""
ALIKE = 10
"""Bits of 128 in which two photos may differ that count as one: sent again, made smaller, a little darker. Of the
same pair of a place before and after work, or of two places, 22 and more differ (tests/complaints/test_rules_photo)."""
FAR_KM = 2.0
"""From the point that the filer's phone gave."""
FAR_FROM_DISTRICT_KM = 30.0
"""From the middle of the district, or of the nearest one of the regency, where there is no point."""
CLOCKS_DIFFER = timedelta(hours=1)
"""A camera's clock may be wrong by this much, either way, before its time says anything."""
EARTH_KM = 6371.0
BANDS, BAND_BITS = 8, 16
NOT_PUBLIC = DESK_ONLY | FILER_ONLY

REFUSALS: dict[str, str] = {
    "not_image": mark("Berkas ini bukan foto. Pilih foto JPEG, PNG atau WebP."),
    "too_large": mark("Foto ini lebih besar dari 10 MB. Kecilkan dulu, atau pilih foto lain."),
    "too_many_pixels": mark("Foto ini terlalu besar ukurannya, lebih dari 40 megapiksel. Kecilkan dulu, atau pilih "
                            "foto lain."),
    "broken": mark("Foto ini tidak bisa dibaca, mungkin rusak di jalan. Kirim sekali lagi, atau pilih foto lain."),
    "busy": mark("Terlalu banyak foto sedang kami olah. Tunggu sebentar, lalu kirim sekali lagi."),
    "too_often": mark("Terlalu banyak foto dari jaringan Anda dalam satu jam ini. Kirim tanpa foto, atau coba lagi "
                      "nanti."),
    "too_slow": mark("Kiriman fotonya terlalu lama di jalan. Kecilkan fotonya, atau coba lagi dengan sinyal yang "
                     "lebih baik."),
}
"""Why a photo is not taken, and what to do: a sentence for each reason of the darkroom, and for limits."""


class FlagKind(StrEnum):
    """What may be noticed about a piece of evidence."""

    REUSED = "reused"  # the same, or nearly, was evidence before; number: of which complaint, "" of a confidential one
    OWN = "own"  # the same, or nearly, as a photo of the filer
    FAR = "far"  # taken elsewhere; amount: km
    EARLIER = "earlier"  # taken before the complaint was filed; amount: days
    UNDATED = "undated"  # no time in it that could be right


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing noticed. It is a hint for people, and decides nothing."""

    kind: FlagKind
    number: str = ""
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of a complaint, without its pixels: `seq` is the event that it came with."""

    id: str
    seq: int
    evidence: bool
    width: int
    height: int
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What is compared of two photos."""

    sha256: bytes
    dhash: bytes


@dataclass(frozen=True, slots=True)
class Facts:
    """What a camera says of a photo: when, and where in degrees north and east."""

    taken_at: datetime | None = None
    position: tuple[float, float] | None = None


def is_id(typed: str) -> bool:
    """Whether this could be the id of a photo."""
    return len(typed) == 32 and set(typed) <= set("0123456789abcdef")


def alike(one: Look, other: Look) -> bool:
    """Whether two photos are the same, or so nearly that one was made from the other."""
    if one.sha256 == other.sha256:
        return True
    return bool(one.dhash and other.dhash) and distance(one.dhash, other.dhash) <= ALIKE


def distance(one: bytes, other: bytes) -> int:
    """In how many bits two hashes differ."""
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).bit_count()


def bands(dhash: bytes) -> tuple[int, ...]:
    """A hash in eight parts of sixteen bits; none of a photo without a hash."""
    return tuple(int.from_bytes(dhash[at:at + 2], "big") for at in range(0, len(dhash), 2))


def near(value: int) -> list[int]:
    """A part, and the parts that differ from it in one bit.

    Of hashes that differ in at most 15 bits one of the eight parts differs in at most one: whoever looks for these
    misses nothing up to there, and ALIKE is less.
    """
    return [value, *(value ^ (1 << bit) for bit in range(BAND_BITS))]


def km_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres along the earth between two points in degrees."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(lat), math.radians(lon)) for lat, lon in (one, other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def flags_of(case: Case, facts: Facts, own: bool, reused: Sequence[str], now: datetime) -> tuple[Flag, ...]:
    """What is noticed about a piece of evidence. `case` is whole; `reused` are complaints that it was evidence in."""
    flags = [Flag(FlagKind.REUSED, number) for number in reused[:1]]
    if own:
        flags.append(Flag(FlagKind.OWN))
    km = far_from(case, facts.position) if facts.position else None
    if km is not None:
        flags.append(Flag(FlagKind.FAR, amount=round(km)))
    taken, filed = facts.taken_at, case.request.filed_at
    if taken is None or taken > now + CLOCKS_DIFFER:
        flags.append(Flag(FlagKind.UNDATED))
    elif taken < filed - CLOCKS_DIFFER:
        flags.append(Flag(FlagKind.EARLIER, amount=(filed - taken).days))
    return tuple(flags)


def far_from(case: Case, position: tuple[float, float]) -> float | None:
    """How many kilometres from the complaint's place, where that is too far; None where it is near enough."""
    filing = case.writing(1)
    if filing is not None and filing.lat is not None and filing.lon is not None:
        km, most = km_between((filing.lat, filing.lon), position), FAR_KM
    else:
        points = _middles(case.request.district_code, case.request.region_code)
        if not points:
            return None
        km, most = min(km_between(point, position) for point in points), FAR_FROM_DISTRICT_KM
    return km if km >= most else None


def _middles(district_code: str, region_code: str) -> list[tuple[float, float]]:
    """The middle of the district; where none is named, of each of the regency: a regency may be a hundred km long."""
    district = districts.by_code(district_code)
    if district is not None:
        return [(district.lat, district.lon)]
    region = regions.by_code(region_code)
    return [(one.lat, one.lon) for one in districts.of(region_code)] or ([(region.lat, region.lon)] if region else [])


def written(flags: Iterable[Flag]) -> str:
    """Flags as they are kept."""
    return json.dumps([{"kind": flag.kind, "number": flag.number, "amount": flag.amount} for flag in flags])


def read(kept: str) -> tuple[Flag, ...]:
    """Flags as they were kept."""
    return tuple(Flag(FlagKind(one["kind"]), one["number"], one["amount"]) for one in json.loads(kept or "[]"))


def is_public(kind: Kind, *, shown_to_all: bool, hidden: str, erased: bool) -> bool:
    """Whether everyone may see a photo that came with an event of this kind."""
    return shown_to_all and not hidden and not erased and kind not in NOT_PUBLIC


def photos_shown(case: Case, photos: Iterable[Photo]) -> tuple[Photo, ...]:
    """Those of a complaint's photos that everyone may see; `case` is the public one."""
    kinds = {event.seq: event.kind for event in case.events}
    return tuple(photo for photo in photos if photo.seq in kinds and is_public(
        kinds[photo.seq], shown_to_all=case.request.shown.public, hidden=case.life.hidden, erased=case.life.erased))


def small_size(photo: Photo) -> tuple[int, int]:
    """Width and height of the small picture."""
    scale = min(1.0, 320 / max(photo.width, photo.height))
    return max(1, round(photo.width * scale)), max(1, round(photo.height * scale))
