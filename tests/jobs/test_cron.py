"""When a cron line is due, in WIB."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.base.period import WIB
from cettar_site.infra.cron import last_time, next_time, trigger

LINES = ("0 6 * * *", "*/5 * * * *", "20 7-21 * * *", "*/20 * * * * *", "0 4 * * mon", "59 23 31 12 *",
         "0 0 29 2 *")
START = datetime(2020, 1, 1, tzinfo=UTC)


def wib(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=WIB)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(("line", "last", "following"), [
    ("0 6 * * *", wib(2026, 11, 23, 6), wib(2026, 11, 24, 6)),
    ("*/5 * * * *", wib(2026, 11, 23, 12), wib(2026, 11, 23, 12, 5)),
    ("0 13 * * *", wib(2026, 11, 22, 13), wib(2026, 11, 23, 13)),
    ("0 4 * * mon", wib(2026, 11, 23, 4), wib(2026, 11, 30, 4)),
    ("59 23 31 12 *", wib(2025, 12, 31, 23, 59), wib(2026, 12, 31, 23, 59)),
    ("0 0 29 2 *", wib(2024, 2, 29), wib(2028, 2, 29)),
])
def test_cron_lines_are_read_in_wib(line: str, last: datetime, following: datetime):
    now = wib(2026, 11, 23, 12, 0)
    assert last_time(line, now) == last
    assert next_time(line, now) == following
    assert next_time(line, now).tzinfo is UTC  # type: ignore[union-attr]


@given(st.sampled_from(LINES), st.timedeltas(timedelta(0), timedelta(days=7000)))
def test_now_lies_between_the_last_time_and_the_next(line: str, since: timedelta):
    now = START + since
    last, following = last_time(line, now), next_time(line, now)
    assert last is not None and following is not None
    assert last <= now < following
    assert next_time(line, last) == following
    assert last_time(line, following) == following
    assert last_time(line, following - timedelta(microseconds=1)) == last


def test_by_hand_only_is_never_due():
    assert next_time("", wib(2026, 1, 1)) is None
    assert last_time("", wib(2026, 1, 1)) is None


@pytest.mark.parametrize("line", ["* * *", "0 6 * * 1", "0 25 * * *", "0 6 * * someday"])
def test_a_line_that_could_be_misread_is_refused(line: str):
    with pytest.raises(ValueError):
        trigger(line)
