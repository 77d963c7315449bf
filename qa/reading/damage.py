"""Files that a library for their format fails on are damaged, whatever it raises."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from qa.errors import QAError, UnreadableDocumentError

_LONGEST: Final = 200


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
