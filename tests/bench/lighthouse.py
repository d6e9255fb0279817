"""Lighthouse's mobile scores, by its npm package kept in a cache outside git."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.figures import Figure
from tests.site import ROOT
from tests.tools.chromium import FLAGS, find

VERSION = "13.5.0"
CACHE = ROOT / ".cache" / "lighthouse"
PROGRAM = CACHE / "node_modules" / "lighthouse" / "cli" / "index.js"
RUNS = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def tool(name: str) -> str:
    """A program of the environment's own JavaScript runtime."""
    return str(Path(sys.executable).parent / name)


def environ() -> dict[str, str]:
    """The environment with our node before any other."""
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
            "CHROME_PATH": find(), "PUPPETEER_SKIP_DOWNLOAD": "1"}


def ready() -> str:
    """Install it if it is not there; what went wrong, or nothing."""
    if PROGRAM.exists():
        return ""
    CACHE.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([tool("npm"), "install", "--no-audit", "--no-fund", "--prefix", str(CACHE),
                           f"lighthouse@{VERSION}"], env=environ(), cwd=CACHE, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=False)
    return "" if PROGRAM.exists() else f"npm could not install it: {done.stderr.strip()[-200:]}"


def scores(address: str, categories: Sequence[str]) -> dict[str, float] | str:
    """The scores of one page by category, 0 to 100; or what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        flags = " ".join(["--headless=new", f"--user-data-dir={folder}/profile", *FLAGS])
        done = subprocess.run(
            [tool("node"), str(PROGRAM), address, "--output=json", f"--output-path={report}", "--quiet",
             f"--only-categories={','.join(categories)}", f"--chrome-flags={flags}"],
            env=environ(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if not report.exists():
            return done.stderr.strip()[-200:] or "no report"
        said = json.loads(report.read_text())
    if said.get("runtimeError"):
        return str(said["runtimeError"]["message"])
    found = said["categories"]
    return {name: 100 * (found[name]["score"] or 0.0) for name in categories}


def judged(address: str) -> dict[str, float] | str:
    """The scores, that of performance the median of some runs because it depends on the machine's mood."""
    first = scores(address, CATEGORIES)
    if isinstance(first, str):
        return first
    others = [scores(address, CATEGORIES[:1]) for _ in range(RUNS - 1)]
    runs = [one[CATEGORIES[0]] for one in (first, *others) if not isinstance(one, str)]
    return {**first, CATEGORIES[0]: statistics.median(runs)}


def measure(address: str, paths: Sequence[str]) -> list[Figure]:
    """Mobile scores of each page; where it can't run, a line that says why."""
    fault = ready()
    if fault:
        return [Figure("Lighthouse, mobile", "scores", None, "", note=" ".join(fault.split()))]
    found = []
    for path in paths:
        result = judged(address + path)
        if isinstance(result, str):
            found.append(Figure("Lighthouse, mobile", path, None, "", note=" ".join(result.split())))
            continue
        found += [Figure("Lighthouse, mobile", f"{path} {name}", score, "", 100, more=True)
                  for name, score in result.items()]
    return found
