"""Who published the figures and facts shown here: what a source line says, and on what terms."""

from __future__ import annotations

from dataclasses import dataclass

from cettar_site.base.words import mark
from cettar_site.jatim.commodities import Level
from cettar_site.jatim.tables import found, index


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher. `attribution` and `licence` are Indonesian sentences (msgids) for the source line."""

    code: str
    name: str
    home: str
    """Address of its own front page; empty where there is none."""
    attribution: str
    licence: str
    levels: tuple[Level, ...]
    """The price levels it publishes; empty for publishers of other facts."""


LEVEL_NAMES: dict[Level, str] = {
    "producer": mark("harga di pasar produsen"),
    "consumer": mark("harga di pasar konsumen"),
}
"""Indonesian msgids. A producer price is asked at a market or a trader: never call it the farmer's price."""

SISKAPERBAPO = Publisher(
    code="siskaperbapo",
    name="Siskaperbapo",
    home="https://siskaperbapo.jatimprov.go.id/",
    attribution=mark("Siskaperbapo, Dinas Perindustrian dan Perdagangan Provinsi Jawa Timur"),
    licence=mark("Penerbit tidak menyebut lisensi; angka harga adalah fakta publik."),
    levels=("producer", "consumer"),
)

SISKAPERBAPO_ARCHIVE = Publisher(
    code="siskaperbapo-arsip",
    name="Arsip Siskaperbapo",
    home="https://github.com/zeinzulaziz/harga-pangan",
    attribution=mark(
        "Siskaperbapo, Dinas Perindustrian dan Perdagangan Provinsi Jawa Timur, "
        "menurut salinan harian zeinzulaziz/harga-pangan"
    ),
    licence=mark("Salinan tanpa berkas lisensi; angka harga adalah fakta publik."),
    levels=("producer", "consumer"),
)

WILAYAH = Publisher(
    code="wilayah",
    name="cahyadsn/wilayah",
    home="https://github.com/cahyadsn/wilayah",
    attribution=mark(
        "Kode dan nama wilayah, luas, dan jumlah penduduk Semester II 2024: Kementerian Dalam Negeri "
        "(Kepmendagri 300.2.2-2430/2025) dan BIG, menurut cahyadsn/wilayah"
    ),
    licence=mark("Lisensi MIT."),
    levels=(),
)

LAPOR = Publisher(
    code="sp4n-lapor",
    name="SP4N-LAPOR!",
    home="https://www.lapor.go.id",
    attribution=mark("Daftar topik: SP4N-LAPOR!; instansi tujuannya menurut pemetaan kami sendiri"),
    licence=mark("Penerbit tidak menyebut lisensi."),
    levels=(),
)

HOLIDAYS = Publisher(
    code="hari-libur",
    name="Hari libur nasional dan cuti bersama",
    home="https://github.com/vacanza/holidays",
    attribution=mark(
        "Hari libur nasional dan cuti bersama: Keputusan Bersama Tiga Menteri, menurut holidays"
    ),
    licence=mark("Lisensi MIT."),
    levels=(),
)

SIMULATION = Publisher(
    code="simulasi",
    name="Simulasi",
    home="",
    attribution=mark("Data simulasi: angka karangan, bukan harga sebenarnya"),
    licence="",
    levels=("producer", "consumer"),
)

ALL: tuple[Publisher, ...] = (SISKAPERBAPO, SISKAPERBAPO_ARCHIVE, WILAYAH, LAPOR, HOLIDAYS, SIMULATION)

_BY_CODE = index(ALL, lambda publisher: publisher.code)


def by_code(code: str) -> Publisher | None:
    """Find a publisher by our code ("siskaperbapo")."""
    return _BY_CODE.get(code)


def get(code: str) -> Publisher:
    """Give the publisher of a code; NotFound when there is none."""
    return found(by_code(code), "publisher", code)
