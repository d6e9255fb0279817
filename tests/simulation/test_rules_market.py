"""Invented prices: the same each time, of a believable size, with the faults that must show."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from statistics import median

from cettar_site.base.period import wib_date
from cettar_site.jatim import commodities, regions
from cettar_site.prices.rules import Level, Reason
from cettar_site.prices.rules_bounds import bounds
from cettar_site.simulation.rules_case import SEED
from cettar_site.simulation.rules_goods import CONSUMER, PRODUCER, SOURCE, market_of
from cettar_site.simulation.rules_market import ADDRESS, Quote, observations, quotes, requoted
from tests.simulation.makers import LONG_AGO, NOW

TODAY = wib_date(NOW)
FIRST = LONG_AGO.date()


def told(level: str) -> list[Quote]:
    """Everything that the points of a level have said until NOW."""
    return list(quotes(SEED, PRODUCER if level == "producer" else CONSUMER, FIRST, NOW))


def test_points_are_of_known_goods_and_places() -> None:
    for point in (*PRODUCER, *CONSUMER):
        good = commodities.get(point.good.code)
        assert point.good.level in good.levels
        assert regions.get(point.region)
        lowest, highest = bounds(good.code)
        assert lowest * 1.5 < point.good.rupiah < highest / 1.5
    assert len({(point.good.code, point.good.level, point.region, point.name) for point in (*PRODUCER, *CONSUMER)}) \
        == len(PRODUCER) + len(CONSUMER)
    assert {point.region for point in CONSUMER} == {region.code for region in regions.ALL}
    assert market_of("35.18") == "Pasar Contoh Nganjuk"


def test_shallot_is_known_for_three_years_at_both_points() -> None:
    days = defaultdict(list)
    for quote in told("producer"):
        if quote.point.good.code == "bawang-merah":
            days[quote.point.region].append(quote.day)
    assert set(days) == {"35.18", "35.13"}
    for known in days.values():
        assert TODAY - known[0] > timedelta(days=3 * 365 - 10)
        assert known == sorted(set(known))
        assert 0.93 * 1096 < len(known) < 1096  # there are gaps


def test_the_past_does_not_change_as_time_goes_on() -> None:
    later = {(q.point, q.day): q.price for q in quotes(SEED, PRODUCER, FIRST, NOW + timedelta(days=11))}
    for quote in told("producer"):
        first_left = later.get((quote.point, quote.day), "forgotten")
        assert first_left in (quote.price, "forgotten")
        assert first_left != "forgotten" or TODAY - quote.day > timedelta(days=300)
    assert told("producer") != list(quotes(SEED + 1, PRODUCER, FIRST, NOW))


def test_prices_move_like_prices() -> None:
    series = defaultdict(list)
    for quote in told("consumer"):
        if quote.price:
            series[quote.point].append(quote.price)
    for point, prices in series.items():
        assert point.good.rupiah / 2.2 < median(prices) < point.good.rupiah * 2.2
        assert sum(price % point.good.rounded_to == 0 for price in prices) > 0.95 * len(prices)
    moving = [len(set(prices)) for point, prices in series.items() if point.good.code == "cabe-rawit-merah"]
    assert median(moving) > 15
    oil = [len(set(prices)) for point, prices in series.items() if point.good.code == "minyakita"]
    assert median(oil) < median(moving) / 2


def test_islands_of_one_good_move_together() -> None:
    by_day: dict[date, list[float]] = defaultdict(list)
    for quote in told("consumer"):
        if quote.point.good.code == "cabe-rawit-merah" and quote.price:
            by_day[quote.day].append(quote.price)
    daily = [median(prices) for _, prices in sorted(by_day.items())]
    assert max(daily) > 1.1 * min(daily)
    for prices in by_day.values():
        near = [price for price in prices if abs(price / median(prices) - 1) < 0.3]
        assert len(near) > 0.95 * len(prices)


def test_today_is_told_in_the_course_of_the_morning() -> None:
    dawn = NOW.replace(hour=0, minute=0)  # 07.00 WIB
    counts = [sum(q.day == TODAY for q in quotes(SEED, CONSUMER, TODAY, dawn + timedelta(hours=hours)))
              for hours in (0, 3, 6)]
    assert counts[0] == 0 < counts[1] < counts[2] <= len(CONSUMER)


def test_observations_say_that_they_are_simulated() -> None:
    rows = observations(told("producer"), NOW)
    assert {row.key.source for row in rows} == {SOURCE}
    assert {row.origin.address for row in rows} == {ADDRESS}
    assert all("siskaperbapo" not in str(row).lower() for row in rows)
    assert all(row.origin.fetched_at <= NOW for row in rows)
    assert all(wib_date(row.origin.fetched_at) >= row.observed_on for row in rows)
    faults = Counter(row.fault for row in rows)
    assert faults[Reason.MISSING] > 20
    assert {row.key.level for row in rows} == {Level.PRODUCER}
    oil = [row for row in observations(told("consumer"), NOW) if row.key.commodity == "minyakita"]
    assert {row.key.unit for row in oil} == {"liter"}
    assert all(row.rupiah_per_kg is None for row in oil)


def test_a_price_asked_again_is_another_one_close_by() -> None:
    for slot in range(200):
        again = requoted(SEED, 18_500, slot)
        assert again != 18_500
        assert abs(again - 18_500) <= 400
    assert requoted(SEED, 100, 1) >= 100
