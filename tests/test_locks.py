"""The locks are complete, name nothing else, and agree."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import NormalizedName, canonicalize_name

import qa

ROOT = Path(qa.__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNNING = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]]
EXTRAS = PROJECT["project"]["optional-dependencies"]
TESTING = [
    *RUNNING,
    # The encoders are heavy, and one is compiled where it has no wheel: tests do without them.
    *(one for extra in ("bench", "cluster", "fast", "sign-in") for one in EXTRAS[extra]),
    *(one for one in PROJECT["dependency-groups"]["dev"] if isinstance(one, str)),
]
LOCKS = {"requirements.lock": RUNNING, "requirements-dev.lock": TESTING}


def read(lock: str) -> list[str]:
    """Each pin with its hashes, on several lines."""
    return re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8").strip())


def locked(lock: str) -> dict[NormalizedName, SpecifierSet]:
    """What is installed from a lock here."""
    pins = (Requirement(pin.split(" \\", 1)[0]) for pin in read(lock))
    return {
        canonicalize_name(pin.name): pin.specifier
        for pin in pins
        if pin.marker is None or pin.marker.evaluate()
    }


def needed(requirements: Iterable[str]) -> dict[NormalizedName, SpecifierSet]:
    """What these requirements lead to here, extras included, as the packages themselves say."""
    waiting = [(Requirement(one), "") for one in requirements]
    seen: set[tuple[NormalizedName, str]] = set()
    found: dict[NormalizedName, SpecifierSet] = {}
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        found[name] = found.get(name, SpecifierSet()) & requirement.specifier
        for wanted in {"", *requirement.extras}:
            if (name, wanted) not in seen:
                seen.add((name, wanted))
                own = distribution(name).requires or ()
                waiting += [(Requirement(one), wanted) for one in own]
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_what_is_needed_and_nothing_else(lock: str) -> None:
    wanted, pins = needed(LOCKS[lock]), locked(lock)
    assert wanted.keys() == pins.keys()
    for name, allowed in wanted.items():
        (pin,) = pins[name]
        assert pin.operator == "=="
        assert allowed.contains(pin.version, prereleases=True), name


def test_the_locks_agree() -> None:
    assert set(read("requirements.lock")) <= set(read("requirements-dev.lock"))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_hashes_and_no_address(lock: str) -> None:
    assert all("--hash=sha256:" in pin for pin in read(lock))
    assert not re.search(r"://|--index|--find", "\n".join(read(lock)))


def test_the_supported_versions_of_python_are_the_same_everywhere() -> None:
    prefix = "Programming Language :: Python :: 3."
    supported = [
        int(one.removeprefix(prefix))
        for one in PROJECT["project"]["classifiers"]
        if one.startswith(prefix)
    ]
    oldest, latest = supported[0], supported[-1]
    assert supported == list(range(oldest, latest + 1))
    assert PROJECT["project"]["requires-python"] == f">=3.{oldest}"
    assert f"Python 3.{oldest} to 3.{latest}" in (ROOT / "README.md").read_text(encoding="utf-8")
    tried = re.findall(r"python3\.(\d+)", (ROOT / ".ci/run").read_text(encoding="utf-8"))
    assert supported == sorted(map(int, tried))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"sys.version_info < (3, {oldest})" in makefile
    assert f"--python-version 3.{oldest} " in makefile
