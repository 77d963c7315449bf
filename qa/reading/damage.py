"""What is refused: damaged files, whatever a library raises, too large and too old ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NoReturn

from qa.errors import QAError, ReadingLimitError, UnreadableDocumentError
from qa.settings import ReadingSettings
from qa.workers import Stopped

_LONGEST: Final = 200
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@contextmanager
def refusing(message: str) -> Iterator[None]:
    """Raise UnreadableDocumentError with a message that has a place for `{error}`.

    Libraries read the parts of a file when they are asked for, and raise what they happen to meet.
    """
    try:
        yield
    except (QAError, MemoryError):
        raise
    except Exception as error:
        said = f"{type(error).__name__}: {error}"[:_LONGEST]
        raise UnreadableDocumentError(message, error=said) from error


def refuse(data: bytes, _name: str) -> NoReturn:
    """Say what the file is and how to save it; raises UnreadableDocumentError."""
    if _ENCRYPTED in data:
        raise UnreadableDocumentError("locked by a password; save it without one")
    raise UnreadableDocumentError(
        "a file of Office before 2007; open it and save it as .docx, .pptx or .xlsx"
    )


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
