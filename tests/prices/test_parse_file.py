"""Files of past prices: three layouts known, all others refused by name."""

import pytest

from cettar_site.base.errors import ForeignFailure
from cettar_site.prices.parse_file import parse_file
from cettar_site.prices.rules import Level, Parsed, Reason
from tests.prices.makers import origin

PRODUCER = "tanggal,komoditas,titik_pantau,kab_kota,kode_kab_bps,harga_rp_per_kg,diisi_maju\n"
MARKET = "tanggal,komoditas,pasar,kab_kota,kode_kab_bps,harga_rp_per_kg\n"
MEAN = "tanggal,komoditas,wilayah,harga_rp_per_kg\n"


def read(text: str) -> Parsed:
    return parse_file(text.encode(), origin(address="file.csv", archive=True))


def test_producer_points_with_fills() -> None:
    parsed = read(
        PRODUCER + "2026-01-01,Bawang Merah,Pasar Sukomoro,Kabupaten Nganjuk,3518,21000,0\n"
        "2026-01-02,Bawang Merah,Pasar Sukomoro,Kabupaten Nganjuk,3518,21000,1\n"
    )
    observed, filled = parsed.observations
    assert (observed.key.level, observed.key.region, observed.price) == (Level.PRODUCER, "35.18", 21_000)
    assert (observed.fault, filled.fault) == (Reason.NONE, Reason.FILLED)


def test_markets() -> None:
    (row,) = read("\ufeff" + MARKET + "2026-07-14,Bawang Merah,Pasar Genteng,Kota Surabaya,3578,35000\n").observations
    assert (row.key.level, row.key.region, row.key.point, row.price) == (
        Level.CONSUMER,
        "35.78",
        "Pasar Genteng",
        35_000,
    )
    assert row.raw == "2026-07-14,Bawang Merah,Pasar Genteng,Kota Surabaya,3578,35000"


def test_the_province_mean() -> None:
    (row,) = read(MEAN + "2026-07-14,Bawang Merah,Jawa Timur (rata-rata konsumen),34474\n").observations
    assert (row.key.region, row.price) == ("35", 34_474)


@pytest.mark.parametrize(("code", "name"), [("3578", "Kabupaten Nganjuk"), ("3571", "Kabupaten Kediri")])
def test_a_code_that_is_not_the_names_is_refused(code: str, name: str) -> None:
    (row,) = read(PRODUCER + f"2026-01-01,Bawang Merah,Pasar Contoh,{name},{code},21000,0\n").observations
    assert row.fault is Reason.REGION


def test_an_unknown_code_or_good_is_told() -> None:
    parsed = read(
        PRODUCER + "2026-01-01,Bawang Merah,Pasar Contoh,Kabupaten Antah,9999,21000,0\n"
        "2026-01-01,Durian,Pasar Contoh,Kabupaten Nganjuk,3518,21000,0\n"
    )
    assert [one.name for one in parsed.unplaced] == ["Kabupaten Antah", "Durian"]


def test_zero_and_words_are_no_prices() -> None:
    rows = read(
        PRODUCER
        + "".join(
            f"2026-01-0{day},Bawang Merah,Pasar Sukomoro,Kabupaten Nganjuk,3518,{price},0\n"
            for day, price in enumerate(["0", "-", "abc"], 1)
        )
    ).observations
    assert [row.fault for row in rows] == [Reason.MISSING, Reason.MISSING, Reason.NOT_A_PRICE]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04 a workbook", "layout"),
        (b"Timestamp,ID,Komoditas,Satuan,Harga\n", "layout"),
        (b"periode,kode_kab_sumber,nama_kab_sumber\n", "layout"),
        (b"a,b,c\n1,2,3\n", "layout"),
        (b"", "layout"),
        (b"\xff\xfe\x00", "layout"),
        (b"tanggal,nik,harga\n", "personal_data"),
        ((PRODUCER + "2026-01-01,Bawang Merah,Pasar\n").encode(), "truncated"),
        ((PRODUCER + "01/02/2026,Bawang Merah,P,Kabupaten Nganjuk,3518,21000,0\n").encode(), "date"),
    ],
)
def test_another_layout_is_refused_whole(content: bytes, kind: str) -> None:
    with pytest.raises(ForeignFailure) as failure:
        parse_file(content, origin(address="file.csv"))
    assert (failure.value.kind, failure.value.address) == (kind, "file.csv")


def test_known_strangers_are_named() -> None:
    with pytest.raises(ForeignFailure) as failure:
        read("Timestamp,ID,Komoditas\n")
    assert "Panel Harga" in failure.value.detail
