"""One look for all who see the same."""

from datetime import date

from cettar_site.infra.db import Database
from cettar_site.prices.snapshot import look_at
from tests.prices.makers import days, keep, observation, selects


def test_unknown_values_share_one_look(sqlite_database: Database) -> None:
    keep(sqlite_database, days([20_000] * 20))
    first = look_at({"komoditas": "x0"})
    assert first is not None and first.problems
    with selects(sqlite_database) as made:
        for field in ("komoditas", "wilayah", "tingkat", "periode", "dari"):
            looks = [look_at({field: f"x{number}"}) for number in range(5)]
            assert all(look is looks[0] for look in looks)
    assert len([one for one in made if "observation" in one]) == 4  # each field's trouble is told apart


def test_the_same_view_asked_otherwise_is_the_same_look(sqlite_database: Database) -> None:
    keep(sqlite_database, days([20_000] * 20))
    assert look_at({"komoditas": "bawang-merah", "periode": "1t"}) is look_at({"other": "x"})


def test_a_look_is_new_when_prices_are(sqlite_database: Database) -> None:
    keep(sqlite_database, days([20_000] * 20))
    before = look_at({"komoditas": "x"})
    keep(sqlite_database, [observation(21_000, date(2026, 1, 21))])
    after = look_at({"komoditas": "x"})
    assert before is not None and after is not None
    assert (before.accepted_count, after.accepted_count) == (20, 21)
