"""Every pattern of the code base is linear, or is only shown pieces of a bounded length."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import qa
from tests.hostile.pumping import pumps

ROOT = Path(qa.__file__).parent.parent
SIZE = 20_000
SECONDS = 0.5
"""Linear work on such a text takes a hundredth of it, quadratic work several seconds."""
PIECES = {
    "qa.reading.text_lines._LAST": 100,
    **dict.fromkeys(
        (
            f"qa.reading.markdown_dialects.{name}"
            for name in ("_FENCE", "_ADMONITION", "_DIRECTIVE", "_ALERT")
        ),
        1000,
    ),
    "qa.reading.rst._WITH_TARGET": 300,
    "qa.reading.tex_math._SIMPLE": 40,
    "qa.reading.navigation_marks._TRAIL": 300,
    "qa.reading.text_structure._HASHES": 200,
}
"""Patterns that only see the beginning of a line, and how much of it."""
AT_THE_BEGINNING = {"qa.reading.wiki_lines._CELL_MARK"}
"""Patterns that `sub` uses once, and that match whatever stands at the beginning."""

Pattern = re.Pattern[str] | re.Pattern[bytes]


def patterns() -> Iterator[tuple[str, Pattern]]:
    """All patterns that modules of the project compile, by the names of their variables."""
    for path in sorted([*ROOT.glob("qa/**/*.py"), *ROOT.glob("evaluation/**/*.py")]):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for variable in re.findall(r"^(\w+)(?:: .+)? = re\.compile\(", path.read_text(), re.M):
            yield f"{name}.{variable}", getattr(import_module(name), variable)


def uses(name: str) -> set[str]:
    """The methods of a pattern that its module calls."""
    module, _, variable = name.rpartition(".")
    text = (ROOT / module.replace(".", "/")).with_suffix(".py").read_text()
    found = set(re.findall(rf"\b{variable}\.(\w+)", text))
    return found if found and found <= {"match", "fullmatch"} else {"finditer"}


class Overdue(Exception):
    """A pattern takes far too long."""


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    def ring(number: int, frame: FrameType | None) -> None:
        raise Overdue

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def seconds_for(work: Callable[[Any], Any], text: str | bytes) -> float:
    begun = time.process_time()
    # It may ring when all is done and it has not yet been turned off.
    try:
        with alarm(4 * SECONDS):
            found = work(text)
            for _ in found if isinstance(found, Iterable) else ():
                pass
    except Overdue:
        return 4 * SECONDS
    return time.process_time() - begun


@pytest.mark.parametrize(("name", "pattern"), list(patterns()), ids=lambda one: str(one)[:60])
def test_a_pattern_takes_time_in_proportion_to_its_text(name: str, pattern: Pattern) -> None:
    methods = {"match"} if name in AT_THE_BEGINNING else uses(name)
    for pump in pumps(pattern):
        said = pump.text(PIECES.get(name, SIZE))
        is_bytes = isinstance(pattern.pattern, bytes)
        text = said.encode("latin-1", "replace") if is_bytes else said
        for method in methods:
            work = getattr(pattern, method)
            # Once more before it is blamed: the machine may have been busy.
            assert seconds_for(work, text) < SECONDS or seconds_for(work, text) < SECONDS, (
                method,
                pump,
            )


@pytest.mark.parametrize(
    ("slow", "method"),
    [
        (r"(?:x+)+y", "fullmatch"),
        (r"(?:\w|-)+=", "finditer"),
        (r"#\s(.*?)\s*#*", "fullmatch"),
    ],
)
def test_slow_patterns_are_found_out(slow: str, method: str) -> None:
    pattern = re.compile(slow, re.DOTALL)
    texts = (pump.text(SIZE) for pump in pumps(pattern))
    assert any(seconds_for(getattr(pattern, method), text) > SECONDS for text in texts)
