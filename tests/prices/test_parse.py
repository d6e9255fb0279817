"""The publisher's answers: read exactly, or refused whole with a kind that says how."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.base.errors import ForeignFailure
from cettar_site.prices.parse import parse_consumer, parse_markets, parse_producer, read_price
from cettar_site.prices.rules import Level, Market, Reason
from tests.prices.makers import DAY, origin, saved

PRODUCER, CONSUMER, MARKETS = saved("producer.html"), saved("consumer.html"), saved("markets.json")


def producer(content: bytes = PRODUCER) -> list[tuple[str, str, str, int | None, Reason]]:
    rows = parse_producer(content, origin(), DAY).observations
    return [(row.key.commodity, row.key.region, row.key.point, row.price, row.fault) for row in rows]


def consumer(content: bytes = CONSUMER) -> list[tuple[str, str, int | None, int | None, Reason]]:
    rows = parse_consumer(content, origin(), DAY, "35.18", "Rata-rata pasar").observations
    return [(row.key.commodity, row.key.unit, row.price, row.rupiah_per_kg, row.fault) for row in rows]


def test_the_producer_table() -> None:
    assert producer() == [
        ("bawang-merah", "35.13", "Pasar Dringu", 23_500, Reason.NONE),
        ("bawang-merah", "35.18", "Pasar Sukomoro", 22_500, Reason.NONE),
        ("beras-produsen", "35.13", "UD Hasil Tani", 13_100, Reason.NONE),
        ("beras-produsen", "35.78", "PS Bendul Merisi", None, Reason.MISSING),
        ("cabe-rawit-merah", "35.09", "Pasar Tanjung", 39_000, Reason.NONE),
        ("cabe-rawit-merah", "35.06", "Pasar Tulungrejo", None, Reason.MISSING),
        ("telur-produsen", "35.05", "UD Telur Intan", 25_400, Reason.NONE),
        ("daging-sapi-produsen", "35.15", "RPH Krian", 1_030_000, Reason.NONE),
    ]


def test_a_row_keeps_its_text_day_level_and_origin() -> None:
    row = parse_producer(PRODUCER, origin(), DAY).observations[1]
    assert row.raw == "2|Bawang Merah|Pasar Sukomoro|Kabupaten Nganjuk|Kg|21.500|22.500|1.000|4,65%"
    assert (row.observed_on, row.key.level, row.origin) == (DAY, Level.PRODUCER, origin())


def test_what_we_do_not_follow_is_named() -> None:
    parsed = parse_producer(PRODUCER, origin(), DAY)
    assert [one.name for one in parsed.unplaced] == ["Gabah", "Kabupaten Antah"]
    assert parsed.read == 10


def test_the_consumer_table() -> None:
    assert consumer() == [
        ("beras-premium", "kg", 14_506, 14_506, Reason.NONE),
        ("beras-medium", "kg", 12_880, 12_880, Reason.NONE),
        ("minyak-curah", "kg", 18_120, 18_120, Reason.NONE),
        ("minyak-kemasan-premium", "liter", 20_755, None, Reason.NONE),
        ("daging-ayam-ras", "kg", 35_150, 35_150, Reason.NONE),
        ("daging-ayam-kampung", "ekor", 68_300, None, Reason.NONE),
        ("skm-bendera", "370 gr/kl", 12_900, 34_865, Reason.NONE),
        ("jagung-pipilan", "kg", 7_120, 7_120, Reason.NONE),
        ("cabe-rawit-merah", "kg", None, None, Reason.MISSING),
        ("bawang-merah", "kg", 34_210, 34_210, Reason.NONE),
    ]


def test_todays_price_is_taken_and_never_yesterdays() -> None:
    assert b"34.190" in CONSUMER
    assert ("bawang-merah", "kg", 34_190, 34_190, Reason.NONE) not in consumer()


SPOILT: list[tuple[str, str, Callable[[bytes], bytes]]] = [
    ("a firewall's page", "not_a_table", lambda _: saved("firewall.html")),
    ("JSON", "not_a_table", lambda _: b'{"status": "ok"}'),
    ("another table", "not_a_table", lambda _: b"<table><tr><th>NO</th><th>NAMA</th></tr></table>"),
    ("another table with rows", "columns", lambda _: b"<table><tr><td>1</td><td>2</td></tr></table>"),
    ("half an answer", "truncated", lambda whole: whole[: len(whole) * 2 // 3]),
    ("no rows", "empty", lambda whole: whole[: whole.index(b"</tr>") + 5] + b"</table>"),
    (
        "a column more",
        "columns",
        lambda whole: whole.replace(b"<tr>\n  ", b"<tr>\n  <td>x</td>").replace(b"<tr>\n      ", b"<tr>\n <td>x</td>"),
    ),
    (
        "a column less",
        "columns",
        lambda whole: whole.replace(b'<td class="right kemarin">', b"<!-- ").replace(
            b'<td class="right sekarang">', b'--><td class="right sekarang">'
        ),
    ),
    ("columns in another order", "columns", lambda whole: whole.replace(b"HARGA KEMARIN", b"HARGA LUSA")),
]


@pytest.mark.parametrize("name", [name for name, *_ in SPOILT])
@pytest.mark.parametrize("read", [producer, consumer])
def test_an_answer_that_is_not_the_table_is_refused_whole(name: str, read: Callable[[bytes], object]) -> None:
    kind, spoil = next((kind, spoil) for other, kind, spoil in SPOILT if other == name)
    with pytest.raises(ForeignFailure) as failure:
        read(spoil(PRODUCER if read is producer else CONSUMER))
    assert failure.value.kind == kind
    assert failure.value.address == origin().address
    assert failure.value.detail


def zeroed(content: bytes, zero: bytes) -> bytes:
    pieces = content.split(b'sekarang">')
    return b'sekarang">'.join([pieces[0], *(zero + piece[piece.index(b"<") :] for piece in pieces[1:])])


@pytest.mark.parametrize("zero", [b"0", b"-", b"", b" 0 "])
@pytest.mark.parametrize("read", [producer, consumer])
def test_zeros_everywhere_are_no_prices(read: Callable[[bytes], object], zero: bytes) -> None:
    with pytest.raises(ForeignFailure) as failure:
        read(zeroed(PRODUCER if read is producer else CONSUMER, zero))
    assert failure.value.kind == "zero_prices"


def test_swapped_price_cells_are_seen_by_their_classes() -> None:
    swapped = (
        CONSUMER.replace(b"right kemarin", b"right x")
        .replace(b"right sekarang", b"right kemarin")
        .replace(b"right x", b"right sekarang")
    )
    with pytest.raises(ForeignFailure) as failure:
        consumer(swapped)
    assert failure.value.kind == "columns"


@pytest.mark.parametrize(
    ("text", "price", "fault"),
    [
        ("16.500", 16_500, Reason.NONE),
        ("16500", 16_500, Reason.NONE),
        ("Rp 1.030.000", 1_030_000, Reason.NONE),
        ("-", None, Reason.MISSING),
        ("0", None, Reason.MISSING),
        ("", None, Reason.MISSING),
        ("16.5", None, Reason.NOT_A_PRICE),
        ("16,500", None, Reason.NOT_A_PRICE),
        ("kosong", None, Reason.NOT_A_PRICE),
        ("-3", None, Reason.NOT_A_PRICE),
    ],
)
def test_a_price_is_read_strictly(text: str, price: int | None, fault: Reason) -> None:
    assert read_price(text) == (price, fault)


def test_a_row_that_cannot_be_read_is_kept_with_its_fault() -> None:
    rows = producer(PRODUCER.replace(b">22.500<", b">22,5 ribu<"))
    assert ("bawang-merah", "35.18", "Pasar Sukomoro", None, Reason.NOT_A_PRICE) in rows
    assert len(rows) == 8


def test_the_market_list_with_trailing_commas() -> None:
    assert parse_markets(MARKETS, origin()) == (
        Market(301, "Pasar Contoh Wage"),
        Market(302, "Pasar Contoh, [Kulon]"),
    )


def test_a_comma_in_a_name_stays() -> None:
    assert parse_markets(b'[{"psr_id": 1, "psr_nama": "A,]"},]', origin()) == (Market(1, "A,]"),)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<html>", "not_a_list"),
        (b'{"psr_id": 1}', "not_a_list"),
        (b'[{"id": 1}]', "not_a_list"),
        (b"[1]", "not_a_list"),
        (b'[{"psr_id": "1a", "psr_nama": "A"}]', "not_a_list"),
        (b'[{"psr_id": 1, "psr_nama": 5}]', "not_a_list"),
        (b"\xff\xfe", "not_a_list"),
        (b"[" * 100_000, "not_a_list"),
        (b'[{"psr_id": 1, "psr_nama": "A", "nik": "3518000000000000"}]', "personal_data"),
    ],
)
def test_what_is_no_market_list_is_refused(content: bytes, kind: str) -> None:
    with pytest.raises(ForeignFailure) as failure:
        parse_markets(content, origin())
    assert failure.value.kind == kind


@given(st.integers(0, len(PRODUCER) - 12), st.binary(min_size=0, max_size=6))
def test_a_damaged_table_is_read_or_refused_and_nothing_else(place: int, damage: bytes) -> None:
    try:
        parsed = parse_producer(PRODUCER[:place] + damage + PRODUCER[place + len(damage) :], origin(), DAY)
    except ForeignFailure:
        return
    assert all(row.observed_on == date(2026, 8, 18) for row in parsed.observations)
