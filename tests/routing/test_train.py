"""The nightly job and the command: learning in a process of its own, honest figures, any file of 21 columns."""

import csv
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cettar_site.base.errors import ForeignFailure
from cettar_site.base.words import words
from cettar_site.complaints.rules import Kind, Shown
from cettar_site.complaints.rules_filing import Destination
from cettar_site.complaints.rules_lapor import COLUMNS
from cettar_site.infra import vouched
from cettar_site.infra.db import Database
from cettar_site.infra.settings import settings
from cettar_site.infra.vault import vault
from cettar_site.routing import actions, guess, snapshot, store, store_learn
from cettar_site.routing.learn import learned
from cettar_site.routing.rules import model_name
from jobs import judge_router, learning, sort_waiting, train_router
from jobs.report import JobOptions
from tests.complaints.makers import NOW, case_of, filed, filing, happens
from tests.complaints.test_lapor import row
from tests.routing.makers import examples, story

NAME = model_name("real")


@pytest.fixture(autouse=True)
def no_model() -> Iterator[None]:
    vouched.place_of(NAME).unlink(missing_ok=True)
    snapshot.HELD.forget()
    yield
    vouched.place_of(NAME).unlink(missing_ok=True)
    snapshot.HELD.forget()


def decided_stories(database: Database, n: int) -> list[str]:
    """Complaints that the triage desk has sent on; their numbers."""
    numbers = []
    for number in range(n):
        label = ("DPUBM", "DINDIK", "DINSOS")[number % 3]
        at = NOW - timedelta(days=30) + timedelta(hours=number)
        receipt = filed(database, at, to=Destination(), text=story(label, number), category_code="")
        happens(database, receipt.number, Kind.ROUTED, agency=label, detail="desk")
        numbers.append(receipt.number)
    return numbers


def test_only_public_words_are_learned_from(database: Database) -> None:
    first, second, third, *_ = decided_stories(database, 6)
    happens(database, first, Kind.HIDDEN, 30, detail="abuse")
    happens(database, second, Kind.ERASED, 30)
    secret = filed(database, to=Destination(), text="Rahasia sekali: kepala sekolah memukul.", category_code="",
                   shown=Shown.CONFIDENTIAL)
    happens(database, secret.number, Kind.ROUTED, agency="DINDIK", detail="desk")
    masked = filed(database, to=Destination(), text="Telepon saya 0812-3456-7890 tentang lampu padam itu.")
    happens(database, masked.number, Kind.ROUTED, agency="DISHUB", detail="desk")
    filed(database, to=Destination(), text="Masih menunggu di meja pemilah, belum diputuskan.")
    with database.read() as session:
        found = store_learn.examples(session, 100)
    said = " ".join(one.asked.text for one in found)
    assert len(found) == 5 and [one.label for one in found] == ["DINSOS", "DPUBM", "DINDIK", "DINSOS", "DISHUB"]
    assert "Rahasia" not in said and "7890" not in said and "Masih menunggu" not in said
    assert case_of(database, third).life.agency_code == "DINSOS"


def test_each_night_a_model_and_suggestions_for_what_waits(database: Database) -> None:
    decided_stories(database, 120)
    waiting = filed(database, secret=settings().secret, to=Destination(), text=story("DINDIK", 500), category_code="")
    report = train_router.run(database, now=NOW, options=JobOptions())
    assert report.detail == train_router.REPLAYED and report.facts["n"] == 120 and report.facts["tested"] == 120
    told = words("id")(report.detail, **report.facts)
    assert "Belajar dari 120 putusan" in told and "{" not in told
    model = guess.unpacked(vouched.read(NAME, guess.MOST_BYTES))
    assert model.head.labels == ("DINDIK", "DINSOS", "DPUBM") and model.version == "2026-11-23 03:00"
    id_ = case_of(database, waiting.number, vault()).request.id
    sort_waiting.run(database, now=NOW, options=JobOptions())
    with database.read() as session:
        near = store.suggestions_of(session, [id_])
        assert near[id_][0].agency_code == "DINDIK" and len(near) == 1
        assert store_learn.without_suggestion(session, 10) == []
    assert sort_waiting.run(database, now=NOW, options=JobOptions()).rows_in == 0
    with database.read() as session:
        assert store.count(session) == 1, "what was suggested stays as it was"


@pytest.mark.parametrize(("minutes", "realm", "sent"), [(5, "real", 1), (45, "real", 0), (5, "demo", 0)])
def test_what_came_in_a_rush_is_sent_on_a_moment_later(database: Database, minutes: int, realm: str, sent: int) -> None:
    model = learned(examples(200), "rush", 0.5)
    assert model is not None
    vouched.keep(model_name(realm), guess.packed(model))
    database.realm = realm
    secret = settings().secret
    sure = filed(database, secret=secret, to=Destination(), text=story("DPUBM", 3), category_code="")
    local = filed(database, secret=secret, to=Destination(), text=story("KAB", 3), category_code="")
    urgent = filed(database, secret=secret, to=Destination(), text=story("DPUBM", 5) + " Ada rumah terbakar.",
                   category_code="")
    report = sort_waiting.run(database, now=NOW + timedelta(minutes=minutes), options=JobOptions())
    assert report.facts == {"n": 3, "sent": sent}
    states = [case_of(database, one.number, vault()).life for one in (sure, local, urgent)]
    assert [one.agency_code for one in states] == ["DPUBM" if sent else "KOMINFO", "KOMINFO", "KOMINFO"]
    with database.read() as session:
        assert len(store.sent_alone(session, [case_of(database, sure.number, vault()).request.id])) == sent
    vouched.place_of(model_name(realm)).unlink()


def test_of_a_rush_only_the_first_are_sorted_at_once(database: Database, sorting: None) -> None:
    found = snapshot.destinations([filing(text=story("DINDIK", n), category_code="") for n in range(40)])
    assert [bool(one.near) for one in found] == [True] * snapshot.MOST_AT_ONCE + [False] * 24


def test_what_was_suggested_is_judged_by_what_was_decided_later(database: Database) -> None:
    made = (("DPUBM", 0.9, True, "DPUBM"), ("DPUBM", 0.8, True, "DISHUB"), ("DINDIK", 0.4, False, "DINDIK"),
            ("DINKES", 0.3, False, "KAB-3518"))
    for number, (first, share, alone, truth) in enumerate(made):
        to = Destination(first, f"model:{share}") if alone else Destination()
        to = Destination(to.agency_code, to.detail, ((first, share), ("DISHUB", 0.1)), "v")
        receipt = filed(database, to=Destination(to.agency_code, to.detail), text=story("DPUBM", number))
        case = case_of(database, receipt.number)
        with database.write() as session:
            actions.note(session, [(case.request.id, to)])
        if alone and truth == first:
            happens(database, receipt.number, Kind.ANSWERED, text="Sudah kami tambal kemarin sore, silakan diperiksa.")
        elif alone:
            happens(database, receipt.number, Kind.OFFERED, 1, agency=truth, text="Bukan jalan kami, ini lampu jalan.")
            happens(database, receipt.number, Kind.ACCEPTED, 2, agency=truth)
        else:
            kind = Kind.FORWARDED if truth.startswith("KAB") else Kind.ROUTED
            happens(database, receipt.number, kind, agency=truth, text="Diteruskan.", detail="desk")
    with database.read() as session:
        found = actions.measured(session, 100)
    assert (found.n, found.first, found.among, found.alone, found.alone_right) == (4, 2, 3, 2, 1)


def test_a_young_site_does_not_wait_for_the_night(sqlite_database: Database) -> None:
    decided_stories(sqlite_database, 99)
    sort_waiting.run(sqlite_database, now=NOW, options=JobOptions())
    assert not vouched.place_of(NAME).exists()
    decided_stories(sqlite_database, 1)
    sort_waiting.run(sqlite_database, now=NOW, options=JobOptions())
    first = vouched.read(NAME, guess.MOST_BYTES)
    sort_waiting.run(sqlite_database, now=NOW + timedelta(hours=1), options=JobOptions())
    assert vouched.read(NAME, guess.MOST_BYTES) == first, "after that, once a night"


def test_too_few_decisions_leave_the_old_model(database: Database) -> None:
    decided_stories(database, 3)
    report = train_router.run(database, now=NOW, options=JobOptions())
    assert report.detail == train_router.FEW and report.facts == {"n": 3}
    assert not vouched.place_of(NAME).exists()


def test_a_process_that_fails_is_a_failed_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "WORKER", "cettar_site.routing.nobody")
    with pytest.raises(ForeignFailure):
        learning.teach(examples(30), "x")


def test_learning_happens_elsewhere() -> None:
    taught = learning.teach(examples(60), "x")
    assert taught.model and taught.learned == 60 and taught.labels == 5
    code = ("import sys\nfrom cettar_site import cettar_site\n"
            "from jobs import train_router, judge_router, sort_waiting\n"
            "print([name for name in ('sklearn', 'scipy') if name in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code], cwd=learning.ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1:] == ["[]"], "the site's process would carry what it never needs: " + done.stderr


def test_the_command_replays_the_simulated_stream(sqlite_database: Database,
                                                  capsys: pytest.CaptureFixture[str]) -> None:
    report = judge_router.run(sqlite_database, now=NOW, options=JobOptions(values={"days": 20}, by_hand=True))
    said = capsys.readouterr().out
    assert report.rows_in == report.facts["tested"] and report.rows_in > 200
    assert "top-1" in said and "top-3" in said and "alone at precision ≥ 95 %" in said
    assert float(report.facts["first"]) > 50 and float(report.facts["among"]) > 70


def test_the_command_takes_any_file_of_21_columns(sqlite_database: Database, tmp_path: Path,
                                                  capsys: pytest.CaptureFixture[str]) -> None:
    names = {"DPUBM": "Dinas PU Bina Marga dan Tata Ruang", "DINDIK": "Dinas Pendidikan Kota"}
    rows = [row(number, agency=names[label], day=f"2025-{1 + number // 28:02}-{1 + number % 28:02}",
                title="", text=story(label, number), region="Kota Bandung",
                type="Rahasia" if number % 10 == 9 else "Anonim")
            for number in range(100) for label in (("DPUBM", "DINDIK")[number % 2],)]
    rows.append(row(101, agency=""))
    file = tmp_path / "laporan.csv"
    with file.open("w", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    options = JobOptions(values={"files": [file], "every": 20}, by_hand=True)
    report = judge_router.run(sqlite_database, now=NOW, options=options)
    assert report.rows_in == 90, "secret ones and those sent to nobody are left out"
    assert report.rows_refused == 11 and report.facts["source"] == "SP4N-LAPOR!"
    assert float(report.facts["first"]) > 60, "agencies that are not ours are learned as well"
    assert "Bandung" not in capsys.readouterr().out
    with pytest.raises(ForeignFailure):
        judge_router.run(sqlite_database, now=NOW, options=JobOptions(values={"files": [Path(__file__)]}))
