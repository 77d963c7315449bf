"""Kills processes that upload and remove documents: `python -m tests.hostile.sudden_ends`.

At random steps on the file system, before the new index is the current one and after. What is found
then is the index of before or the one of after, sound, and the change can be made again.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from qa.collections import uploads_folder
from qa.engine import Engine
from qa.index.verify import verify_index
from qa.reading.previews import Upload
from qa.settings import Settings
from qa.uploads import add_files, remove_upload

_STEPS: Final = frozenset(
    "open os.rename os.remove os.rmdir os.mkdir os.scandir os.listdir fcntl.flock".split()
)
"""What is told to a hook of Python before it is done."""
_POINTER: Final = "CURRENT"
_BEFORE: Final = (
    Upload(name="heart.txt", data=b"The heart of an adult beats sixty times a minute.\n"),
    Upload(name="kidney.txt", data=b"A kidney filters a hundred litres a day.\n"),
)
_NEW: Final = (
    Upload(name="heart.txt", data=b"The heart of a child beats ninety times a minute.\n"),
    Upload(name="spleen.txt", data=b"The spleen stores platelets.\n"),
)
_SETTINGS: Final = Settings()
Change = Callable[[Path], object]
Texts = dict[str, str]


class Course(NamedTuple):
    """How many steps a change takes, and with which one its index becomes the current one."""

    steps: int
    commit: int


def upload(index: Path) -> None:
    """Replace one document and add another."""
    add_files(index, _NEW, _SETTINGS)


def remove(index: Path) -> None:
    """Take a document out, with its file."""
    remove_upload(index, "kidney.txt")


def texts_of(index: Path) -> Texts:
    """What the index has, which is checked; raises `QAError` for one that is damaged."""
    verify_index(index)
    engine = Engine.open(index)
    return {one.id: engine.document(one.id).text for one in engine.documents()}


def killed(change: Change, index: Path, moment: int) -> Course | None:
    """Make a change in a process that is killed at a step, counted from 1; its course if not."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        course = Course(0, 0)

        def step(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal course
            if event not in _STEPS:
                return
            course = Course(course.steps + 1, course.commit)
            if event == "os.rename" and str(arguments[1]).endswith(_POINTER):
                course = Course(course.steps, course.steps)
            if course.steps == moment:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(step)
        change(index)
        os.write(sending, f"{course.steps} {course.commit}".encode())
        os._exit(0)
    os.close(sending)
    _, status = os.waitpid(child, 0)
    with os.fdopen(receiving, "rb") as said:
        words = said.read().split()
    if os.WIFSIGNALED(status):
        return None
    return Course(*map(int, words))


def outcomes(change: Change, kills: int, seed: int) -> Counter[str]:
    """How often what was found after a kill was `before`, `after`, or `between` them."""
    with tempfile.TemporaryDirectory() as name:
        index, kept = Path(name) / "index", Path(name) / "kept"
        add_files(index, _BEFORE, _SETTINGS)
        for folder in (index, uploads_folder(index)):
            shutil.copytree(folder, kept / folder.name)
        before = texts_of(index)
        course = killed(change, index, 0)
        assert course is not None, "the change failed by itself"
        after = texts_of(index)
        chosen = random.Random(seed)  # noqa: S311 - moments, not secrets
        found: Counter[str] = Counter()
        for number in range(kills):
            first, last = (1, course.commit) if number % 2 else (course.commit + 1, course.steps)
            for folder in (index, uploads_folder(index)):
                shutil.rmtree(folder)
                shutil.copytree(kept / folder.name, folder)
            if killed(change, index, chosen.randint(first, last)) is not None:
                found["ended before the kill"] += 1
                continue
            left = texts_of(index)
            found["before" if left == before else "after" if left == after else "between"] += 1
            if left == before:
                change(index)
                found["between"] += texts_of(index) != after
        return found


def main() -> int:
    """Print what was found; returns 1 where an index was neither."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50, help="of each kind of change")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    lost = 0
    for change in (upload, remove):
        found = outcomes(change, options.kills, options.seed)
        lost += found["between"]
        said = ", ".join(f"{count} {name}" for name, count in sorted(found.items()) if count)
        sys.stdout.write(f"{change.__name__}: {said}\n")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
