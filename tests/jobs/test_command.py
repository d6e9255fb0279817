"""`python -m jobs`, as one types it."""

import importlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest import CaptureFixture

from cettar_site.infra.db import Database
from cettar_site.status import store
from cettar_site.status.rules import Job, Outcome
from jobs import __main__ as command
from jobs.report import JobOptions
from jobs.runner import Runner
from jobs.timetable import TIMETABLE, job_named, jobs_of
from tests.status.makers import NOON, a_job, must_claim

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_signals() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CETTAR_")}
    return {**kept, "CETTAR_DATA_DIR": str(folder), "CETTAR_FEED_LOOPBACK": "1",
            "CETTAR_SISKAPERBAPO_URL": "http://127.0.0.1:9", **more}


def jobs(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "jobs", *arguments], cwd=ROOT, capture_output=True,
                          env=environment(folder, **more), text=True, timeout=60)


def one(db: Database, job: Job) -> int:
    return command.run_one(job, db, JobOptions(by_hand=True), counts=True)


def test_the_list_names_every_job(tmp_path: Path):
    said = jobs(tmp_path, "--list")
    assert said.returncode == 0
    assert all(f"  {job.name} " in said.stdout for job in TIMETABLE)


@pytest.mark.parametrize("arguments", [["nonsense"], ["--nonsense"], ["Forget_Runs"]])
def test_an_unknown_job_is_answered_with_the_list(tmp_path: Path, arguments: list[str]):
    said = jobs(tmp_path, *arguments)
    assert said.returncode == 2
    assert said.stdout == ""
    assert f"there is no job '{arguments[0]}'" in said.stderr and "forget_runs" in said.stderr


@pytest.mark.parametrize("arguments", [
    ["--date", "23-11-2026"], ["--date", "2026-02-30"], ["--colour", "red"]])
def test_options_that_make_no_sense_touch_nothing(tmp_path: Path, arguments: list[str]):
    said = jobs(tmp_path, "forget_runs", *arguments)
    assert said.returncode == 2
    assert "usage: python -m jobs forget_runs" in said.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_a_job_keeps_is_its_owners_only(tmp_path: Path):
    folder = tmp_path / "data"
    assert jobs(folder, "forget_runs").returncode == 0
    assert (folder / "cettar.sqlite").exists()
    assert [path.name for path in [folder, *folder.rglob("*")] if path.stat().st_mode & 0o077] == []


def test_a_wrong_setting_is_named(tmp_path: Path):
    said = jobs(tmp_path, "forget_runs", CETTAR_PORT="many")
    assert (said.returncode, said.stdout) == (2, "")
    assert "CETTAR_PORT" in said.stderr and "Traceback" not in said.stderr


def test_a_database_that_is_not_there_is_said_in_a_sentence(tmp_path: Path):
    said = jobs(tmp_path, "forget_runs", CETTAR_DB_URL="postgresql://nobody@127.0.0.1:9/none")
    assert (said.returncode, said.stdout) == (1, "")
    assert "CETTAR_DB_URL" in said.stderr and "Traceback" not in said.stderr


def test_a_job_of_the_demo_is_refused_without_it(tmp_path: Path):
    said = jobs(tmp_path, "simulate")
    assert said.returncode == 2
    assert "CETTAR_DEMO=1" in said.stderr


def test_one_job_makes_the_database_runs_and_reports_on_one_line(tmp_path: Path):
    said = jobs(tmp_path, "forget_runs")
    assert said.returncode == 0
    assert said.stdout.startswith("forget_runs: ok, 0 in, 0 refused, ")
    assert said.stdout.count("\n") == 1
    assert (tmp_path / "cettar.sqlite").exists()


@pytest.mark.parametrize(("function", "code", "line"), [
    ("sweep", 0, "sweep: ok, 412 in, 3 refused"),
    ("partly", 0, "sweep: partly, 38 in, 0 refused"),
    ("no_source", 1, "status: the publisher answered 403 https://harga.example/tabel"),
    ("broken", 1, "ValueError: tests/jobs/work.py:"),
])
def test_the_report_tells_what_became_of_it(sqlite_database: Database, capsys: CaptureFixture[str],
                                            function: str, code: int, line: str):
    assert one(sqlite_database, a_job(function=f"tests.jobs.work:{function}")) == code
    assert line in capsys.readouterr().out


def test_a_job_that_runs_elsewhere_is_left_alone(sqlite_database: Database, capsys: CaptureFixture[str]):
    runner = Runner(sqlite_database, "other")
    with sqlite_database.write("jobs") as session:
        must_claim(session, "sweep", NOON.replace(year=2100))
    assert runner.by_hand(a_job(), JobOptions(), counts=True) is None
    assert one(sqlite_database, a_job()) == 1
    assert "another process" in capsys.readouterr().err


def test_a_day_and_the_jobs_own_options_reach_it():
    parser = command.parser_of(a_job(function="tests.jobs.work:sweep"))
    assert str(parser.parse_args(["--date", "2026-11-22"]).date) == "2026-11-22"


def test_alone_it_keeps_the_timetable_and_ends_cleanly_when_asked(tmp_path: Path):
    process = subprocess.Popen([sys.executable, "-m", "jobs"], cwd=ROOT, env=environment(tmp_path),
                               stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = ""
    for line in process.stderr:  # ends when it has caught up its own small job
        said += line
        if "job_ran" in line and "forget_runs" in line:
            break
    process.send_signal(signal.SIGTERM)
    said += process.communicate(timeout=60)[1]
    assert process.returncode == 0, said
    assert "scheduler_stopped" in said and "Traceback" not in said
    db = Database(f"sqlite:///{tmp_path / 'cettar.sqlite'}")
    with db.read() as session:
        runs = {run.job: run.ending.outcome for run in store.newest_runs(session)}
        planned = [plan.job.name for plan in store.plans(session)]
    db.close()
    assert runs["forget_runs"] is Outcome.OK
    assert planned == [job.name for job in jobs_of("real")]


def test_no_job_ever_loads_reflex():
    modules = ["jobs.__main__", "jobs.scheduler", *(job.function.partition(":")[0] for job in TIMETABLE)]
    code = ("import importlib, sys\n"
            f"for name in {modules!r}: importlib.import_module(name)\n"
            "print([name for name in sys.modules if name.partition('.')[0].startswith('reflex')])")
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert said.stdout == "[]\n", said.stdout + said.stderr


def test_every_line_of_the_timetable_can_be_run():
    assert len({job.name for job in TIMETABLE}) == len(TIMETABLE)
    for job in TIMETABLE:
        module, _, function = job.function.partition(":")
        assert callable(getattr(importlib.import_module(module), function))
        assert module == f"jobs.{job.name}"
        assert job_named(job.name) is job
        assert job.description and job.needs in ("", "real", "demo")
        assert (job.stale_after is None) == (job.cron == "")
