"""The commands say what they need, and do what the README promises, before anything is installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder with a space in its name that holds only the Makefile and the lists of packages."""
    folder = tmp_path / "a bare machine"
    folder.mkdir()
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, folder)
    return folder


def make(folder: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run make with nothing of this process's environment but PATH."""
    bare_environ = {"PATH": "/usr/bin:/bin", "HOME": "", **environ}
    return subprocess.run(["make", *arguments], cwd=folder, env=bare_environ, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=False)


def python(folder: Path, says: str) -> str:
    """A stand-in for a Python: a shell script that looks at the code it is given."""
    path = folder / "python-stand-in"
    path.write_text(f"#!/bin/sh\ncase \"$2\" in {says} *) exit 0;; esac\n")
    path.chmod(0o755)
    return f"./{path.name}"


def test_make_alone_says_what_there_is(bare: Path) -> None:
    done = make(bare)
    assert done.returncode == 0
    for name in ("run", "dev", "test", "bench", "check", "clean"):
        assert f"make {name} " in done.stdout


def test_run_passes_port_and_demo_on(bare: Path) -> None:
    serve = ".venv/bin/python -m cettar_site serve"
    assert f"CETTAR_PORT=8000 CETTAR_DEMO=1 {serve}" in make(bare, "-n", "run").stdout
    chosen = make(bare, "-n", "run", "PORT=8080", "DEMO=0")
    assert f"CETTAR_PORT=8080 CETTAR_DEMO=0 {serve}" in chosen.stdout
    assert "CETTAR_PORT=9000 " in make(bare, "-n", "run", CETTAR_PORT="9000").stdout


def test_without_a_new_enough_python_it_says_so(bare: Path) -> None:
    old = python(bare, "*version_info*) exit 1;;")
    done = make(bare, "venv", f"PYTHON={old}")
    assert done.returncode != 0
    assert f"CETTAR needs Python 3.11 or newer; tried: {old}" in done.stderr
    assert not (bare / ".venv").exists()


def test_a_python_that_makes_no_environments_is_told_what_to_install(bare: Path) -> None:
    poor = python(bare, "*print*) echo 3.12;; *ensurepip*) exit 1;;")
    done = make(bare, "venv", f"PYTHON={poor}")
    assert done.returncode != 0
    assert "apt install python3.12-venv" in done.stderr


def test_clean_leaves_the_data(bare: Path) -> None:
    (bare / "data").mkdir()
    (bare / "reports").mkdir()
    assert make(bare, "clean").returncode == 0
    assert (bare / "data").exists() and not (bare / "reports").exists()
