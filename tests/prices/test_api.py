"""Prices as open data."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cettar_site.infra.db import Database
from cettar_site.prices import api
from cettar_site.prices.api_answers import ANSWER_COST, KEPT_LARGEST, Answers
from cettar_site.prices.rules import Level, Reason
from cettar_site.prices.rules_data import CSV_FIELDS, FIELDS
from tests.prices.makers import days, keep, observation, selects

ASK = "/api/v1/prices?commodity=bawang-merah&region=35.18&level=producer&from=2026-01-01&to=2026-01-31"


@pytest.fixture
def site(sqlite_database: Database) -> Iterator[TestClient]:
    keep(
        sqlite_database,
        [
            *days([20_000] * 20),
            *days([25_000] * 20, region="35.13", point="Pasar Dringu"),
            *days([200_000, 2_000], first=days([1] * 21)[-1].observed_on),
            *days([35_000] * 3, level=Level.CONSUMER, region="35.78", point="Pasar Genteng"),
        ],
    )
    api.ANSWERS = Answers(api.KEPT_BYTES)
    with TestClient(Starlette(routes=api.routes)) as client:
        yield client


def test_the_rows_with_their_unit_and_origin(site: TestClient) -> None:
    answer = site.get(ASK)
    body = answer.json()
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert (body["commodity"], body["unit"], body["count"], body["next"]) == ("bawang-merah", "Rp/kg", 20, None)
    assert (body["region"], body["level"], body["from"], body["to"], body["status"]) == (
        "35.18",
        "producer",
        "2026-01-01",
        "2026-01-31",
        "accepted",
    )
    assert body["sources"][0]["code"] == "siskaperbapo" and body["licence"]
    assert body["observations"][0] == {
        "date": "2026-01-01",
        "commodity": "bawang-merah",
        "region": "35.18",
        "point": "Pasar Sukomoro",
        "level": "producer",
        "price": 20_000,
        "status": "accepted",
        "reason": None,
        "source": "siskaperbapo",
        "observed_at": "2026-01-01T00:00:00+07:00",
        "fetched_at": "2026-08-20T10:00:00+07:00",
    }
    assert set(FIELDS) == set(body["observations"][0])


def test_without_a_region_every_place_answers(site: TestClient) -> None:
    rows = site.get("/api/v1/prices?commodity=bawang-merah").json()["observations"]
    assert {(row["region"], row["level"]) for row in rows} == {
        ("35.18", "producer"),
        ("35.13", "producer"),
        ("35.78", "consumer"),
    }


def test_what_is_held_is_there_for_who_asks(site: TestClient) -> None:
    held = site.get(ASK + "&status=held").json()["observations"]
    assert [(row["price"], row["status"], row["reason"]) for row in held] == [
        (200_000, "held", "out_of_range"),
        (2_000, "held", "decimal_shift"),
    ]
    assert site.get(ASK + "&status=all").json()["count"] == 22


def test_nothing_found_is_an_empty_list(site: TestClient) -> None:
    body = site.get("/api/v1/prices?commodity=kentang").json()
    assert (body["observations"], body["unit"]) == ([], "Rp/kg")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "commodity"),
        ("commodity=durian", "commodity"),
        ("commodity=bawang-merah&region=99", "region"),
        ("commodity=bawang-merah&region=3518", "region"),
        ("commodity=bawang-merah&level=petani", "level"),
        ("commodity=bawang-merah&from=kemarin", "from"),
        ("commodity=bawang-merah&from=2026-02-30", "from"),
        ("commodity=bawang-merah&to=20260101", "to"),
        ("commodity=bawang-merah&from=2026-02-01&to=2026-01-01", "from"),
        ("commodity=bawang-merah&from=1000-01-01&to=2026-01-01", "from"),
        ("commodity=bawang-merah&status=ok", "status"),
        ("commodity=bawang-merah&limit=0", "limit"),
        ("commodity=bawang-merah&limit=99999", "limit"),
        ("commodity=bawang-merah&limit=٣", "limit"),
        ("commodity=bawang-merah&after=1", "after"),
        ("commodity=bawang-merah&after=2026-02-30.1.1", "after"),
        ("commodity=bawang-merah&size=huge", "size"),
    ],
)
@pytest.mark.parametrize("path", ["", ".csv", "/chart.svg", "/chart.json"])
def test_a_wrong_value_is_told_by_its_field(site: TestClient, query: str, field: str, path: str) -> None:
    answer = site.get(f"/api/v1/prices{path}?{query}")
    if path == "/chart.json" and "commodity" not in query:
        assert answer.status_code == 200  # then it is the query of the page
        return
    assert answer.status_code == 400
    assert answer.json()["error"]["field"] == field
    assert answer.json()["error"]["message"]


def test_messages_come_in_english_too(site: TestClient) -> None:
    one, two = (site.get(f"/api/v1/prices?lang={lang}").json()["error"]["message"] for lang in ("id", "en"))
    assert one.startswith("Sebutkan komoditas")
    assert two


def test_pages_lead_on_until_the_end(site: TestClient) -> None:
    seen: list[dict[str, Any]] = []
    address: str | None = ASK + "&status=all&limit=5"
    while address:
        body = site.get(address).json()
        seen += body["observations"]
        address = body["next"]
    assert seen == site.get(ASK + "&status=all").json()["observations"]


def test_who_has_the_answer_is_told_so_until_prices_change(site: TestClient, sqlite_database: Database) -> None:
    for path in (ASK, ASK.replace("prices?", "prices.csv?"), ASK.replace("prices?", "prices/chart.svg?")):
        tag = site.get(path).headers["etag"]
        again = site.get(path, headers={"if-none-match": f'"other", {tag}'})
        assert (again.status_code, again.content) == (304, b"")
        assert site.get(path + "&lang=en", headers={"if-none-match": tag}).status_code == 200
    keep(sqlite_database, [observation(21_000, days([1] * 25)[-1].observed_on)])
    assert site.get(ASK, headers={"if-none-match": tag}).json()["count"] == 21


def test_the_table_has_the_same_rows(site: TestClient) -> None:
    answer = site.get(ASK.replace("prices?", "prices.csv?") + "&status=all")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["content-type"].startswith("text/csv")
    assert "cettar-harga-bawang-merah.csv" in answer.headers["content-disposition"]
    assert list(rows[0]) == list(CSV_FIELDS)
    data = site.get(ASK + "&status=all").json()["observations"]
    assert [{name: row[name] for name in FIELDS} for row in rows] == [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in data
    ]


def test_the_table_is_read_in_pages_and_has_every_row_once(site: TestClient) -> None:
    short = site.get(ASK.replace("prices?", "prices.csv?") + "&status=all&limit=3").text
    assert short == site.get(ASK.replace("prices?", "prices.csv?") + "&status=all").text


def test_the_tables_pages_are_its_own_whatever_limit_is_asked(
    site: TestClient, sqlite_database: Database
) -> None:
    address = "/api/v1/prices.csv?commodity=bawang-merah&status=all"
    whole, one = site.get(address), site.get(address + "&limit=1")
    assert (whole.text, whole.headers["etag"]) == (one.text, one.headers["etag"])
    with selects(sqlite_database) as all_at_once:
        site.get(address)
    with selects(sqlite_database) as by_one:
        site.get(address + "&limit=1")
    assert len(by_one) == len(all_at_once)


def test_no_cell_of_the_table_is_a_formula(site: TestClient, sqlite_database: Database) -> None:
    keep(sqlite_database, [observation(20_000, point='=HYPERLINK("http://bad.test")', raw="@SUM(A1)")])
    rows = list(csv.reader(io.StringIO(site.get("/api/v1/prices.csv?commodity=bawang-merah&status=all").text)))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell]
    assert """'=HYPERLINK("http://bad.test")""" in cells and "'@SUM(A1)" in cells


def test_the_chart_is_a_picture_of_its_own(site: TestClient) -> None:
    answer = site.get(ASK.replace("prices?", "prices/chart.svg?"))
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.text.startswith("<svg ") and "var(--" not in answer.text
    assert "Sukomoro" in answer.text and "20.000" in answer.text
    nothing = site.get("/api/v1/prices/chart.svg?commodity=kentang")
    assert "Tidak ada harga" in nothing.text


def test_the_chart_to_explore_takes_the_pages_query_too(site: TestClient) -> None:
    rows = site.get(ASK.replace("prices?", "prices/chart.json?")).json()
    page = site.get("/api/v1/prices/chart.json?lang=id&komoditas=bawang-merah&wilayah=35.18&periode=semua").json()
    assert rows["datasets"] == page["datasets"]
    assert rows["width"] == "container" and "var(--chart-1)" in str(rows)
    assert [row["v"] for row in rows["datasets"]["marks"]] == [20_000] * 20
    assert site.get("/api/v1/prices/chart.json?commodity=kentang").json() is None


def test_what_a_chart_does_not_show_makes_no_other_chart(site: TestClient, sqlite_database: Database) -> None:
    for path in ("chart.svg", "chart.json"):
        address = ASK.replace("prices?", f"prices/{path}?")
        tag = site.get(address).headers["etag"]
        with selects(sqlite_database) as made:
            for other in ("limit=1", "limit=2", "after=2026-01-05.1.1", "status=held"):
                assert site.get(f"{address}&{other}").headers["etag"] == tag
        assert not [one for one in made if "observation" in one]
    assert site.get(ASK.replace("prices?", "prices/chart.svg?") + "&size=phone").headers["etag"] != tag


def test_unknown_values_share_one_chart_to_explore(site: TestClient, sqlite_database: Database) -> None:
    address = "/api/v1/prices/chart.json?komoditas="
    first = site.get(address + "x0").content
    held = len(api.ANSWERS)
    with selects(sqlite_database) as made:
        assert {site.get(f"{address}x{number}").content for number in range(1, 9)} == {first}
    assert not [one for one in made if "observation" in one]
    assert len(api.ANSWERS) == held


def test_an_answer_costs_more_than_its_bytes() -> None:
    kept = Answers(10 * ANSWER_COST)
    for number in range(20):
        kept.put(str(number), b"")
    assert len(kept) == 10
    kept.put("19", b"")
    assert len(kept) == 10


def test_answers_are_kept_within_their_room() -> None:
    kept = Answers(10 * (10 + ANSWER_COST))
    for number in range(20):
        kept.put(str(number), b"x" * 10)
    assert kept.get("0") is None and kept.get("19") == b"x" * 10
    kept.put("19", b"y" * 20)
    kept.put("large", b"z" * (KEPT_LARGEST + 1))
    assert kept.get("large") is None and kept.get("19") == b"y" * 20


def test_reasons_of_the_data_are_those_of_the_rules(site: TestClient) -> None:
    said = {row["reason"] for row in site.get(ASK + "&status=all").json()["observations"]}
    assert said <= {reason.value or None for reason in Reason}


def test_a_price_with_a_warning_is_among_the_accepted(site: TestClient, sqlite_database: Database) -> None:
    day = date(2026, 6, 1)
    shop = observation(10_000, day, level=Level.CONSUMER, commodity="kentang", point="Pasar Wage")
    keep(sqlite_database, [shop, observation(12_000, day, commodity="kentang")])
    (row,) = site.get("/api/v1/prices?commodity=kentang&level=producer").json()["observations"]
    assert (row["price"], row["status"], row["reason"]) == (12_000, "accepted", "level_order")
