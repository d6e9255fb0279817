"""The jobs as data, health and metrics."""

import asyncio
from datetime import datetime

import httpx
import pytest
from pytest import MonkeyPatch
from starlette.applications import Starlette

from cettar_site.infra import clock, metrics, vitals
from cettar_site.infra import db as infra_db
from cettar_site.infra.db import Database
from cettar_site.status import api
from cettar_site.status.rules import Outcome
from tests.status.makers import DAY, HOUR, a_job, an_ending, plan, ran


def get(path: str, address: str = "127.0.0.1") -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=api.routes), client=(address, 4711))
        async with httpx.AsyncClient(transport=transport, base_url="http://site.example") as client:
            return await client.get(path)

    return asyncio.run(ask())


def test_the_jobs_as_data(database: Database):
    now = clock.now()
    plan(database, a_job(source="Penerbit"), a_job("by_hand", cron="", stale_after=None), now=now)
    ran(database, window=now - 2 * HOUR, ending=an_ending(
        Outcome.FAILED, error_kind="slow", error_text="Sumber terlalu lama menjawab", error_address="https://a/b"))
    ran(database, window=now - HOUR, ending=an_ending(rows_in=412))
    body = get("/api/v1/jobs").json()
    assert body["summary"] == {"good": True, "jobs": 2, "late_sources": 0, "late_jobs": 0, "failing": 0}
    sweep, by_hand = body["jobs"]
    assert (sweep["name"], sweep["cron"], sweep["source"]) == ("sweep", "0 * * * *", "Penerbit")
    assert (sweep["state"], sweep["running"]) == ("good", False)
    assert sweep["stale_after_seconds"] == 3 * 3600
    assert datetime.fromisoformat(sweep["next_run"]) > now
    assert sweep["last_run"]["rows_in"] == sweep["last_success"]["rows_in"] == 412
    assert sweep["last_failure"]["error"] == {
        "kind": "slow", "text": "Sumber terlalu lama menjawab", "address": "https://a/b"}
    assert [run["outcome"] for run in sweep["recent_runs"]] == ["ok", "failed"]
    assert (by_hand["next_run"], by_hand["last_run"], by_hand["state"]) == (None, None, "by_hand")


def test_healthy(database: Database):
    now = clock.now()
    plan(database, a_job(), now=now)
    ran(database, window=now)
    answer = get("/healthz")
    body = answer.json()
    assert (answer.status_code, body["status"]) == (200, "ok")
    assert answer.headers["cache-control"] == "no-store"
    assert body["database"]["ok"] and body["disk"]["ok"] and body["jobs"] == {
        "ok": True, "late": [], "unattended": []}


def test_a_source_that_fails_is_no_reason_to_restart_us(database: Database):
    now = clock.now()
    plan(database, a_job(), now=now - DAY)
    ran(database, window=now - 5 * HOUR)
    ran(database, window=now - HOUR, ending=an_ending(Outcome.FAILED))
    answer = get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["jobs"] == {"ok": False, "late": ["sweep"], "unattended": []}


def test_jobs_that_nobody_tries_are_a_failure(database: Database):
    plan(database, a_job(), now=clock.now() - DAY)
    answer = get("/healthz")
    assert (answer.status_code, answer.json()["jobs"]["unattended"]) == (503, ["sweep"])


def test_without_any_job_the_site_is_healthy(database: Database):
    assert get("/healthz").status_code == 200


def test_without_a_database_it_says_so(sqlite_database: Database, monkeypatch: MonkeyPatch):
    broken = Database("sqlite:////nowhere/at/all.sqlite")
    monkeypatch.setattr(infra_db, "open_database", lambda _config, _realm: broken)
    infra_db.database.cache_clear()
    answer = get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "failed")
    assert not answer.json()["database"]["ok"]
    assert "cettar_database_up 0.0" in get("/metrics").text


def test_a_full_disk_is_told():
    found = vitals.Vitals("site-1", clock.now(), 1, "SQLite", True, 0.0, vitals.DISK_NEEDED - 1, 10**12)
    assert not found.disk_enough


def test_metrics_are_prometheus_text_without_addresses(database: Database):
    now = clock.now()
    plan(database, a_job(), now=now)
    ran(database, window=now)
    metrics.observe_request("/aduan/{number}", "GET", 200, 0.004)
    metrics.observe_request("/harga", "BREW", 405, 0.001)
    metrics.count_intake("accepted")
    metrics.count_pulse("prices")
    metrics.count_job_run("sweep", "ok", 4.0)
    metrics.socket_opened()
    metrics.socket_opened()
    metrics.socket_closed()
    answer = get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    lines = set(answer.text.splitlines())
    for name, value in (
            ('cettar_requests_total{method="GET",route="/aduan/{number}",status="200"}', 1),
            ('cettar_requests_total{method="OTHER",route="/harga",status="405"}', 1),
            ('cettar_intakes_total{outcome="accepted"}', 1), ('cettar_pulses_total{topic="prices"}', 1),
            ('cettar_job_late{job="sweep"}', 0), ("cettar_sockets_open", 1), ("cettar_database_up", 1)):
        assert any(line.startswith(f"{name} ") and float(line.split()[-1]) >= value for line in lines), name
    assert f'cettar_process_info{{process="{vitals.process_label()}"}} 1.0' in lines


@pytest.mark.parametrize(("address", "status"), [
    ("127.0.0.1", 200), ("::1", 200), ("10.1.2.3", 200), ("192.168.7.1", 200), ("fd00::7", 200),
    ("::ffff:10.1.2.3", 200), ("8.8.8.8", 404), ("2001:4860:4860::8888", 404), ("::ffff:8.8.8.8", 404),
    ("0.0.0.0", 404), ("nobody", 404)])
def test_metrics_are_for_machines_nearby(database: Database, address: str, status: int):
    answer = get("/metrics", address)
    assert (answer.status_code, "cettar_" in answer.text) == (status, status == 200)


def test_routes_that_nobody_foresaw_share_one_name():
    for number in range(2 * metrics.ROUTES_AT_MOST):
        metrics.observe_request(f"/made/up/{number}", "GET", 200, 0.001)
    body, _kind = metrics.exposition()
    routes = {line.split('route="')[1].split('"')[0]
              for line in body.decode().splitlines() if line.startswith("cettar_requests_total")}
    assert "other" in routes and len(routes) <= metrics.ROUTES_AT_MOST + 1


@pytest.mark.parametrize("kind", ["site", "jobs"])
def test_a_process_has_one_name_that_tells_nothing_of_the_machine(kind: str):
    assert vitals.process_label(kind) == vitals.process_label(kind)
    assert vitals.process_label(kind).startswith(f"{kind}-")
