"""The feed against a publisher on this machine, well and ill."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from cettar_site.base.errors import ForeignFailure
from cettar_site.infra.http import FeedClient
from cettar_site.infra.http_cache import MemoryCache
from cettar_site.prices.feed import PUBLIC, fetch_consumer, fetch_markets, fetch_producer
from cettar_site.prices.rules import MEAN_POINT, Level, Market
from tests.infra.fake_network import EAGER
from tests.infra.publisher import Publisher
from tests.prices.makers import DAY, NOW, saved

PRODUCER, CONSUMER = "/produsen/tabel.nodesign", "/harga/tabel.nodesign/"
HASTY = replace(EAGER, read=0.2, total=0.4)
# How the publisher misbehaves, and what it is called.
ILL = {
    "slow": "slow",
    "truncated": "truncated",
    "chunked_cut": "truncated",
    "hang_up": "down",
    "forbidden": "forbidden",
    "busy": "busy",
    "error": "server_error",
    "empty": "blank",
    "html": "not_a_table",
    "binary": "not_text",
    "gzip_bomb": "bomb",
    "huge": "too_big",
    "redirect_private": "address_refused",
    "no_table": "not_a_table",
}


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with Publisher() as server:
        server.serve(PRODUCER, saved("producer.html"))
        server.serve(CONSUMER, saved("consumer.html"))
        server.serve("/harga/pasar.json/nganjukkab", saved("markets.json"), content_type="application/json")
        yield server


def client(policy: object = EAGER) -> FeedClient:
    return FeedClient(True, MemoryCache(), lambda: NOW, policy)  # type: ignore[arg-type]


def test_the_public_address_is_the_default() -> None:
    assert PUBLIC == "https://siskaperbapo.jatimprov.go.id"


def test_producers_are_asked_with_the_day_alone(publisher: Publisher) -> None:
    parsed = fetch_producer(client(), DAY, publisher.origin)
    assert len(parsed.observations) == 8
    (asked,) = publisher.asked
    assert (asked.method, asked.path, dict(asked.form)) == ("POST", PRODUCER, {"tanggal": "2026-08-18"})
    assert asked.headers["x-requested-with"] == "XMLHttpRequest"


def test_a_row_says_where_and_when_it_was_taken(publisher: Publisher) -> None:
    row = fetch_producer(client(), DAY, publisher.origin).observations[0]
    assert row.origin.address == f"{publisher.origin}{PRODUCER}#tanggal=2026-08-18"
    assert (row.origin.fetched_at, row.observed_on, row.origin.archive) == (NOW, DAY, False)


def test_consumers_are_asked_by_regency_and_market(publisher: Publisher) -> None:
    mean = fetch_consumer(client(), "nganjukkab", None, DAY, publisher.origin)
    market = fetch_consumer(client(), "nganjukkab", Market(301, "Pasar Contoh Wage"), DAY, publisher.origin)
    province = fetch_consumer(client(), "", None, DAY, publisher.origin)
    assert [{name: value for name, value in asked.form.items() if value} for asked in publisher.asked] == [
        {"tanggal": "2026-08-18", "kabkota": "nganjukkab"},
        {"tanggal": "2026-08-18", "kabkota": "nganjukkab", "pasar": "301"},
        {"tanggal": "2026-08-18"},
    ]
    assert [
        (parsed.observations[0].key.region, parsed.observations[0].key.point) for parsed in (mean, market, province)
    ] == [("35.18", MEAN_POINT), ("35.18", "Pasar Contoh Wage"), ("35", MEAN_POINT)]
    assert mean.observations[0].key.level is Level.CONSUMER


def test_the_market_list(publisher: Publisher) -> None:
    markets = fetch_markets(client(), "nganjukkab", publisher.origin)
    assert markets == (Market(301, "Pasar Contoh Wage"), Market(302, "Pasar Contoh, [Kulon]"))


@pytest.mark.parametrize("behaviour", ILL)
def test_each_illness_has_a_clear_name(publisher: Publisher, behaviour: str) -> None:
    publisher.behave(behaviour)
    with pytest.raises(ForeignFailure) as failure:
        fetch_producer(client(HASTY if behaviour == "slow" else EAGER), DAY, publisher.origin)
    assert failure.value.kind == ILL[behaviour]
    assert failure.value.detail and failure.value.address.startswith("http://")


def test_zeros_everywhere_have_a_name(publisher: Publisher) -> None:
    pieces = saved("producer.html").split(b'sekarang">')
    zeros = b'sekarang">0'.join([pieces[0], *(piece[piece.index(b"<") :] for piece in pieces[1:])])
    publisher.serve(PRODUCER, zeros)
    with pytest.raises(ForeignFailure) as failure:
        fetch_producer(client(), date(2026, 8, 18), publisher.origin)
    assert failure.value.kind == "zero_prices"
