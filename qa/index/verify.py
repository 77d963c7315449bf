"""Checks an index on disk: checksums, offsets, its parts, and the files that it was made of."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexCorruptedError, ReadingError
from qa.index.contracts import Texts
from qa.index.index import Index
from qa.index.originals import Original, Originals, State
from qa.index.store import REMEDY
from qa.models import Document, Passage
from qa.reading import Entry, SourceFile, read_apart
from qa.settings import ReadingSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was found to be sound."""

    documents: int
    passages: int
    fingerprint: str


def verify_index(directory: Path) -> Verification:
    """Check everything that answers rely on.

    Raises `IndexNotFoundError`, or `IndexCorruptedError` naming the first thing that is wrong.
    """
    index = Index.open(directory, verify=True)
    with closing(index.catalogue) as catalogue:
        ids = catalogue.document_ids()
        found = check_documents(catalogue, np.bincount(index.owners, minlength=len(ids)))
        _require(catalogue.is_sound(), "the database of documents is damaged")
        catalogue.expansions()  # Of the table that nothing else here reads.
    _require(found == len(index.owners), f"{len(index.owners)} rows for {found} passages")
    _require(found == len(index.sequences), "term sequences of another number of passages")
    return Verification(documents=len(ids), passages=found, fingerprint=index.fingerprint)


def check_documents(texts: Texts, owned: NDArray[np.int64] | None = None) -> int:
    """Check the offsets of all documents; how many passages they have.

    `owned`: how many passages each should have, where that is known apart.
    """
    found = 0
    for number, document_id in enumerate(texts.document_ids()):
        document = texts.document(document_id)
        passages = texts.passages_of(document_id)
        for passage in passages:
            _check_spans(document, passage)
        if owned is not None:
            rows = int(owned[number])
            _require(rows == len(passages), f"{document_id} owns {rows} rows, not its passages")
        found += len(passages)
    return found


def _check_spans(document: Document, passage: Passage) -> None:
    _require(
        document.text[passage.start : passage.end] == passage.text,
        f"the text of passage {passage.id} is not that of its document",
    )
    length = len(passage.text)
    _require(
        all(0 <= unit.start < unit.end <= length for unit in passage.units),
        f"a unit of passage {passage.id} lies outside it",
    )


def _require(holds: bool, problem: str) -> None:
    if not holds:
        raise IndexCorruptedError(
            "the index is damaged ({problem}); {remedy}", problem=problem, remedy=REMEDY
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A document beside its original as it is now."""

    document_id: str
    state: State
    passages: int
    found: int
    """Passages that the original still has, word for word."""

    @property
    def is_same(self) -> bool:
        """Whether the original is what was read, and all passages are in it."""
        return self.state == "unchanged" and self.found == self.passages


def compare_originals(
    directory: Path,
    settings: ReadingSettings,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Compared, ...]:
    """Read every original again, and look for the passages in it.

    Raises `IndexNotFoundError`, `IndexCorruptedError`.
    """
    index = Index.open(directory)
    with closing(index.catalogue) as catalogue:
        originals = Originals(index)
        documents = catalogue.documents()
        found = [(one, original) for one in documents if (original := originals.original(one))]
        tasks = [
            (SourceFile(id=document.path, path=original.path), Entry())
            for document, original in found
            if original.state != "missing"
        ]
        compared: list[Compared] = []
        with read_apart(tasks, settings) as read:
            for document, original in found:
                again = None if original.state == "missing" else next(read)
                text = "" if again is None or isinstance(again, ReadingError) else again.text
                compared.append(_compared(index, document.id, original, text))
                on_progress(len(compared), len(found))
        return tuple(compared)


def _compared(index: Index, document_id: str, original: Original, text: str) -> Compared:
    passages = index.catalogue.passages_of(document_id)
    same_places = index.catalogue.document(document_id).text == text
    return Compared(
        document_id=document_id,
        state=original.state,
        passages=len(passages),
        found=len(passages) if same_places else sum(passage.text in text for passage in passages),
    )
