"""Facts of the prices room: what a publisher wrote, what we made of it, and why.

An observation is one price, at one point, on one day, as one publisher quoted it. It is never changed: a
correction is a further observation of the same day, a changed mind about it a further verdict.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from cettar_site.base.words import mark
from cettar_site.jatim import regions

PROVINCE = regions.PROVINCE_CODE  # the region code of a province-wide mean
SISKAPERBAPO = "siskaperbapo"
MEAN_POINT = "Rata-rata pasar"  # a publisher's mean of several markets, not a point
PRICES_CHANGED = "prices"  # the pulse topic


class Level(StrEnum):
    """Where in the chain a price was asked."""

    PRODUCER = "producer"
    CONSUMER = "consumer"


class Status(StrEnum):
    """What the validation rules say of an observation."""

    ACCEPTED = "accepted"
    HELD = "held"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why a status was given; NONE is an ordinary accepted price, LEVEL_ORDER an accepted one with a warning."""

    NONE = ""
    VINDICATED = "vindicated"
    NEW_LEVEL = "new_level"
    OUT_OF_RANGE = "out_of_range"
    DECIMAL_SHIFT = "decimal_shift"
    JUMP = "jump"
    CROSS_MARKET = "cross_market"
    LEVEL_ORDER = "level_order"
    STALE = "stale"
    MISSING = "missing"
    NOT_A_PRICE = "not_a_price"
    FILLED = "filled"
    REGION = "region"
    DATE = "date"
    DUPLICATE = "duplicate"


# "Di pasar produsen" and never "harga petani": the publisher asks at a market or trader's point, where on
# 7 September 2023 the figure was what the middleman asked, not what the farmer got.
LEVEL_LABELS = {
    Level.PRODUCER: mark("Harga di pasar produsen"),
    Level.CONSUMER: mark("Harga eceran di pasar"),
}
LEVEL_SHORT = {Level.PRODUCER: mark("Pasar produsen"), Level.CONSUMER: mark("Eceran")}
REASON_TEXTS = {
    Reason.VINDICATED: mark("Semula ditahan, lalu diterima karena tiga hari berturut-turut sejalan"),
    Reason.NEW_LEVEL: mark("Tingkat harga baru: tiga hari berturut-turut sejalan"),
    Reason.OUT_OF_RANGE: mark("Di luar batas harga yang masuk akal"),
    Reason.DECIMAL_SHIFT: mark(
        "Kemungkinan salah nol: sekitar sepuluh kali atau sepersepuluh harga biasanya"
    ),
    Reason.JUMP: mark("Melonjak jauh dari harga 30 hari terakhir"),
    Reason.CROSS_MARKET: mark("Bergerak jauh sendirian, padahal titik lain tidak bergerak"),
    Reason.LEVEL_ORDER: mark("Lebih tinggi daripada harga eceran di daerah yang sama"),
    Reason.STALE: mark("Angka tidak bergerak 14 hari atau lebih, padahal titik lain bergerak"),
    Reason.MISSING: mark("Penerbit tidak mencatat harga pada hari itu"),
    Reason.NOT_A_PRICE: mark("Tulisan penerbit tidak terbaca sebagai harga"),
    Reason.FILLED: mark("Angka isian dari hari sebelumnya, bukan pengamatan"),
    Reason.REGION: mark("Nama dan kode wilayah tidak cocok"),
    Reason.DATE: mark("Tanggalnya tidak masuk akal"),
    Reason.DUPLICATE: mark("Tercatat dua kali pada hari yang sama dengan harga berbeda"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say, with the reason."""

    status: Status
    reason: Reason = Reason.NONE


ACCEPTED = Verdict(Status.ACCEPTED)
VINDICATED = Verdict(Status.ACCEPTED, Reason.VINDICATED)
NEW_LEVEL = Verdict(Status.ACCEPTED, Reason.NEW_LEVEL)
WARNED = Verdict(Status.ACCEPTED, Reason.LEVEL_ORDER)


def held(reason: Reason) -> Verdict:
    """The verdict "may be true, is not drawn"."""
    return Verdict(Status.HELD, reason)


def refused(reason: Reason) -> Verdict:
    """The verdict "is no observation of a price"."""
    return Verdict(Status.REFUSED, reason)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one answer or file came from, and when we took it.

    `archive` says that it is a file of past days: a row of it that was seen before changes nothing, even
    where the publisher has corrected that day since.
    """

    source: str
    address: str
    fetched_at: datetime
    archive: bool = False


@dataclass(frozen=True, slots=True)
class SeriesKey:
    """What makes prices comparable from day to day: the same good, place, level and unit, from one source."""

    source: str
    level: Level
    commodity: str
    region: str
    point: str
    unit: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One row of a publisher: the price as quoted, rupiah per unit, and per kg where the unit has a weight.

    `fault` is what the reader of the row already found wrong with it (it will be refused), `raw` the row's
    own text.
    """

    origin: Origin
    key: SeriesKey
    observed_on: date
    raw: str
    price: int | None
    rupiah_per_kg: int | None
    fault: Reason = Reason.NONE

    @property
    def fingerprint(self) -> str:
        """32 hexadecimal digits that are the same for the same row of the same publisher."""
        key = self.key
        parts = (
            key.source,
            key.level,
            key.commodity,
            key.region,
            key.point,
            key.unit,
            self.observed_on.isoformat(),
            self.raw,
        )
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A row that names a good or a place which we do not know; it is counted and told, not stored."""

    name: str
    raw: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a publisher's answer or file held."""

    observations: tuple[Observation, ...]
    unplaced: tuple[Unplaced, ...] = ()

    @property
    def read(self) -> int:
        """How many rows with a good were read."""
        return len(self.observations) + len(self.unplaced)


@dataclass(frozen=True, slots=True)
class Market:
    """A market of the publisher's list."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the rows that were read: read is the sum of the next five.

    `unknown` are rows of goods or places that we do not follow, `vindicated` earlier rows accepted after all.
    """

    read: int = 0
    accepted: int = 0
    held: int = 0
    refused: int = 0
    unchanged: int = 0
    unknown: int = 0
    vindicated: int = 0

    def __add__(self, other: Report) -> Report:
        return Report(
            self.read + other.read,
            self.accepted + other.accepted,
            self.held + other.held,
            self.refused + other.refused,
            self.unchanged + other.unchanged,
            self.unknown + other.unknown,
            self.vindicated + other.vindicated,
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """A stored observation with its present verdict: what pages, charts and downloads show."""

    observed_on: date
    commodity: str
    region: str
    point: str
    level: Level
    unit: str
    price: int | None
    rupiah_per_kg: int | None
    status: Status
    reason: Reason
    source: str
    address: str
    fetched_at: datetime
    raw: str
    revision: int
    series: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What there is of one series: its first and last day with a price."""

    series: int
    source: str
    level: Level
    commodity: str
    region: str
    point: str
    unit: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Freshness:
    """How new a source's prices are."""

    observed_on: date
    fetched_at: datetime
