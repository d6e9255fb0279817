"""Working days of the Republic: known dates, and laws that hold for any moment."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.base.period import (
    WIB,
    add_working_days,
    add_working_time,
    calendar_days_between,
    holiday_name,
    in_wib,
    is_working_day,
    leave_is_decreed,
    start_of_day,
    wib_date,
    working_days_between,
)

MOMENTS = st.datetimes(datetime(2016, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
STEPS = st.integers(-60, 60)


def wib(text: str) -> datetime:
    """An instant from the clock on the wall: wib("2026-11-22 14:05")."""
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


# All days off of 2020, 2024 and 2026 that are no weekend, as in the list this was compared with: holidays and
# cuti bersama, elections, the leave that replaced that of Lebaran 2020.
DAYS_OFF = {
    2020: "01-01 03-25 04-10 05-01 05-07 05-21 05-25 06-01 07-31 08-17 08-20 08-21 10-28 10-29 10-30 12-09"
    " 12-24 12-25 12-31",
    2024: "01-01 02-08 02-09 02-14 03-11 03-12 03-29 04-08 04-09 04-10 04-11 04-12 04-15 05-01 05-09 05-10"
    " 05-23 05-24 06-17 06-18 09-16 11-27 12-25 12-26",
    2026: "01-01 01-16 02-16 02-17 03-18 03-19 03-20 03-23 03-24 04-03 05-01 05-14 05-15 05-27 05-28 06-01"
    " 06-16 08-17 08-25 12-24 12-25",
}


@pytest.mark.parametrize("year", DAYS_OFF)
def test_the_days_off_of_a_year(year: int):
    expected = {date.fromisoformat(f"{year}-{day}") for day in DAYS_OFF[year].split()}
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365 + (year % 4 == 0)))
    assert {day for day in days if day.weekday() < 5 and not is_working_day(day)} == expected


def test_lebaran_is_counted_with_its_leave():
    # Lebaran 2024: six working days' worth of leave and holidays between Friday 5 and Tuesday 16 April.
    assert add_working_days(wib("2024-04-05 10:00"), 1) == wib("2024-04-16 10:00")
    assert working_days_between(wib("2024-04-05 10:00"), wib("2024-04-16 10:00")) == 1.0
    assert holiday_name(date(2024, 4, 8)) == "Cuti Bersama Hari Raya Idul Fitri"
    assert holiday_name(date(2024, 4, 10)) == "Hari Raya Idul Fitri"
    assert holiday_name(date(2024, 4, 16)) is None


@pytest.mark.parametrize(
    ("filed", "days", "due"),
    [
        ("2026-11-23 10:00", 2, "2026-11-25 10:00"),  # Monday
        ("2026-11-20 16:30", 2, "2026-11-24 16:30"),  # Friday
        ("2026-11-21 09:00", 2, "2026-11-25 00:00"),  # Saturday: Monday and Tuesday are the two days
        ("2026-11-22 23:59", 2, "2026-11-25 00:00"),  # Sunday: the same
        ("2026-11-23 00:00", 2, "2026-11-25 00:00"),  # Monday at midnight: the same
        ("2026-12-23 08:00", 1, "2026-12-28 08:00"),  # 24 cuti bersama, 25 Christmas, then a weekend
        ("2026-12-31 08:00", 1, "2027-01-04 08:00"),  # into another year
        ("2026-11-23 10:00", 0, "2026-11-23 10:00"),
        ("2026-11-21 09:00", 0, "2026-11-23 00:00"),
        ("2026-11-25 10:00", -2, "2026-11-23 10:00"),
        ("2027-01-04 08:00", -1, "2026-12-31 08:00"),
    ],
)
def test_deadlines(filed: str, days: int, due: str):
    assert add_working_days(wib(filed), days) == wib(due)


def test_the_day_turns_at_midnight_in_wib_not_in_utc():
    friday_late = datetime(2026, 11, 20, 16, 59, tzinfo=UTC)  # Friday 23.59 WIB
    saturday = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)  # Saturday 00.00 WIB
    assert wib_date(friday_late) == date(2026, 11, 20)
    assert wib_date(saturday) == date(2026, 11, 21)
    assert add_working_days(friday_late, 1) == wib("2026-11-23 23:59")
    assert add_working_days(saturday, 1) == wib("2026-11-24 00:00")
    assert start_of_day(date(2026, 11, 21)) == saturday


def test_working_time_is_fractional_and_stands_still_on_days_off():
    assert working_days_between(wib("2026-11-23 06:00"), wib("2026-11-24 18:00")) == 1.5
    assert working_days_between(wib("2026-11-20 12:00"), wib("2026-11-23 12:00")) == 1.0
    assert working_days_between(wib("2026-11-21 08:00"), wib("2026-11-22 20:00")) == 0.0
    assert working_days_between(wib("2025-12-31 00:00"), wib("2027-01-01 00:00")) == 241.0
    assert calendar_days_between(wib("2026-11-20 12:00"), wib("2026-11-23 00:00")) == 2.5


def test_years_outside_the_table_count_weekends_only():
    for year in (1, 1900, 1945, 2150, 9998):
        monday = next(date(year, 3, day) for day in range(1, 8) if date(year, 3, day).weekday() == 0)
        assert is_working_day(monday)
        assert not is_working_day(monday + timedelta(days=5))
        start = datetime.combine(monday, time(8), WIB)
        assert add_working_days(start, 5) == start + timedelta(days=7)
        assert not leave_is_decreed(year)
    assert leave_is_decreed(2026)
    assert "perkiraan" in (holiday_name(date(2028, 2, 27)) or "")


def test_a_naive_moment_is_refused():
    naive = datetime(2026, 11, 22, 7, 5)  # noqa: DTZ001
    for question in (
        in_wib,
        wib_date,
        lambda m: add_working_days(m, 1),
        lambda m: calendar_days_between(m, m),
    ):
        with pytest.raises(ValueError, match="needs a time zone"):
            question(naive)


@given(MOMENTS, STEPS)
def test_a_deadline_is_never_on_a_day_off(moment: datetime, n: int):
    assert is_working_day(wib_date(add_working_days(moment, n)))


@given(MOMENTS, MOMENTS, STEPS)
def test_who_comes_first_is_due_first(a: datetime, b: datetime, n: int):
    first, last = sorted((a, b))
    assert add_working_days(first, n) <= add_working_days(last, n)


@given(MOMENTS, st.integers(0, 30), st.integers(0, 30))
def test_days_add_up(moment: datetime, m: int, n: int):
    assert add_working_days(add_working_days(moment, m), n) == add_working_days(moment, m + n)


@given(MOMENTS, STEPS)
def test_there_and_back_again(moment: datetime, n: int):
    start = add_working_days(moment, 0)
    assert add_working_days(add_working_days(moment, n), -n) == start
    assert working_days_between(start, add_working_days(moment, n)) == n
    assert working_days_between(moment, start) == 0.0


@given(MOMENTS, st.integers(0, 15))
def test_a_deadline_agrees_with_counting_days_on_the_fingers(moment: datetime, n: int):
    local = in_wib(moment)
    day, clock, left = local.date(), local.time(), n
    while not is_working_day(day):
        day, clock = day + timedelta(days=1), time.min
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    assert add_working_days(moment, n) == datetime.combine(day, clock, WIB)


@given(MOMENTS, MOMENTS, MOMENTS)
def test_working_time_is_a_measure(a: datetime, b: datetime, c: datetime):
    assert working_days_between(a, b) == -working_days_between(b, a)
    parts = working_days_between(a, b) + working_days_between(b, c)
    assert working_days_between(a, c) == pytest.approx(parts, abs=1e-6)
    first, last = sorted((a, b))
    assert 0 <= working_days_between(first, last) <= calendar_days_between(first, last) + 1e-9


@given(MOMENTS, st.integers(-14, 14))
def test_the_zone_a_moment_is_told_in_does_not_matter(moment: datetime, hours: int):
    elsewhere = moment.astimezone(timezone(timedelta(hours=hours)))
    assert add_working_days(elsewhere, 2) == add_working_days(moment, 2)
    assert in_wib(elsewhere) == moment
    assert add_working_days(elsewhere, 2).tzinfo is UTC


@given(MOMENTS, st.floats(0, 30))
def test_working_time_added_is_working_time_between(moment: datetime, days: float) -> None:
    later = add_working_time(moment, days)
    assert abs(working_days_between(moment, later) - days) < 1e-9 and is_working_day(wib_date(later))


def test_working_time_runs_over_the_weekend() -> None:
    friday_noon = datetime(2026, 11, 27, 5, 0, tzinfo=UTC)
    assert add_working_time(friday_noon, 0.75) == datetime(2026, 11, 29, 23, 0, tzinfo=UTC)
    assert add_working_time(friday_noon, 0.5) == datetime(2026, 11, 29, 17, 0, tzinfo=UTC)
    assert add_working_time(friday_noon, 2) == add_working_days(friday_noon, 2)
    with pytest.raises(ValueError, match="backwards"):
        add_working_time(friday_noon, -0.1)
