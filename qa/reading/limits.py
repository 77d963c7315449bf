"""What is said of a file that goes beyond a limit of its reader."""

from __future__ import annotations

from pathlib import Path

from qa.errors import ReadingLimitError
from qa.settings import ReadingSettings
from qa.workers import Stopped


def stopped(path: Path, how: Stopped, settings: ReadingSettings) -> ReadingLimitError:
    """Why a file is left out whose reader came to no end."""
    match how.cause:
        case "time":
            return ReadingLimitError(
                "{path}: reading it took more than {seconds:g} s; split it, or raise"
                " document_seconds",
                path=path,
                seconds=settings.document_seconds,
            )
        case "memory":
            return ReadingLimitError(
                "{path}: reading it took more than {megabytes} MB of memory; split it, or raise"
                " document_memory",
                path=path,
                megabytes=settings.document_memory,
            )
    return ReadingLimitError(
        "{path}: its reader crashed ({detail}); save it in another format",
        path=path,
        detail=how.detail,
    )
