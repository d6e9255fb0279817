"""The documents tell the truth: every setting, job, address, command and link in them exists, and back.

Each comparison is also made on a README with planted faults, which it must find.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from cettar_site.infra.settings import VARIABLES
from jobs.timetable import TIMETABLE

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SETTING = re.compile(r"CETTAR_[A-Z][A-Z_]*[A-Z]")
QUOTED = re.compile(r"`([^`\n]+)`")
ADDRESS = re.compile(r"^/(?:(?:[a-z0-9._-]+|[A-Z]+)(?:/(?:[a-z0-9._-]+|[A-Z]+))*)?$")
COMMAND = re.compile(r"\bmake ([a-z][a-z-]*)")
JOB = re.compile(r"python -m jobs ([a-z_]+)")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
# Read by the front door in a process of its own, because it loads Reflex and changes its registry.
ASK_FRONT_DOOR = """import json
from cettar_site import cettar_site as door
print(json.dumps([one.path for one in (*door.PAGES, *door.ROUTES)]))"""


@dataclass(frozen=True)
class Truth:
    """What there is."""

    settings: dict[str, str]
    jobs: set[str]
    addresses: set[str]
    commands: set[str]


def addresses() -> set[str]:
    """Public addresses in Indonesian, a changing part in capitals: /aduan/NUMBER."""
    done = subprocess.run([sys.executable, "-c", ASK_FRONT_DOOR], cwd=ROOT, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stderr
    paths = json.loads(done.stdout.splitlines()[-1])
    return {re.sub(r"{(\w+)(:\w+)?}", lambda part: part[1].upper(), path)
            for path in paths if path != "/en" and not path.startswith("/en/")}


@pytest.fixture(scope="module")
def truth() -> Truth:
    """Settings, jobs, addresses and commands as the code has them."""
    makefile = (ROOT / "Makefile").read_text()
    return Truth({one.name: one.default for one in VARIABLES}, {job.name for job in TIMETABLE}, addresses(),
                 set(re.findall(r"^([a-z][a-z-]*):.*## ", makefile, flags=re.MULTILINE)))


def faults(text: str, truth: Truth) -> set[str]:
    """What a README says that is not so, and what it keeps silent about."""
    quoted = set(QUOTED.findall(text))
    said_settings = set(SETTING.findall(text))
    said_jobs = (quoted & truth.jobs) | set(JOB.findall(text))
    said_addresses = {word.partition("?")[0] for word in quoted if ADDRESS.match(word.partition("?")[0])}
    found = {f"setting {name} is not explained" for name in truth.settings if name not in said_settings}
    found |= {f"there is no setting {name}" for name in said_settings if name not in truth.settings}
    for name, default in truth.settings.items():
        rows = [line for line in text.splitlines() if line.startswith(f"| `{name}`")]
        if default and rows and not any(f"`{default}`" in row for row in rows):
            found.add(f"the default of {name} is {default}")
    found |= {f"job {name} is not explained" for name in truth.jobs - said_jobs}
    found |= {f"there is no job {name}" for name in said_jobs - truth.jobs}
    found |= {f"address {path} is not listed" for path in truth.addresses - said_addresses}
    found |= {f"there is no address {path}" for path in said_addresses - truth.addresses - {"/en"}}
    found |= {f"there is no command make {name}" for name in set(COMMAND.findall("\n".join(quoted)))
              - truth.commands}
    return found


def test_the_readme_tells_the_truth(truth: Truth) -> None:
    assert not faults(README.read_text(), truth)


def test_planted_faults_in_a_readme_are_found() -> None:
    little = Truth({"CETTAR_PORT": "8000", "CETTAR_HOST": ""}, {"fetch_prices"}, {"/harga", "/aduan/NUMBER"},
                   {"run"})
    sound = ("| `CETTAR_PORT` | `8000` | port |\n| `CETTAR_HOST` | | host |\n`make run`, `python -m jobs "
             "fetch_prices`\n`/harga?komoditas=x` `/aduan/NUMBER` `/en`")
    assert not faults(sound, little)
    planted = sound
    for right, wrong in (("8000", "80"), ("CETTAR_HOST", "CETTAR_HOSTS"), ("fetch_prices", "fetch_all"),
                         ("/aduan/NUMBER", "/keluhan"), ("make run", "make coffee")):
        planted = planted.replace(right, wrong)
    assert faults(planted, little) == {
        "the default of CETTAR_PORT is 8000", "setting CETTAR_HOST is not explained",
        "there is no setting CETTAR_HOSTS", "job fetch_prices is not explained", "there is no job fetch_all",
        "address /aduan/NUMBER is not listed", "there is no address /keluhan",
        "there is no command make coffee"}


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.md")), ids=lambda path: path.name)
def test_links_between_the_documents_lead_somewhere(path: Path) -> None:
    text = path.read_text()
    assert [link for link in LINK.findall(text) if not (path.parent / link.strip()).exists()] == []


@pytest.mark.parametrize("name", ["README", "CONTRIBUTING", "DECISIONS", "SECURITY", "CHANGELOG"])
def test_the_documents_are_there(name: str) -> None:
    assert (ROOT / f"{name}.md").stat().st_size > 200
    assert "Apache License" in (ROOT / "LICENSE").read_text()
