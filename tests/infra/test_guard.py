"""Addresses mean nothing outside, limits hold, foreign pages are refused."""

from typing import Any

import pytest

from cettar_site.base.errors import Forbidden, TooMany
from cettar_site.infra import guard
from tests.servers import redis_url


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    guard.limiter.cache_clear()


def scope(client: str = "203.0.113.9", **headers: str) -> dict[str, Any]:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"client": (client, 1), "headers": named}


def test_a_prefix_is_a_network_and_hides_it() -> None:
    one, neighbour, far = (guard.client_prefix(scope(a)) for a in ("203.0.113.9", "203.0.113.200", "198.51.100.1"))
    assert one == neighbour != far and "203" not in one
    assert guard.client_prefix(scope("::ffff:203.0.113.1")) == one
    assert guard.client_prefix(scope("2001:db8:1::1")) == guard.client_prefix(scope("2001:db8:1:ffff::2"))


def test_a_forwarded_address_counts_only_behind_trusted_proxies() -> None:
    assert guard.client_address(scope(x_forwarded_for="6.6.6.6")) == "203.0.113.9"


def test_the_limit_is_exact_and_says_how_long() -> None:
    for _ in range(120):
        guard.limiter().hit("file", "someone")
    with pytest.raises(TooMany) as refusal:
        guard.limiter().hit("file", "someone")
    assert 0 < refusal.value.retry_after <= 3601
    guard.limiter().hit("file", "someone else")


def test_several_processes_count_acts_together_and_alone_while_redis_is_away() -> None:
    with redis_url() as address:
        one, other = guard.Limiter(address), guard.Limiter(address)
        for limiter in (one, other) * 15:
            limiter.hit("track", "someone")
        for limiter in (one, other):
            with pytest.raises(TooMany):
                limiter.hit("track", "someone")
    one.hit("track", "someone")


def test_counters_that_are_over_are_swept_and_not_at_every_hit(monkeypatch: pytest.MonkeyPatch) -> None:
    storage = guard.CalmStorage()
    storage._next.join()
    for n in range(50):
        storage.incr(f"old{n}", expiry=0)
    assert len(storage.storage) == 50  # the library alone would be sweeping by now
    monkeypatch.setattr(guard.CalmStorage, "SWEEP_SECONDS", 0.0)
    storage.incr("new", expiry=60)
    storage._next.join()
    assert list(storage.storage) == ["new"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:8000.evil.example",
                                    "http://localhost", "http://evil.localhost:8000"])
def test_foreign_origins_are_refused(origin: str) -> None:
    with pytest.raises(Forbidden):
        guard.check_origin(scope(origin=origin, host="localhost:8000"))


def test_our_own_origin_and_programs_without_one_pass() -> None:
    guard.check_origin(scope(origin="http://localhost:8000", host="localhost:8000"))
    guard.check_origin(scope(origin="http://192.0.2.7:8000", host="192.0.2.7:8000"))
    guard.check_origin(scope())
    with pytest.raises(Forbidden):
        guard.check_origin(scope(), required=True)


def test_every_forwarded_line_counts_and_ports_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "settings", type("One", (), {"proxy_hops": 1}))
    lines = [(b"x-forwarded-for", b"6.6.6.6"), (b"x-forwarded-for", b"203.0.113.9")]
    two = {"client": ("10.0.0.1", 1), "headers": lines}
    assert guard.client_address(two) == "203.0.113.9"
    for said, meant in (("203.0.113.9:4711", "203.0.113.9"), ("[2001:db8::1]:4711", "2001:db8::1"),
                        ("2001:db8::1", "2001:db8::1")):
        assert guard.client_address(scope(x_forwarded_for=said)) == meant
