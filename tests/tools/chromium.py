"""Find a Chromium for the browser tests, or install one: `python -m tests.tools.chromium --install`.

First the one that CHROMIUM names, then what is on PATH, then the one that Playwright keeps. With
--install: the distribution's package, then Playwright's own. Where none can be had it says what to do
and fails; the tests never skip for want of a browser.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Without these a Chromium looks up its maker's hosts at every start; as root it needs --no-sandbox.
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage")
ADVICE = """No Chromium was found and none could be installed. Do one of these, then run it again:
  - install it: apt install chromium · dnf install chromium · brew install --cask chromium
  - or name one that is there: CHROMIUM=/path/to/chrome make test
  - or let Playwright fetch its own: .venv/bin/python -m playwright install --with-deps chromium"""


class NoBrowser(Exception):
    """No Chromium that starts; the message says what to do."""


def works(program: str) -> bool:
    """Whether the program is a Chromium that can say its version (a stub for a missing snap can't)."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and "chrom" in done.stdout.lower()


def candidates(environ: Mapping[str, str]) -> Iterable[str]:
    """Programs to try, best first. Raises NoBrowser when CHROMIUM names one that does not start."""
    named = environ.get("CHROMIUM")
    if named:
        if not works(named):
            raise NoBrowser(f"CHROMIUM={named} is not a Chromium that starts.\n{ADVICE}")
        yield named
    for name in NAMES:
        found = shutil.which(name, path=environ.get("PATH"))
        if found:
            yield found
    own = playwrights_own()
    if own:
        yield own


def playwrights_own() -> str | None:
    """The path of the Chromium that Playwright has installed, if it has."""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find(environ: Mapping[str, str] = os.environ) -> str:
    """The first Chromium that starts. Raises NoBrowser."""
    for program in candidates(environ):
        if works(program):
            return program
    raise NoBrowser(ADVICE)


def by_apt(environ: Mapping[str, str]) -> None:
    """Install the distribution's Chromium, where apt is and we may without being asked for a password."""
    apt = shutil.which("apt-get", path=environ.get("PATH"))
    if apt is None:
        return
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and shutil.which("sudo", path=environ.get("PATH")) is None:
        return
    quiet = {**environ, "DEBIAN_FRONTEND": "noninteractive"}
    say("installing the distribution's Chromium …")
    run([*sudo, apt, "-qq", "update"], quiet)
    run([*sudo, apt, "-qq", "install", "-y", "--no-install-recommends", "chromium"], quiet)


def by_playwright(environ: Mapping[str, str]) -> None:
    """Let Playwright fetch its own Chromium."""
    say("letting Playwright fetch its own Chromium …")
    run([sys.executable, "-m", "playwright", "install", "chromium"], environ)


def find_or_install(environ: Mapping[str, str] = os.environ,
                    ways: Iterable[Callable[[Mapping[str, str]], None]] = (by_apt, by_playwright)) -> str:
    """A Chromium that starts, installed if need be. Raises NoBrowser."""
    for way in (None, *ways):
        if way is not None:
            way(environ)
        try:
            return find(environ)
        except NoBrowser:
            if environ.get("CHROMIUM"):
                raise
    raise NoBrowser(ADVICE)


def run(command: list[str], environ: Mapping[str, str]) -> None:
    """Run to the end, whatever comes of it; output goes to stderr."""
    subprocess.run(command, env=dict(environ), stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)


def say(text: str) -> None:
    """One line for whoever waits."""
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """Print the path of a Chromium."""
    try:
        print(find_or_install() if "--install" in sys.argv[1:] else find())
    except NoBrowser as fault:
        say(str(fault))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
