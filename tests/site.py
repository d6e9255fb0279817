"""A real site for tests: its own process group, its own data, on a free port of this machine."""

import contextlib
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
HOST = "127.0.0.1"
PATIENCE = 90.0  # seconds until a site that does not answer is given up; no test asserts on it
SERVE = ("-m", "cettar_site", "serve")
NOWHERE = "http://127.0.0.1:9"  # nothing listens there: no test may reach a publisher


class NotUp(Exception):
    """The site did not start; the message holds its log."""


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    """A site that may be started, stopped, killed and started again on the same data."""

    data: Path
    environ: dict[str, str]
    port: int
    entry: Sequence[str] = SERVE
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"http://{HOST}:{self.port}"

    @property
    def log(self) -> str:
        """All that its processes have said so far."""
        path = self.data / "site.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def start(self) -> None:
        """Start it and wait until it answers. Raises NotUp."""
        with open(self.data / "site.log", "ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.entry], cwd=ROOT, env=self.environ, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True)
        until = time.monotonic() + PATIENCE
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise NotUp(f"the site did not start; it said:\n{self.log[-4000:]}")
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether its health page can be had."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status < 500
        except OSError:
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        """Ask it to end, and make sure that nothing of it is left."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(20)
        self.kill()

    def kill(self) -> None:
        """kill -9 of every process of it at once, as when the machine loses its power."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:  # its workers die a moment later than their parent
            try:
                with socket.create_connection((HOST, self.port), timeout=1):
                    time.sleep(0.01)
            except OSError:
                return

    def pids(self) -> list[int]:
        """The processes of its group: the parent and its workers."""
        assert self.process is not None
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                fields = stat.read_text().rpartition(")")[2].split()
                if int(fields[2]) == self.process.pid:
                    found.append(int(stat.parent.name))
        return found

    def job(self, name: str, *options: str) -> str:
        """Run a job in a process of its own beside the site; what it printed. Raises on failure."""
        done = subprocess.run([sys.executable, "-m", "jobs", name, *options], cwd=ROOT, env=self.environ,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"job {name}: {done.stdout}\n{done.stderr}"
        return done.stdout


def make_site(data: Path, *, entry: Sequence[str] = SERVE, **settings: str) -> Site:
    """A site that is not started; `settings` are CETTAR_ variables without the prefix, in small letters."""
    data.mkdir(parents=True, exist_ok=True)
    port = free_port()
    chosen = {"data_dir": str(data), "host": HOST, "port": str(port), "site_url": f"http://{HOST}:{port}",
              "jobs": "off", "feed_loopback": "1", "siskaperbapo_url": NOWHERE, **settings}
    environ = {name: value for name, value in os.environ.items() if not name.startswith("CETTAR_")}
    environ |= {f"CETTAR_{name.upper()}": value for name, value in chosen.items()}
    # The tests' Redis is a 6.2; what Reflex asks of it for this needs a 7.
    environ["REFLEX_OPLOCK_ENABLED"] = "0"
    return Site(data, environ, port, entry)


def build() -> None:
    """Build the front end if it is not; several test processes wait for one of them."""
    cache = ROOT / ".cache"
    cache.mkdir(exist_ok=True)
    environ = {name: value for name, value in os.environ.items() if not name.startswith("CETTAR_")}
    environ["CETTAR_DATA_DIR"] = str(cache / "data")
    with open(cache / "build.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run([sys.executable, "-m", "cettar_site", "build"], cwd=ROOT, env=environ,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"the site could not be built: {done.stdout}\n{done.stderr}"


@contextmanager
def running(data: Path, *, entry: Sequence[str] = SERVE, **settings: str) -> Iterator[Site]:
    """A site of one process on SQLite (unless told otherwise), stopped at the end."""
    site = make_site(data, entry=entry, **settings)
    site.start()
    try:
        yield site
    finally:
        if site.process is not None and site.process.poll() is not None:
            print(f"the site had ended by itself ({site.process.returncode}); it said:\n{site.log[-4000:]}",
                  file=sys.stderr)
        site.stop()
