"""The board kept up to date is the board counted anew, whatever moved in whatever order."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from cettar_site.complaints.rules import Kind
from cettar_site.infra.db import Database
from cettar_site.leaderboard import store
from cettar_site.leaderboard.rules import WINDOW, Case, board
from cettar_site.leaderboard.rules_ledger import Ledger
from cettar_site.leaderboard.snapshot import Kept
from tests.complaints.makers import NOW as FILED
from tests.complaints.makers import filed, happens
from tests.leaderboard.makers import NOW, case

AGENCIES = ("DINKES", "DINSOS", "DISHUB")
DAYS = st.none() | st.floats(0, 20)
CASES = st.builds(case, st.sampled_from(AGENCIES), st.floats(0, 120), DAYS)
STEPS = st.lists(st.tuples(st.integers(0, 12), CASES, st.integers(0, 40)), max_size=30)


@given(STEPS)
def test_kept_up_to_date_is_counted_anew(steps: list[tuple[int, Case, int]]) -> None:
    ledger, known = Ledger(), dict[int, Case]()
    now = NOW
    for key, found, hours in steps:
        ledger.take((key, 2), found)
        known[key] = found
        now += timedelta(hours=hours)
        kept = ledger.board(now)
        anew = board(known.values(), now)
        assert kept.standings == anew.standings
        assert (kept.filed, kept.mature, kept.waiting) == (anew.filed, anew.mature, anew.waiting)
        known = {one: value for one, value in known.items() if value.since >= now - WINDOW}


def test_within_a_minute_only_what_moved_is_counted_anew() -> None:
    ledger = Ledger()
    ledger.take((1, 2), case("DINKES", 5, None))
    assert ledger.board(NOW).overdue == 1
    before = ledger.board(NOW).standings[0]
    assert ledger.board(NOW + timedelta(seconds=50)).standings[0] is not None
    ledger.take((2, 2), case("DINSOS"))
    after = ledger.board(NOW + timedelta(seconds=50))
    assert {one.agency for one in after.standings} == {"DINKES", "DINSOS"} and before in after.standings


def test_what_is_written_to_the_database_reaches_the_kept_board(database: Database) -> None:
    kept, now = Kept(), FILED + timedelta(days=5)

    def compare() -> None:
        with database.read() as session:
            assert kept.board(session, now).standings == board(store.cases(session, now - WINDOW), now).standings

    compare()
    numbers = [filed(database, FILED + timedelta(hours=at)).number for at in range(4)]
    compare()
    happens(database, numbers[0], Kind.ANSWERED, 3, "Sudah kami tambal tadi pagi di depan pasar.")
    compare()
    happens(database, numbers[1], Kind.OFFERED, 3, agency="DINKES")
    happens(database, numbers[1], Kind.ACCEPTED, 4, agency="DINKES")
    compare()
    happens(database, numbers[2], Kind.WITHDRAWN, 5)
    filed(database, FILED - timedelta(days=40))
    compare()
