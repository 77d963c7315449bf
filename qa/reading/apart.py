"""Files are read in worker processes: what no reader survives is left out and named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from math import ceil
from typing import Final, TypeVar

from qa.errors import ReadingError
from qa.models import Document
from qa.reading.damage import stopped
from qa.reading.documents import read_document
from qa.reading.files import SourceFile
from qa.reading.manifest import Entry
from qa.settings import ReadingSettings
from qa.workers import Limits, Stopped, Workers, available_processors

_FILES_EACH: Final = 64
_BYTES_EACH: Final = 1_000_000
"""What a further process pays for: starting one takes as long as reading so much."""

Task = tuple[SourceFile, Entry]
Outcome = TypeVar("Outcome")


def read_apart(
    tasks: Sequence[Task], settings: ReadingSettings
) -> AbstractContextManager[Iterator[Document | ReadingError]]:
    """Begin to read files; gives their documents in order, or why one cannot be read."""
    return work_apart(read_document, tasks, settings)


@contextmanager
def work_apart(
    function: Callable[..., Outcome],
    tasks: Sequence[Task],
    settings: ReadingSettings,
    *more: Iterable[object],
) -> Iterator[Iterator[Outcome | ReadingError]]:
    """Begin to call a function with each file, its entry, the most megabytes it may have, and more.

    Gives what it returns for each, in order, or the `ReadingError` that it raises.
    """
    many = max(len(tasks) / _FILES_EACH, sum(map(_size, tasks)) / _BYTES_EACH)
    processes = min(settings.reading_processes or available_processors(), ceil(many))
    limits = Limits(settings.document_seconds, settings.document_memory)
    arguments = (
        (file, entry, settings.document_megabytes, *others)
        # What is the same for all files has no end.
        for (file, entry), *others in zip(tasks, *more, strict=False)
    )
    with Workers(processes, limits) as workers:
        outcomes: Iterator[Outcome | ReadingError | Stopped] = workers.map(function, arguments)
        yield (
            stopped(file.path, outcome, settings) if isinstance(outcome, Stopped) else outcome
            for (file, _), outcome in zip(tasks, outcomes, strict=True)
        )


def _size(task: Task) -> int:
    with suppress(OSError):
        return task[0].path.stat().st_size
    return 0
