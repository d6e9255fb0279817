"""The house rules, checked: which file may open which door, how large it may be, what it may touch.

A new room is a folder; a new corridor is one line in CORRIDORS; a new kind of file is one line in FLOORS.
Each check is shown a planted violation from tests/house_violations that it must refuse. A planted file
begins with `check: NAME` and `says: WORDS`, then come files, each under `=== path`; `»300 x = 1` stands
for 300 such lines, and a `·` inside a word is taken out.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import house_checks, house_checks_body
from tests.house_checks import House, Plan, floor

ROOT = Path(__file__).parent.parent
PLANTS = sorted((ROOT / "tests" / "house_violations").glob("*.txt"))

# What lies under the rooms may rest on. For jobs, `own` are the kinds of any room's files that they may call.
GROUND = {
    "base": floor("", "", "babel holidays sqlalchemy markupsafe cryptography pyotp"),
    "jatim": floor("", "base"),
    "infra": floor("", "base", "sqlmodel sqlalchemy alembic psycopg redis starlette httpx httpcore anyio "
                   "stamina limits structlog prometheus_client brotli msgspec granian apscheduler argon2 PIL"),
    "ui": floor("", "base jatim", "htpy markupsafe reflex reflex_base starlette altair segno"),
    "jobs": floor("rules parse feed guess store actions", "base jatim infra",
                  "apscheduler tqdm httpx sqlmodel sqlalchemy"),
}
# What a room's file may open: kinds of its own room, grounds, libraries beyond the standard one.
FLOORS = {
    "rules": floor("rules", "base jatim", pure=True),
    "parse": floor("rules parse", "base jatim", "selectolax msgspec python_calamine", pure=True),
    # Learned numbers: `guess` asks them, `learn` finds them; only the latter needs the library that learns.
    "guess": floor("rules guess", "base jatim", "numpy", pure=True),
    "learn": floor("rules guess learn", "base jatim", "numpy scipy sklearn", pure=True),
    "models": floor("rules models", "base", "sqlmodel sqlalchemy"),
    "feed": floor("rules parse feed", "base jatim", "httpx"),
    "store": floor("rules models store", "base jatim", "sqlmodel sqlalchemy"),
    "actions": floor("rules store actions", "base jatim", "sqlmodel sqlalchemy"),
    "snapshot": floor("rules guess store snapshot", "base jatim infra", "sqlmodel"),
    "chart": floor("rules chart", "base jatim", "altair vl_convert htpy markupsafe"),
    "columns": floor("rules columns", "base ui"),
    "api": floor("rules store actions snapshot chart columns island api", "base jatim infra ui",
                 "starlette htpy markupsafe msgspec python_multipart"),
    "island": floor("rules store snapshot chart columns island", "base jatim infra ui", "htpy markupsafe"),
    "state": floor("rules store actions snapshot state", "base jatim infra ui", "reflex"),
    "page": floor("rules columns state page", "base jatim ui", "reflex"),
    "live": floor("rules store snapshot live", "base jatim infra ui", "reflex"),
}
# Who may ask whom, and which floors may cross: rules ask rules, stores ask stores. What is shown from
# several rooms at once may take their snapshots and pieces; the simulation plays the other rooms' users.
CORRIDORS: dict[str, frozenset[str]] = {
    "desk": frozenset({"complaints", "routing"}),
    "home": frozenset({"complaints", "leaderboard", "prices"}),
    "leaderboard": frozenset({"complaints"}),
    "routing": frozenset({"complaints"}),
    "simulation": frozenset({"complaints", "desk", "prices"}),
}
CROSSINGS: dict[str, frozenset[str]] = {
    "rules": frozenset({"rules"}),
    "store": frozenset({"store"}),
    "snapshot": frozenset({"rules", "store"}),
    "island": frozenset({"rules", "snapshot", "island"}),
    "api": frozenset({"rules", "snapshot"}),
    # The desk reads forms with photos, and shows photos, as the complaints do.
    "desk/api": frozenset({"rules", "snapshot", "api"}),
    # The desk's verbs are the complaints' verbs, after asking whether this officer may.
    "desk/actions": frozenset({"rules", "actions"}),
    "routing/actions": frozenset({"rules", "store", "actions"}),
    # What is typed comes in as a complaint does.
    "routing/api": frozenset({"rules", "api"}),
    "simulation/actions": frozenset({"rules", "store", "actions"}),
}
PLAN = Plan(GROUND, FLOORS, CORRIDORS, CROSSINGS, frozenset({"page", "state", "live"}))
CHECKS: dict[str, house_checks.Check] = {
    name.removeprefix("check_"): check
    for source in (house_checks, house_checks_body)
    for name, check in vars(source).items() if name.startswith("check_")
}
SOUND = {
    "cettar_site/__init__.py": '"""A site."""\n',
    "cettar_site/base/money.py": "def rupiah() -> int:\n    return 1\n",
    "cettar_site/prices/rules.py": "from cettar_site.base import money\n",
    "cettar_site/prices/store.py": "from sqlmodel import Session\n\nfrom cettar_site.prices import rules\n",
    "cettar_site/prices/page_detail.py": "import reflex as rx\n\nfrom cettar_site.prices import rules\n",
    "jobs/fetch_prices.py": "from cettar_site.prices import store\n",
}


def tracked() -> dict[str, str]:
    """The text files of the project, without what git ignores and without the planted violations."""
    said = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                          capture_output=True, text=True, check=False)
    names = said.stdout.split("\0") if said.returncode == 0 else [
        str(path.relative_to(ROOT)) for path in ROOT.rglob("*")
        if not any(part.startswith(".") and part != ".ci" for part in path.relative_to(ROOT).parts)]
    files = {}
    for name in names:
        path = ROOT / name
        if name and path.is_file():
            data = path.read_bytes()
            if b"\0" not in data:
                files[name] = data.decode("utf-8")
    return files


@pytest.fixture(scope="module")
def house() -> House:
    """The house as it stands."""
    return House(tracked(), PLAN)


@pytest.mark.parametrize("name", CHECKS)
def test_the_house_keeps_its_rules(name: str, house: House) -> None:
    faults = list(CHECKS[name](house))
    assert not faults, f"{CHECKS[name].__doc__}\n" + "\n".join(faults)


def planted(path: Path) -> tuple[str, str, House]:
    """The check's name, the words it must say, and the little house with the fault in it."""
    head, *parts = path.read_text().split("=== ")
    said = dict(line.split(": ", 1) for line in head.splitlines() if line)
    files = {}
    for part in parts:
        name, text = part.split("\n", 1)
        text = re.sub(r"(?m)^»(\d+) (.*)$", lambda many: "\n".join([many[2]] * int(many[1])), text)
        files[name.strip()] = text.replace("·", "")
    return said["check"], said["says"], House(files, PLAN)


@pytest.mark.parametrize("path", PLANTS, ids=lambda path: path.stem)
def test_a_planted_violation_is_refused(path: Path) -> None:
    name, says, little = planted(path)
    faults = list(CHECKS[name](little))
    assert any(says in fault for fault in faults), f"{path.name}: {name} let it pass, it said {faults}"


def test_every_check_is_shown_a_violation() -> None:
    assert {planted(path)[0] for path in PLANTS} == set(CHECKS)


def test_a_sound_little_house_passes() -> None:
    assert [fault for check in CHECKS.values() for fault in check(House(SOUND, PLAN))] == []


def test_a_circle_of_corridors_is_found() -> None:
    assert house_checks.ring_in({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == ["a", "b", "c", "a"]
    assert house_checks.ring_in({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_jobs_load_without_reflex() -> None:
    names = sorted(str(path.relative_to(ROOT).with_suffix("")).replace("/", ".").removesuffix(".__init__")
                   for path in (ROOT / "jobs").glob("*.py") if path.name != "__main__.py")
    code = (f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"
            "print([name for name in sys.modules if name.split('.')[0].startswith('reflex')])")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
