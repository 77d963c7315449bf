"""Brings a virtual environment to what a lock names: `environment.py VENV LOCK`.

Run by `make`, with nothing but the standard library of a Python that is new enough.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

# What pip, of all versions, says of each package as it comes to it.
_PACKAGE = re.compile(r"(?:Collecting|Requirement already satisfied:|Ignoring) ([\w.-]+)")
_NO_NETWORK = re.compile(r"connection broken|Max retries exceeded|timed out|resolve host", re.I)
_DISK_FULL = "No space left on device"


class SetUpError(Exception):
    """The environment cannot be made; says why, and what to do."""


def main(venv: Path, lock: Path) -> None:
    """Make or complete the environment, and say how long it took."""
    started = time.monotonic()
    _create(venv)
    _install(venv, lock)
    # The build backend is among the packages of the lock.
    own = ("--no-deps", "--no-build-isolation", "--editable", ".")
    for line in (*_pip(venv, "install", "--quiet", *own), *_pip(venv, "check")):
        _progress(line)
    _compile(venv, "qa", "evaluation")
    _progress("")
    _say(f"{venv} is ready after {time.monotonic() - started:.0f} s")


def _create(venv: Path) -> None:
    """Make the environment anew unless this very version of Python runs in it, with pip."""
    here = sys.version.split()[0]
    probe = f"import pip, sys; sys.exit(sys.version.split()[0] != {here!r})"
    if (venv / "bin/python").exists() and not _run(venv / "bin/python", "-c", probe).returncode:
        return
    if find_spec("ensurepip") is None:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise SetUpError(
            f"{sys.executable} has no complete venv module; on Debian and Ubuntu: "
            f"apt-get install {package}"
        )
    _say(f"Making {venv} with Python {here} ...")
    made = _run(Path(sys.executable), "-m", "venv", "--clear", str(venv))
    if made.returncode:
        raise SetUpError(f"{venv} cannot be made: {made.stdout.strip()}")


def _install(venv: Path, lock: Path) -> None:
    """Install what the lock names and nothing else, whatever pip came with this Python.

    Old pips look past a lock for a package that another asks for with an extra, unless they are
    told not to look for dependencies at all. They also compile on one processor only.
    """
    total = len(re.findall(r"^[\w.-]+==", lock.read_text(encoding="utf-8"), re.MULTILINE))
    _say(f"Installing {total} packages, which takes a minute or two the first time ...")
    seen = 0
    exactly = ("--require-hashes", "--no-deps", "--no-compile", "--requirement", str(lock))
    for line in _pip(venv, "install", *exactly):
        if package := _PACKAGE.match(line):
            seen += 1
            _progress(f"{seen} of {total}: {package[1]}")
        elif line.startswith("Installing collected packages"):
            _progress("putting them in place")
    _progress("compiling them")
    _compile(venv, str(venv / "lib"))


def _compile(venv: Path, *folders: str) -> None:
    """Compile packages, as pip does with what it copies; who may not write starts slower."""
    _run(venv / "bin/python", "-m", "compileall", "-qq", "-j", "0", *folders)


def _pip(venv: Path, *arguments: str) -> Iterator[str]:
    """The lines that pip says while it does this; an error where it fails."""
    python = str(venv / "bin/python")
    lines = []
    with subprocess.Popen(
        [python, "-m", "pip", "--disable-pip-version-check", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as pip:
        for line in pip.stdout or ():
            lines.append(line.strip())
            yield lines[-1]
    if pip.returncode:
        log = venv / "pip.log"
        log.write_text("\n".join(lines), encoding="utf-8")
        _progress("")
        raise SetUpError(f"{_reason(lines)} (what pip said: {log})")


def _reason(lines: list[str]) -> str:
    said = "\n".join(lines)
    if _NO_NETWORK.search(said):
        return (
            "The packages cannot be fetched, there is no network: connect, or name your proxy in "
            "HTTPS_PROXY or your index in PIP_INDEX_URL, and try again"
        )
    if _DISK_FULL in said:
        return "The packages do not fit on the disk: about 1 GB is needed"
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    return f"The packages cannot be installed: {' '.join(errors or lines[-1:])}"


def _run(*command: Path | str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def _say(message: str) -> None:
    sys.stdout.write(f"{message}\n")
    sys.stdout.flush()


def _progress(message: str) -> None:
    """One line that each call writes anew, where somebody looks."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\r\033[K{message}")
        sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(*map(Path, sys.argv[1:]))
    except SetUpError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("\nInterrupted; the next run goes on from here")
