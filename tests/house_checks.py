"""The machinery of tests/test_house.py: reads modules with ast and finds what breaks a house rule."""

import ast
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

SITE = "cettar_site"
Fault = str  # "path:line: what is wrong"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Floor:
    """What files of one kind may open: kinds of their own room, grounds, libraries (stdlib is free)."""

    own: frozenset[str]
    ground: frozenset[str]
    libraries: frozenset[str]
    pure: bool = False


def floor(own: str, ground: str, libraries: str = "", pure: bool = False) -> Floor:
    """A floor, written as words with spaces between."""
    return Floor(frozenset(own.split()), frozenset(ground.split()), frozenset(libraries.split()), pure)


@dataclass(frozen=True, slots=True)
class Plan:
    """The house as it should be; the tables are in tests/test_house.py."""

    ground: Mapping[str, Floor]
    floors: Mapping[str, Floor]
    corridors: Mapping[str, frozenset[str]]
    crossings: Mapping[str, frozenset[str]]
    reflex_doors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module, at the line where it stands."""

    line: int
    module: str
    top: str


@dataclass(frozen=True)
class Module:
    """One Python file of the house."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return ast.parse(self.text, self.path)

    @property
    def name(self) -> str:
        """The dotted name: cettar_site.prices.rules."""
        dotted = self.path.removesuffix(".py").replace("/", ".")
        return dotted.removesuffix(".__init__")

    @property
    def room(self) -> str:
        """The folder of the site it lives in ("" for the hall, the front door and other trees)."""
        parts = self.path.split("/")
        return parts[1] if parts[0] == SITE and len(parts) > 2 else ""

    @property
    def kind(self) -> str:
        """The floor by the file's name: page of page_detail.py."""
        return PurePosixPath(self.path).stem.split("_")[0]

    @property
    def is_init(self) -> bool:
        """Whether this is a folder's __init__.py."""
        return self.path.endswith("__init__.py")

    def fault(self, where: ast.AST | int, text: str) -> Fault:
        """A fault with its place."""
        line = where if isinstance(where, int) else getattr(where, "lineno", 1)
        return f"{self.path}:{line}: {text}"


@dataclass(frozen=True)
class House:
    """Every Python file that is looked at, and the plan."""

    files: Mapping[str, str]
    plan: Plan
    modules: dict[str, Module] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the Python files."""
        for path, text in sorted(self.files.items()):
            if path.endswith(".py"):
                module = Module(path, text)
                self.modules[module.name] = module

    def imports(self, module: Module) -> Iterator[Import]:
        """What a file imports, `from a import b` resolved to a.b where that is a module of the house."""
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield Import(node.lineno, alias.name, alias.name.split(".")[0])
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                for alias in node.names:
                    inner = f"{node.module}.{alias.name}"
                    target = inner if inner in self.modules else node.module
                    yield Import(node.lineno, target, target.split(".")[0])

    def site(self) -> Iterator[Module]:
        """Files of the site and the jobs, without the folders' one-sentence files."""
        for module in self.modules.values():
            if module.path.split("/")[0] in (SITE, "jobs") and not module.is_init:
                yield module

    def rooms(self) -> Iterator[Module]:
        """Files that live in a room."""
        for module in self.site():
            if module.room and module.room not in self.plan.ground and module.room != "migrations":
                yield module


def foreign(found: Import) -> bool:
    """Whether it is neither the standard library nor ours."""
    return found.top not in sys.stdlib_module_names and found.top not in (SITE, "jobs", "tests")


def place(module: str) -> tuple[str, str]:
    """Room and kind of an imported module: cettar_site.prices.page_detail is in prices, of kind page."""
    parts = [*module.split("."), "", ""]
    return (parts[1], parts[2].split("_")[0]) if parts[0] == SITE else ("", "")


def check_ground(house: House) -> Iterator[Fault]:
    """The ground rests on what is below it, never on rooms."""
    for module in house.site():
        rests = house.plan.ground.get(module.room or module.path.split("/")[0])
        if rests is None:
            continue
        for found in house.imports(module):
            room, kind = place(found.module)
            if foreign(found) and found.top not in rests.libraries:
                yield module.fault(found.line, f"{module.room or 'jobs'} may not import {found.top}")
            elif room and room != module.room and room not in rests.ground and kind not in rests.own:
                yield module.fault(found.line, f"{module.room or 'jobs'} may not import {found.module}")


def check_floors(house: House) -> Iterator[Fault]:
    """A room's file opens only the doors of its floor."""
    for module in house.rooms():
        rests = house.plan.floors.get(module.kind)
        if rests is None:
            continue
        for found in house.imports(module):
            room, kind = place(found.module)
            if foreign(found) and found.top not in rests.libraries:
                yield module.fault(found.line, f"{module.kind} may not import {found.top}")
            elif room == module.room and kind not in rests.own:
                yield module.fault(found.line, f"{module.kind} may not import {kind} of its room")
            elif room in house.plan.ground and room not in rests.ground:
                yield module.fault(found.line, f"{module.kind} may not import {room}")
            elif found.top == "jobs":
                yield module.fault(found.line, "a room may not import a job")


def check_corridors(house: House) -> Iterator[Fault]:
    """Rooms meet only through a corridor that is listed and walked, and only floors that may cross it."""
    walked: set[tuple[str, str]] = set()
    for module in house.rooms():
        for found in house.imports(module):
            room, kind = place(found.module)
            if not room or room == module.room or room in house.plan.ground:
                continue
            walked.add((module.room, room))
            crossings = house.plan.crossings
            allowed = crossings.get(f"{module.room}/{module.kind}") or crossings.get(module.kind, frozenset())
            if kind not in allowed:
                yield module.fault(found.line, f"no corridor leads from {module.kind} to {found.module}")
            elif room not in house.plan.corridors.get(module.room, ()):
                yield module.fault(found.line, f"the corridor {module.room} → {room} is not in CORRIDORS")
    here = {module.room for module in house.rooms()}
    for start, ends in house.plan.corridors.items():
        for end in sorted(ends):
            if start in here and end in here and (start, end) not in walked:
                yield f"tests/test_house.py:1: nobody walks the corridor {start} → {end}; take it out"


def check_circles(house: House) -> Iterator[Fault]:
    """Neither files nor corridors import in a circle."""
    files = {name: {found.module for found in house.imports(one)} for name, one in house.modules.items()}
    corridors = {room: set(ends) for room, ends in house.plan.corridors.items()}
    for ring in (ring_in(files), ring_in(corridors)):
        if ring:
            first = house.modules.get(ring[0])
            yield f"{first.path if first else 'tests/test_house.py'}:1: circle: {' → '.join(ring)}"


def ring_in(graph: Mapping[str, set[str]]) -> list[str]:
    """One circle of a graph, its first node again at the end; empty if there is none."""
    done: set[str] = set()

    def walk(node: str, trail: list[str]) -> list[str]:
        if node in trail:
            return [*trail[trail.index(node):], node]
        if node in done:
            return []
        for end in sorted(graph.get(node, ())):
            ring = walk(end, [*trail, node])
            if ring:
                return ring
        done.add(node)
        return []

    return next((ring for ring in (walk(node, []) for node in sorted(graph)) if ring), [])


def check_names(house: House) -> Iterator[Fault]:
    """No drawer for odds and ends; every file of a room is of a known kind."""
    for module in house.modules.values():
        for word in re.split(r"[/_.]", module.path):
            if word in {"utils", "util", "helpers", "helper", "common", "misc", "shared", "tools"} and \
                    not module.path.startswith("tests/"):
                yield module.fault(1, f"the name {word} says nothing of what is inside")
    for module in house.rooms():
        if module.kind not in house.plan.floors:
            yield module.fault(1, f"{module.kind} is no floor (FLOORS in tests/test_house.py)")
        elif len(module.path.split("/")) > 3:
            yield module.fault(1, "a room has no folders inside")


def check_imports(house: House) -> Iterator[Fault]:
    """Imports are absolute and stand at the top of the file, so that a circle hurts."""
    for module in house.modules.values():
        at_top = set(map(id, module.tree.body))
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and node.level:
                yield module.fault(node, "relative import")
            if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in at_top:
                yield module.fault(node, "import that is not at the top")
            if isinstance(node, ast.Call) and module.path.startswith(SITE) and \
                    ast.unparse(node.func) in ("__import__", "import_module", "importlib.import_module"):
                yield module.fault(node, "import in disguise")


def check_inits(house: House) -> Iterator[Fault]:
    """A folder's __init__.py holds one sentence that says what the folder is about."""
    for module in house.modules.values():
        if module.is_init:
            sentence = ast.get_docstring(module.tree) or ""
            if len(module.tree.body) != 1 or not sentence.endswith(".") or re.search(r"[.!?]\s", sentence):
                yield module.fault(1, "must hold one sentence, as a docstring, and nothing else")


Check = Callable[[House], Iterator[Fault]]
