"""Nothing of the real site leads to the simulation but the front door and the demo's job."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
SIMULATION = "cettar_site.simulation"
DOORS = {"jobs/simulate.py", "jobs/judge_router.py", "cettar_site/__main__.py", "cettar_site/cettar_site.py",
         "cettar_site/door.py"}
WRITERS = {"cettar_site/simulation/actions.py"}


def importers(name: str, texts: dict[str, str]) -> set[str]:
    """The files that import a module, or something below it."""
    found = set()
    for path, text in texts.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                modules = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            else:
                continue
            if any(module == name or module.startswith(name + ".") for module in modules):
                found.add(path)
    return found


def site() -> dict[str, str]:
    return {str(path.relative_to(ROOT)): path.read_text()
            for folder in ("cettar_site", "jobs") for path in (ROOT / folder).rglob("*.py")}


def test_only_the_demos_doors_open_it() -> None:
    outside = {path: text for path, text in site().items() if not path.startswith("cettar_site/simulation/")}
    assert importers(SIMULATION, outside) <= DOORS


def test_only_the_verbs_that_check_write() -> None:
    assert importers(f"{SIMULATION}.actions_write", site()) == WRITERS


def test_a_back_door_would_be_seen() -> None:
    planted = {"cettar_site/prices/actions.py": "from cettar_site.simulation import actions_write\n"}
    assert importers(f"{SIMULATION}.actions_write", planted)
    assert importers(SIMULATION, planted) - DOORS
