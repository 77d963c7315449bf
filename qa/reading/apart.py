"""Files are read in worker processes: what no reader survives is left out and named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from math import ceil
from typing import Final

from qa.errors import ReadingError
from qa.models import Document
from qa.reading.documents import read_document
from qa.reading.files import SourceFile
from qa.reading.limits import stopped
from qa.reading.manifest import Entry
from qa.settings import ReadingSettings
from qa.workers import Limits, Stopped, Workers, available_processors

_FILES_EACH: Final = 64
_BYTES_EACH: Final = 1_000_000
"""What a further process pays for: starting one takes as long as reading so much."""

Task = tuple[SourceFile, Entry]


@contextmanager
def read_apart(
    tasks: Sequence[Task], settings: ReadingSettings
) -> Iterator[Iterator[Document | ReadingError]]:
    """Begin to read files; gives their documents in order, or why one cannot be read."""
    many = max(len(tasks) / _FILES_EACH, sum(map(_size, tasks)) / _BYTES_EACH)
    processes = min(settings.reading_processes or available_processors(), ceil(many))
    limits = Limits(settings.document_seconds, settings.document_memory)
    arguments = [(file, entry, settings.document_megabytes) for file, entry in tasks]
    with Workers(processes, limits) as workers:
        outcomes: Iterator[Document | ReadingError | Stopped] = workers.map(
            read_document, arguments
        )
        yield (
            stopped(file.path, outcome, settings) if isinstance(outcome, Stopped) else outcome
            for (file, _), outcome in zip(tasks, outcomes, strict=True)
        )


def _size(task: Task) -> int:
    with suppress(OSError):
        return task[0].path.stat().st_size
    return 0
