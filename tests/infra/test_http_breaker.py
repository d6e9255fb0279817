"""The breaker and the turns, by themselves, under threads and in the client."""

import random
import threading
from dataclasses import replace

import pytest

from cettar_site.base.errors import ForeignFailure
from cettar_site.infra.http import FeedClient
from cettar_site.infra.http_breaker import Breaker, Turns
from tests.infra.fake_network import EAGER, OK, Dialler, Time, client_of, redirect_to


def failed(client: FeedClient, url: str) -> ForeignFailure:
    with pytest.raises(ForeignFailure) as caught:
        client.get(url)
    return caught.value


def test_faults_must_come_in_a_row() -> None:
    breaker = Breaker(3, 60, Time().ticks)
    for _ in range(5):
        breaker.failed("a")
        breaker.failed("a")
        breaker.passed("a")
    assert breaker.admits("a") and breaker.paused() == {}


def test_one_trial_a_pause() -> None:
    time = Time()
    breaker = Breaker(2, 60, time.ticks)
    breaker.failed("a")
    breaker.failed("a")
    assert not breaker.admits("a") and breaker.admits("b")
    time.seconds = 59.9
    assert not breaker.admits("a")
    time.seconds = 60
    assert [breaker.admits("a") for _ in range(4)] == [True, False, False, False]
    breaker.failed("a")
    time.seconds = 119
    assert not breaker.admits("a")
    time.seconds = 120
    assert breaker.admits("a")
    breaker.passed("a")
    assert [breaker.admits("a") for _ in range(3)] == [True] * 3


def test_a_trial_that_never_reports_does_not_close_the_door_for_ever() -> None:
    time = Time()
    breaker = Breaker(1, 60, time.ticks)
    breaker.failed("a")
    time.seconds = 60
    assert breaker.admits("a")
    time.seconds = 120
    assert breaker.admits("a")


def test_many_threads_get_one_trial() -> None:
    time = Time()
    breaker = Breaker(1, 60, time.ticks)
    breaker.failed("a")
    time.seconds = 61
    gate, admitted = threading.Barrier(8), []

    def ask() -> None:
        gate.wait()
        if breaker.admits("a"):
            admitted.append(1)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(admitted) == 1


def test_no_history_lets_a_sick_host_be_asked_more_than_once_a_pause() -> None:
    dice = random.Random(99)
    time = Time()
    breaker = Breaker(5, 300, time.ticks)
    asked_at: list[float] = []
    for _ in range(5_000):
        time.seconds += dice.random() * 20
        if breaker.admits("sick"):
            asked_at.append(time.seconds)
            breaker.failed("sick")
    late = asked_at[5:]
    assert all(later - sooner >= 300 for sooner, later in zip(asked_at[4:], late, strict=False))


def test_a_turn_that_ends_badly_is_over_all_the_same() -> None:
    time = Time()
    turns = Turns(3.0, time.ticks)
    try:
        with turns.of("a"):
            raise ValueError
    except ValueError:
        pass
    with turns.of("a"):
        pass
    assert time.waits == [3.0]


def test_time_passes_between_two_questions_to_a_host() -> None:
    time = Time()
    client = client_of(Dialler(), policy=replace(EAGER, min_interval=2.0), time=time)
    for host in ("a.example", "b.example", "a.example"):
        client.get(f"http://{host}/")
    assert time.waits == [2.0]
    time.seconds += 5
    client.get("http://b.example/")
    assert time.waits == [2.0]


def test_redirects_and_retries_are_polite_too() -> None:
    time = Time()
    policy = replace(EAGER, min_interval=1.0)
    client_of(Dialler([redirect_to("/b"), OK]), policy=policy, time=time).get("http://a.example/")
    assert time.waits == [1.0]
    failed(client_of(Dialler([b""]), policy=policy, time=time), "http://a.example/")
    assert time.waits == [1.0, 1.0, 1.0]


def test_a_failing_host_is_left_alone_then_tried_once() -> None:
    time, dialler = Time(), Dialler([b"HTTP/1.1 403 Forbidden\r\n\r\n"])
    client = client_of(dialler, policy=replace(EAGER, breaker_faults=5, breaker_pause=300), time=time)
    kinds = [failed(client, "http://a.example/").kind for _ in range(7)]
    assert kinds == ["forbidden"] * 5 + ["breaker_open"] * 2
    assert len(dialler.dialled) == 5 and client.breaker.paused() == {"a.example:80": 300.0}
    time.seconds += 300
    assert failed(client, "http://a.example/").kind == "forbidden"
    assert failed(client, "http://a.example/").kind == "breaker_open"
    time.seconds += 300
    dialler.answers = [OK]
    assert client.get("http://a.example/").status == 200 and client.breaker.paused() == {}


def test_a_missing_page_says_nothing_against_a_host() -> None:
    client = client_of(Dialler([b"HTTP/1.1 404 Not Found\r\n\r\n"]), policy=replace(EAGER, breaker_faults=2))
    assert {failed(client, "http://a.example/").kind for _ in range(9)} == {"not_found"}


def test_one_failing_host_does_not_stop_another() -> None:
    client = client_of(Dialler([b"HTTP/1.1 403 No\r\n\r\n", OK]), policy=replace(EAGER, breaker_faults=1))
    failed(client, "http://a.example/")
    assert failed(client, "http://a.example/").kind == "breaker_open"
    assert client.get("http://b.example/").status == 200
