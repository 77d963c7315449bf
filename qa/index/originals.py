"""The files that the documents of an index were read from, as far as they are still there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from qa.errors import ReadingError, UnknownDocumentError
from qa.index.index import SearchIndex
from qa.index.previous import paths_of
from qa.models import DocumentInfo
from qa.reading.containers import container_of, read_bytes

State = Literal["unchanged", "changed", "missing"]
_KEPT: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What a document was read from."""

    path: Path
    """Of the file, or behind that of the archive that it stands in."""
    state: State
    """Whether its bytes are still those that were read."""


class Originals:
    """The originals of the documents of one index: nothing else is ever opened by them."""

    def __init__(self, index: SearchIndex) -> None:
        self._paths: Mapping[str, Path] = {}
        if index.folder is not None:
            self._paths = dict(
                zip(index.catalogue.document_ids(), paths_of(index.folder), strict=True)
            )

    def original(self, document: DocumentInfo) -> Original | None:
        """Where a document was read from; None for one of an index in memory."""
        path = self._paths.get(document.id)
        if path is None:
            return None
        return Original(path=path, state=_state(path, document.sha256))

    def data(self, document: DocumentInfo) -> bytes:
        """The bytes that a document was read from.

        Raises `UnknownDocumentError` where they are not there any more, or are others.
        """
        path = self._paths.get(document.id)
        data = None if path is None else _read(path)
        if data is None or hashlib.sha256(data).hexdigest() != document.sha256:
            raise UnknownDocumentError(
                "the file of {document_id!r} has changed or is gone; index its source again",
                document_id=document.id,
            )
        return data


def _state(path: Path, sha256: str) -> State:
    try:
        stat = container_of(path).stat()
    except OSError:
        return "missing"
    found = _digest(path, stat.st_mtime_ns, stat.st_size)
    return "missing" if not found else "unchanged" if found == sha256 else "changed"


@lru_cache(maxsize=_KEPT)
def _digest(path: Path, _changed: int, _size: int) -> str:
    data = _read(path)
    return "" if data is None else hashlib.sha256(data).hexdigest()


def _read(path: Path) -> bytes | None:
    try:
        return read_bytes(path)
    except (OSError, ReadingError):
        return None
