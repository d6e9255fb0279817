"""`python -m cettar_site`: build the front end, or serve the site that was built.

    build   make the pages and scripts if their sources changed
    serve   bring the database up to date and serve on CETTAR_HOST:CETTAR_PORT
    dev     serve with hot reload, prerendering included
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from cettar_site.infra import clock
from cettar_site.infra.db import database
from cettar_site.infra.migrate import migrate_all
from cettar_site.infra.settings import Settings, WrongSetting, settings
from cettar_site.infra.site_files import NO_HOST
from cettar_site.infra.vault import vault
from cettar_site.simulation.actions import fill

ROOT = Path(__file__).resolve().parents[1]
STAMP = ROOT / ".web" / "cettar.stamp"
BUILT = ROOT / ".web" / "build" / "client"
SOURCES = ("cettar_site/**/*.py", "cettar_site/**/*.po", "cettar_site/**/*.csv", "assets/**/*", "reflex.lock/*",
           "rxconfig.py", "requirements.txt")
# What Reflex's own command sets for a process that serves what is already built.
BUILT_ALREADY = {"__REFLEX_SKIP_COMPILE": "true", "REFLEX_ENV_MODE": "prod"}


def fingerprint() -> str:
    """A name for the sources of the front end; changes with any of them."""
    digest = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def build() -> None:
    """Compile and prerender, unless nothing changed since the last time."""
    now = fingerprint()
    if BUILT.is_dir() and STAMP.is_file() and STAMP.read_text() == now:
        return
    print("Building the pages (about a minute the first time) …", flush=True)
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    environment = {**os.environ, "REFLEX_API_URL": NO_HOST}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    if done.returncode != 0 or not BUILT.is_dir():
        print(done.stdout)
        raise SystemExit("The pages could not be built; what Reflex said is above.")
    STAMP.write_text(now)


def _target(config: Settings) -> str:
    here = config.host in {"127.0.0.1", "0.0.0.0"}  # noqa: S104 (said, not listened on)
    return f"http://{'localhost' if here else config.host}:{config.port}"


def _prepare(config: Settings) -> None:
    """Bring the database up to date; where the simulation is served, fill it before anybody looks."""
    migrate_all(config)
    db = database()
    if db.realm == "demo":
        print("Simulated data is shown until there is real data (DEMO=0 starts empty).", flush=True)
        fill(db, clock.now(), vault())
    database.cache_clear()  # the workers make connections of their own: one can't be shared across a fork
    db.close()


def serve() -> None:
    """Migrate, then serve what is built until told to stop."""
    config = settings()
    if not BUILT.is_dir():
        raise SystemExit("Nothing is built yet: run `make run`, or `python -m cettar_site build` first.")
    os.environ.update(BUILT_ALREADY)
    os.chdir(ROOT)
    _prepare(config)
    print(f"CETTAR is at {_target(config)} (Ctrl-C stops it)", flush=True)
    Granian("cettar_site.cettar_site:site", address=config.host, port=config.port, interface=Interfaces.ASGI,
            factory=True, workers=config.workers, http=HTTPModes.http1, websockets=True, log_enabled=False,
            backlog=4096, backpressure=8192, workers_kill_timeout=5, respawn_failed_workers=True,
            # A connection that says nothing holds a place: ten seconds are enough for a slow line to begin.
            http1_settings=HTTP1Settings(header_read_timeout=10_000)).serve()


def dev() -> None:
    """Serve with hot reload; the pages are prerendered as they will be in earnest."""
    config = settings()
    _prepare(config)
    # Only the sources: a write to the database in the data folder must not reload the site.
    watched = os.pathsep.join(str(ROOT / name) for name in ("cettar_site", "jobs"))
    environment = {**os.environ, "REFLEX_SSR": "true", "REFLEX_HOT_RELOAD_OVERRIDE_PATHS": watched}
    command = [sys.executable, "-m", "reflex", "run", "--env", "preview", "--backend-port", str(config.port),
               "--frontend-port", str(config.port), "--backend-host", config.host]
    raise SystemExit(subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode)


def main(arguments: list[str]) -> None:
    """Do what the one argument says."""
    os.umask(0o077)  # the database, the secret and all else that is kept: for this user alone
    verbs = {"build": build, "serve": serve, "dev": dev}
    if len(arguments) != 1 or arguments[0] not in verbs:
        raise SystemExit(__doc__)
    try:
        verbs[arguments[0]]()
    except WrongSetting as fault:
        raise SystemExit(f"Setting {fault}") from fault


if __name__ == "__main__":
    main(sys.argv[1:])
