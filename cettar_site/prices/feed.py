"""Fetches Siskaperbapo with a client that is given; decides nothing, stores nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol
from urllib.parse import urlencode

from cettar_site.jatim import regions
from cettar_site.prices.parse import parse_consumer, parse_markets, parse_producer
from cettar_site.prices.rules import MEAN_POINT, PROVINCE, SISKAPERBAPO, Market, Origin, Parsed

PUBLIC = "https://siskaperbapo.jatimprov.go.id"
_AS_ITS_PAGE = {"X-Requested-With": "XMLHttpRequest"}


class Answer(Protocol):
    """What a client answers."""

    @property
    def content(self) -> bytes:
        """The body."""

    @property
    def fetched_at(self) -> datetime:
        """When it was taken, aware."""


class Client(Protocol):
    """A guarded client: it raises ForeignFailure for all that can go wrong on the way."""

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Fetch an address."""

    def post_form(
        self, url: str, data: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a form that asks and changes nothing."""


def fetch_producer(client: Client, day: date, base: str = PUBLIC) -> Parsed:
    """The prices of a day at every producer point of the province: one request. Raises ForeignFailure."""
    url, form = f"{base}/produsen/tabel.nodesign", {"tanggal": day.isoformat()}
    answer = client.post_form(url, form, {**_AS_ITS_PAGE, "Referer": f"{base}/produsen/tabel"})
    return parse_producer(answer.content, _origin(url, form, answer), day)


def fetch_consumer(
    client: Client, region_key: str, market: Market | None, day: date, base: str = PUBLIC
) -> Parsed:
    """The retail prices of a day in a region by its publisher's key ("nganjukkab"; "" is the whole province).

    Without a market the publisher's mean of the region's markets. Raises ForeignFailure.
    """
    region = regions.by_siskaperbapo(region_key)
    code = region.code if region is not None else PROVINCE
    url = f"{base}/harga/tabel.nodesign/"
    form = {"tanggal": day.isoformat(), "kabkota": region_key, "pasar": str(market.number) if market else ""}
    answer = client.post_form(url, form, {**_AS_ITS_PAGE, "Referer": f"{base}/harga/tabel"})
    point = market.name if market is not None else MEAN_POINT
    return parse_consumer(answer.content, _origin(url, form, answer), day, code, point)


def fetch_markets(client: Client, region_key: str, base: str = PUBLIC) -> tuple[Market, ...]:
    """The open markets of a region by its publisher's key. Raises ForeignFailure."""
    url = f"{base}/harga/pasar.json/{region_key}"
    return parse_markets((answer := client.get(url)).content, _origin(url, {}, answer))


def _origin(url: str, form: Mapping[str, str], answer: Answer) -> Origin:
    """Where an answer came from: the address, and behind # the form that was sent there."""
    sent = urlencode({key: value for key, value in form.items() if value})
    return Origin(SISKAPERBAPO, f"{url}#{sent}" if sent else url, answer.fetched_at)
