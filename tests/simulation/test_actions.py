"""A demo is filled whole, once, the same way each time, and nothing else ever is."""

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise
from statistics import median

import pytest

from cettar_site.base.errors import Forbidden
from cettar_site.complaints import actions as complaints
from cettar_site.complaints.rules import Shown
from cettar_site.complaints.rules_filing import Filing
from cettar_site.complaints.store_lists import newest
from cettar_site.desk import store_door as desk
from cettar_site.desk.rules_door import Role
from cettar_site.desk.rules_example import EXAMPLE_OFFICERS, PASSWORD, PASSWORD_HASH
from cettar_site.infra.auth import password_fits
from cettar_site.infra.db import Database
from cettar_site.jatim import agencies
from cettar_site.leaderboard import rules as board_rules
from cettar_site.leaderboard import store as board_store
from cettar_site.prices import store as prices
from cettar_site.prices.rules import Level, Reason, Status
from cettar_site.simulation import actions
from cettar_site.simulation.actions import Played
from cettar_site.simulation.rules_goods import CONSUMER, PRODUCER
from tests.simulation.makers import NOW, TABLES, VAULT, content, lives, replayed


def board(db: Database) -> board_rules.Board:
    with db.read() as session:
        return board_rules.board(board_store.cases(session, NOW - board_rules.WINDOW), NOW)


def test_it_fills_a_demo_once(demo: Database) -> None:
    added = actions.fill(demo, NOW, VAULT)
    assert 2_300 < added.filed < 2_700
    assert added.acts > 3_000
    assert added.prices > 45_000
    assert len(lives(demo)) == added.filed
    assert replayed(demo) == lives(demo)
    before, heard = content(demo), demo.versions()
    assert actions.fill(demo, NOW, VAULT) == Played()
    assert (content(demo), demo.versions()) == (before, heard)


def test_the_same_seed_and_time_give_the_same_rows(filled: Database, sqlite_demo: Database) -> None:
    actions.fill(sqlite_demo, NOW, VAULT)
    assert content(sqlite_demo) == content(filled)


def test_another_seed_gives_other_rows(filled: Database, sqlite_demo: Database) -> None:
    actions.fill(sqlite_demo, NOW, VAULT, seed=7)
    mine, other = content(filled), content(sqlite_demo)
    assert not set(mine["complaint_request"]) & set(other["complaint_request"])
    assert len(other["complaint_request"]) > 2_300


@pytest.mark.parametrize("verb", [actions.fill, actions.play])
def test_it_refuses_the_real_database(database: Database, verb: object) -> None:
    assert callable(verb)
    with pytest.raises(Forbidden):
        verb(database, NOW, VAULT)
    assert not any(content(database).values())
    assert database.versions() == {}


@pytest.mark.parametrize("verb", [actions.fill, actions.play])
def test_it_refuses_a_real_database_that_was_opened_as_a_demo(database: Database, verb: object) -> None:
    assert callable(verb)
    database.realm = "demo"
    with pytest.raises(Forbidden):
        verb(database, NOW, VAULT)
    assert not any(content(database).values())


def test_without_its_check_it_would_write(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "check_demo", lambda db, session: None)  # the planted violation
    actions.fill(sqlite_database, NOW, VAULT)
    assert all(content(sqlite_database)[table] for table in TABLES if table != "price_verdict")


def test_the_board_shows_every_strength_of_evidence(filled: Database) -> None:
    seen = board(filled)
    strengths = Counter(standing.evidence for standing in seen.standings)
    assert all(strengths[evidence] >= 5 for evidence in board_rules.Evidence)
    assert all(agencies.get(standing.agency).is_provincial for standing in seen.standings)
    assert seen.share is not None
    assert 0.55 < seen.share < 0.75
    shares = {standing.agency: standing.share or 0.0 for standing in seen.standings}
    assert shares["DISHUB"] > 0.9 > shares["DINDIK"] > 0.6 > 0.45 > shares["DPUBM"] > shares["ESDM"]
    assert next(one for one in seen.standings if one.agency == "ESDM").median_at_least


def test_events_are_in_the_past_and_in_order(filled: Database) -> None:
    for life in lives(filled).values():
        assert NOW - actions.WINDOW <= life.filed_at <= NOW
        assert life.acknowledged_at is None or life.filed_at < life.acknowledged_at <= NOW
        assert life.first_answer_at is None or life.filed_at < life.first_answer_at <= NOW


def test_some_are_confidential_and_not_shown(filled: Database) -> None:
    with filled.read() as session:
        briefs = newest(session, 5_000)
    hidden = len(lives(filled)) - len(briefs)
    assert 0.1 < hidden / len(lives(filled)) < 0.25
    assert {brief.shown for brief in briefs} == {Shown.ANONYMOUS}
    assert all(brief.text for brief in briefs)


def test_the_judge_holds_the_slips_of_the_pen(filled: Database) -> None:
    series: dict[tuple[str, ...], list[tuple[int, Status]]] = defaultdict(list)
    held: Counter[tuple[Level, Status, Reason]] = Counter()
    with filled.read() as session:
        for good in {point.good.code for point in (*PRODUCER, *CONSUMER)}:
            for row in prices.series(session, good, statuses=tuple(Status)):
                held[row.level, row.status, row.reason] += 1
                if row.price:
                    series[row.commodity, row.level, row.region, row.point].append((row.price, row.status))
    for rows in series.values():
        usual = median(price for price, _ in rows)
        for price, status in rows:
            assert status is Status.HELD or usual / 5 < price < usual * 5
    slips = sum(n for (_, status, reason), n in held.items() if status is Status.HELD and reason is not Reason.STALE)
    assert slips >= 25
    assert held[Level.CONSUMER, Status.HELD, Reason.STALE] >= 5
    assert held[Level.PRODUCER, Status.REFUSED, Reason.MISSING] >= 20
    assert not any(reason is Reason.JUMP for _, _, reason in held)
    accepted = sum(n for (_, status, _), n in held.items() if status is Status.ACCEPTED)
    assert accepted > 0.985 * sum(held.values())


def test_a_demo_that_slept_wakes_as_one_that_is_made_later(filled: Database, sqlite_demo: Database) -> None:
    later = NOW + timedelta(days=12, hours=5)
    caught_up, made_later = actions.fill(filled, later, VAULT), actions.fill(sqlite_demo, later, VAULT)
    assert 200 < caught_up.filed < 500
    assert made_later.filed > 2_300
    fresh, woken = lives(sqlite_demo), lives(filled)
    assert {id_: woken[id_] for id_ in fresh} == fresh
    assert replayed(filled) == woken
    texts = set(content(sqlite_demo)["complaint_private"])
    assert texts <= set(content(filled)["complaint_private"])


def test_the_gap_of_a_long_sleep_is_no_longer_than_it_must(filled: Database) -> None:
    later = NOW + timedelta(days=200)
    actions.fill(filled, later, VAULT)
    filed = sorted(life.filed_at for life in lives(filled).values())
    assert max(b - a for a, b in pairwise(filed)) > timedelta(days=100)
    assert len([moment for moment in filed if moment > later - actions.WINDOW]) > 2_300
    assert replayed(filled) == lives(filled)


def test_the_desk_can_be_tried(filled: Database) -> None:
    with filled.read() as session:
        accounts = desk.officers(session)
    assert [(one.email, one.agency_code, one.role) for one in accounts] == [
        (one.email, one.agency_code, one.role) for one in EXAMPLE_OFFICERS]
    assert {one.role for one in accounts} == set(Role)
    assert all(one.email.endswith(".invalid") for one in accounts)  # an address that can be nobody's
    assert password_fits(PASSWORD_HASH, PASSWORD)


def test_a_demo_in_which_a_visitor_was_first_is_filled_too(sqlite_demo: Database) -> None:
    filing = Filing("Lampu di depan rumah saya padam sejak kemarin.", Shown.ANONYMOUS, "S31.002", "35.18")
    with sqlite_demo.write("complaints") as session:
        complaints.file(session, filing, "0b7c1c1e-6f0a-4d5e-9a55-3f6d2f7a1c11", NOW, VAULT)
    added = actions.fill(sqlite_demo, NOW, VAULT)
    assert 2_300 < added.filed < 2_700
    assert len(lives(sqlite_demo)) == added.filed + 1


@pytest.mark.parametrize("slept", [timedelta(0), timedelta(days=10)])
def test_playing_fills_what_is_empty_or_slept(filled: Database, sqlite_demo: Database, slept: timedelta) -> None:
    db = filled if slept else sqlite_demo
    played = actions.play(db, NOW + slept, VAULT)
    assert played.filed > (200 if slept else 2_300)
    assert actions.fill(db, NOW + slept, VAULT) == Played()
