"""The life of a session, the delay at the door, what an account needs."""

from datetime import timedelta

import pytest

from cettar_site.base.errors import Refused
from cettar_site.desk.rules_door import (
    ABSOLUTE,
    IDLE,
    LONGEST_WAIT,
    Officer,
    Role,
    Tries,
    Visit,
    check_account,
    counted,
    is_over,
    wait,
)
from tests.complaints.makers import NOW


def some(role: Role) -> Officer:
    return Officer(1, "P-234567", "a@example.go.id", "DINKES", role)


@pytest.mark.parametrize(("began", "seen", "over"), [
    (timedelta(0), timedelta(0), False),
    (IDLE, IDLE - timedelta(seconds=1), False),
    (IDLE, IDLE, True),
    (ABSOLUTE - timedelta(seconds=1), timedelta(0), False),
    (ABSOLUTE, timedelta(0), True),
])
def test_a_session_ends_unused_or_old(began: timedelta, seen: timedelta, over: bool) -> None:
    assert is_over(Visit(some(Role.OFFICER), NOW - began, NOW - seen), NOW) is over


def test_guessing_slows_down_and_never_locks() -> None:
    tries, now, guesses = Tries(), NOW, 0
    while now < NOW + timedelta(hours=1):
        waited = wait(tries, now)
        assert waited <= LONGEST_WAIT
        now += timedelta(seconds=waited)
        tries, guesses = counted(tries, now), guesses + 1
    assert guesses <= 5 * 60 / 4, "far fewer than five a minute"
    assert wait(tries, now + timedelta(seconds=LONGEST_WAIT)) == 0


def test_in_any_minute_there_are_five_tries_at_most() -> None:
    tries, now, at = Tries(), NOW, []
    for _ in range(50):
        now += timedelta(seconds=wait(tries, now))
        tries = counted(tries, now)
        at.append(now)
    assert max(sum(timedelta(0) <= other - one < timedelta(minutes=1) for other in at) for one in at) <= 5


def test_old_failures_are_forgotten() -> None:
    tries = Tries(9, NOW)
    assert wait(tries, NOW + timedelta(hours=1)) == 0
    assert counted(tries, NOW + timedelta(hours=1)).failures == 1


@pytest.mark.parametrize(("email", "agency"), [("", "DINKES"), ("a@b", "DINKES"), ("a b@c.id", "DINKES"),
                                               ("a@b.id", "NOBODY"), ("a" * 65 + "@b.id", "DINKES")])
def test_an_account_needs_an_address_and_an_agency(email: str, agency: str) -> None:
    with pytest.raises(Refused):
        check_account(email, agency)
    assert check_account(" Ani@Dinkes.Example.GO.ID ", "DINKES") == "ani@dinkes.example.go.id"
