"""House checks that look inside functions: sizes, purity, commits, Reflex, words that must not be there."""

import ast
import re
from collections.abc import Iterator

from tests.house_checks import SITE, Fault, Function, House, Module

FILE_LINES, FUNCTION_LINES, PAGE_LINES = 300, 40, 60
STATE_LINES, STATE_VARS, STATE_HANDLERS = 120, 12, 10
# What reads the clock, the disk, the network or chance.
NETWORK = {"socket", "http", "urllib.request", "ssl", "asyncio", "ftplib", "smtplib"}
CHANCE = {"time", "random", "secrets"}
DISK = {"os", "pathlib", "shutil", "tempfile", "subprocess", "threading", "multiprocessing", "sqlite3",
        "logging", "importlib"}
IMPURE_CALLS = {"open", "io.open", "input", "print", "eval", "exec"}
CLOCKS = {"now", "today", "utcnow", "localtime", "time_ns", "monotonic", "uuid1", "uuid4"}
READS_ITS_TABLES = ("base", "jatim")  # pure but for the tables and sentences that lie beside them
# Written in halves, so that this file passes its own check.
HOSTS = ("npm" + "js.", "python" + "hosted", "py" + "pi.org", "yarn" + "pkg.com", "deb." + "debian.org")
PLACES = ("/wo" + "rk/", "/fa" + "rm/", "/ro" + "ot/", "." + "library", "before" + "-stop", "sub" + "agent",
          "/tmp/" + "cettar/")


def length(node: ast.AST) -> int:
    """Lines from the first to the last, decorators apart."""
    return (getattr(node, "end_lineno", 0) or 0) - getattr(node, "lineno", 0) + 1


def check_sizes(house: House) -> Iterator[Fault]:
    """Files, functions and States stay small enough to be read at once."""
    for module in house.modules.values():
        lines = module.text.count("\n")
        if lines > FILE_LINES:
            yield module.fault(FILE_LINES, f"{lines} lines, at most {FILE_LINES}: split by subject")
        most = PAGE_LINES if module.kind == "page" else FUNCTION_LINES
        for node in ast.walk(module.tree):
            if isinstance(node, Function) and length(node) > most and "/versions/" not in module.path:
                yield module.fault(node, f"{node.name} has {length(node)} lines, at most {most}")
            if isinstance(node, ast.ClassDef) and any("State" in ast.unparse(base) for base in node.bases):
                yield from state_sizes(module, node)


def state_sizes(module: Module, node: ast.ClassDef) -> Iterator[Fault]:
    """A State asks, holds and says; it does not grow into the room."""
    variables = [part for part in node.body if isinstance(part, ast.AnnAssign)]
    handlers = [part for part in node.body
                if isinstance(part, Function) and any("event" in ast.unparse(d) for d in part.decorator_list)]
    for found, most, what in ((length(node), STATE_LINES, "lines"), (len(variables), STATE_VARS, "vars"),
                              (len(handlers), STATE_HANDLERS, "handlers")):
        if found > most:
            yield module.fault(node, f"State {node.name} has {found} {what}, at most {most}")


def check_purity(house: House) -> Iterator[Fault]:
    """Deciding touches nothing; the time is given, the session is given, the client is given."""
    for module in house.site():
        forbidden = not_to_touch(house, module)
        if forbidden is None:
            continue
        for found in house.imports(module):
            if any(found.module == name or found.module.startswith(name + ".") for name in forbidden):
                yield module.fault(found.line, f"must not touch what {found.module} touches")
        for node in ast.walk(module.tree):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if "." in called and called.split(".")[-1] in CLOCKS:
                yield module.fault(node, f"reads the clock or chance: {called}")
            if called in IMPURE_CALLS and "os" in forbidden:
                yield module.fault(node, f"must not touch anything: {called}()")


def not_to_touch(house: House, module: Module) -> set[str] | None:
    """Libraries that a file may not import, since it is given what it needs; None: it may touch the world."""
    if module.room in READS_ITS_TABLES:
        return NETWORK | CHANCE
    rests = house.plan.floors.get(module.kind)
    if rests is None or not module.room or module.room in house.plan.ground:
        return None
    if rests.pure:
        return NETWORK | CHANCE | DISK
    if module.kind in ("models", "store", "actions"):
        return NETWORK | {"time"}
    return set() if module.kind == "feed" else None


def check_commits(house: House) -> Iterator[Fault]:
    """One transaction a request or job, ended at the edge: nobody but infra commits."""
    for module in house.site():
        if module.room == "infra":
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and \
                    node.func.attr in ("commit", "rollback") and not node.args:
                yield module.fault(node, f"only infra ends a transaction: {ast.unparse(node.func)}()")


def reflex_allowed(house: House, module: Module) -> bool:
    """Whether this file may know Reflex: the front door, the ui, pages, states."""
    hall = module.path in (f"{SITE}/{name}.py" for name in (SITE, "__main__", "door")) or module.room == "ui"
    return hall or (module.path.startswith(SITE) and module.kind in house.plan.reflex_doors)


def check_reflex(house: House) -> Iterator[Fault]:
    """Reflex stays behind its doors, and no job reaches it, however far it walks."""
    loads = {module.name for module in house.site()
             if any(found.top.startswith("reflex") for found in house.imports(module))}
    for module in house.site():
        if module.name in loads and not reflex_allowed(house, module):
            yield module.fault(1, "may not know Reflex")
        if module.path.startswith("jobs/"):
            trail = way_to(house, module.name, loads)
            if trail:
                yield module.fault(1, f"a job reaches Reflex: {' → '.join(trail)}")


def way_to(house: House, start: str, ends: set[str]) -> list[str]:
    """The way along imports from one file to any of the ends; empty if there is none."""
    trails, seen = [[start]], {start}
    while trails:
        trail = trails.pop(0)
        if trail[-1] in ends:
            return trail
        here = house.modules.get(trail[-1])
        for found in house.imports(here) if here else ():
            if found.module not in seen:
                seen.add(found.module)
                trails.append([*trail, found.module])
    return []


def check_words(house: House) -> Iterator[Fault]:
    """No file names a registry's host, a path of the machine it was built on, or the tools that built it."""
    for path, text in sorted(house.files.items()):
        for number, line in enumerate(text.splitlines(), 1):
            for word in (*HOSTS, *PLACES):
                at = line.lower().find(word)
                if at >= 0 and not (word.startswith("/") and at and re.match(r"[\w.\-]", line[at - 1])):
                    yield f"{path}:{number}: names {word}"
