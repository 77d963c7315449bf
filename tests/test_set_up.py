"""`make` on a fresh machine: the lock decides, whatever pip comes with Python; trouble is one line.

A copy of the Makefile sets up a project of a few bytes, from a folder of packages.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import qa

ROOT = Path(qa.__file__).parent.parent
MAKE = shutil.which("make") or "make"
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "project"
version = "1.0"
"""
BACKEND = """
import shutil

def build_editable(folder, *_):
    return shutil.copy("project-1.0-py3-none-any.whl", folder).rsplit("/")[-1]
"""
SERVE = "def main():\n    print('served')\n"

Make = Callable[..., subprocess.CompletedProcess[str]]


def write_wheel(folder: Path, name: str, version: str, *needs: str, code: str = "") -> str:
    """A package of one module, which is a command if it has a `main`; returns its pin."""
    metadata = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}"]
    metadata += ["Provides-Extra: more", *(f"Requires-Dist: {need}" for need in needs)]
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": code,
        f"{info}/METADATA": "\n".join(metadata),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": f"[console_scripts]\nqa = {name}:main\n" if code else "",
    }
    record = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in (files | {f"{info}/RECORD": record}).items():
            archive.writestr(path, text)
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout, and beside it an index with a release that is newer than the lock."""
    folder = tmp_path_factory.mktemp("fresh")
    index, checkout = folder / "index", folder / "checkout"
    index.mkdir()
    shutil.copytree(ROOT / "tools", checkout / "tools")
    shutil.copy(ROOT / "Makefile", checkout)
    (checkout / "pyproject.toml").write_text(PROJECT)
    (checkout / "backend.py").write_text(BACKEND)
    write_wheel(checkout, "project", "1.0", "asking", code=SERVE)
    running = write_wheel(index, "asking", "1.0", "asked[more]>=1.0")
    running += write_wheel(index, "asked", "1.0")
    write_wheel(index, "asked", "2.0")
    (checkout / "requirements.lock").write_text(running)
    testing = running + write_wheel(index, "tested", "1.0")
    (checkout / "requirements-dev.lock").write_text(testing)
    return checkout


@pytest.fixture
def make(fresh: Path) -> Make:
    """Runs make in the checkout, as if nothing were set up, with the index beside it."""
    for stamp in fresh.glob(".venv/.ready*"):
        stamp.unlink()

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        given = {
            **{name: text for name, text in os.environ.items() if not name.startswith("PIP_")},
            "PYTHON": sys.executable,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(fresh.parent / "index"),
            **variables,
        }
        return subprocess.run(
            [MAKE, *arguments],
            cwd=fresh,
            env={name: text for name, text in given.items() if text},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture
def lock(fresh: Path) -> Iterator[Path]:
    """The lock of what running needs, to be written anew for a test."""
    path = fresh / "requirements.lock"
    complete = path.read_text()
    yield path
    path.write_text(complete)


def test_the_lock_decides_and_the_second_start_takes_no_set_up(make: Make, fresh: Path) -> None:
    shutil.rmtree(fresh / ".venv", ignore_errors=True)
    first = make("app")
    assert first.stdout.endswith("served\n"), first.stdout + first.stderr
    assert installed(fresh) == {"asking-1.0", "asked-1.0"}
    assert "Installing 2 packages" in first.stdout
    assert ".venv is ready after " in first.stdout

    assert make("app").stdout == "served\n"

    tests = make(".venv/.ready-to-test")
    assert not tests.returncode, tests.stderr
    assert installed(fresh) == {"asking-1.0", "asked-1.0", "tested-1.0"}
    assert make("app").stdout == "served\n"
    assert "up to date" in make(".venv/.ready-to-test").stdout


def test_a_lock_that_lacks_a_package_is_found_out(make: Make, fresh: Path, lock: Path) -> None:
    lock.write_text(write_wheel(fresh.parent / "index", "lacking", "1.0", "absent"))
    made = make("app")
    assert trouble(made).startswith("The packages cannot be installed: lacking 1.0 requires absent")


def test_without_network(make: Make, lock: Path) -> None:
    lock.write_text(f"distant==1.0 --hash=sha256:{'0' * 64}")
    address = "http://127.0.0.1:9"
    made = make("app", PIP_NO_INDEX="", PIP_FIND_LINKS="", PIP_INDEX_URL=address, PIP_RETRIES="1")
    assert trouble(made).startswith("The packages cannot be fetched, there is no network: connect,")


def test_without_venv(make: Make, tmp_path: Path) -> None:
    """As Debian has it, which ships that part of Python in a package of its own."""
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['ensurepip'] = None\n")
    made = make("app", "VENV=new", PYTHONPATH=str(tmp_path))
    assert "no complete venv module; on Debian and Ubuntu: apt-get install python3." in trouble(
        made
    )


def test_without_a_recent_python(make: Make, tmp_path: Path) -> None:
    old = write_program(tmp_path / "python3", 'test "$1" = --version && echo Python 3.9.6')
    assert trouble(make("app", PYTHON=str(old))).startswith(
        f"Python 3.11 or later is needed, and {old} is Python 3.9.6; install one, or "
    )
    assert "and nowhere is missing; " in trouble(make("app", PYTHON="nowhere"))


def test_a_recent_python_is_found_beside_an_old_python3(make: Make, tmp_path: Path) -> None:
    write_program(tmp_path / "python3", "exit 1")
    write_program(tmp_path / "python3.13", 'test "$1" = -c || echo "python3.13 runs $1" >&2')
    made = make("app", PYTHON="", PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert "python3.13 runs tools/environment.py" in made.stderr


def installed(checkout: Path) -> set[str]:
    """What pip installed from the index."""
    names = {path.stem for path in checkout.glob(".venv/lib/*/site-packages/*.dist-info")}
    return {name for name in names if name.startswith(("ask", "test"))}


def trouble(made: subprocess.CompletedProcess[str]) -> str:
    """The one line that says what is wrong; make adds where it stopped."""
    assert made.returncode
    (line,) = (line for line in made.stderr.splitlines() if not line.startswith("make: "))
    return line


def write_program(path: Path, script: str) -> Path:
    """A shell script that can be called by its name."""
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path
